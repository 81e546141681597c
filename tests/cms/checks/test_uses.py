"""Where something is used is told before it is changed or deleted."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from cms.checks import queries
from cms.checks.wording import use_words
from tests.factories.catalogue import make_course_page, make_lesson
from tests.factories.checks import make_text_page
from tests.factories.media import FilmFactory
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def link(page) -> str:
    return f'<p><a linktype="page" id="{page.pk}">regulamin naboru</a></p>'


def indexed(*rows) -> None:
    for row in rows:
        ReferenceIndex.create_or_update_for_object(row)


@pytest.mark.rule("editor-7")
def test_a_page_tells_what_links_it_before_a_change_and_before_it_is_deleted(desk: Client, lead_desk: Client) -> None:
    page, other = make_text_page(title="Regulamin"), make_text_page(title="Wolna")
    indexed(make_text_page(link(page), title="Nabór"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Użyte w: „Nabór”." in words_of(desk.get(edit))
    assert "Użyte w" not in words_of(desk.get(reverse("wagtailadmin_pages:edit", args=[other.pk])))
    assert "Użyte w: „Nabór”." in words_of(lead_desk.get(reverse("wagtailadmin_pages:delete", args=[page.pk])))


@pytest.mark.rule("editor-7")
def test_a_film_tells_its_lessons(desk: Client) -> None:
    film = FilmFactory()
    indexed(make_lesson(make_course_page(), title="Karta usługi", body=[("film", {"film": film})]))
    assert "Użyte w: „Karta usługi”." in words_of(desk.get(reverse("wagtailsnippets_media_film:edit", args=[film.pk])))


@pytest.mark.rule("editor-7")
def test_many_places_are_counted(django_assert_max_num_queries) -> None:
    page = make_text_page(title="Regulamin")
    indexed(*(make_text_page(link(page), title=f"Nabór {number}") for number in range(9)))
    with django_assert_max_num_queries(12):
        uses = queries.uses_of(page)
    assert (len(uses.titles), uses.more) == (5, 4)
    assert use_words(["A"], 0) == "Użyte w: „A”."
    assert use_words(["A"], 1).replace("\xa0", " ") == "Użyte w: „A” i w jeszcze jednym miejscu."
    assert use_words(["A"], 5).replace("\xa0", " ") == "Użyte w: „A” i w 5 innych miejscach."
    assert use_words([], 0) == ""
