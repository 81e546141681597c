"""The setting of text in templates: lines that must not part, quantities, sizes and moments in words.

Loaded for every template by the settings. What is decided here is decided in ``cms.pages.typography``.
"""

import datetime
import functools
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.pages import typography
from media.rules import size_in_words

register = template.Library()


@register.filter(is_safe=True, needs_autoescape=True)
def polish(value: Any, autoescape: bool = True) -> Any:
    """No-break spaces where a line must not part, in the language of the page. Works on text and on rendered HTML."""
    if value is None:
        return ""
    language = get_language() or "pl"
    if hasattr(value, "__html__"):
        return _polished_html(str(value.__html__()), language)
    return _polished(str(value), language) if autoescape else typography.polish_text(str(value), language)


@functools.lru_cache(maxsize=512)
def _polished_html(html: str, language: str) -> SafeString:
    """Rendered HTML likewise; the blocks of pages are the same for every reader."""
    return mark_safe(typography.polish_html(html, language))  # noqa: S308


@functools.lru_cache(maxsize=4096)
def _polished(text: str, language: str) -> SafeString:
    """A text as it stands in a page. Titles stand in page after page, so the newest ones are kept."""
    return escape(typography.polish_text(text, language))


@register.filter
def minutes(value: Any) -> str:
    """168 → „2 godz. 48 min” in the language of the page."""
    if value in (None, ""):
        return ""
    return _in_minutes(float(value), get_language() or "pl")


@functools.lru_cache(maxsize=1024)
def _in_minutes(value: float, language: str) -> SafeString:
    return escape(typography.minutes_in_words(value, language))


@register.filter
def seconds(value: Any) -> str:
    """97 → „1 min 37 s”."""
    if value in (None, ""):
        return ""
    return typography.seconds_in_words(float(value), get_language())


@register.filter
def file_size(value: Any) -> str:
    """62100 → „62 kB” in the language of the page."""
    return size_in_words(value or 0, get_language())


@register.filter
def timecode(value: Any) -> str:
    """70 → "1:10"."""
    if value in (None, ""):
        return ""
    return typography.timecode(float(value))


def _local(value: datetime.date | datetime.datetime) -> datetime.date | datetime.datetime:
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def date_words(value: Any, style: str = "") -> str:
    """„24 listopada 2026 r.”; ``:"weekday"`` and ``:"short"`` as in typography. A text passes unchanged."""
    if not isinstance(value, datetime.date):
        return str(value or "")
    return typography.date_in_words(_local(value), get_language(), style)


@register.filter
def month_weekday(value: Any) -> str:
    """„grudnia, wtorek”."""
    if not isinstance(value, datetime.date):
        return str(value or "")
    return typography.month_and_weekday(_local(value), get_language())


@register.filter
def hour_words(value: Any) -> str:
    """„9.03” in Polish, "9:03" in English. A session keeps its moments as texts (ISO 8601), which are read here."""
    if isinstance(value, str):
        value = parse_datetime(value) or value
    if isinstance(value, datetime.datetime):
        value = _local(value)
    if isinstance(value, datetime.datetime | datetime.time):
        return typography.hour_in_words(value, get_language())
    return str(value or "")


@register.filter
def moment_words(value: Any) -> str:
    """„24 listopada 2026 r. o 7.01”. A letter keeps its moments as texts (ISO 8601), which are read here."""
    if isinstance(value, str):
        value = parse_datetime(value) or value
    if not isinstance(value, datetime.datetime):
        return str(value or "")
    return typography.moment_in_words(_local(value), get_language())


@register.filter
def in_language(text: Any, language: str) -> Any:
    """Words that are not in the language of the page, marked as such; without a language they pass unchanged."""
    return format_html('<span lang="{}">{}</span>', language, text) if language else text
