"""What is made once for everybody: the words of a course page, cards, the way to a page; and what makes them anew."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction, Site

from cms.accounts.models import Person
from cms.pages.generation import kept
from cms.pages.models import SiteTexts
from courses.catalogue.models import Course, CoursePage, LessonPage
from courses.catalogue.templatetags.catalogue import course_facts
from tests.factories.catalogue import locale, make_course, make_home, make_index, make_lesson, page_of, publish
from tests.factories.certificates import make_award
from tests.factories.learning import enrol, finish

pytestmark = [pytest.mark.django_db, pytest.mark.rule("speed-10")]


def shown(path: str, client: Client | None = None) -> str:
    """A page with plain blanks, for whoever asks: the address is unlike any in the page cache."""
    answer = (client or Client()).get(path, {"anew": "1"})
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def browser_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


@pytest.fixture
def course(db: None) -> Course:
    return make_course(lessons=2, title="Narzędzie w praktyce", abilities="Robisz to bez pomocy")


@pytest.fixture
def where(course: Course) -> str:
    return str(page_of(course).get_url())


def test_a_second_visitor_costs_one_query_and_one_for_the_award(where: str) -> None:
    for path, most in ((where, 2), (make_index().get_url(), 1), (make_home().get_url(), 1)):
        first = shown(path)
        with CaptureQueriesContext(connection) as queries:
            assert shown(path) == first
        assert len(queries) == most


def test_a_changed_course_is_shown_at_once(course: Course, where: str, on_commit: Callable) -> None:
    assert "Robisz to bez pomocy" in shown(where)
    page = page_of(course)
    page.abilities, page.title = "Umiesz to objaśnić", "Narzędzie od nowa"
    draft = page.save_revision()
    assert "Robisz to bez pomocy" in shown(where), "a draft changes nothing"
    with on_commit():
        draft.publish()
    now = shown(where)
    assert "Umiesz to objaśnić" in now
    assert "Robisz to bez pomocy" not in now
    for path in (make_index().get_url(), make_home().get_url()):
        assert "Narzędzie od nowa" in shown(path)


def test_a_changed_lesson_changes_the_plan(course: Course, where: str, on_commit: Callable) -> None:
    lesson = LessonPage.objects.first()
    assert lesson.title in shown(where)
    before, lesson.title = lesson.title, "Nowy tytuł lekcji"
    with on_commit():
        publish(lesson)
    assert "Nowy tytuł lekcji" in shown(where)
    assert before not in shown(where)


def test_a_longer_outline_changes_plan_time_and_cards(course: Course, where: str, on_commit: Callable) -> None:
    assert "2 kroki" in shown(where)
    page = page_of(course)
    lesson = make_lesson(page, title="Trzecia lekcja", words=4000)
    module = page.modules.get()
    module.steps = [*module.steps.all(), type(module.steps.first())(kind="lesson", lesson=lesson, sort_order=9)]
    page.modules = [module]
    cards = shown(make_index().get_url())
    with on_commit():
        publish(page)
    assert "3 kroki" in shown(where)
    assert "Trzecia lekcja" in shown(where)
    assert shown(make_index().get_url()) != cards


def test_each_language_has_its_own(course: Course, where: str, on_commit: Callable) -> None:
    make_index("en")
    shown(where)
    twin = page_of(course).copy_for_translation(locale=locale("en"))
    twin.title, twin.abilities = "The tool in practice", "You do it without help"
    with on_commit():
        publish(twin)
    english = shown(twin.get_url())
    assert "You do it without help" in english
    assert "After the course" in english
    assert "Robisz to bez pomocy" not in english
    assert "Robisz to bez pomocy" in shown(where)
    assert twin.get_url() in shown(where), "the switch of languages knows the new page"
    assert "The tool in practice" in shown(make_index("en").get_url())
    assert "The tool in practice" not in shown(make_index().get_url())
    with on_commit():
        CoursePage.objects.get(pk=twin.pk).unpublish()
    assert Client().get(twin.get_url()).status_code == 404
    assert "The tool in practice" not in shown(make_index("en").get_url())


@pytest.mark.parametrize("how", ["unpublished", "closed"])
def test_a_withdrawn_course_leaves_the_cards(how: str, course: Course, where: str, on_commit: Callable) -> None:
    lists = (make_index().get_url(), make_home().get_url())
    spare = make_course(lessons=1, title="Drugie szkolenie")
    page = page_of(spare)
    address = page.get_url()
    assert all("Drugie szkolenie" in shown(path) for path in (*lists, address))
    with on_commit():
        if how == "unpublished":
            page.unpublish()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert not any("Drugie szkolenie" in shown(path) for path in lists)
    assert Client().get(address).status_code == (302 if how == "closed" else 404)


def test_a_moved_page_is_found_where_it_is(course: Course, where: str, on_commit: Callable) -> None:
    shown(where)
    page = page_of(course)
    page.slug = "inny-adres"
    with on_commit():
        publish(page)
    moved = page_of(course).get_url()
    assert Client().get(where)["Location"] == moved
    assert "inny-adres" in moved
    assert "Robisz to bez pomocy" in shown(moved)
    assert moved in shown(make_index().get_url())


def test_what_is_set_for_the_site_and_an_award_reach_the_page(course: Course, where: str, on_commit: Callable) -> None:
    page = page_of(course)
    page.audience = "<p>Dla osób z organizacji.</p>"
    with on_commit():
        publish(page)
    plain = shown(where)
    texts = SiteTexts.for_site(Site.objects.get(is_default_site=True))
    texts.contact_email = "nowy@example.org"
    with on_commit():
        texts.save()
    assert "mailto:nowy@example.org" in shown(where)
    assert "certificate-row" not in plain
    with on_commit():
        make_award(course)
    assert "certificate-row" in shown(where)


def test_an_award_begins_and_ends_by_the_clock(course: Course, where: str) -> None:
    award = make_award(course, not_before=timezone.now() + timedelta(hours=1))
    assert "certificate-row" not in shown(where)
    # Not by saving it, which would begin a new generation.
    type(award).objects.update(not_before=timezone.now())
    assert "certificate-row" in shown(where)


def test_nothing_of_a_person_is_kept(course: Course, where: str, learner: Person, stranger: Person) -> None:
    finish(enrol(learner, course), steps=1)
    mine = browser_of(learner)
    first = shown(where, mine)
    enter = f"/pl/nauka/{course.code}/"
    assert f'href="{enter}"' in first
    for other in (browser_of(stranger), Client()):
        page = shown(where, other)
        assert f'href="{enter}"' not in page
        assert f'href="{enter}zapis/"' in page
    assert shown(where, mine) == first


def test_what_is_kept_holds_no_token_and_no_name(course: Course, where: str, learner: Person) -> None:
    request = RequestFactory(headers={"cookie": "sessionid=x"}).get(where)
    request.user = learner.user
    request.META["CSRF_COOKIE"] = "a" * 32
    with translation.override("pl"):
        facts = course_facts({"request": request, "csrf_token": "b" * 64, "user": learner.user}, page_of(course), True)
    text = str(facts)
    assert "csrfmiddlewaretoken" not in text
    assert not any(word in text for word in ("b" * 64, "a" * 32, learner.name, learner.user.email))
    assert "nonce" not in text


def test_a_preview_neither_reads_nor_stores(course: Course, where: str) -> None:
    before = shown(where)
    page = page_of(course)
    page.abilities = "Tylko szkic"
    for _time in range(2):
        previewed = page.make_preview_request().content.decode()
        assert "Tylko szkic" in previewed
    assert shown(where) == before
    request = RequestFactory().get("/")
    request.is_preview = True
    assert [kept(request, "x", lambda number=number: number) for number in (1, 2)] == [1, 2]


def test_what_is_not_there_is_not_kept(course: Course, where: str) -> None:
    shown(where)
    with patch.object(cache, "set", wraps=cache.set) as stored:
        for number in range(3):
            assert Client().get(f"{where}nie-ma-{number}/").status_code == 404
            assert Client().get(make_index().get_url(), {"page": number + 5}).status_code == 200
            assert Client().get(make_index().get_url(), {"q": f"słowo{number}"}).status_code == 200
    assert not {call.args[0].partition(":")[0] for call in stored.call_args_list} & {"page-at", "courses"}
