"""The page of the declaration: its ids, its headings, and the list that fills itself."""

import re
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.checks.actions import close_exemption, let_faults_pass
from cms.checks.queries import standings_of
from cms.declaration.actions import place
from cms.declaration.rules import Group
from cms.pages.typography import polish_text
from cms.pages.versions import address_of, versions_of
from media.models import Film
from tests.factories.catalogue import publish
from tests.factories.checks import HERE_LINK, make_exemption, make_text_page
from tests.factories.declaration import make_declaration, make_review
from tests.factories.films import make_film_page
from tests.factories.library import make_publication
from tests.factories.media import DocumentFactory, FilmFactory

pytestmark = pytest.mark.django_db

# Of the declaration in version 2.0, with the element that bears each id.
ALWAYS = {
    "a11y-deklaracja": "h1",
    "a11y-wstep": "p",
    "a11y-podmiot": "span",
    "a11y-zakres": "span",
    "a11y-url": "a",
    "a11y-data-publikacja": "time",
    "a11y-data-aktualizacja": "time",
    "a11y-status": "p",
    "a11y-data-sporzadzenie": "time",
    "a11y-kontakt": "section",
    "a11y-osoba": "strong",
    "a11y-email": "a",
    "a11y-telefon": "a",
    "a11y-procedura": "section",
    "a11y-architektura": "section",
    "a11y-komunikacja": "section",
}
SOMETIMES = {"a11y-data-przeglad": "time", "a11y-ocena": "a", "a11y-audytor": "span"}
HEADINGS = {
    "pl": [
        "1 Deklaracja dostępności",
        "2 Stan dostępności cyfrowej",
        "2 Niedostępne treści",
        "3 Niezgodność z załącznikiem",
        "3 Treści nieobjęte przepisami",
        "3 Nadmierne koszty",
        "2 Przygotowanie deklaracji dostępności i jej aktualizacja",
        "2 Udogodnienia, ograniczenia i inne informacje",
        "2 Skróty klawiszowe",
        "2 Informacje zwrotne i dane kontaktowe",
        "2 Obsługa wniosków i skarg związanych z dostępnością",
        "2 Pozostałe informacje",
        "3 Dostępność architektoniczna",
        "3 Dostępność komunikacyjno-informacyjna",
    ],
    "en": [
        "1 Accessibility statement",
        "2 State of digital accessibility",
        "2 Content that is not accessible",
        "3 Non-compliance with the annex",
        "3 Content that the Act does not cover",
        "3 Excessive cost",
        "2 Preparation of the accessibility statement and its updates",
        "2 Facilities, limits and other information",
        "2 Keyboard shortcuts",
        "2 Feedback and contact details",
        "2 Handling of requests and complaints on accessibility",
        "2 Other information",
        "3 Architectural accessibility",
        "3 Accessibility of information and communication",
    ],
}
ALWAYS_THERE = [0, 1, 2, 3, 6, 8, 9, 10, 11, 12, 13]


def main_of(page, client: Client | None = None) -> str:
    response = (client or Client()).get(page if isinstance(page, str) else page.get_url())
    assert response.status_code == 200
    found = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert found is not None
    return found[0].replace("\u00a0", " ").replace("\u2060", "")


def ids_in(html: str) -> list[tuple[str, str]]:
    return [(name, tag) for tag, name in re.findall(r'<(\w+)[^>]*\bid="(a11y-[^"]*)"', html)]


def headings_in(html: str) -> list[str]:
    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", html, re.DOTALL)
    return [f"{level} {re.sub('<[^>]+>', '', words).strip()}" for level, words in found]


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def faulty(language: str = "pl", **fields):
    page = make_text_page(HERE_LINK, language=language, **fields)
    publish(page)
    return page


def all_groups(lead) -> None:
    """Something under each heading, and a note."""
    first, second, third = (make_exemption(faulty()) for _number in range(3))
    make_film_page(film=FilmFactory(description_kind="not_needed", description_reason="Lektor mówi wszystko."))
    place(by=lead, key=f"exemption:{second.pk}", group=Group.NOT_COVERED, reason="Archiwum.")
    place(
        by=lead,
        key=f"exemption:{third.pk}",
        group=Group.EXCESSIVE,
        reason="Drogo.",
        assessment_url="https://example.org/ocena",
    )
    assert first.pk


@pytest.mark.rule("declaration-1")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_each_id_stands_once_and_conditional_ones_only_when_they_apply(language: str, lead) -> None:
    page = make_declaration(language)
    assert Counter(ids_in(main_of(page))) == Counter(ALWAYS.items())
    assert headings_in(main_of(page)) == [HEADINGS[language][place] for place in ALWAYS_THERE]

    all_groups(lead)
    make_review(date(2027, 3, 1), method="audit", auditor="Fundacja <Przykład>")
    html = main_of(page, past_the_cache())

    assert Counter(ids_in(html)) == Counter((ALWAYS | SOMETIMES).items())
    assert headings_in(html) == HEADINGS[language]
    assert '<time id="a11y-data-przeglad" datetime="2027-03-01">' in html
    assert "Fundacja &lt;Przykład&gt;" in html
    assert 'id="a11y-ocena" href="https://example.org/ocena"' in html


def past_the_cache() -> Client:
    client = Client()
    client.cookies["messages"] = "x"
    return client


@pytest.mark.rule("declaration-1")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_page_names_the_declaration_of_its_language(language: str) -> None:
    declarations = {code: make_declaration(code) for code in ("pl", "en")}
    other = make_text_page("<p>Tekst.</p>", language=language)
    publish(other)

    html = Client().get(other.get_url()).content.decode()

    address = declarations[language].full_url
    assert f'<meta name="deklaracja-dostępności" content="{address}">' in html
    assert html.count("deklaracja-dostępności") == 1


@pytest.mark.rule("declaration-2")
def test_an_open_exemption_stands_with_page_fault_reason_and_day(lead, on_commit) -> None:
    page, target = make_declaration(), faulty(title="Zasady & <wyjątki>")
    visitor = Client()
    assert "Zasady" not in main_of(page, visitor)
    day = date(2027, 1, 31)
    keys = [standing.fault.key for standing in standings_of(target)]

    with on_commit():
        (one,) = let_faults_pass(row=target, faults=keys, reason="Autor poprawia tekst.", mend_by=day, by=lead)
    html = main_of(page, visitor)

    assert f'<a href="{target.get_url()}">Zasady &amp; &lt;wyjątki&gt;</a>' in html
    words = plain(html)
    assert "Tekst linku „tutaj” nie mówi, dokąd on prowadzi. Powód: Autor poprawia tekst." in words
    assert "Poprawimy do: 31 stycznia 2027 r." in words

    with on_commit():
        close_exemption(exemption_id=one.pk, by=lead)
    assert "Zasady" not in main_of(page, visitor)


@pytest.mark.rule("declaration-2")
def test_without_entries_there_is_no_empty_list() -> None:
    page = make_declaration(status="compliant", gaps=[])

    html = main_of(page)

    assert 'class="gaps"' not in html
    assert "Niedostępne treści" not in html
    assert "Udogodnienia" not in html


@pytest.mark.rule("declaration-2")
def test_what_not_everybody_may_see_is_not_told() -> None:
    page, closed = make_declaration(), faulty(title="Strona zamknięta")
    draft = make_text_page(HERE_LINK, title="Strona robocza")
    make_exemption(closed)
    make_exemption(draft)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    film = FilmFactory(title="Film nigdzie niepokazany", description_kind="")
    assert film.live

    words = plain(main_of(page))

    assert "zamknięta" not in words
    assert "robocza" not in words
    assert "nigdzie" not in words


@pytest.mark.rule("declaration-2")
def test_each_language_lists_its_own_content_and_what_has_no_translation() -> None:
    polish, english = make_declaration("pl"), make_declaration("en")
    alone, both = faulty(title="Tylko po polsku"), faulty(title="W obu językach")
    twin = both.copy_for_translation(english.locale)
    twin.title = "In both languages"
    twin.body = [("text", "<p>Fine.</p>")]
    publish(twin)
    make_exemption(alone)
    make_exemption(both)

    pl, en = main_of(polish), main_of(english)

    assert "Tylko po polsku" in pl
    assert "W obu językach" in pl
    assert '<strong lang="pl"><a href' in en
    assert "Tylko po polsku" in en
    assert "W obu językach" not in en
    assert "does not say where it leads" not in pl


@pytest.mark.rule("declaration-2")
def test_files_that_are_not_accessible_stand_with_their_alternative() -> None:
    page = make_declaration()
    document = DocumentFactory(title="Skan broszury", accessible=False)
    make_publication(files=1, document=document, access={"alternative": "Przeczytaj wydanie w serwisie."})
    make_publication(files=1, document=DocumentFactory(title="Plik dostępny", accessible=True))
    make_publication(files=1, document=DocumentFactory(title="Plik szkicu", accessible=False), live=False)

    words = plain(main_of(page))

    assert "Skan broszury" in words
    assert "Zamiast tego: Przeczytaj wydanie w serwisie." in words
    assert "Plik dostępny" not in words
    assert "Plik szkicu" not in words


@pytest.mark.rule("declaration-2")
def test_films_stand_with_what_they_lack_or_with_the_declared_reason() -> None:
    page = make_declaration(status="compliant", gaps=[])
    told = FilmFactory(title="Film z lektorem", description_kind="not_needed")
    Film.objects.filter(pk=told.pk).update(description_reason="Lektor mówi wszystko.")
    make_film_page(film=told)

    html = main_of(page)
    assert "Film nie ma osobnej audiodeskrypcji. Powód: Lektor mówi wszystko." in plain(html)
    assert "jest <strong>zgodna</strong>" in html  # Integrated description is no fault.

    silent = FilmFactory(title="Film bez napisów", description_kind="track", description_file="x.mp4")
    silent.tracks.all().delete()
    make_film_page(film=silent)
    html = main_of(page, past_the_cache())
    assert "Film „Film bez napisów” nie ma napisów." in plain(html)
    assert "<strong>częściowo zgodna</strong>" in html


@pytest.mark.rule("declaration-3")
def test_compliant_with_open_exemptions_is_shown_as_partly() -> None:
    page = make_declaration(status="compliant", gaps=[])
    assert "jest <strong>zgodna</strong>" in main_of(page)

    make_exemption(faulty())

    html = main_of(page, past_the_cache())
    assert "<strong>częściowo zgodna</strong>" in html
    assert "Niezgodność z załącznikiem" in html


@pytest.mark.rule("declaration-2")
def test_three_entries_of_each_kind_cost_what_one_costs() -> None:
    page = make_declaration()

    def add() -> None:
        make_exemption(faulty())
        make_publication(files=1, document=DocumentFactory(accessible=False))
        film = FilmFactory(description_kind="")
        make_film_page(film=film)
        make_exemption(make_film_page(film=FilmFactory()), what="inny")

    def cost() -> int:
        client = past_the_cache()
        client.get(page.get_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(page.get_url())
        return len(queries)

    add()
    make_review(date(2026, 12, 1))
    one = cost()
    for number in range(2):
        add()
        make_review(date(2027 + number, 1, 1))
    assert cost() == one


@pytest.mark.rule("declaration-6", "version-1")
def test_an_old_version_shows_the_list_as_it_was(lead) -> None:
    exemption = make_exemption(faulty(title="Stara wada"))
    page = make_declaration()
    exemption.delete()
    make_exemption(faulty(title="Nowa wada"))
    page.contact_name = "Jan Przykładowy"
    publish(page)
    before = versions_of(page)[1]
    make_review(date(2030, 1, 1))

    old = main_of(address_of(page, before))
    now = main_of(page, past_the_cache())

    assert "Stara wada" in old
    assert "Nowa wada" not in old
    assert "Anna Przykładowa" in old
    assert "2030" not in old
    assert "w dniu publikacji tej wersji" in old
    assert "Wersja nieaktualna z dnia" in old
    assert "Nowa wada" in now
    assert "Stara wada" not in now
    assert address_of(page, before) in now
    assert polish_text("Historia przeglądów") in now
