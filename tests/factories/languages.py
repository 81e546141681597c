"""Translations made with wagtail-localize, as its editor makes them."""

from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.accounts.models import User
from tests.factories.catalogue import locale


def submit(row: Any, language: str = "en", user: User | None = None) -> Translation:
    """The row handed to translation; its copy in the other language begins as a draft."""
    target: Locale = locale(language)
    translate_object(row, [target], user=user)
    return Translation.objects.get(source__object_id=row.translation_key, target_locale=target)


def translation_of(twin: Any) -> Translation:
    """How wagtail-localize holds this translated row."""
    return Translation.objects.get(source__object_id=twin.translation_key, target_locale=twin.locale_id)


def translate_all(twin: Any, mark: str = "English", user: User | None = None) -> int:
    """Translate each sentence of the row as its original with a mark in front, and tell how many there are."""
    translation = translation_of(twin)
    segments = StringSegment.objects.filter(source=translation.source).select_related("string")
    for segment in segments:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={
                "data": f"{mark}: {segment.string.data}",
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": user,
            },
        )
    return len(segments)
