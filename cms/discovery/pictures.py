"""The picture of a shared link, drawn from the title and the cover of its page."""

import json
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext

from cms.discovery.rules import digest_of
from cms.pages.art import standing_alone
from cms.pages.covers import cover
from cms.pages.models import BasePage
from cms.press import Press
from media.storage import private_storage

FOLDER = "shared"
LONGEST_TITLE = 140
LOOK = "1"
"""Raise it when the drawing changes: then every picture has a new address."""

press = Press(Path(__file__).resolve().parent / "typst")


def digest_for(page: BasePage, language: str) -> str:
    """What stands in the address of the picture: another title or cover has another address."""
    return digest_of(LOOK, page.title, getattr(page, "cover_seed", ""), language)


def picture_of(page: BasePage, language: str) -> bytes:
    """The picture as a PNG of 1200 by 630 pixels; drawn when it is first asked for, then kept."""
    storage = private_storage()
    name = f"{FOLDER}/{page.pk}-{digest_for(page, language)}.png"
    if storage.exists(name):
        with storage.open(name) as kept:
            return bytes(kept.read())
    picture = _painted(page, language)
    _forget_older(page.pk)
    storage.save(name, ContentFile(picture))
    return picture


def _painted(page: BasePage, language: str) -> bytes:
    title = page.title if len(page.title) <= LONGEST_TITLE else page.title[: LONGEST_TITLE - 1].rstrip() + "…"
    with translation.override(language):
        words = {"title": title, "language": language, "site": gettext("Cooperation Academy")}
    drawing = standing_alone(cover("shared", page.title, 430, 630, getattr(page, "cover_seed", "") or None))
    return press.paint(json.dumps(words, ensure_ascii=False), {"cover.svg": drawing.encode()})


def _forget_older(pk: int) -> None:
    storage = private_storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in names:
        if name.startswith(f"{pk}-"):
            storage.delete(f"{FOLDER}/{name}")
