"""Setting of text: what must not be parted at the end of a line, and quantities and dates in words.

Pure functions; the filters of the ``typesetting`` tag library call them.
"""

import datetime
import functools
import re

NBSP = "\u00a0"
WORD_JOINER = "\u2060"
"""Holds together what stands on both sides of it; it has no width, and searching for text does not mind it."""

_TAG = re.compile(r"(<!--.*?-->|<[^<>]+>)", re.S)
_UNTOUCHED = re.compile(r"<(/?)(code|pre|script|style|textarea)\b", re.I)

_MONTHS_PL = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
    "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS_PL = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# In Polish a single letter is a word that leans on the next one: "w Toruniu", "i ekonomia".
_ONE_LETTER = re.compile(r"(?<![^\s(\[„“\"'’–—/-])([aiouwzAIOUWZ])[ \n]+(?=\S|$)")
_UNIT = re.compile(
    r"(\d)[ \n]+(?=(?:r\.|w\.|min|minut[aęy]?|minutes?|godz\.|godzin[aęy]?|hours?|h|s|zł"
    r"|tys\.|mln|mld|%|kB|MB|GB|km|cm|mm|m|kg|pkt(?!\s\d)|szt\.|os\.|EUR|PLN|z\s\d+"
    r"|" + "|".join(_MONTHS_PL + _MONTHS_EN) + r")(?![\w]))"
)
_THOUSANDS = re.compile(r"(?<=\d)[ ](?=\d{3}(?!\d))")
_BEFORE_NUMBER = re.compile(
    r"(?<!\w)(art\.|ust\.|pkt|poz\.|nr|str\.|tel\.|rozdz\.|lit\.|Nr|No\.|p\.|ISBN|§)[ \n]+(?=[\d(])"
)
_TITLES = re.compile(r"(?<!\w)(dr|mgr|prof\.|inż\.|ul\.|pl\.|al\.|im\.|św\.|np\.|tj\.)[ \n]+(?=\S)")
_HANGING = re.compile(r"(?:\.\s+[A-ZĄĆĘŁŃÓŚŹŻ]\w{0,7}|\s+[^\W\d]|[\s,;:–—(„“-])+$")
_EQUALS = re.compile(r"(?<=\w)[ \n]+=[ \n]+(?=\d)")
_DASH = re.compile(r"(?<=\S)[ \n]+(?=[–—](?:[ \n]|$))")
# "2012–2015", "7–10"; "PI-PWP". Letters alone, so that no code or number which people copy gets an invisible sign.
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_INITIALS = re.compile(r"(?<![\w/-])([A-ZĄĆĘŁŃÓŚŹŻ]{2,5}-)(?=[A-ZĄĆĘŁŃÓŚŹŻ]{2,5}(?![\w-]))")
# "e-mail", "E-usługi": the one letter before the hyphen is no word to end a line with; not in an address.
_ONE_LETTER_AND_HYPHEN = re.compile(r"(?<![\w@./:-])([^\W\d_]-)(?=[^\W\d_]{2,}(?![\w-]*[@./]\w))")
# "40 osób", "w 4 krokach": a number of at most three digits leans on what it counts; no year, nor "art. 2 ustawy".
_COUNTED = re.compile(
    r"(?<![\w.,:/–-])(?<![.§]\xa0)(?<!pkt\xa0)(?<!nr\xa0)(\d{1,3})[ \n]+"
    r"(?=(?!(?:oraz|lub|albo|ani|czy|do|na|and|or|to|of)\b)[^\W\d_A-ZĄĆĘŁŃÓŚŹŻ]{2,})"
)


def polish_text(text: str, language: str | None = "pl", *, hyphens: bool = True) -> str:
    """Put no-break spaces and word joiners into plain text. Safe to repeat.

    What leans on the next word for being one letter does so in Polish alone: English prints no rule of that kind.
    Without ``hyphens`` “e-mail” stays as it is typed: names of fields and buttons are said to a computer, too.
    """
    if is_polish(language):
        text = _ONE_LETTER.sub(rf"\1{NBSP}", text)
    text = _THOUSANDS.sub(NBSP, text)
    text = _UNIT.sub(rf"\1{NBSP}", text)
    text = _BEFORE_NUMBER.sub(rf"\1{NBSP}", text)
    text = _TITLES.sub(rf"\1{NBSP}", text)
    text = _RANGE.sub(f"{WORD_JOINER}–{WORD_JOINER}", text)
    text = _INITIALS.sub(rf"\1{WORD_JOINER}", text)
    if hyphens:
        text = _ONE_LETTER_AND_HYPHEN.sub(rf"\1{WORD_JOINER}", text)
    text = _COUNTED.sub(rf"\1{NBSP}", text)
    text = _EQUALS.sub(f"{NBSP}={NBSP}", text)
    return _DASH.sub(NBSP, text)


def polish_html(html: str, language: str | None = "pl", *, hyphens: bool = True) -> str:
    """The same for rendered HTML: tags, attributes and the inside of code stay as they are."""
    out: list[str] = []
    closed_by = ""
    parts = _TAG.split(html)
    last = len(parts) - 1
    for index, part in enumerate(parts):
        if index % 2:
            found = _UNTOUCHED.match(part)
            if found:
                closed_by = "" if found[1] else found[2].lower()
            out.append(part)
        elif closed_by or not part.strip():
            out.append(part)
        elif index == last:
            # At the very end a blank leads nowhere.
            stripped = part.rstrip()
            out.append(polish_text(stripped, language, hyphens=hyphens) + part[len(stripped) :])
        else:
            out.append(polish_text(part, language, hyphens=hyphens))
    return "".join(out)


@functools.lru_cache(maxsize=2048)
def shortened(text: str, most: int = 60) -> str:
    """The beginning of a text in at most ``most`` signs, ended after a whole word by “…”; a short text as it is.

    No one-letter word, dash, comma or lone beginning of a sentence is left hanging before it. A word that is longer
    than all of it is cut.
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    start = text[: most - 1]
    if not text[most - 1].isspace():
        start = start.rpartition(" ")[0] or start
    return f"{_HANGING.sub('', start) or start}…"


def parted_at_end(text: str, most: int = 15) -> tuple[str, str]:
    """A headline as its beginning and its last words, which together have at most ``most`` signs: „uczą się razem.”.

    They stay on one line, so that the headline does not end with a few lost words.
    """
    words = text.split()
    first = len(words)
    while first and len(" ".join(words[first - 1 :])) <= most:
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


def is_polish(language: str | None) -> bool:
    return (language or "pl").lower().startswith("pl")


def minutes_in_words(minutes: float, language: str | None = "pl") -> str:
    """168 → „2 godz. 48 min” or "2 h 48 min"."""
    total = max(0, round(minutes))
    hours, rest = divmod(total, 60)
    hour = "godz." if is_polish(language) else "h"
    if not hours:
        return f"{rest}{NBSP}min"
    if not rest:
        return f"{hours}{NBSP}{hour}"
    return f"{hours}{NBSP}{hour}{NBSP}{rest}{NBSP}min"


def seconds_in_words(seconds: float, language: str | None = "pl") -> str:
    """97 → „1 min 37 s”; for what is missing of a film."""
    total = max(0, round(seconds))
    whole, rest = divmod(total, 60)
    if whole >= 60:
        return minutes_in_words(whole, language)
    if not whole:
        return f"{rest}{NBSP}s"
    return f"{whole}{NBSP}min {rest}{NBSP}s" if rest else f"{whole}{NBSP}min"


def timecode(seconds: float) -> str:
    """70 → "1:10", 3670 → "1:01:10"."""
    total = max(0, int(seconds))
    hours, rest = divmod(total, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def date_in_words(day: datetime.date, language: str | None = "pl", style: str = "") -> str:
    """„24 listopada 2026 r.”; style "weekday" puts the day of the week before it, "short" leaves the year out."""
    polish = is_polish(language)
    month = (_MONTHS_PL if polish else _MONTHS_EN)[day.month - 1]
    text = f"{day.day}{NBSP}{month}"
    if style != "short":
        text += f" {day.year}{NBSP}r." if polish else f" {day.year}"
    if style == "weekday":
        text = f"{(_DAYS_PL if polish else _DAYS_EN)[day.weekday()]}, {text}"
    return text


def month_and_weekday(day: datetime.date, language: str | None = "pl") -> str:
    """„grudnia, wtorek”: what stands under the large numeral of a date row."""
    polish = is_polish(language)
    return (
        f"{(_MONTHS_PL if polish else _MONTHS_EN)[day.month - 1]}, {(_DAYS_PL if polish else _DAYS_EN)[day.weekday()]}"
    )


def moment_in_words(moment: datetime.datetime, language: str | None = "pl") -> str:
    """„24 listopada 2026 r. o 7.01” in Polish, "24 November 2026 at 7:01" in English."""
    word = f"o{NBSP}" if is_polish(language) else f"at{NBSP}"
    return f"{date_in_words(moment, language)} {word}{hour_in_words(moment, language)}"


def hour_in_words(moment: datetime.time | datetime.datetime, language: str | None = "pl") -> str:
    """„9.30” in Polish, "9:30" in English."""
    return f"{moment.hour}.{moment.minute:02}" if is_polish(language) else f"{moment.hour}:{moment.minute:02}"
