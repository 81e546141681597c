"""Reading WebVTT files: bytes to text, text to cues, and what is wrong in words."""

import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from media.rules import Cue, VttFault, VttProblem, cue_text, cue_voice, vtt_fault

MAX_BYTES = 1_000_000

WORDS = {
    "vtt_empty": _("The file is empty."),
    "vtt_too_large": _("A caption file is at most 1 MB. Check that this is the right file."),
    "vtt_not_utf8": _("Line %(line)s: the file is not encoded in UTF-8. Save it again with the encoding UTF-8."),
    VttProblem.BINARY: _("Line %(line)s: this is not a text file."),
    VttProblem.NO_HEADER: _("Line 1: a WebVTT file begins with the word WEBVTT."),
    VttProblem.BAD_TIME: _("Line %(line)s: the time must look like 00:01:05.000 --> 00:01:08.500."),
    VttProblem.COMMA_IN_TIME: _(
        "Line %(line)s: write a dot instead of a comma in the time. This looks like an SRT file; save it as WebVTT."
    ),
    VttProblem.ENDS_BEFORE_START: _("Line %(line)s: the end of the caption must be later than its start."),
    VttProblem.OUT_OF_ORDER: _(
        "Line %(line)s: this caption starts before the one above it. Put them in order of time."
    ),
    VttProblem.NO_BLANK_LINE: _("Line %(line)s: leave an empty line between captions."),
    VttProblem.STRAY_TEXT: _("Line %(line)s: this text has no time, so nobody would see it."),
    VttProblem.NO_TEXT: _("Line %(line)s: this caption has no text."),
    VttProblem.NO_CUES: _("The file has no captions."),
    "vtt_malformed": _("The captions cannot be read. Check the file in a caption editor."),
    "vtt_after_end": _(
        "The caption at %(time)s lies behind the end of the film. Check that the file belongs to this film."
    ),
}


def refusal(code: str, **params: object) -> ValidationError:
    """What is wrong with a caption file, in words."""
    return ValidationError(WORDS[code], code=code, params=params)


def read_cues(content: bytes) -> list[Cue]:
    """The cues of a WebVTT file in order. Refuses a broken one in words that name the line."""
    return parse_cues(decode(content))


def decode(content: bytes) -> str:
    """The text of a caption file; refuses an empty, an oversized and a wrongly encoded one."""
    if not content.strip():
        raise refusal("vtt_empty")
    if len(content) > MAX_BYTES:
        raise refusal("vtt_too_large")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal("vtt_not_utf8", line=content.count(b"\n", 0, error.start) + 1) from error


def parse_cues(text: str) -> list[Cue]:
    """The cues of WebVTT text."""
    fault: VttFault | None = vtt_fault(text)
    if fault:
        raise refusal(fault.problem, line=fault.line)
    try:
        captions = webvtt.from_string(text, strict=True).captions
    except webvtt.errors.MalformedCaptionError as error:
        raise refusal("vtt_malformed") from error
    return [
        Cue(
            start=_seconds(caption.start_time),
            end=_seconds(caption.end_time),
            text=cue_text(caption.raw_text),
            voice=cue_voice(caption.raw_text),
        )
        for caption in captions
    ]


def _seconds(time: webvtt.models.Timestamp) -> float:
    return float(time.hours * 3600 + time.minutes * 60 + time.seconds + time.milliseconds / 1000)
