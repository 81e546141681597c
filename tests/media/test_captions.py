"""WebVTT files: bytes in, cues out, and words for each fault."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from media.captions import MAX_BYTES, WORDS, read_cues
from media.rules import Cue, VttProblem
from tests.factories.media import CAPTIONS

pytestmark = pytest.mark.rule("media-6")


def test_cues_are_read() -> None:
    content = (
        CAPTIONS.replace("Dzień dobry.", "<v Anna>Dzień <b>dobry</b>.</v>").replace("\n", "\r\n").encode("utf-8-sig")
    )
    assert read_cues(content) == [
        Cue(0, 2, "Dzień dobry. To jest film próbny.", "Anna"),
        Cue(2, 4, "Pokażę dwa kroki."),
        Cue(4, 6, "Dziękuję za uwagę."),
    ]


def test_hours_and_long_films() -> None:
    cues = read_cues(b"WEBVTT\n\n01:02:03.250 --> 100:00:00.000\nHej\n")
    assert [(cue.start, cue.end) for cue in cues] == [(3723.25, 360_000)]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "vtt_empty", None),
        (b" \n\t\n", "vtt_empty", None),
        (b"WEBVTT\n\n" + b"x" * MAX_BYTES, "vtt_too_large", None),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nżółć\n".encode("cp1250"), "vtt_not_utf8", 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nżółć\n".encode("utf-16"), "vtt_not_utf8", 1),
        (b"WEBVTT\n\n1\n00:01,000 --> 00:02,000\na\n", VttProblem.COMMA_IN_TIME, 4),
        (b"\x89PNG\r\n\x1a\n", "vtt_not_utf8", 1),
        (b"GIF89a\0", VttProblem.BINARY, 1),
    ],
)
def test_faults_are_said_with_their_line(content: bytes, code: str, line: int | None) -> None:
    with pytest.raises(ValidationError) as caught:
        read_cues(content)
    assert caught.value.code == code
    with translation.override("en"):
        words = caught.value.messages[0]
    assert "%(" not in words
    if line:
        assert words.startswith(f"Line {line}:")


def test_every_problem_has_its_words() -> None:
    assert set(VttProblem) <= set(WORDS)
