"""Make short.mp4 and short.pl.vtt, the film of six seconds that browser journeys play.

Run from the root of the repository: python -m tests.media.files.make_short
Needs ffmpeg and chromium. The sound is a noise that nobody hears, so that the file has a real audio track.
"""

from __future__ import annotations

import random
from array import array
from pathlib import Path

from media.demo import studio
from media.demo.kit import WIDE, arch, box, disc, document, line_of

HERE = Path(__file__).parent
FONT = HERE.parents[2] / "cms" / "static" / "fonts" / "atkinson-hyperlegible-next.woff2"
SECONDS = 6
CUES = ((0.5, 2.5, "Film próbny."), (2.5, 4.5, "Trwa sześć sekund."), (4.5, 6.0, "Koniec."))


def card(second: int) -> str:
    """A card with as many arches as seconds have begun."""
    arches = "".join(arch(150 + 170 * i, 260, 120, 220, "f-art-brick") for i in range(second + 1))
    ground = box(0, 480, 1280, 240, "f-art-moss") + disc(1130, 150, 60, "f-art-amber")
    words = line_of("Film próbny", 150, 110, 64, "title")
    return document("", box(0, 0, 1280, 720, "f-art-sky") + ground + arches + words, 1280, 720, WIDE)


def quiet_noise() -> array[int]:
    """Samples of one step up or down at most: about 90 dB below the loudest."""
    chance = random.Random(1)
    return array("h", (chance.choice((-1, 0, 1)) for _ in range(SECONDS * studio.VOICE_RATE)))


def main() -> None:
    with studio.workshop() as name:
        folder = Path(name)
        browser = studio.Browser(folder, FONT)
        try:
            pictures = [browser.picture(card(second)) for second in range(SECONDS)]
        finally:
            browser.close()
        studio.save_track(quiet_noise(), folder / "noise.wav")
        frames = (picture for picture in pictures for _ in range(studio.FPS))
        studio.encode(frames, folder / "noise.wav", HERE / "short.mp4")
    (HERE / "short.pl.vtt").write_text(studio.vtt(list(CUES)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
