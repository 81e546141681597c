"""From an address to its page: the same page as by Wagtail's own way, in fewer queries."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Site

from cms.pages.models import HomePage, StandardPage
from cms.pages.routing import find_page
from tests.factories.catalogue import locale, make_course, make_home, make_index, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("speed-5")]


def add_text(parent: Page, slug: str, **fields: object) -> StandardPage:
    page = StandardPage(title=slug, slug=slug, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    return page


def both_ways(path: str, language: str = "pl") -> tuple[Page | None, Page | None]:
    """The page that is noted on the request, and the one that Wagtail finds by itself."""
    with translation.override(language):
        ours, wagtails = (RequestFactory().get(f"/{language}/{path}") for _time in range(2))
        find_page(ours, path)
        noted = ours.__dict__.get("_wagtail_route_for_request")
        found = Page.route_for_request(wagtails, path)
    return noted and noted.page, found and found.page


@pytest.fixture
def tree() -> dict[str, Page]:
    """Pages of three levels in two languages."""
    course = page_of(make_course(lessons=1, code="kurs"))
    about = add_text(make_home(), "o-nas")
    return {
        "": make_home(),
        "szkolenia/": make_index(),
        "szkolenia/kurs/": course,
        "o-nas/": about,
        "o-nas/ludzie/": add_text(about, "ludzie"),
    }


def test_every_page_is_found_as_wagtail_finds_it(tree: dict[str, Page]) -> None:
    for path, page in tree.items():
        ours, wagtails = both_ways(path)
        assert ours == wagtails == page.specific
        assert type(ours) is type(wagtails)


@pytest.mark.parametrize("path", ["", "szkolenia/", "szkolenia/kurs/", "o-nas/ludzie/"])
def test_a_page_takes_two_queries_at_any_depth_and_then_one(
    tree: dict[str, Page], path: str, django_assert_max_num_queries: Callable
) -> None:
    both_ways(path)
    with translation.override("pl"):
        request = RequestFactory().get(f"/pl/{path}")
        with django_assert_max_num_queries(2):
            find_page(request, path)
        again = RequestFactory().get(f"/pl/{path}")
        with django_assert_max_num_queries(1):
            find_page(again, path)
        page = again._wagtail_route_for_request.page
        with django_assert_max_num_queries(0):
            assert page.addresses() == {"pl": f"/pl/{path}"}
            assert list(page.get_view_restrictions()) == []
            assert page.breadcrumbs(again)[-1] == {"label": page.title, "url": ""}


def test_the_way_down_is_told(tree: dict[str, Page]) -> None:
    with translation.override("pl"):
        for path in ("szkolenia/kurs/", "o-nas/ludzie/"):
            request = RequestFactory().get(f"/pl/{path}")
            find_page(request, path)
            page = request._wagtail_route_for_request.page
            assert [(entry["label"], entry["url"]) for entry in page.breadcrumbs(request)] == [
                *((above.title, above.get_url()) for above in page.get_ancestors().filter(depth__gt=1)),
                (page.title, ""),
            ]


def test_a_way_through_a_draft_is_told_too(tree: dict[str, Page]) -> None:
    Page.objects.filter(pk=tree["o-nas/"].pk).update(live=False)
    request = RequestFactory().get("/pl/o-nas/ludzie/")
    with translation.override("pl"):
        find_page(request, "o-nas/ludzie/")
        page = request._wagtail_route_for_request.page
        assert [entry["label"] for entry in page.breadcrumbs(request)] == ["Start", "o-nas", "ludzie"]


@pytest.mark.parametrize("path", ["nie-ma/", "szkolenia/nie-ma/", "szkolenia/kurs/x/y/", "SZKOLENIA/", "a/" * 300])
def test_what_is_not_there_is_not_found(tree: dict[str, Page], path: str) -> None:
    assert both_ways(path) == (None, None)
    assert Client().get(f"/pl/{path}").status_code == 404


def test_a_draft_is_not_found(tree: dict[str, Page]) -> None:
    assert both_ways("o-nas/")[0] == tree["o-nas/"]
    Page.objects.filter(pk=tree["o-nas/"].pk).update(live=False)
    assert both_ways("o-nas/") == (None, None)
    Page.objects.filter(pk=tree["o-nas/ludzie/"].pk).update(live=False)
    assert both_ways("o-nas/ludzie/") == (None, None)


def test_another_language_has_its_own_pages(tree: dict[str, Page]) -> None:
    home = make_home("en")
    twin = tree["o-nas/"].copy_for_translation(locale=locale("en"))
    twin.slug = "about"
    twin.save_revision().publish()
    ours, wagtails = both_ways("about/", "en")
    assert ours == wagtails == twin
    assert ours.addresses() == {"pl": "/pl/o-nas/", "en": "/en/about/"}
    assert both_ways("o-nas/", "en") == (None, None)
    assert both_ways("", "en") == (home, home)
    deep = tree["o-nas/ludzie/"].copy_for_translation(locale=locale("en"))
    deep.save_revision().publish()
    assert both_ways("about/ludzie/", "en") == (deep, deep)


def test_a_language_without_a_home_page_shows_the_root(tree: dict[str, Page]) -> None:
    assert both_ways("o-nas/", "en") == (tree["o-nas/"], tree["o-nas/"])


@pytest.mark.parametrize("where", ["o-nas/", "o-nas/ludzie/", "szkolenia/kurs/"])
@pytest.mark.parametrize("above", [False, True])
def test_a_closed_page_asks_who_is_there(
    client: Client, on_commit: Callable, tree: dict[str, Page], where: str, above: bool
) -> None:
    assert client.get(f"/pl/{where}").status_code == 200
    page = Page.objects.get(pk=tree[where].pk)
    with on_commit():
        PageViewRestriction.objects.create(
            page=page.get_parent() if above and page.depth > 3 else page, restriction_type=PageViewRestriction.LOGIN
        )
    for _time in range(2):
        answer = client.get(f"/pl/{where}")
        assert answer.status_code == 302
        assert "next=" in answer.url


def test_open_pages_stay_open_beside_a_closed_one(client: Client, tree: dict[str, Page]) -> None:
    PageViewRestriction.objects.create(page=tree["o-nas/"], restriction_type=PageViewRestriction.LOGIN)
    for path in ("", "szkolenia/", "szkolenia/kurs/"):
        assert client.get(f"/pl/{path}").status_code == 200
    assert client.get("/pl/o-nas/ludzie/").status_code == 302


def test_a_closed_course_stands_in_no_list(client: Client, tree: dict[str, Page]) -> None:
    PageViewRestriction.objects.create(page=tree["szkolenia/kurs/"], restriction_type=PageViewRestriction.LOGIN)
    title = tree["szkolenia/kurs/"].title
    for path in ("", "szkolenia/"):
        assert title not in client.get(f"/pl/{path}").content.decode()


def test_an_alias_is_as_open_as_what_it_repeats(client: Client, on_commit: Callable, tree: dict[str, Page]) -> None:
    alias = tree["o-nas/"].create_alias(update_slug="kopia")
    cache.clear()
    assert both_ways("kopia/") == (alias, alias)
    assert client.get("/pl/kopia/").status_code == 200
    with on_commit():
        PageViewRestriction.objects.create(page=tree["o-nas/"], restriction_type=PageViewRestriction.LOGIN)
    assert both_ways("kopia/") == (None, alias)
    assert client.get("/pl/kopia/").status_code == 302


def test_with_two_sites_the_host_decides(client: Client, tree: dict[str, Page], settings: object) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "drugi.example.org"]
    root = HomePage(title="Drugi", slug="drugi", hero_title="Drugi", intro="x", locale=locale("pl"))
    Page.get_first_root_node().add_child(instance=root)
    Site.objects.create(hostname="drugi.example.org", root_page=root)
    cache.clear()
    assert "Drugi" in client.get("/pl/", headers={"Host": "drugi.example.org"}).content.decode()
    assert client.get("/pl/o-nas/", headers={"Host": "drugi.example.org"}).status_code == 404
    assert client.get("/pl/o-nas/").status_code == 200
