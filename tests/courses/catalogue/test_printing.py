"""A whole course as one document for paper."""

import pytest
from django.test import Client

from cms.accounts.rules import Role
from courses.catalogue.models import CoursePage
from tests.factories.accounts import PersonFactory, staff
from tests.factories.learning import enrol
from tests.factories.site import Academy, make_academy
from tests.reading import words_of

pytestmark = pytest.mark.django_db

DOCUMENT = "/pl/szkolenia/narzedzie/druk/"


@pytest.fixture
def academy() -> Academy:
    return make_academy()


@pytest.mark.rule("page-30")
def test_everybody_prints_what_the_page_of_a_course_says(academy: Academy, client: Client) -> None:
    answer = client.get(DOCUMENT)
    words = words_of(answer)
    assert answer.status_code == 200
    assert "Wystarczy telefon z przeglądarką." in words
    assert "Lekcje drukują osoby zapisane na to szkolenie." in words
    assert "Po co jest karta" not in words
    assert '<meta name="robots" content="noindex">' in words
    client.force_login(PersonFactory().user)
    assert "Po co jest karta" not in words_of(client.get(DOCUMENT))


@pytest.mark.rule("page-30")
@pytest.mark.parametrize("who", ["learner", "editor"])
def test_who_may_read_the_lessons_prints_them(academy: Academy, client: Client, who: str) -> None:
    if who == "learner":
        person = PersonFactory()
        enrol(person, academy.course)
        client.force_login(person.user)
    else:
        client.force_login(staff(Role.EDITORS))
    words = words_of(client.get(DOCUMENT))
    assert "Spis treści" in words
    assert "Po co jest karta" in words
    assert "Zapotrzebowanie krok po kroku" in words
    assert "Quiz: 3 pytania." in words
    assert "/nauka/narzedzie/" in words
    assert 'class="qr-code"' in words
    # A question to oneself is answered by hand: no form, and nothing of what is right.
    assert "paper-check__line" in words
    assert "Z tej nazwy nikt nie wie" not in words
    assert "data-check" not in words
    assert "<video" not in words


@pytest.mark.rule("page-30")
def test_the_document_of_one_is_not_shown_to_another(academy: Academy) -> None:
    editor, stranger = Client(), Client()
    editor.force_login(staff(Role.EDITORS))
    assert "Po co jest karta" in words_of(editor.get(DOCUMENT))
    assert "Po co jest karta" not in words_of(stranger.get(DOCUMENT))
    assert "Po co jest karta" in words_of(editor.get(DOCUMENT))


@pytest.mark.rule("page-30")
def test_the_page_of_a_course_leads_to_its_document(academy: Academy, client: Client) -> None:
    page = CoursePage.objects.get(locale__language_code="pl")
    assert f'href="{page.get_url()}druk/"' in words_of(client.get(page.get_url()))
    english = CoursePage.objects.get(locale__language_code="en")
    assert f'href="{english.get_url()}print/"' in words_of(client.get(english.get_url()))
    assert client.get(f"{english.get_url()}print/").status_code == 200
    assert client.get(f"{page.get_url()}druk/nie/").status_code == 404


@pytest.mark.rule("page-30")
def test_the_second_reader_pays_little(academy: Academy, client: Client, django_assert_max_num_queries) -> None:
    client.force_login(staff(Role.EDITORS))
    client.get(DOCUMENT)
    with django_assert_max_num_queries(20):
        client.get(DOCUMENT)
