"""The demonstration's pages: built again they stay as they are; the accessibility statement keeps its form."""

import re
from collections import Counter

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page, Revision, Site

from cms.pages.demo import build
from cms.pages.models import AccessibilityPage, HomePage, SiteTexts, StandardPage
from cms.pages.typography import polish_text
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

STATEMENT = {
    "pl": ("/pl/deklaracja-dostepnosci/", "2026-11-24"),
    "en": ("/en/accessibility/", "2026-11-24"),
}
IDS = {
    "a11y-deklaracja", "a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja",
    "a11y-data-aktualizacja", "a11y-status", "a11y-data-sporzadzenie", "a11y-kontakt", "a11y-osoba", "a11y-email",
    "a11y-telefon", "a11y-procedura", "a11y-architektura", "a11y-komunikacja",
}  # fmt: skip
HEADINGS = (
    (1, "Accessibility statement"),
    (2, "State of digital accessibility"),
    (2, "Content that is not accessible"),
    (3, "Non-compliance with the annex"),
    (2, "Preparation of the accessibility statement and its updates"),
    (2, "Keyboard shortcuts"),
    (2, "Feedback and contact details"),
    (2, "Handling of requests and complaints on accessibility"),
    (2, "Other information"),
    (3, "Architectural accessibility"),
    (3, "Accessibility of information and communication"),
)


def main_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    found = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert found is not None
    return found[0]


def ids_in(html: str) -> Counter[str]:
    return Counter(re.findall(r'\bid="(a11y-[^"]*)"', html))


def counted() -> tuple[int, int]:
    return Page.objects.count(), Revision.objects.count()


def test_building_twice_changes_nothing() -> None:
    build()
    pages = list(Page.objects.order_by("pk").values("pk", "path", "numchild", "latest_revision", "last_published_at"))
    before = counted()

    build()

    assert counted() == before
    assert list(Page.objects.order_by("pk").values(*pages[0])) == pages
    assert not any(Page.find_problems())


def test_the_site_gets_its_root_its_address_and_its_funding_line(settings) -> None:
    settings.SITE_URL = "https://akademia.example.org"
    build()

    site = Site.objects.get()
    home = HomePage.objects.get(locale__language_code="pl")
    assert (site.is_default_site, site.root_page_id, site.root_url) == (True, home.pk, "https://akademia.example.org")
    texts = SiteTexts.for_site(site)
    assert texts.contact_email == "akademia@example.org"
    assert texts.funding_line_pl.startswith("Treść przykładowa – edycja bez finansowania UE.")
    assert texts.funding_line_en.startswith("Sample content – this edition has no EU funding.")


def test_the_welcome_page_of_wagtail_gives_way() -> None:
    assert Page.objects.get(depth=2).slug == "home"
    build()

    assert {page.slug: type(page.specific) for page in Page.objects.filter(depth=2)} == {
        "home": HomePage,
        "home-en": HomePage,
    }


def test_every_page_is_live_in_both_languages_and_leads_to_its_twin(client: Client) -> None:
    build()

    for page in Page.objects.filter(depth__gt=1).specific():
        assert page.live
        # The story of the project is told page by page in Polish, in English on one page.
        assert set(page.addresses()) == ({"pl", "en"} if page.depth <= 3 else {"pl"})
        for language, address in page.addresses().items():
            assert address.startswith(f"/{language}/")
            assert client.get(address).status_code == 200


def test_only_the_project_stands_in_the_menu() -> None:
    build()

    assert set(Page.objects.filter(show_in_menus=True).values_list("slug", flat=True)) == {"o-projekcie", "about"}


def test_every_text_is_one_that_the_editor_would_accept() -> None:
    build()

    for page in [*StandardPage.objects.all(), *AccessibilityPage.objects.all(), *HomePage.objects.all()]:
        page.full_clean()
        for field in ("body", "gaps", "architecture", "communication", "figures", "partners"):
            story = getattr(page, field, None)
            if story is not None:
                assert len(story)
                story.stream_block.clean(story)


def test_links_between_pages_lead_somewhere(client: Client) -> None:
    build()
    addresses = {page.url for page in Page.objects.filter(depth__gt=1)}

    for page in StandardPage.objects.all():
        main = main_of(client, page.url)
        targets = re.findall(r'<a href="([^"]*)"', main)
        assert 'href="page:' not in main
        assert 'href="url:' not in main
        assert "<a>" not in main
        inner = {target for target in targets if target.startswith(("/pl/", "/en/"))}
        assert all(target.startswith(f"/{page.locale.language_code}/") for target in inner)
        assert all(target in addresses or client.get(target).status_code in (200, 302) for target in inner)


def test_what_a_person_edited_is_left_alone() -> None:
    build()
    page = StandardPage.objects.get(slug="pomoc")
    page.lead = "Nowy wstęp."
    page.save_revision(user=UserFactory()).publish()
    before = counted()

    build()

    assert counted() == before
    assert StandardPage.objects.get(slug="pomoc").lead == "Nowy wstęp."


def test_what_was_unpublished_stays_so() -> None:
    build()
    page = StandardPage.objects.get(slug="regulamin")
    page.title = "Stary regulamin"
    page.unpublish()

    build()

    assert not StandardPage.objects.get(slug="regulamin").live


def test_what_the_files_say_otherwise_is_published_again() -> None:
    build()
    StandardPage.objects.filter(slug="pomoc").update(lead="Stary wstęp.")

    build()

    page = StandardPage.objects.get(slug="pomoc")
    assert page.lead.startswith("Krótkie odpowiedzi")
    assert page.revisions.count() == 2


def test_words_of_an_editor_in_the_footer_stay() -> None:
    build()
    texts = SiteTexts.objects.get()
    texts.funding_line_pl = "Nasze słowa."
    texts.save()

    build()

    assert SiteTexts.objects.get().funding_line_pl == "Nasze słowa."


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_statement_has_each_id_once(client: Client, language: str) -> None:
    build()
    address, day = STATEMENT[language]
    html = client.get(address).content.decode()

    assert ids_in(html) == Counter(IDS)
    for name in ("publikacja", "aktualizacja", "sporzadzenie"):
        assert f'<time id="a11y-data-{name}" datetime="{day}">' in html
    contact = re.search(r'<section[^>]*id="a11y-kontakt".*?</section>', html, re.DOTALL)
    assert contact is not None
    assert {"a11y-osoba", "a11y-email", "a11y-telefon"} <= set(ids_in(contact[0]))
    assert '<a id="a11y-email" href="mailto:akademia@example.org">' in html
    assert '<a id="a11y-telefon" href="tel:+48000000000">' in html


def test_a_review_brings_its_date(client: Client) -> None:
    build()
    AccessibilityPage.objects.filter(slug="deklaracja-dostepnosci").update(reviewed_on="2027-03-01")

    html = main_of(client, STATEMENT["pl"][0])

    assert ids_in(html) == Counter(IDS | {"a11y-data-przeglad"})
    assert '<time id="a11y-data-przeglad" datetime="2027-03-01">' in html


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_statement_has_its_headings_in_order(client: Client, language: str) -> None:
    build()
    html = main_of(client, STATEMENT[language][0])
    with translation.override(language):
        wanted = [(level, polish_text(gettext(words))) for level, words in HEADINGS]

    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", html)
    assert [(int(level), words) for level, words in found] == wanted


@pytest.mark.parametrize(("status", "gaps"), [("compliant", False), ("partly", True), ("not", True)])
def test_what_is_not_accessible_is_listed_unless_everything_is(client: Client, status: str, gaps: bool) -> None:
    build()
    AccessibilityPage.objects.update(status=status)

    html = main_of(client, STATEMENT["pl"][0])

    assert ("Zapotrzebowanie w" in html) is gaps
    assert html.count('id="a11y-status"') == 1


def test_what_editors_type_into_the_statement_is_escaped(client: Client) -> None:
    build()
    AccessibilityPage.objects.update(
        body_name="<b>A</b>", contact_name="<script>1</script>", method="<i>x</i>", contact_phone='1"2'
    )

    html = main_of(client, STATEMENT["pl"][0])

    assert "&lt;b&gt;A&lt;/b&gt;" in html
    assert "<script>" not in html
    assert "<i>x" not in html
    assert 'tel:1"2' not in html


POLISH_LETTERS = re.compile(r"[ąćęłńśźżĄĆĘŁŃŚŹŻ]")
# Proper names, and Polish words that stand in quotation marks with their translation beside them.
NAMES = re.compile(r"Toru[ńn]\w*|Orbitoruń|“[^”]*”|CISTOR Stowarzyszenie Partnerstwo Społeczne|Wisłą|[Zz]ł\b")


@pytest.mark.parametrize("address", ["/en/", "/en/accessibility/", "/en/privacy/", "/en/terms/", "/en/help/"])
def test_english_pages_hold_no_polish_but_names_and_quotations(client: Client, address: str) -> None:
    build()
    words = re.sub(r"<[^>]+>", " ", re.sub(r'<(\w+)[^>]*\blang="pl"[^>]*>.*?</\1>', " ", main_of(client, address)))
    assert [word for word in NAMES.sub(" ", words).split() if POLISH_LETTERS.search(word)] == []
