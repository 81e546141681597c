"""What search finds of films: their pages, and the second at which something is said."""

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import PageViewRestriction

from media.models import Film
from tests.factories.films import make_film_list, make_film_page
from tests.factories.search import index_everything, titles
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.mark.rule("film-12")
def test_words_said_in_a_film_lead_to_their_second(client: Client) -> None:
    page = make_film_page(title="Film o piknikach")
    index_everything()
    answer = client.get("/pl/szukaj/", {"q": '"pokażę dwa kroki"'})
    assert titles(client, "dwóch krokach") == ["Film o piknikach"] or titles(client, "dwa kroki") == [
        "Film o piknikach"
    ]
    assert f'href="{page.get_url()}?t=2#film"' in words_of(answer)


@pytest.mark.rule("film-12")
def test_neither_a_closed_page_nor_a_withdrawn_film_is_found(client: Client) -> None:
    closed, withdrawn = make_film_page(title="Zamknięty o ornitologii"), make_film_page(title="Wycofany o ornitologii")
    make_film_page(title="Otwarty o ornitologii")
    index_everything()
    assert len(titles(client, "ornitologia")) == 3
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    Film.objects.get(pk=withdrawn.film_id).unpublish()
    index_everything()
    cache.clear()
    assert titles(client, "ornitologia") == ["Otwarty o ornitologii"]


def test_the_list_itself_is_found(client: Client) -> None:
    make_film_list().save_revision().publish()
    index_everything()
    assert titles(client, "filmy") == ["Filmy"]
