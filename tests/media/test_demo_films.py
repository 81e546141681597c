"""The demonstration's films as they lie in their folders: each is whole, light and agrees with its own words."""

import re
import subprocess
from array import array
from html import unescape
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
import yaml

from media.captions import read_cues
from media.containers import read_film
from media.demo import studio
from media.demo.builders import FILMS, HERE
from media.demo.stage import Show, still
from media.rules import Cue

pytestmark = [pytest.mark.rule("sample-1"), pytest.mark.parametrize("name", FILMS)]

MOST_BYTES = 5_000_000
SAMPLES_A_SECOND = 8000
WINDOW = SAMPLES_A_SECOND // 10


def cues(name: str, file: str) -> list[Cue]:
    return read_cues((HERE / name / file).read_bytes())


def script_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / name / "narration.yaml").read_text(encoding="utf-8"))
    return found


def show_of(name: str) -> Show:
    show: Show = import_module(f"media.demo.{name}.make_film").SHOW
    return show


def words(text: str) -> list[str]:
    return text.split()


def loud_moments(file: Path) -> list[float]:
    """The tenths of a second in which somebody speaks."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(file), "-vn", "-ac", "1"]
    command += ["-ar", str(SAMPLES_A_SECOND), "-f", "s16le", "-"]
    samples = array("h", subprocess.run(command, check=True, capture_output=True).stdout)
    starts = range(0, len(samples) - WINDOW, WINDOW)
    return [(at + WINDOW / 2) / SAMPLES_A_SECOND for at in starts if max(map(abs, samples[at : at + WINDOW])) > 1500]


def test_it_is_light_and_plays_before_it_is_loaded(name: str) -> None:
    content = (HERE / name / "film.mp4").read_bytes()
    assert len(content) <= MOST_BYTES
    assert content.index(b"moov") < content.index(b"mdat")
    assert read_film(BytesIO(content)).duration == pytest.approx(script_of(name)["length"], abs=0.5)


def test_its_captions_cover_all_that_is_spoken(name: str) -> None:
    shown = cues(name, "captions.pl.vtt")
    bare = [
        at for at in loud_moments(HERE / name / "film.mp4") if not any(c.start - 0.15 <= at <= c.end for c in shown)
    ]
    assert bare == []


def test_its_captions_can_be_read_in_time(name: str) -> None:
    for language in ("pl", "en"):
        shown = cues(name, f"captions.{language}.vtt")
        assert all(first.end <= second.start for first, second in pairwise(shown))
        assert all(1 <= cue.end - cue.start <= studio.CAPTION_SECONDS for cue in shown)
        assert 0 <= shown[0].start < shown[-1].end <= script_of(name)["length"]
    for block in re.split(r"\n\n+", (HERE / name / "captions.pl.vtt").read_text(encoding="utf-8"))[1:]:
        lines = block.strip().split("\n")[1:]
        assert len(lines) <= studio.CAPTION_LINES
        assert max(map(len, lines)) <= studio.CAPTION_SIGNS


def test_its_subtitles_stand_when_the_captions_stand(name: str) -> None:
    polish, english = (cues(name, f"captions.{language}.vtt") for language in ("pl", "en"))
    assert [(cue.start, cue.end) for cue in polish] == [(cue.start, cue.end) for cue in english]


def test_its_chapters_fill_the_film(name: str) -> None:
    for language, key in (("pl", "title"), ("en", "title_en")):
        marks = cues(name, f"chapters.{language}.vtt")
        assert [mark.text for mark in marks] == [chapter[key] for chapter in script_of(name)["chapters"]]
        assert marks[0].start == 0
        assert all(first.end == second.start for first, second in pairwise(marks))
        assert marks[-1].end == script_of(name)["length"]


def test_its_transcripts_say_what_the_captions_say(name: str) -> None:
    transcripts = sorted((HERE / name).glob("transcript.*.html"))
    assert [path.name for path in transcripts][-1] == "transcript.pl.html"
    for path in transcripts:
        language = path.name.split(".")[1]
        html = path.read_text(encoding="utf-8")
        titles = [unescape(found) for found in re.findall(r"<h3>(.*?)</h3>", html)]
        assert titles == [mark.text for mark in cues(name, f"chapters.{language}.vtt")]
        text = unescape(re.sub(r"<[^>]+>", "", re.sub(r"<h3>.*?</h3>", "", html)))
        assert words(text) == words(" ".join(cue.text for cue in cues(name, f"captions.{language}.vtt")))


def test_it_says_that_it_is_a_sample_and_who_speaks(name: str) -> None:
    spoken = " ".join(cue.text for cue in cues(name, "captions.pl.vtt")[:6])
    assert "lektor syntetyczny" in " ".join(words(spoken))
    assert "przykładowa" in spoken
    facts = yaml.safe_load((HERE / name / "film.yaml").read_text(encoding="utf-8"))
    assert facts["narration"] == "lektor syntetyczny"
    assert "Lektor mówi wszystko, co widać" in facts["summary"]


def test_its_files_are_made_from_its_narration(name: str) -> None:
    lines = studio.lines_of(script_of(name))
    for language in ("pl", "en"):
        said = [words(getattr(line, language)) for line in lines]
        assert [words(cue.text) for cue in cues(name, f"captions.{language}.vtt")] == said


def test_every_picture_that_the_narration_names_is_drawn_in_large_type(name: str) -> None:
    show = show_of(name)
    slides = show.slides()
    lines = studio.lines_of(script_of(name))
    assert {line.slide for line in lines} <= set(slides)
    assert all(line.point in still(slides[line.slide]).spots for line in lines if line.point)
    sizes = [show.scale.text, show.scale.small, show.scale.title, *(size for _css, size, _weight in show.large)]
    assert min(sizes) >= 32
