"""The language switch: every page leads to itself in the other language."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

LANGUAGE_LABELS = {"pl": "Polski", "en": "English"}


class LanguageEntry(TypedDict):
    """An entry of the language switch; it leads to the same page in the other language."""

    code: str
    label: str
    url: str
    current: bool


def language_switch(request: HttpRequest, addresses: dict[str, str] | None = None) -> list[LanguageEntry]:
    """The switch for the page asked for; ``addresses`` gives those of a page's translations by language."""
    active = get_language() or settings.LANGUAGE_CODE
    entries = []
    for code, _name in settings.LANGUAGES:
        if addresses is not None:
            url = addresses.get(code) or f"/{code}/"
        else:
            # Two slashes at the beginning would name another host.
            url = translate_url("/" + request.get_full_path().lstrip("/"), code)
        entries.append(LanguageEntry(code=code, label=LANGUAGE_LABELS[code], url=url, current=code == active))
    return entries
