"""The files of publications that cannot be read with assistive technology, each with what to use instead."""

from collections.abc import Iterator

from django.urls import reverse
from wagtail.models import Page

from cms.checks.rules import Check
from cms.checks.wording import public_words
from cms.declaration.rules import Gap, Group
from cms.library.models import PublicationFile, PublicationPage


def gaps_in(language: str) -> Iterator[Gap]:
    """The files in this language, and those of publications without a translation into it: 2 queries."""
    translated = Page.objects.live().filter(locale__language_code=language).order_by().values("translation_key")
    pages = PublicationPage.objects.live().public()
    here = pages.filter(locale__language_code=language) | pages.exclude(translation_key__in=translated)
    files = PublicationFile.objects.filter(document__accessible=False, publication__in=here.order_by().values("pk"))
    told: set[object] = set()
    for file in files.select_related("document", "publication__locale").order_by("publication__title", "sort_order"):
        if file.key in told:  # The same file of a publication in several languages.
            continue
        told.add(file.key)
        publication = file.publication
        yield Gap(
            key=f"file:{file.key}",
            group=Group.NONCONFORMING,
            title=publication.title,
            missing=public_words(Check.FILE_NOT_ACCESSIBLE, file.document.title),
            language=publication.locale.language_code,
            fault=Check.FILE_NOT_ACCESSIBLE.value,
            thing=file.document.title,
            address=publication.get_url() or "",
            alternative=file.alternative,
            edit_url=reverse("wagtailadmin_pages:edit", args=[publication.pk]),
        )
