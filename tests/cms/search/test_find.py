"""What is found, by whom, and how it is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.library.models import PublicationFile
from cms.search.models import Entry
from courses.catalogue.models import Course
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.catalogue import make_course_page, make_lesson, publish, set_outline
from tests.factories.learning import enrol, finish
from tests.factories.library import make_library, make_publication
from tests.factories.media import FilmFactory
from tests.factories.search import index_everything, make_pdf, titles
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def chapter(text: str, title: str = "Rozdział") -> Any:
    return [("chapter", {"title": title, "body": [("text", f"<p>{text}</p>")]})]


@pytest.mark.rule("search-1")
@pytest.mark.parametrize("typed", ["spółdzielnia", "spółdzielni", "spoldzielnie", "SPÓŁDZIELNIAMI", "spoldzielniach"])
def test_any_form_with_or_without_diacritics_finds_it(client: Client, typed: str) -> None:
    make_publication(title="Poradnik", chapters=chapter("Nasza spółdzielnia gotuje."))
    index_everything()
    assert titles(client, typed) == ["Poradnik"]


@pytest.mark.rule("search-2")
def test_a_phrase_inside_a_file_leads_to_its_page(client: Client) -> None:
    document = make_pdf("Wstęp.", "Nic tu nie ma.", "Obiad dla czterdziestu osób w piątek.", title="Poradnik w PDF")
    make_publication(title="Poradnik", files=1, document=document)
    index_everything()
    answer = client.get("/pl/szukaj/", {"q": '"dla czterdziestu osób"'})
    row = answer.context["rows"][0]
    assert row["place"]["label"] == "strona 3"
    assert row["place"]["url"].endswith("#page=3")
    assert "<mark>dla czterdziestu osób</mark>" in words_of(answer) or "<mark>czterdziestu osób</mark>" in words_of(
        answer
    )
    assert titles(client, '"osób dla czterdziestu"') == []


@pytest.mark.rule("search-3")
def test_a_closed_page_is_neither_shown_nor_counted_nor_suggested(client: Client) -> None:
    shown = make_publication(title="Otwarta o ornitologii")
    closed = make_publication(title="Zamknięta o ornitologii i glaciologii")
    index_everything()
    assert len(titles(client, "ornitologia")) == 2
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    cache.clear()
    answer = client.get("/pl/szukaj/", {"q": "ornitologia"})
    assert answer.context["total"] == 1
    assert "glaciologii" not in answer.content.decode()
    misspelt = client.get("/pl/szukaj/", {"q": "glaciologi"})
    assert "glaciologii" not in misspelt.content.decode()
    assert misspelt.context["total"] == 0
    client.force_login(UserFactory())
    assert client.get("/pl/szukaj/", {"q": "ornitologia"}).context["total"] == 2
    restriction.restriction_type = PageViewRestriction.PASSWORD
    restriction.save()
    cache.clear()
    assert titles(client, "ornitologia") == [shown.title]
    shown.unpublish()
    assert titles(client, "ornitologia") == []


@pytest.mark.rule("search-3")
def test_a_file_is_found_by_whom_it_opens_for_from_its_day_on(client: Client) -> None:
    secret = make_pdf("Tajna ornitologia.", title="Tajny plik o ornitologii")
    make_publication(title="Zapis", files=1, document=secret, access={"access": "signed_in"})
    later = make_pdf("Jutrzejsza glaciologia.", title="Plik na jutro")
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_publication(title="Jutro", files=1, document=later, access={"opens_on": tomorrow})
    index_everything()
    assert titles(client, "ornitologia") == titles(client, "glaciologia") == []
    assert "glaciologia" not in client.get("/pl/szukaj/", {"q": "glacjologia"}).content.decode()
    client.force_login(UserFactory())
    assert titles(client, "ornitologia") == ["Zapis"]
    assert titles(client, "glaciologia") == []
    Entry.objects.update(opens_on=timezone.localdate())
    assert titles(client, "glaciologia") == ["Jutro"]


@pytest.fixture
def course() -> Course:
    """Two lessons and a film; the second lesson opens when the first is done."""
    page = make_course_page(title="Szkolenie")
    first = make_lesson(page, title="Pierwsza", body=[("text", "<p>O ornitologii.</p>")])
    second = make_lesson(page, title="Druga", body=[("text", "<p>O glaciologii.</p>")])
    set_outline(page, [first, second, FilmFactory(title="Film o taksonomii")])
    publish(page)
    return Course.objects.get(key=page.translation_key)


@pytest.mark.rule("search-4")
def test_lessons_and_films_are_found_by_who_may_open_their_step_now(client: Client, course: Course) -> None:
    index_everything()
    learner, other = PersonFactory().user, PersonFactory().user
    assert titles(client, "ornitologia") == []
    client.force_login(other)
    assert titles(client, "ornitologia") == titles(client, "taksonomia") == []
    client.force_login(learner)
    enrolment = enrol(learner.person, course)
    assert titles(client, "ornitologia") == ["Pierwsza"]
    assert titles(client, "glaciologia") == []
    finish(enrolment, steps=1)
    row = client.get("/pl/szukaj/", {"q": "glaciologia"}).context["rows"][0]
    assert row["url"].startswith(f"/pl/nauka/{course.code}/")
    finish(enrolment)
    row = client.get("/pl/szukaj/", {"q": "taksonomia"}).context["rows"][0]
    assert row["place"]["label"] == "0:00"
    assert row["place"]["url"].endswith("/?t=0")
    assert client.get(row["url"]).status_code == 200


@pytest.mark.rule("search-4")
def test_answers_to_questions_are_not_found(client: Client) -> None:
    page = make_course_page()
    options = [
        {"text": "ornitologia", "correct": True, "feedback": "glaciologia"},
        {"text": "nic", "correct": False, "feedback": "nic"},
    ]
    block = ("check_yourself", {"question": "O czym mowa?", "options": options})
    lesson = make_lesson(page, body=[("text", "<p>Tekst.</p>"), block])
    set_outline(page, [lesson])
    publish(page)
    learner = PersonFactory().user
    enrol(learner.person, Course.objects.get(key=page.translation_key))
    index_everything()
    client.force_login(learner)
    assert titles(client, "tekst") == [lesson.title]
    assert titles(client, "ornitologia") == titles(client, "glaciologia") == []


@pytest.mark.rule("search-5")
def test_a_misspelt_word_shows_what_was_likely_meant(client: Client) -> None:
    make_publication(title="Spółdzielnia socjalna")
    index_everything()
    answer = client.get("/pl/szukaj/", {"q": "spółdzelnia socjlna"})
    assert "Czy chodziło o: <strong>spółdzielnia socjalna</strong>?" in words_of(answer)
    assert answer.context["total"] == 1


@pytest.mark.rule("search-6")
def test_filters_count_what_they_would_show(client: Client) -> None:
    make_publication(title="Publikacja o ornitologii")
    page = make_course_page(title="Szkolenie z ornitologii")
    set_outline(page, [make_lesson(page)])
    publish(page)
    make_publication("en", title="Ornitologia in English")
    index_everything()
    answer = client.get("/pl/szukaj/", {"q": "ornitologia"})
    told = {str(f["label"]): f["count"] for f in answer.context["filters"]}
    assert told == {"None": 2, "Publikacje": 1, "Szkolenia": 1}
    assert "2 wyniki" in words_of(answer)
    assert "Dodaj 1 wynik po angielsku" in words_of(answer)
    assert titles(client, "ornitologia", kind="course") == ["Szkolenie z ornitologii"]
    assert len(titles(client, "ornitologia", lang="all")) == 3
    assert titles(client, "ornitologia", "en") == ["Ornitologia in English"]
    assert len(titles(client, "ornitologia", kind="nonsense", lang="xx")) == 2
    assert 'content="noindex"' in words_of(answer)


@pytest.mark.rule("search-7")
@pytest.mark.parametrize(
    "typed",
    [
        '"', "   ", "\x00", "(" * 5000, "a" * 10_000, "*", "AND", "OR",
        '=HYPERLINK("http://x")', "'; DROP", "%", "_",
        "🎉🎉", '""""""', "„”", "i w na", "\u202e\u200b", "<script>alert(1)</script>", "\\", "-" * 200, "ą" * 200,
        " ".join(["słowo"] * 100), '"' * 5000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_question_is_answered(client: Client, typed: str, language: str) -> None:
    make_publication(title="Poradnik")
    index_everything()
    where = {"pl": "/pl/szukaj/", "en": "/en/search/"}[language]
    answer = client.get(where, {"q": typed, "page": "1" + "0" * 18})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


@pytest.mark.rule("search-7")
def test_a_question_that_is_too_long_is_told_so(client: Client) -> None:
    answer = words_of(client.get("/pl/szukaj/", {"q": "słowo " * 60}))
    assert "Skróć zapytanie: najwyżej 200 znaków." in answer
    assert "<title> Błąd:" in answer or "<title>Błąd:" in answer


def test_nothing_found_offers_ways(client: Client) -> None:
    make_library()
    answer = words_of(client.get("/pl/szukaj/", {"q": "ornitologia"}))
    assert "Brak wyników dla „ornitologia”." in answer
    assert "Sprawdź pisownię" in answer
    assert "0 wyników" in answer


def test_without_a_question_there_is_only_the_form(client: Client) -> None:
    answer = words_of(client.get("/pl/szukaj/"))
    assert "Czego szukasz?" in answer
    assert "wyników" not in answer


@pytest.mark.rule("search-8")
@pytest.mark.parametrize("typed", ["ornitologia", "ornitologja", '"o ornitologii"', "ornitologia poradnik"])
def test_many_hits_cost_as_many_queries_as_one(client: Client, typed: str) -> None:
    asked = []
    for total in (1, 3, 60):
        while PublicationFile.objects.count() < total:
            document = make_pdf("Tu mowa o ornitologii.", "A tu o niczym.")
            make_publication(title="Poradnik o ornitologii", files=1, document=document)
        index_everything()
        client.get("/pl/szukaj/", {"q": typed})
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/pl/szukaj/", {"q": typed}).context["total"] == total
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 12


@pytest.mark.rule("search-8")
def test_a_learner_s_search_stays_below_the_limit(client: Client, course: Course) -> None:
    learner = PersonFactory().user
    finish(enrol(learner.person, course))
    make_publication(title="Ornitologia")
    index_everything()
    client.force_login(learner)
    client.get("/pl/szukaj/", {"q": "ornitologia"})
    for typed in ("ornitologia", "ornitologja"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/pl/szukaj/", {"q": typed}).context["total"] == 2
        assert len(queries) <= 12, [query["sql"][:90] for query in queries]


def test_pages_of_the_list_are_links_and_senseless_ones_lead_to_the_last(client: Client) -> None:
    for number in range(23):
        make_publication(title=f"Ornitologia {number}")
    index_everything()
    first = client.get("/pl/szukaj/", {"q": "ornitologia"})
    assert 'href="?q=ornitologia&amp;page=2"' in words_of(first)
    seen = [title for page in "123" for title in titles(client, "ornitologia", page=page)]
    assert len(seen) == len(set(seen)) == 23
    assert titles(client, "ornitologia", page="1" + "0" * 18) == titles(client, "ornitologia", page="3")
    assert titles(client, "ornitologia", page="x") == titles(client, "ornitologia", page="1")


def test_every_page_has_the_way_to_search(client: Client) -> None:
    assert 'href="/pl/szukaj/"' in words_of(client.get(make_library().get_url()))
