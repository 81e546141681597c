"""The privacy notice: its layers, its versions, its short form beside forms, and whom it tells of a change."""

import re
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from wagtail.models import Page, Site

from cms.pages.actions import note_notice_read
from cms.pages.demo import build
from cms.pages.models import NoticeRead, PrivacyPage, SiteTexts, StandardPage
from cms.pages.notice import published_versions
from cms.pages.rules import NoticeVersion, Version, notice_to_tell, versions_of_notice
from cms.pages.templatetags.privacy_notice import COLUMNS
from cms.pages.typography import polish_text
from cms.privacy.queries import holdings_in_words
from cms.privacy.registry import collected
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.catalogue import locale, make_home
from tests.factories.pages import change_notice, make_privacy_notice, make_text_page

DAY = timezone.now()


def told(number: int, concerns: bool = False, revision: int = 0) -> tuple[Version, dict[str, Any]]:
    content = {
        "version_number": number,
        "in_force_from": "2026-11-02",
        "what_changed": f"Zmiana {number}.",
        "concerns_accounts": concerns,
    }
    return Version(number, revision or number, DAY), content


def page_of(page: Page, client: Client | None = None) -> str:
    cache.clear()
    response = (client or Client()).get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


# --- Rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "numbers", "revisions"),
    [
        ([], [], []),
        ([told(1)], [1], [1]),
        ([told(2, revision=9), told(2, revision=8), told(1)], [2, 1], [9, 1]),
        ([told(3), told(1)], [3, 1], [3, 1]),
    ],
)
def test_a_mended_slip_replaces_the_words_of_its_version(published: Any, numbers: Any, revisions: Any) -> None:
    found = versions_of_notice(published)
    assert [version.number for version in found] == numbers
    assert [version.published.revision_id for version in found] == revisions


@pytest.mark.parametrize(
    ("versions", "wanted"),
    [
        ([], None),
        ([(1, True)], None),
        ([(2, False), (1, False)], None),
        ([(2, True), (1, False)], 2),
        ([(3, False), (2, True), (1, False)], 2),
        ([(3, True), (2, True), (1, False)], 3),
    ],
)
def test_people_are_told_of_the_newest_version_that_concerns_them(versions: Any, wanted: int | None) -> None:
    made = [NoticeVersion(number, told(number)[0], date(2026, 11, 2), "", concerns) for number, concerns in versions]
    found = notice_to_tell(made)
    assert (found.number if found else None) == wanted


# --- The page ----------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Without the finer points of setting Polish: spaces that do not break, and places where a long word may."""
    return text.replace("\xa0", " ").replace("\xad", "").replace("\u2060", "")


@pytest.mark.django_db
@pytest.mark.rule("privacy-7")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_page_has_its_three_layers(language: str) -> None:
    page = make_privacy_notice(language, named=False)
    html = page_of(page)
    with translation.override(language):
        held = holdings_in_words()
        for question, answer in page.short_answers():
            assert escape(polish_text(answer) if language == "pl" else answer) in html.replace("&#x27;", "'"), question
        for row in held:
            for name in COLUMNS:
                assert plain(escape(str(row[name]))) in plain(html), row[name]
    assert len(held) == len(collected())
    assert len(page.short_answers()) == 6
    assert 'href="mailto:dane@example.org"' in html
    assert '<a href="#section-1">' in html
    assert 'id="section-1"' in html
    assert html.index('id="in-short"') < html.index('id="section-1"') < html.index('id="all-data"')


@pytest.mark.rule("privacy-7")
def test_every_declaration_is_told_in_both_languages() -> None:
    with translation.override("en"):
        english = holdings_in_words()
    with translation.override("pl"):
        polish = holdings_in_words()
    for row, words in zip(english, polish, strict=True):
        assert [name for name in COLUMNS if not words[name] or words[name] == row[name]] == [], row["what"]


@pytest.mark.django_db
def test_the_page_costs_the_same_with_one_version_and_with_many() -> None:
    page = make_privacy_notice()

    def cost() -> int:
        page_of(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(page, Client(QUERY_STRING="fresh"))
        return len(queries)

    assert cost() <= 14  # Where nothing is kept yet.
    counted = []
    for number in (2, 3, 4):
        page = change_notice(page, version_number=number, what_changed="Inaczej.")
        counted.append(cost())
    assert len(set(counted)) == 1


@pytest.mark.django_db
@pytest.mark.rule("privacy-8")
def test_an_older_version_stands_as_it_was() -> None:
    page = make_privacy_notice(what_for="Słowa pierwsze.")
    assert "Poprzednie wersje" not in page_of(page)
    with patch("cms.pages.privacy_models.holdings_in_words", return_value=[]):
        page = change_notice(page, what_for="Słowa z usterką.")
    page = change_notice(
        page,
        what_for="Słowa drugie.",
        version_number=2,
        what_changed="Doszło coś nowego.",
        in_force_from=date(2026, 11, 24),
    )
    now = page_of(page)
    assert "Słowa drugie." in now
    assert "Słowa z usterką." not in now
    assert "Wersja 2, obowiązuje od 24 listopada 2026 r." in now.replace("\xa0", " ")
    links = re.findall(r'<li><a href="(/pl/wersje/[^"]+)" rel="nofollow">([^<]*)', now)
    assert [words.replace("\xa0", " ") for _url, words in links] == ["Wersja 1, obowiązywała od 2 listopada 2026 r."]

    answer = Client().get(links[0][0])
    old = answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Słowa z usterką." in old
    assert "Słowa drugie." not in old
    # What the program held then, and not what it holds now: nothing, as it was told above.
    assert "Twoje podejścia do quizów" not in old.replace("\xa0", " ")
    assert "Twoje podejścia do quizów" in now.replace("\xa0", " ")
    assert f'href="{page.get_url()}"' in old
    assert [version.number for version in published_versions(page)] == [2, 1]


@pytest.mark.django_db
@pytest.mark.rule("privacy-11")
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"version_number": 3, "what_changed": ""}, "what_changed"),
        ({"version_number": 1}, "version_number"),
        ({"version_number": 3, "what_changed": "Inaczej.", "in_force_from": date(2026, 11, 1)}, "in_force_from"),
    ],
)
def test_a_version_goes_on_from_the_one_before(values: dict[str, Any], field: str) -> None:
    page = make_privacy_notice(version_number=2, what_changed="Doszło coś.")
    for name, value in values.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert list(refused.value.message_dict) == [field]


# --- Beside forms ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.rule("privacy-9")
@pytest.mark.parametrize(
    ("address", "purpose"), [("account_signup", "Nauka i"), ("cms_newsletter:subscribe", "Wysyłanie newslettera")]
)
def test_a_form_tells_in_short_how_data_are_used(address: str, purpose: str) -> None:
    make_home()
    with translation.override("pl"):
        url = reverse(address)
    assert "Jak używamy Twoich danych" not in page_of_url(url)
    page = make_privacy_notice()
    html = page_of_url(url)
    short = re.search(r'<details class="disclosure privacy-short">.*?</details>', html, re.S)
    assert short is not None
    for words in ("Administrator przykładowy.", purpose, "Dostęp i", f'href="{page.get_url()}"'):
        assert words in short[0].replace("\xa0", " ")
    page.unpublish()
    assert "Jak używamy Twoich danych" not in page_of_url(url)


def page_of_url(url: str) -> str:
    cache.clear()
    return Client().get(url).content.decode().replace("Nauka i\xa0", "Nauka i ").replace("Wysyłanie\xa0", "Wysyłanie ")


@pytest.mark.django_db
@pytest.mark.rule("privacy-9")
def test_an_ordinary_page_on_privacy_is_only_linked() -> None:
    page = make_text_page("Prywatność")
    texts = SiteTexts.for_site(Site.objects.get(is_default_site=True))
    texts.privacy_page = page
    texts.save()
    with translation.override("pl"):
        html = page_of_url(reverse("cms_newsletter:subscribe"))
    assert f'<a href="{page.get_url()}">Jak używamy Twoich danych</a>' in html
    assert "privacy-short" not in html


# --- Whom it tells -----------------------------------------------------------------------------------------------


def mine(client: Client) -> str:
    cache.clear()
    with translation.override("pl"):
        return client.get(reverse("courses_learning:list-mine")).content.decode()


@pytest.mark.django_db
@pytest.mark.rule("privacy-10")
def test_who_had_an_account_before_is_told_until_they_open_the_notice() -> None:
    page = make_privacy_notice(in_force_from=timezone.localdate() - timedelta(days=30))
    old = PersonFactory(user=UserFactory(date_joined=timezone.now() - timedelta(days=60))).user
    new = PersonFactory(user=UserFactory(date_joined=timezone.now() + timedelta(days=2))).user
    signed_in = Client()
    signed_in.force_login(old)
    assert "privacy-news" not in mine(signed_in)

    page = change_notice(page, version_number=2, what_changed="Doszło.", in_force_from=timezone.localdate())
    assert "privacy-news" not in mine(signed_in)  # It does not concern accounts.
    page = change_notice(page, version_number=3, what_changed="Zmieniło się konto.", concerns_accounts=True)
    assert "Zmieniło się konto." in mine(signed_in).replace("\xa0", " ")
    with translation.override("pl"):
        profile = reverse("cms_accounts:show-profile")
    assert "privacy-news" in signed_in.get(profile).content.decode()
    newcomer = Client()
    newcomer.force_login(new)
    assert "privacy-news" not in mine(newcomer)

    page_of(page, Client())
    assert not NoticeRead.objects.exists()
    page_of(page, signed_in)
    page_of(page, signed_in)
    assert NoticeRead.objects.get().user == old
    assert "privacy-news" not in mine(signed_in)
    # A later change of which they need not be told leaves them in peace.
    change_notice(page, version_number=4, what_changed="Drobiazg.", concerns_accounts=False)
    assert "privacy-news" not in mine(signed_in)


@pytest.mark.django_db
@pytest.mark.rule("privacy-10")
def test_an_older_version_read_later_is_not_taken_for_the_newest() -> None:
    user = UserFactory()
    for number in (3, 2, 3):
        note_notice_read(user_id=user.pk, version_number=number)
    assert NoticeRead.objects.get().version_number == 3


# --- The demonstration -------------------------------------------------------------------------------------------


def old_page(**fields: Any) -> StandardPage:
    """The page of text that the demonstration had before."""
    build()
    home = make_home()
    notice = PrivacyPage.objects.get(locale=locale("pl"))
    key = notice.translation_key
    notice.delete()
    page = StandardPage(title="Prywatność", slug="prywatnosc", translation_key=key, locale=locale("pl"), live=False)
    Page.objects.get(pk=home.pk).specific.add_child(instance=page)
    page.save_revision(**fields).publish()
    SiteTexts.objects.update(privacy_page=page)
    return page


@pytest.mark.django_db
@pytest.mark.rule("privacy-12")
def test_the_page_of_text_becomes_a_notice_at_its_place() -> None:
    page = old_page()
    build()
    notice = PrivacyPage.objects.get(pk=page.pk)
    assert notice.get_url() == "/pl/prywatnosc/"
    assert notice.live
    assert not StandardPage.objects.filter(pk=page.pk).exists()
    assert SiteTexts.objects.get().privacy_page_id == page.pk
    assert [version.number for version in published_versions(notice)] == [2, 1]
    before = notice.latest_revision_id
    build()
    assert PrivacyPage.objects.get(pk=page.pk).latest_revision_id == before
    html = page_of(notice)
    assert "12 miesięcy" in html.replace("\xa0", " ")
    assert "Zgłoszenie bariery" in html.replace("\xa0", " ")


@pytest.mark.django_db
@pytest.mark.rule("privacy-12")
def test_a_page_that_a_person_edited_is_left_alone() -> None:
    page = old_page(user=UserFactory())
    build()
    assert StandardPage.objects.get(pk=page.pk).live
    assert not PrivacyPage.objects.filter(locale=locale("pl")).exists()
