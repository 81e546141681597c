"""The page of the glossary, and hints on pages and in lessons."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.models import Person
from cms.glossary.actions import set_hints
from cms.glossary.models import PageWithoutHints, Term
from cms.library.demo.chapters import stored_chapters
from cms.pages.models import StandardPage
from courses.catalogue.models import Course, LessonPage
from courses.learning.models import Enrolment
from courses.learning.queries import standing_of
from tests.factories.accounts import PersonFactory
from tests.factories.catalogue import make_course_page, make_home, make_lesson, publish, set_outline
from tests.factories.glossary import make_glossary, make_term
from tests.factories.learning import enrol
from tests.factories.library import make_publication
from tests.factories.news import make_news
from tests.factories.search import index_everything, titles
from tests.reading import words_of

pytestmark = pytest.mark.django_db
TEXT = "<h2>Karta usługi</h2><p>Dobra karta usługi jest krótka. Pisz kartę usługi sam.</p>"


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def marks_in(html: str) -> list[str]:
    """The words that are marked on a page."""
    return re.findall(r'<a class="term"[^>]*>([^<]+)</a>', html)


# --- The page ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("glossary-1")
def test_an_empty_glossary_says_so(client: Client) -> None:
    assert "Nie ma tu jeszcze pojęć." in words_of(client.get(make_glossary().get_url()))


@pytest.mark.rule("glossary-1")
def test_terms_stand_in_polish_order_each_with_its_own_address(client: Client) -> None:
    for title in ("zadanie", "środki", "sala", "ćwiczenie", "cel"):
        make_term(title)
    make_term("szkic", live=False)
    page = words_of(client.get(make_glossary().get_url()))
    places = [page.index(f'id="{slug}"') for slug in ("cel", "cwiczenie", "sala", "srodki", "zadanie")]
    assert places == sorted(places)
    assert 'href="#srodki"' in page
    assert 'href="#letter-ś"' in page
    assert 'id="letter-ś"' in page
    assert "szkic" not in page
    assert "5 pojęć" in page


@pytest.mark.rule("glossary-2")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("spoldzielnie socjalne", True),
        ("spółdzielni", True),
        ("OWES", False), ("kooperatywa", True), ("x" * 300, False),
        ("'--", False), ("\0", True), ("((((", False),
    ],
)  # fmt: skip
def test_the_search_forgives_diacritics_and_endings(client: Client, query: str, found: bool) -> None:
    make_term("spółdzielnia socjalna", synonyms="kooperatywa")
    page = words_of(client.get(make_glossary().get_url(), {"q": query}))
    assert ('id="spoldzielnia-socjalna"' in page) is found
    assert ("Żadne pojęcie nie pasuje do tych słów." in page) is not found


@pytest.mark.rule("glossary-3")
@pytest.mark.parametrize("query", ["", "?q=numer"])
def test_a_long_glossary_costs_as_many_queries_as_a_short_one(client: Client, query: str) -> None:
    where = make_glossary().get_url() + query
    asked = []
    for total in (1, 3, 60):
        while Term.objects.count() < total:
            make_term()
        cache.clear()
        asked.append(queries_of(client, where))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 12


@pytest.mark.rule("glossary-4")
def test_publishing_withdrawing_and_deleting_a_term_renew_the_page(
    client: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    where = make_glossary().get_url()
    assert "0 pojęć" in words_of(client.get(where))
    with django_capture_on_commit_callbacks(execute=True):
        term = make_term("cel")
    assert 'id="cel"' in words_of(client.get(where))
    with django_capture_on_commit_callbacks(execute=True):
        term.unpublish()
    assert 'id="cel"' not in words_of(client.get(where))
    with django_capture_on_commit_callbacks(execute=True):
        term.save_revision().publish()
    assert 'id="cel"' in words_of(client.get(where))
    with django_capture_on_commit_callbacks(execute=True):
        term.refresh_from_db()
        term.delete()
    assert 'id="cel"' not in words_of(client.get(where))


@pytest.mark.rule("glossary-7")
def test_search_finds_a_term_by_each_of_its_names(client: Client) -> None:
    make_term("spółdzielnia socjalna", synonyms="kooperatywa", text="<p>Ma statut.</p>")
    make_term("szkic spółdzielni", live=False)
    index_everything()
    assert titles(client, "kooperatywa") == []
    page = make_glossary()
    index_everything()
    for typed in ("kooperatywy", "spoldzielnie socjalne", "statut"):
        assert titles(client, typed) == ["spółdzielnia socjalna"]
    where = f'href="{page.get_url()}#spoldzielnia-socjalna"'
    assert where in words_of(client.get("/pl/szukaj/", {"q": "kooperatywa"}))


# --- Hints -------------------------------------------------------------------------------------------------------


def standard_page(**fields: Any) -> StandardPage:
    page = StandardPage(title="Strona", slug="strona", live=False, body=[("text", TEXT)], **fields)
    make_home().add_child(instance=page)
    publish(page)
    return page


def publication() -> Any:
    chapters = [{"title": "Karta usługi", "blocks": [{"type": "text", "html": TEXT}]}]
    return make_publication(chapters=stored_chapters([*chapters, *chapters], place="x"))


@pytest.mark.rule("hint-3")
@pytest.mark.parametrize("make", [standard_page, publication, lambda: make_news(body=[("text", TEXT)])])
def test_a_page_explains_a_term_once_where_its_text_uses_it_first(client: Client, make: Callable) -> None:
    make_glossary()
    make_term("karta usługi", explanation="Opis <jednej> usługi.")
    html = client.get(make().get_url()).content.decode().replace("\u00a0", " ")
    assert marks_in(html) == ["karta usługi"]
    assert 'href="/pl/slowniczek/#karta-uslugi" aria-describedby="term-karta-uslugi"' in html
    assert '<dd id="term-karta-uslugi">Opis &lt;jednej&gt; usługi.</dd>' in html
    assert html.count("data-term-notes") == 1


@pytest.mark.rule("hint-3")
def test_there_are_no_hints_without_a_page_that_lists_the_terms_nor_for_drafts(client: Client) -> None:
    make_term("karta usługi")
    page = standard_page()
    assert marks_in(client.get(page.get_url()).content.decode()) == []
    make_glossary()
    Term.objects.update(live=False)
    cache.clear()
    assert marks_in(client.get(page.get_url()).content.decode()) == []


@pytest.mark.rule("hint-3")
def test_the_glossary_itself_holds_no_hints(client: Client) -> None:
    make_term("karta usługi", text="<p>Inna karta usługi.</p>")
    make_term("usługa", text="<p>Opisuje ją karta usługi.</p>")
    assert marks_in(client.get(make_glossary().get_url()).content.decode()) == []


@pytest.mark.rule("hint-4")
def test_hints_are_turned_off_for_one_page(client: Client, django_capture_on_commit_callbacks: Callable) -> None:
    make_glossary()
    make_term("karta usługi")
    page, news = standard_page(), make_news(body=[("text", TEXT)])
    for shown, marks in ((False, []), (False, []), (True, ["karta usługi"]), (True, ["karta usługi"])):
        with django_capture_on_commit_callbacks(execute=True):
            set_hints(page=page, shown=shown)
        assert marks_in(client.get(page.get_url()).content.decode().replace("\u00a0", " ")) == marks
        assert marks_in(client.get(news.get_url()).content.decode()) != []
    assert not PageWithoutHints.objects.exists()


@pytest.mark.rule("hint-5")
def test_hints_cost_nothing_once_a_page_was_shown(client: Client) -> None:
    make_term("karta usługi")
    page = standard_page()
    # With a query string no page is taken whole from the cache.
    where = f"{page.get_url()}?x"
    cache.clear()
    without, again = queries_of(client, where), queries_of(client, where)
    make_glossary()
    cache.clear()
    assert queries_of(client, where) == without + 2
    assert queries_of(client, where) == again


@pytest.fixture
def lesson() -> LessonPage:
    """A lesson that uses a term in its text, in a question to oneself and in words of the law."""
    question = {
        "question": "Czym jest karta usługi?",
        "options": [{"text": "karta usługi", "correct": True, "feedback": "karta usługi"},
                    {"text": "inna", "correct": False, "feedback": "nie"}],
    }  # fmt: skip
    law = {"kind": "law", "title": "", "as_of": "2026-11-24", "text": "<p>karta usługi</p>"}
    page = make_course_page()
    body = [
        {"type": "check_yourself", "value": question},
        {"type": "callout", "value": law},
        {"type": "text", "value": TEXT},
    ]
    lesson = make_lesson(page, body=json.dumps(body))
    set_outline(page, [lesson])
    publish(page)
    return lesson


@pytest.mark.rule("hint-3", "hint-5")
def test_a_lesson_explains_its_terms_within_its_budget(lesson: LessonPage, django_assert_max_num_queries: Any) -> None:
    make_glossary()
    make_term("karta usługi")
    learner: Person = PersonFactory()
    course = Course.objects.get()
    enrol(learner, course)
    browser = Client()
    browser.force_login(learner.user)
    step = standing_of(Enrolment.objects.get()).outline.steps[0]
    where = reverse("courses_learning:open-step", kwargs={"course": course.code, "key": step.key})
    browser.get(where)
    cache.clear()
    browser.get(reverse("courses_learning:list-mine"))
    with django_assert_max_num_queries(8):
        first = browser.get(where).content.decode().replace("\u00a0", " ")
    with django_assert_max_num_queries(5):
        second = browser.get(where).content.decode().replace("\u00a0", " ")
    for html in (first, second):
        assert marks_in(html) == ["karta usługi"]
        assert "<p>Dobra <a" in html
    answered = browser.get(where, {"check": re.findall(r'name="check" value="([^"]+)"', first)[0], "answer": "0"})
    assert marks_in(answered.content.decode().replace("\u00a0", " ")) == ["karta usługi"]
