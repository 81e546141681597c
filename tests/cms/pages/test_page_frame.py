"""Around the content of a page: who paid, its easy-to-read twin, the way to print."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.pages import actions
from cms.pages.generation import start_generation
from cms.pages.models import PageFunding
from tests.factories.catalogue import make_course, make_home, page_of
from tests.factories.media import ImageFactory
from tests.factories.pages import fund, make_notice, make_text_page, name_easy_version
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def shown(client: Client, page: Page) -> str:
    return words_of(client.get(f"{page.get_url()}?fresh"))


@pytest.mark.rule("page-23")
def test_a_notice_shows_on_its_part_of_the_tree_alone(client: Client) -> None:
    section = make_text_page("Dział")
    below = make_text_page("Niżej", below=section)
    unpaid = make_text_page("Bez dotacji", below=section)
    other = make_text_page("Inny program", below=section)
    elsewhere = make_text_page("Obok")
    notice, another = make_notice(statement_pl="Zapłaciła Unia."), make_notice(statement_pl="Zapłacił kraj.")
    fund(section, notice)
    fund(unpaid, None)
    fund(other, another)
    for page, words in ((section, "Zapłaciła Unia."), (below, "Zapłaciła Unia."), (other, "Zapłacił kraj.")):
        assert words in shown(client, page)
    assert "Zapłaciła Unia." not in shown(client, other)
    for page in (unpaid, elsewhere, make_home()):
        assert "Zapłac" not in shown(client, page)


@pytest.mark.rule("page-23")
def test_a_notice_stands_instead_of_the_line_of_the_footer(client: Client) -> None:
    from wagtail.models import Site

    from cms.pages.models import SiteTexts

    texts = SiteTexts.for_site(Site.objects.get())
    texts.funding_line_pl = "Bez finansowania UE."
    texts.save()
    funded, plain = make_text_page(), make_text_page()
    fund(funded, make_notice(statement_pl="Zapłaciła Unia."))
    assert "Bez finansowania UE." not in shown(client, funded)
    assert "Bez finansowania UE." in shown(client, plain)


@pytest.mark.rule("page-23")
def test_a_notice_begins_and_ends_overnight(
    client: Client, django_capture_on_commit_callbacks: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    page = make_text_page()
    fund(page, make_notice(statement_pl="Zapłaciła Unia.", valid_from=today, valid_until=today))
    assert "Zapłaciła Unia." in words_of(client.get(page.get_url()))
    monkeypatch.setattr(timezone, "localdate", lambda *_args: today + timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.renew_for_dates()
    assert "Zapłaciła Unia." not in words_of(client.get(page.get_url()))


@pytest.mark.rule("page-23")
def test_signs_stand_in_order_with_their_words_in_the_language(client: Client) -> None:
    logos = [
        ("logo", {"image": ImageFactory(title=name), "alt_pl": f"{name} po polsku", "alt_en": f"{name} in English"})
        for name in ("Flaga", "Herb")
    ]
    page, english = make_text_page(), make_text_page(language="en")
    notice = make_notice(logos=logos)
    for where in (page, english):
        fund(where, notice)
    polish = shown(client, page)
    assert polish.index('alt="Flaga po polsku"') < polish.index('alt="Herb po polsku"')
    assert notice.statement_en in shown(client, english)
    assert 'alt="Flaga in English"' in shown(client, english)


@pytest.mark.rule("page-23")
def test_a_notice_in_use_stays_and_its_days_are_in_order() -> None:
    notice = make_notice()
    fund(make_text_page(), notice)
    with pytest.raises(ProtectedError):
        notice.delete()
    notice.valid_from, notice.valid_until = date(2026, 2, 1), date(2026, 1, 1)
    with pytest.raises(ValidationError):
        notice.full_clean()


@pytest.mark.rule("page-23")
def test_a_course_takes_the_notice_of_its_list(client: Client) -> None:
    course = page_of(make_course(lessons=1))
    PageFunding.objects.create(page=course.get_parent(), notice=make_notice(statement_pl="Zapłaciła Unia."))
    start_generation()
    assert "Zapłaciła Unia." in shown(client, course)


@pytest.mark.rule("page-28")
def test_the_print_view_has_no_menu_but_address_code_and_day(client: Client) -> None:
    page = make_text_page("Zasady", slug="zasady")
    assert '<a href="?print"' in words_of(client.get(page.get_url()))
    words = words_of(client.get(f"{page.get_url()}?print"))
    assert "site--print" in words
    assert '<meta name="robots" content="noindex">' in words
    assert '<link rel="canonical" href="http://testserver/pl/zasady/">' in words
    assert 'class="qr-code"' in words
    assert "Treść z dnia" in words
    assert "Adres tej strony: http://testserver/pl/zasady/" in words


@pytest.mark.rule("page-29")
def test_a_page_and_its_easy_version_lead_to_each_other(client: Client) -> None:
    full, easy = make_text_page("Pełny", slug="pelny"), make_text_page("Prosty", slug="prosty")
    name_easy_version(full, easy)
    assert '<a href="/pl/prosty/">Tekst łatwy do czytania</a>' in shown(client, full)
    assert '<a href="/pl/pelny/">Pełny tekst</a>' in shown(client, easy)


@pytest.mark.rule("page-29")
def test_a_draft_is_nobodys_easy_version(client: Client, django_capture_on_commit_callbacks: Callable) -> None:
    full, easy = make_text_page("Pełny", slug="pelny"), make_text_page("Prosty", slug="prosty")
    name_easy_version(full, easy)
    with django_capture_on_commit_callbacks(execute=True):
        easy.unpublish()
    assert "Tekst łatwy do czytania" not in shown(client, full)


def test_all_around_a_page_costs_few_queries(client: Client, django_assert_max_num_queries: Callable) -> None:
    from tests.factories.pages import look_after

    full, easy = make_text_page(legal_as_of=date(2026, 1, 1)), make_text_page()
    name_easy_version(full, easy)
    fund(full, make_notice(logos=[("logo", {"image": ImageFactory(), "alt_pl": "a", "alt_en": "b"})]))
    look_after(full, review_on=timezone.localdate())
    client.get(full.get_url())
    start_generation()
    with django_assert_max_num_queries(12):
        client.get(full.get_url())
    with django_assert_max_num_queries(6):
        shown(client, full)


def test_the_pages_of_a_section_lead_to_each_other(client: Client) -> None:
    top = make_text_page("Dział", slug="dzial")
    make_text_page("Obok", slug="obok")
    for title in ("Pierwsza", "Druga"):
        make_text_page(title, below=top, slug=title.lower())
    words = shown(client, Page.objects.get(slug="druga"))
    section = words.partition('aria-label="W tym dziale"')[2].partition("</nav>")[0]
    assert [part.partition("<")[0] for part in section.split(">") if part[:1].isupper()] == [
        "Dział",
        "Pierwsza",
        "Druga",
    ]
    assert '<a href="/pl/dzial/druga/" aria-current="page">' in section
    assert "W tym dziale" not in shown(client, Page.objects.get(slug="obok"))
