"""Whole pages for visitors: stored once, never for somebody, out of use with the next publication."""

import gzip
import os

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Site

from cms.pages.generation import current_generation, release, start_generation
from cms.pages.models import SiteTexts, StandardPage
from cms.pages.page_cache import PageCacheMiddleware, mark_cacheable
from tests.factories.accounts import PersonFactory
from tests.factories.catalogue import locale, make_course, make_home, make_index, page_of, publish
from tests.factories.certificates import make_award
from tests.factories.media import DocumentFactory, ImageFactory

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
    for answer in (first, second):
        assert not answer.cookies
        assert "Cookie" not in answer["Vary"]
        assert "Accept-Encoding" in answer["Vary"]
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    with django_assert_num_queries(0):
        unchanged = client.get(where, headers={"If-None-Match": second["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert (unchanged["ETag"], unchanged["Cache-Control"]) == (second["ETag"], second["Cache-Control"])
    assert client.get(where, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.rule("speed-1")
def test_only_the_head_is_asked_for(where, django_assert_num_queries) -> None:
    asked_first = Client().head(where)
    with django_assert_num_queries(0):
        whole = Client().get(where)
        again = Client().head(where)
    assert asked_first.status_code == again.status_code == 200
    assert asked_first.content == again.content == b""
    assert b"</html>" in whole.content
    assert asked_first["ETag"] == whole["ETag"] == again["ETag"]


def test_a_compressed_copy_says_the_same(where) -> None:
    plain = Client().get(where)
    for _time in range(2):
        packed = Client().get(where, headers={"Accept-Encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert packed["Content-Length"] == str(len(packed.content))


def test_a_foreign_host_is_refused_and_stores_nothing(where) -> None:
    assert Client().get(where, headers={"Host": "evil.example"}).status_code == 400
    assert b"evil" not in Client().get(where).content


@pytest.fixture
def site() -> dict[str, str]:
    """The addresses of the kinds of pages that visitors see, in both languages; nothing was asked for yet."""
    course = make_course(lessons=60, code="kurs", title="Szkolenie z okładką")
    make_award(course)
    SiteTexts.for_site(Site.objects.get())
    english = page_of(course).copy_for_translation(locale=locale("en"), copy_parents=True)
    publish(english)
    text = StandardPage(title="Tekst", slug="tekst", locale=locale("pl"))
    pictures = [ImageFactory() for _number in range(10)]
    text.body = [
        ("image", {"image": picture, "caption": f"Podpis {number}"}) for number, picture in enumerate(pictures * 2)
    ]
    make_home().add_child(instance=text)
    for picture in pictures:
        picture.get_rendition("width-1200")
    addresses = {
        "home": make_home().get_url(),
        "list": make_index().get_url(),
        "course": page_of(course).get_url(),
        "text": text.get_url(),
        "english home": make_home("en").get_url(),
        "english course": english.get_url(),
    }
    cache.clear()
    return addresses


@pytest.mark.rule("speed-1", "speed-4")
@pytest.mark.parametrize("kind", ["home", "list", "course", "text", "english home", "english course"])
def test_the_first_visitor_of_all_stays_within_the_budget(
    site, kind: str, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    ContentType.objects.clear_cache()
    with django_assert_max_num_queries(9):
        first = Client().get(site[kind])
    assert first.status_code == 200
    assert not first.cookies
    with django_assert_num_queries(0):
        assert Client().get(site[kind]).content == first.content


@pytest.mark.rule("speed-4")
def test_the_visitors_after_it_cost_less(site, django_assert_max_num_queries) -> None:
    Client().get(site["home"])
    Client().get(site["english home"])
    for kind, most in {"list": 3, "course": 5, "text": 2, "english course": 5}.items():
        with django_assert_max_num_queries(most):
            assert Client().get(site[kind]).status_code == 200


def change_site_texts() -> None:
    texts = SiteTexts.for_site(Site.objects.get())
    texts.contact_phone = "123"
    texts.save()


def change_picture() -> None:
    picture = ImageFactory()
    picture.title = "Inny"
    picture.save()


def delete_document() -> None:
    DocumentFactory().delete()


def change_award() -> None:
    make_award().save()


@pytest.mark.rule("speed-7")
@pytest.mark.parametrize("change", [change_site_texts, change_picture, delete_document, change_award])
def test_what_is_changed_without_being_published_is_seen_at_once(on_commit, change) -> None:
    before = current_generation()
    with on_commit():
        change()
    assert current_generation() != before


@pytest.mark.rule("speed-7")
def test_a_new_picture_changes_no_page(on_commit) -> None:
    before = current_generation()
    with on_commit():
        ImageFactory()
    assert current_generation() == before


@pytest.mark.rule("speed-7")
def test_a_new_release_answers_with_pages_of_its_own(monkeypatch) -> None:
    said = iter("ab")
    cached = PageCacheMiddleware(lambda request: answer_of(next(said)))
    assert cached(RequestFactory().get("/pl/")).content == b"a"
    assert cached(RequestFactory().get("/pl/")).content == b"a"
    monkeypatch.setattr("cms.pages.generation.release", lambda: "next")
    assert cached(RequestFactory().get("/pl/")).content == b"b"


def test_a_release_is_known_by_what_it_is_made_of(tmp_path, settings) -> None:
    settings.BASE_DIR = tmp_path
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}]
    files = [tmp_path / "templates" / "a.html", tmp_path / "cms" / "pages" / "b.py", tmp_path / "cms" / "c.pyc"]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        os.utime(file, (1_000, 1_000))
    marks = [release.__wrapped__()]
    for number, file in enumerate(files):
        os.utime(file, (2_000 + number, 2_000 + number))
        marks.append(release.__wrapped__())
    assert len(set(marks[:3])) == 3
    assert marks[3] == marks[2], "what Python compiles for itself is no part of a release"


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
