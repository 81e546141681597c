"""Writes of the glossary: on which pages terms are not explained, and where their words stand."""

from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from cms.glossary import rules
from cms.glossary.models import PageWithoutHints, Term, TermUse
from cms.pages.generation import start_generation
from cms.pages.models import BasePage


@transaction.atomic
def set_hints(*, page: Page, shown: bool) -> None:
    """Explain terms on the page, or no longer. Safe to repeat."""
    if shown:
        PageWithoutHints.objects.filter(page=page).delete()
    else:
        PageWithoutHints.objects.get_or_create(page=page)
    start_generation()


def note_uses() -> None:
    """Note anew on which published pages the words of each published term stand. Safe to repeat and to interrupt:
    each language is noted as a whole or not at all."""
    for locale in Locale.objects.all():
        _note_uses_in(locale)


def _note_uses_in(locale: Locale) -> None:
    terms = {term.pk: term for term in Term.objects.filter(live=True, locale=locale)}
    phrases = [
        phrase
        for term in terms.values()
        for phrase in rules.phrases_of(str(term.pk), term.names(), [term.abbreviation])
    ]
    known = rules.vocabulary(phrases, locale.language_code)
    wanted = {
        (int(use.term), page.pk)
        for page in _pages_in(locale)
        for use in rules.first_uses(" . ".join(_texts_of(page)), known)
    }
    with transaction.atomic():
        noted = {
            (term, page): pk
            for pk, term, page in TermUse.objects.filter(term__locale=locale).values_list("pk", "term_id", "page_id")
        }
        TermUse.objects.filter(pk__in=[pk for pair, pk in noted.items() if pair not in wanted]).delete()
        new = [TermUse(term_id=term, page_id=page) for term, page in sorted(wanted - noted.keys())]
        TermUse.objects.bulk_create(new, ignore_conflicts=True)


def _pages_in(locale: Locale) -> Iterator[Page]:
    """The published pages of ours that hold a text, kind by kind."""
    for model in apps.get_models():
        if issubclass(model, BasePage) and any(isinstance(field, StreamField) for field in model._meta.get_fields()):
            yield from model.objects.live().filter(locale=locale).iterator(chunk_size=100)


def _texts_of(page: Page) -> Iterator[str]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from field.stream_block.get_searchable_content(getattr(page, field.name))
