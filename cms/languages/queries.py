"""Reads of translations: how a row is held by wagtail-localize, and what keeps it from being published."""

from typing import Any

from wagtail import hooks
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import SourceDeletedError, Translation

from media.refusing import words_against_publishing

MORE_AGAINST = "words_against_translation"
"""The hook by which a room above says what else keeps a translated row of its own from being published."""


def enabled_translation_into(row: Any) -> Translation | None:
    """How wagtail-localize holds this row, where it is translated sentence by sentence. One query."""
    if not isinstance(row, TranslatableMixin) and not isinstance(row, Page):
        return None
    found = Translation.objects.filter(
        source__object_id=row.translation_key, target_locale=row.locale_id, enabled=True
    ).select_related("source", "target_locale")
    return found.first()


def candidate_of(translation: Translation) -> Any:
    """The row as it would be published now, not stored; None where its original or its copy is gone."""
    try:
        return translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    except (SourceDeletedError, translation.source.specific_content_type.model_class().DoesNotExist):
        return None


def words_against(translation: Translation) -> list[str]:
    """Why this translation is not published as it stands, in words; empty when it may be."""
    candidate = candidate_of(translation)
    if candidate is None:
        return []
    words = words_against_publishing(candidate)
    for say in hooks.get_hooks(MORE_AGAINST):
        words += say(candidate)
    return words


def lacks_parent_in(page: Page, locale: Locale) -> bool:
    """Whether the page above has no page of its own in this language, so that a translation had nowhere to stand."""
    parent = page.get_parent()
    if parent is None or parent.is_root():
        return False
    return not parent.get_translations().filter(locale=locale, alias_of=None).exists()
