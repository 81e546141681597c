"""What programs read: robots, sitemap, feeds, and the head of a page."""

import json
import re
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from PIL import Image
from pyld import jsonld
from wagtail.models import Page, PageViewRestriction

from tests.factories.catalogue import make_home, publish
from tests.factories.library import make_library, make_publication
from tests.factories.news import make_news
from tests.factories.site import make_academy

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
# Enough of schema.org's context to expand ours without a network: every name is one of its terms.
CONTEXT = {"@context": {"@vocab": "https://schema.org/"}}


def read(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return bytes(answer.content)


def sitemap(client: Client) -> dict[str, dict[str, str]]:
    """Every address of the sitemap, with its alternates by language."""
    index = ElementTree.fromstring(read(client, "/sitemap.xml"))
    found: dict[str, dict[str, str]] = {}
    for place in index.iterfind("s:sitemap/s:loc", NAMES):
        tree = ElementTree.fromstring(read(client, re.sub(r"^https?://[^/]+", "", place.text or "")))
        for url in tree.iterfind("s:url", NAMES):
            links = {link.get("hreflang", ""): link.get("href", "") for link in url.iterfind("x:link", NAMES)}
            found[url.findtext("s:loc", "", NAMES)] = links
    return found


@pytest.mark.rule("discovery-1")
def test_the_sitemap_lists_what_everybody_may_read_in_each_language(client: Client) -> None:
    academy = make_academy()
    closed, draft = make_publication(title="Zamknięta", slug="zamknieta"), make_publication(live=False, slug="szkic")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    found = sitemap(client)
    paths = {re.sub(r"^https?://[^/]+", "", address) for address in found}
    assert {"/pl/", "/en/", "/pl/szkolenia/narzedzie/"} <= paths
    assert closed.url not in paths
    assert draft.get_url() not in paths
    assert not any("lekcja" in path for path in paths), "a lesson is read in the player"
    home = next(links for address, links in found.items() if address.endswith("/pl/"))
    assert set(home) == {"pl", "en", "x-default"}
    assert home["x-default"] == home["pl"]
    assert academy


@pytest.mark.parametrize("number", [1, 3])
def test_the_sitemap_takes_the_same_number_of_queries(
    client: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    make_home()
    for _one in range(number):
        make_publication()
    read(client, "/robots.txt")
    with django_assert_max_num_queries(10):
        read(client, "/sitemap-pages.xml")


@pytest.mark.rule("discovery-1")
def test_robots_may_read_everything_but_what_is_personal(client: Client) -> None:
    make_home()
    told = read(client, "/robots.txt").decode()
    for path in ("/admin/", "/c/", "/pl/konto/", "/en/account/", "/pl/nauka/", "/en/learn/"):
        assert f"Disallow: {path}\n" in told
    assert re.search(r"^Sitemap: https?://\S+/sitemap\.xml$", told, re.M)


@pytest.mark.rule("discovery-2")
def test_a_foreign_reader_understands_the_feed_of_publications(client: Client) -> None:
    make_library()
    for title in ("Pierwsza & druga", "Trzecia <b>"):
        make_publication(title=title)
    closed = make_publication(title="Zamknięta")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    feed = feedparser.parse(read(client, "/pl/biblioteka/atom.xml"))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.language == "pl"
    assert [entry.title for entry in feed.entries] == ["Trzecia <b>", "Pierwsza & druga"]
    assert all(entry.id.startswith("urn:uuid:") and entry.updated_parsed for entry in feed.entries)
    assert feedparser.parse(read(client, "/en/library/atom.xml")).entries == []


@pytest.mark.rule("discovery-2", "discovery-3")
def test_a_foreign_reader_understands_the_feed_of_news(client: Client) -> None:
    make_news(title="Nowe szkolenie", date=date(2026, 11, 2))
    page = make_news(title="Nowy film", date=date(2026, 11, 3))
    feed = feedparser.parse(read(client, "/pl/wiadomosci/atom.xml"))
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Nowy film", "Nowe szkolenie"]
    told = json_ld(client, page.get_url())[0]
    assert (told["@type"], told["datePublished"]) == ("NewsArticle", "2026-11-03")


def head(client: Client, address: str) -> str:
    return read(client, address).decode().partition("</head>")[0]


def json_ld(client: Client, address: str) -> list[dict[str, Any]]:
    """The structured data of a page, expanded by a foreign processor."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', head(client, address), re.S)
    assert found
    told = json.loads(found[1])
    assert told.pop("@context") == "https://schema.org"
    expanded = jsonld.expand({**CONTEXT, **told})
    assert expanded
    graph: list[dict[str, Any]] = told["@graph"]
    return graph


@pytest.mark.rule("discovery-3")
def test_pages_say_what_they_are_in_the_words_of_schema_org(client: Client) -> None:
    make_academy()
    make_publication(title="Mapa </script>", slug="mapa", authors="Kowalska, Anna\nUrząd Przykładowy", isbn="")
    kinds = {
        "/pl/": ["EducationalOrganization"],
        "/pl/szkolenia/narzedzie/": ["Course", "BreadcrumbList"],
        "/pl/publikacje/mapa/": ["Book", "BreadcrumbList"],
    }
    for address, wanted in kinds.items():
        assert [told["@type"] for told in json_ld(client, address)] == wanted, address
    book = json_ld(client, "/pl/publikacje/mapa/")[0]
    assert book["name"] == "Mapa </script>"
    assert [author["@type"] for author in book["author"]] == ["Person", "Organization"]
    assert "isbn" not in book


@pytest.mark.rule("discovery-4")
def test_a_page_names_its_one_address_and_its_twins_only_where_they_are(client: Client) -> None:
    make_academy()
    make_publication(slug="sama")
    alone, home = head(client, "/pl/publikacje/sama/?sort=title"), head(client, "/pl/")
    assert re.search(r'<link rel="canonical" href="https?://[^/"]+/pl/publikacje/sama/">', alone)
    assert "hreflang" not in alone
    assert len(re.findall(r'<link rel="alternate" hreflang="(?:pl|en|x-default)" href="http', home)) == 3
    second = head(client, "/pl/publikacje/?page=2")
    assert re.search(r'<link rel="canonical" href="https?://[^/"]+/pl/publikacje/\?page=2">', second)


@pytest.mark.rule("discovery-5")
def test_an_address_that_was_leads_to_where_the_page_is_now(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    make_library()
    page = make_publication(slug="stara")
    page.slug = "nowa"
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    answer = client.get("/pl/publikacje/stara/")
    assert (answer.status_code, answer["Location"]) == (301, "/pl/publikacje/nowa/")
    other = Page.objects.get(pk=make_publication(slug="gdzie-indziej").pk)
    assert client.get(other.url).status_code == 200


@pytest.mark.rule("discovery-6")
def test_a_shared_link_shows_a_picture_of_the_page_until_its_title_changes(client: Client) -> None:
    make_library()
    page = make_publication(slug="mapa", title="Mapa trybów współpracy – żółć i “znaki” #let *")
    address = re.search(r'property="og:image" content="https?://[^/"]+([^"]+)"', head(client, page.url))
    assert address
    first, second = client.get(address[1]), client.get(address[1])
    with Image.open(BytesIO(first.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert second.content == first.content
    assert "max-age" in first["Cache-Control"]
    page.title = "Inna"
    publish(page)
    assert client.get(address[1]).status_code == 404


@pytest.mark.rule("discovery-6")
def test_a_closed_page_has_no_picture(client: Client) -> None:
    make_library()
    page = make_publication(slug="mapa")
    address = re.search(r'property="og:image" content="https?://[^/"]+([^"]+)"', head(client, page.url))
    assert address
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(address[1]).status_code == 404
