"""What every film of the demonstration has in common: the ground it stands on, its frames, its files of words, its run.

A film is a narration (narration.yaml), slides by the names that the narration uses, and a poster. Beside its script
stand the results: the film, the poster, captions and chapters in Polish and English, transcripts and film.yaml.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from media.demo import studio
from media.demo.kit import Drawn, Rectangle, Scale, box, document, frame_round, path

_FONTS = Path(__file__).parents[2] / "cms" / "static" / "fonts"
FONTS = {
    "Atkinson Hyperlegible Next": _FONTS / "atkinson-hyperlegible-next.woff2",
    "Literata": _FONTS / "literata-text.woff2",
}
# Below the ground line is the sixth of the picture that is left to the captions.
GROUND = 604
MOVE_FRAMES = 7
TURN_FRAMES = 14

# A slide, or one that moves while it comes: it gets the share of the way done, from 0 to 1.
Slide = Drawn | Callable[[float], Drawn]
LargeType = tuple[str, int, int]  # class, size, weight


@dataclass(frozen=True)
class Show:
    """One film: where its files lie, what it shows, and with which sizes of type."""

    folder: Path
    slides: Callable[[], dict[str, Slide]]
    poster: Callable[[], Drawn]
    scale: Scale
    large: tuple[LargeType, ...] = ()
    keyframe_seconds: int = studio.KEYFRAME_SECONDS


def water() -> str:
    """The ground line of every slide."""
    waves = ((90, 640, 150), (420, 682, 110), (960, 652, 170))
    lines = "".join(box(x, y, width, 4, "f-art-sage") for x, y, width in waves)
    return box(0, GROUND, 1280, 720 - GROUND, "f-art-moss") + lines


def cursor(rectangle: Rectangle) -> str:
    """A large arrow whose tip lies on the thing, at the right so that it hides no word."""
    x, y, width, height = rectangle
    tip_x, tip_y = (x + width + 4, y + 4) if height < 60 else (x + width - 8, y + height * 0.55)
    points = f"M{tip_x:.1f} {tip_y:.1f}l0 64 16 -13 12 26 16 -8 -12 -25 20 -3z"
    return path(points, "f-ink s-art-cream", 4)


def svg_of(show: Show, drawn: Drawn, mark: Rectangle | None = None) -> str:
    """The whole picture, with the frame and the cursor on the marked spot."""
    over = frame_round(mark, show.scale) + cursor(mark) if mark else ""
    extra = "".join(f".{css}{{font-size:{size}px;font-weight:{weight}}}" for css, size, weight in show.large)
    extra += ".amount{font-family:Literata;letter-spacing:-.02em}.display{letter-spacing:-.03em}"
    extra += ".dashed{stroke-dasharray:9 7}"
    return document("", drawn.svg + over, 1280, 720, show.scale).replace("</style>", f"{extra}</style>")


def still(slide: Slide) -> Drawn:
    """The slide when nothing moves any more."""
    return slide if isinstance(slide, Drawn) else slide(1)


def eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def between(one: Rectangle, other: Rectangle, share: float) -> Rectangle:
    a, b, c, d = (start + (end - start) * eased(share) for start, end in zip(one, other, strict=True))
    return a, b, c, d


def frames(show: Show, lines: list[studio.Line], length: float, browser: studio.Browser) -> Iterator[bytes]:
    """The pictures of the film; a slide comes with its line, and frame and cursor glide from spot to spot."""
    slides = show.slides()
    starts = [*(line.shown for line in lines), length]
    seen: dict[str, bytes] = {}
    last: Rectangle | None = None
    before = ""
    for line, start, end in zip(lines, starts, starts[1:], strict=False):
        slide = slides[line.slide]
        mark = still(slide).spots[line.point] if line.point else None
        for number in range(round(end * studio.FPS) - round(start * studio.FPS)):
            moving = last is not None and mark is not None and number < MOVE_FRAMES
            now = between(last, mark, (number + 1) / MOVE_FRAMES) if moving and last and mark else mark
            turning = not isinstance(slide, Drawn) and line.slide != before and number < TURN_FRAMES
            drawn = slide(eased(number / TURN_FRAMES)) if turning and not isinstance(slide, Drawn) else still(slide)
            svg = svg_of(show, drawn, now)
            if svg not in seen:
                seen[svg] = browser.picture(svg)
            yield seen[svg]
        last, before = mark, line.slide


def texts_of(script: dict[str, Any], lines: list[studio.Line]) -> dict[str, str]:
    """The files of words that belong to the film."""
    facts = {name: script[name] for name in ("title", "language", "summary")}
    facts |= {"duration_seconds": script["length"], "narration": "lektor syntetyczny"}
    texts = {f"captions.{language}.vtt": studio.captions(lines, language) for language in ("pl", "en")}
    texts |= {f"chapters.{language}.vtt": studio.chapters(script, language) for language in ("pl", "en")}
    for language in script.get("transcripts", ["pl"]):
        texts[f"transcript.{language}.html"] = studio.transcript(script, language)
    return texts | {"film.yaml": yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=110)}


def script_of(show: Show) -> dict[str, Any]:
    script: dict[str, Any] = yaml.safe_load((show.folder / "narration.yaml").read_text(encoding="utf-8"))
    return script


def draw_slides(show: Show, browser: studio.Browser, target: Path) -> None:
    for name, slide in show.slides().items():
        drawn = still(slide)
        mark = next(iter(drawn.spots.values()), None)
        (target / f"{name}.png").write_bytes(browser.picture(svg_of(show, drawn, mark)))


def say_times(show: Show, folder: Path) -> None:
    """Print how long each chapter speaks and has, and what is wrong with its lines, for whoever writes the words."""
    script = script_of(show)
    starts = [*(chapter["starts_at"] for chapter in script["chapters"]), script["length"]]
    room = 1000  # more than any chapter needs
    apart = [{**chapter, "starts_at": room * number} for number, chapter in enumerate(script["chapters"])]
    lines, _track = studio.record({**script, "chapters": apart, "length": room * len(apart)}, folder)
    for number, chapter in enumerate(script["chapters"]):
        spoken = max(line.end for line in lines if line.chapter == number) - room * number
        has = starts[number + 1] - starts[number]
        print(f"{chapter['title']}: speaks {spoken:.1f} s, has {has} s, {has - spoken:+.1f} s")
    for line in lines:
        if not 0.9 <= line.end - line.start <= studio.CAPTION_SECONDS:
            print(f"spoken in {line.end - line.start:.1f} s: {line.pl}")
    missing = {line.slide for line in lines} - set(show.slides())
    if missing:
        print(f"no such slides: {', '.join(sorted(missing))}")
    texts_of(script, lines)  # a line that does not fit into a caption stops here, before anything is drawn


def make(show: Show, browser: studio.Browser, folder: Path) -> None:
    script = script_of(show)
    lines, track = studio.record(script, folder)
    for file, content in texts_of(script, lines).items():
        (show.folder / file).write_text(content, encoding="utf-8", newline="\n")
    voice = folder / "voice.wav"
    studio.save_track(track, voice)
    pictures = frames(show, lines, script["length"], browser)
    sound = studio.loudness_filter(voice)
    target = show.folder / "film.mp4"
    studio.encode(pictures, voice, target, audio_filter=sound, keyframe_seconds=show.keyframe_seconds)
    (show.folder / "poster.png").write_bytes(browser.picture(svg_of(show, show.poster())))


def run(show: Show) -> None:
    """Make the film; with --slides FOLDER only draw each slide, with --times only speak and say how long it takes."""
    with studio.workshop() as name:
        if sys.argv[1:2] == ["--times"]:
            say_times(show, Path(name))
            return
        browser = studio.Browser(Path(name), FONTS)
        try:
            if sys.argv[1:2] == ["--slides"]:
                draw_slides(show, browser, Path(sys.argv[2]))
            else:
                make(show, browser, Path(name))
        finally:
            browser.close()
