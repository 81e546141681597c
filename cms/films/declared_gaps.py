"""Films without captions, transcript or a decision on audio description; a note where none is needed."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from cms.checks.content import film_lacks
from cms.checks.wording import public_words
from cms.declaration.rules import Gap, Group
from cms.films.models import FilmPage
from media.models import Film


def gaps_in(language: str) -> Iterator[Gap]:
    """The published films that a public page shows: at most 10 queries. Films are the same for every language."""
    films = list(Film.objects.filter(live=True, pk__in=_shown()).prefetch_related("tracks", "transcripts"))
    addresses = _addresses(films, language)
    for film in films:
        about = {
            "title": film.title,
            "language": film.language,
            "address": addresses.get(film.pk, ""),
            "edit_url": reverse("wagtailsnippets_media_film:edit", args=[film.pk]),
        }
        for check in sorted(film_lacks(film)):
            yield Gap(
                key=f"film:{film.pk}:{check.value}",
                group=Group.NONCONFORMING,
                missing=public_words(check, film.title),
                fault=check.value,
                thing=film.title,
                **about,
            )
        if film.description_kind == Film.DescriptionKind.NOT_NEEDED and film.description_reason:
            yield Gap(
                key=f"film:{film.pk}:description",
                group=Group.NOTE,
                missing=_("The film has no audio description of its own."),
                reason=film.description_reason,
                **about,
            )


def _shown() -> set[int]:
    """The films that have a public page, and those in a block of one, as soon as a job has noted that: 5 queries."""
    own = FilmPage.objects.live().public().order_by().values_list("film_id", flat=True)
    known = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Film),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("to_object_id", "object_id")
    references = [(int(film), int(page)) for film, page in known]
    wanted = Page.objects.live().public().filter(pk__in={page for _film, page in references})
    public = set(wanted.order_by().values_list("pk", flat=True))
    return {*own, *(film for film, page in references if page in public)}


def _addresses(films: list[Film], language: str) -> dict[int, str]:
    """Where everybody watches a film, in this language where there is such a page: 1 query."""
    pages = FilmPage.objects.live().public().filter(film__in=films).select_related("locale")
    in_order = sorted(pages, key=lambda page: page.locale.language_code == language)
    return {page.film_id: page.get_url() or "" for page in in_order}
