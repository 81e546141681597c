"""The menu and the footer as editors set them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.accounts.rules import Role
from cms.pages.blocks import PlaceBlock
from cms.pages.layout import layout_facts
from cms.pages.models import SiteTexts
from tests.factories.accounts import staff
from tests.factories.catalogue import locale, make_home, make_index
from tests.factories.pages import make_text_page
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def place(page: Any = None, address: str = "", pl: str = "", en: str = "") -> dict[str, Any]:
    return {"page": page, "address": address, "label_pl": pl, "label_en": en}


def set_menu(*places: dict[str, Any]) -> SiteTexts:
    texts = SiteTexts.for_site(Site.objects.get())
    texts.menu = [("entry", row) for row in places]
    texts.save()
    return texts


def labels(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["label"] for entry in entries]


@pytest.mark.rule("page-22")
def test_the_menu_is_what_editors_set_in_each_language(django_assert_num_queries: Callable) -> None:
    index = make_index()
    deep = make_text_page("Historia", below=make_text_page("O projekcie", slug="o"), slug="historia")
    english = make_text_page("History", language="en", slug="history")
    type(english).objects.filter(pk=english.pk).update(translation_key=deep.translation_key)
    make_home("en")
    set_menu(
        place(page=deep, pl="Dzieje", en="Past"),
        place(address="/pl/konto/login/", pl="Wejdź", en="Enter"),
        place(page=index),
        place(address="https://example.org/", pl="Miasto", en="The city"),
    )
    index.get_url()
    with django_assert_num_queries(2):
        polish = layout_facts("pl")
    assert labels(polish["menu"]) == ["Dzieje", "Wejdź", "Szkolenia", "Miasto"]
    assert [entry["url"] for entry in polish["menu"]] == [
        "/pl/o/historia/",
        "/pl/konto/login/",
        "/pl/szkolenia/",
        "https://example.org/",
    ]
    english_menu = layout_facts("en")["menu"]
    # The list of courses has no English twin, so it is left out.
    assert labels(english_menu) == ["Past", "Enter", "The city"]
    assert [entry["url"] for entry in english_menu][:2] == ["/en/history/", "/en/account/login/"]


@pytest.mark.rule("page-22")
def test_what_is_withdrawn_or_closed_is_left_out() -> None:
    draft, closed, gone, kept = (make_text_page(title) for title in ("Szkic", "Zamknięta", "Usunięta", "Jest"))
    texts = set_menu(*(place(page=page) for page in (draft, closed, gone, kept)))
    draft.unpublish()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    gone.delete()
    texts.save()
    assert labels(layout_facts("pl")["menu"]) == ["Jest"]


@pytest.mark.rule("page-22")
def test_the_footer_has_the_groups_that_editors_set() -> None:
    page, empty = make_text_page("Pomoc"), make_text_page("Szkic")
    texts = SiteTexts.for_site(Site.objects.get())
    texts.footer = [
        ("group", {"title_pl": "Serwis", "title_en": "Site", "entries": [place(page=page), place(page=empty)]}),
        ("group", {"title_pl": "Pusta", "title_en": "Empty", "entries": [place(page=empty)]}),
    ]
    texts.save()
    empty.unpublish()
    facts = layout_facts("pl")
    assert [(group["title"], labels(group["entries"])) for group in facts["footer_groups"]] == [("Serwis", ["Pomoc"])]
    assert ">Serwis</h2>" in facts["footer_html"]
    assert ">Pusta</h2>" not in facts["footer_html"]


@pytest.mark.rule("page-22")
@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (place(address="/pl/szukaj/", pl="Szukaj", en="Search"), ""),
        (place(address="https://example.org/", pl="a", en="b"), ""),
        (place(), "page"),
        (place(address="/pl/", pl="Start"), "label_en"),
        (place(address="//example.org/", pl="a", en="b"), "address"),
        (place(address="javascript:alert(1)", pl="a", en="b"), "address"),
        (place(address="http://example.org/", pl="a", en="b"), "address"),
    ],
)
def test_an_entry_leads_to_one_place(value: dict[str, Any], fault: str) -> None:
    block = PlaceBlock()
    if not fault:
        block.clean(block.to_python(value))
        return
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value))
    assert fault in refused.value.block_errors


@pytest.mark.rule("page-22")
def test_an_entry_has_a_page_or_an_address() -> None:
    block = PlaceBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(place(page=make_text_page().pk, address="/pl/")))


@pytest.mark.rule("page-22")
def test_editors_set_the_menu_in_the_administration(client: Client) -> None:
    make_home()
    page = make_text_page("Nasza strona", slug="nasza")
    client.force_login(staff(Role.EDITORS))
    edit = reverse("wagtailsettings:edit", args=["cms_pages", "sitetexts", Site.objects.get().pk])
    assert "Najwyżej siedem pozycji" in words_of(client.get(edit))
    entry = ("entry", {"page": str(page.pk), "address": "", "label_pl": "Nasza", "label_en": ""})
    form = nested_form_data(
        {
            "menu": streamfield([entry]),
            "footer": streamfield([]),
            "funding_line_pl": "",
            "funding_line_en": "",
            "contact_email": "akademia@example.org",
            "contact_phone": "",
            "help_page": "",
            "terms_page": "",
            "terms_version": "2026-11",
            "privacy_page": "",
        }
    )
    assert client.post(edit, form).status_code == 302
    assert labels(layout_facts("pl")["menu"]) == ["Nasza"]
    eight = form | nested_form_data({"menu": streamfield([entry] * 8)})
    assert client.post(edit, eight).status_code == 200


@pytest.mark.rule("page-22")
def test_while_nothing_is_set_the_tree_tells() -> None:
    make_index()
    make_text_page("Pomoc")
    facts = layout_facts("pl")
    assert labels(facts["menu"]) == ["Szkolenia"]
    assert [labels(group["entries"]) for group in facts["footer_groups"]] == [["Szkolenia"], ["Pomoc"]]
    assert locale("pl").language_code == "pl"
