"""Whole pages for visitors: stored once, never for somebody, out of use with the next publication."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from cms.pages.generation import start_generation
from cms.pages.page_cache import PageCacheMiddleware, mark_cacheable
from tests.factories.accounts import PersonFactory
from tests.factories.catalogue import make_course, make_index, page_of, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> str:
    """The address of a page for visitors."""
    return str(page_of(make_course(lessons=1)).get_url())


@pytest.mark.rule("speed-1")
def test_a_stored_page_costs_nothing_and_sets_no_cookie(
    client, where, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    Client().get(make_index().get_url())
    with django_assert_max_num_queries(9):
        first = client.get(where)
    with django_assert_num_queries(0):
        second = client.get(where)
    assert first.content == second.content
    assert not first.cookies
    assert not second.cookies
    with django_assert_num_queries(0):
        unchanged = client.get(where, headers={"If-None-Match": second["ETag"]})
    assert unchanged.status_code == 304


@pytest.mark.rule("speed-2")
def test_a_publication_is_seen_at_once(client, on_commit) -> None:
    course = make_course(lessons=1, title="Stary tytuł")
    page = page_of(course)
    assert "Stary tytuł" in client.get(page.get_url()).content.decode()
    page.title = "Nowy tytuł"
    with on_commit():
        publish(page)
    assert "Nowy tytuł" in client.get(page.get_url()).content.decode()
    with on_commit():
        page_of(course).unpublish()
    assert client.get(page.get_url()).status_code == 404


def answer_of(text: str) -> HttpResponse:
    response = HttpResponse(text)
    mark_cacheable(response)
    return response


@pytest.mark.rule("speed-2")
def test_a_render_that_began_before_a_publication_is_not_served_after_it(on_commit) -> None:
    said = ["old", "new"]

    def render(request) -> HttpResponse:
        text = said.pop(0)
        if text == "old":
            with on_commit():
                start_generation()
        return answer_of(text)

    cached = PageCacheMiddleware(render)
    assert cached(RequestFactory().get("/pl/")).content == b"old"
    assert cached(RequestFactory().get("/pl/")).content == b"new"
    assert cached(RequestFactory().get("/pl/")).content == b"new"
    assert said == []


@pytest.mark.rule("speed-2")
@pytest.mark.parametrize(
    "kind", ["session", "messages", "query", "preview", "post", "not marked", "with a cookie", "404"]
)
def test_what_is_for_somebody_is_never_stored(kind: str) -> None:
    count = 0

    def render(request) -> HttpResponse:
        nonlocal count
        count += 1
        response = HttpResponse("x") if kind == "not marked" else answer_of("x")
        if kind == "with a cookie":
            response.set_cookie("a", "b")
        if kind == "404":
            response.status_code = 404
        return response

    cached = PageCacheMiddleware(render)
    for _time in range(2):
        request = RequestFactory().get("/pl/", {"q": "x"} if kind == "query" else {})
        if kind == "post":
            request = RequestFactory().post("/pl/")
        if kind in ("session", "messages"):
            request.COOKIES["sessionid" if kind == "session" else "messages"] = "x"
        if kind == "preview":
            request.is_dummy = True
        cached(request)
    assert count == 2


@pytest.mark.rule("speed-2")
def test_a_signed_in_person_leaves_nothing_behind(where) -> None:
    person = PersonFactory()
    signed_in = Client()
    signed_in.force_login(person.user)
    signed_in.get(where)
    page = Client().get(where).content.decode()
    assert person.name not in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.rule("speed-2")
def test_another_host_and_another_coding_have_their_own_copy() -> None:
    cached = PageCacheMiddleware(
        lambda request: answer_of(request.get_host() + request.headers.get("Accept-Encoding", ""))
    )
    for host in ("testserver", "localhost"):
        for coding in ("", "gzip"):
            request = RequestFactory().get("/pl/", headers={"Host": host, "Accept-Encoding": coding})
            assert cached(request).content.decode() == host + coding
