"""The frame of every page: what stands in menu and footer, in which language, at which price."""

from collections.abc import Callable

import pytest
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction, Site

from cms.pages.generation import start_generation
from cms.pages.layout import layout_facts, layout_of, menu_for
from cms.pages.models import AccessibilityPage, HomePage, SiteTexts, StandardPage
from tests.factories.catalogue import locale, make_home, make_index

pytestmark = pytest.mark.django_db


def add_page(title: str, *, language: str = "pl", twin_of: Page | None = None, **fields: object) -> StandardPage:
    """A text page below the home page of a language."""
    slug = title.lower().replace(" ", "-")
    page = StandardPage(title=title, slug=slug, locale=locale(language), **fields)
    if twin_of is not None:
        page.translation_key = twin_of.translation_key
    make_home(language).add_child(instance=page)
    return page


def labels(entries: list[dict]) -> list[str]:
    return [entry["label"] for entry in entries]


@pytest.fixture
def pages() -> dict[str, Page]:
    """A list in the menu and two text pages in the footer, one of them the help page with an English twin."""
    index = make_index()
    about, helping = add_page("O projekcie", seo_title="Projekt"), add_page("Pomoc")
    english = add_page("Help", language="en", twin_of=helping)
    texts = SiteTexts.for_site(Site.objects.get())
    texts.help_page, texts.funding_line_pl, texts.funding_line_en = helping, "Po polsku", "In English"
    texts.save()
    return {"index": index, "about": about, "help": helping, "english": english}


@pytest.mark.rule("speed-6")
def test_menu_and_footer_hold_what_stands_below_the_home_page(pages: dict[str, Page]) -> None:
    facts = layout_facts("pl")
    assert labels(facts["menu"]) == ["Szkolenia"]
    assert labels(facts["footer"]) == ["Projekt", "Pomoc"]
    assert facts["home_url"] == "/pl/"
    assert facts["help_url"] == "/pl/pomoc/"
    assert facts["funding_line"] == "Po polsku"
    assert "Projekt" in facts["footer_html"]
    assert [entry["current"] for entry in menu_for(facts, "/pl/szkolenia/x/")] == [True]
    assert [entry["current"] for entry in menu_for(facts, "/pl/pomoc/")] == [False]


@pytest.mark.rule("speed-6")
def test_the_list_of_courses_is_found_wherever_it_stands_in_the_menu(pages: dict[str, Page]) -> None:
    pages["about"].show_in_menus = True
    pages["about"].save()
    Page.objects.get(pk=pages["about"].pk).move(make_home(), pos="first-child")
    start_generation()
    facts = layout_facts("pl")
    assert labels(facts["menu"]) == ["Projekt", "Szkolenia"]
    assert facts["courses_url"] == "/pl/szkolenia/"
    assert facts["about"]["label"] == "Projekt"


@pytest.mark.rule("speed-6")
def test_each_language_has_its_own_frame(pages: dict[str, Page]) -> None:
    facts = layout_facts("en")
    assert labels(facts["footer"]) == ["Help"]
    assert facts["menu"] == []
    assert (facts["home_url"], facts["help_url"]) == ("/en/", "/en/help/")
    assert facts["funding_line"] == "In English"
    assert "Help" in facts["footer_html"]
    assert "Pomoc" not in facts["footer_html"]


@pytest.mark.rule("speed-6")
def test_a_language_without_a_home_page_has_the_frame_of_the_root() -> None:
    make_index()
    facts = layout_facts("en")
    assert labels(facts["menu"]) == ["Szkolenia"]
    assert facts["home_path"] == make_home().url_path


@pytest.mark.rule("speed-6")
def test_drafts_and_closed_pages_do_not_stand_in_the_frame(pages: dict[str, Page]) -> None:
    add_page("Szkic", live=False)
    PageViewRestriction.objects.create(page=pages["about"], restriction_type=PageViewRestriction.LOGIN)
    facts = layout_facts("pl")
    assert labels(facts["footer"]) == ["Pomoc"]
    assert pages["about"].url_path not in facts["pages"]
    assert pages["help"].url_path in facts["pages"]


def test_a_help_page_that_was_withdrawn_is_not_linked(pages: dict[str, Page]) -> None:
    Page.objects.filter(pk__in=(pages["help"].pk, pages["english"].pk)).update(live=False)
    assert layout_facts("pl")["help_url"] == ""
    assert layout_facts("en")["help_url"] == ""


def test_the_declaration_is_named_on_every_page() -> None:
    declaration = AccessibilityPage(
        title="Deklaracja",
        slug="deklaracja",
        locale=locale("pl"),
        body_name="x",
        site_published_on="2026-01-01",
        site_updated_on="2026-01-01",
        prepared_on="2026-01-01",
        method="x",
        contact_name="x",
        contact_email="a@example.org",
        contact_phone="1",
    )
    make_home().add_child(instance=declaration)
    assert layout_facts("pl")["declaration_url"].endswith("/pl/deklaracja/")
    assert layout_facts("en")["declaration_url"].endswith("/pl/deklaracja/")


@pytest.mark.rule("speed-6")
def test_the_frame_is_read_in_two_queries_and_then_kept(
    pages: dict[str, Page], django_assert_num_queries: Callable
) -> None:
    pages["about"].get_url()  # where sites begin is kept by Wagtail
    with django_assert_num_queries(2):
        first = layout_facts("pl")
    with django_assert_num_queries(0):
        assert layout_facts("pl") == first
    request = RequestFactory().get("/pl/")
    assert layout_of(request, "pl") is layout_of(request, "pl")


def test_two_sites_leave_the_way_to_wagtail(pages: dict[str, Page]) -> None:
    assert layout_facts("pl")["site"]["id"] == Site.objects.get().pk
    Site.objects.create(hostname="drugi.example.org", root_page=HomePage.objects.get(locale=locale("en")))
    from django.core.cache import cache

    cache.clear()
    assert layout_facts("pl")["site"] is None


def test_without_a_default_site_there_is_a_bare_frame() -> None:
    Site.objects.all().delete()
    facts = layout_facts("pl")
    assert (facts["menu"], facts["footer"], facts["home_url"], facts["site"]) == ([], [], "/pl/", None)
