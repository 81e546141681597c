"""The terms of use: one page of the site, linked by the form, its version kept with the acceptance."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from cms.accounts.rules import Role
from cms.pages.models import SiteTexts, StandardPage
from cms.privacy.models import Consent
from cms.privacy.rules import TERMS_VERSION
from tests.factories.accounts import PASSWORD, staff
from tests.factories.catalogue import locale, make_home

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("account-26", "privacy-5")]

FORM = {"name": "Anna Przykładowa", "email": "anna@example.org", "password1": PASSWORD, "terms": "on"}


@pytest.fixture
def terms() -> StandardPage:
    """The terms in Polish, with a twin in English, named under the settings."""
    polish = StandardPage(title="Regulamin", slug="zasady", locale=locale("pl"))
    make_home().add_child(instance=polish)
    english = StandardPage(title="Terms", slug="rules", locale=locale("en"), translation_key=polish.translation_key)
    make_home("en").add_child(instance=english)
    for page in (polish, english):
        page.save_revision().publish()
    texts = SiteTexts.for_site(Site.objects.get(is_default_site=True))
    texts.terms_page, texts.terms_version = polish, "2027-01"
    texts.save()
    cache.clear()
    return StandardPage.objects.get(pk=polish.pk)


def test_the_form_links_the_page_and_the_acceptance_keeps_its_version(client: Client, terms: StandardPage) -> None:
    page = client.get(reverse("account_signup")).content.decode()
    assert 'href="/pl/zasady/"' in page
    client.post(reverse("account_signup"), FORM)
    assert Consent.objects.get().text_version == f"2027-01/{terms.live_revision_id}"


def test_a_mended_text_is_another_revision(client: Client, terms: StandardPage) -> None:
    before = terms.live_revision_id
    terms.lead = "Poprawione"
    terms.save_revision().publish()
    client.post(reverse("account_signup"), FORM)
    version = Consent.objects.get().text_version
    assert version.startswith("2027-01/")
    assert version != f"2027-01/{before}"


def test_the_old_address_leads_there_for_good(client: Client, terms: StandardPage) -> None:
    for language, address in (("pl", "/pl/zasady/"), ("en", "/en/rules/")):
        with translation.override(language):
            answer = client.get(reverse("cms_accounts:show-terms"))
        assert (answer.status_code, answer["Location"]) == (301, address)


@pytest.mark.parametrize("act", ["wagtailadmin_pages:delete", "wagtailadmin_pages:unpublish"])
def test_the_page_is_not_taken_away_while_it_is_named(client: Client, terms: StandardPage, act: str) -> None:
    client.force_login(staff(Role.LEAD_EDITORS))
    client.post(reverse(act, args=[terms.pk]))
    assert StandardPage.objects.get(pk=terms.pk).live
    SiteTexts.objects.update(terms_page=None)
    client.post(reverse(act, args=[terms.pk]))
    assert not StandardPage.objects.filter(pk=terms.pk, live=True).exists()


def test_without_a_page_the_form_works_and_links_nothing(client: Client) -> None:
    assert client.get(reverse("cms_accounts:show-terms")).status_code == 404
    assert "Akceptuję regulamin" in client.get(reverse("account_signup")).content.decode()
    client.post(reverse("account_signup"), FORM)
    assert Consent.objects.get().text_version == TERMS_VERSION


@pytest.mark.rule("account-31")
def test_the_form_says_how_the_data_are_used(client: Client, terms: StandardPage) -> None:
    link = ">Jak używamy Twoich danych</a>"
    assert link not in client.get(reverse("account_signup")).content.decode()
    private = StandardPage(title="Prywatność", slug="twoje-dane", locale=locale("pl"))
    make_home().add_child(instance=private)
    private.save_revision().publish()
    texts = SiteTexts.for_site(Site.objects.get(is_default_site=True))
    texts.privacy_page = private
    texts.save()
    assert f'<a href="/pl/twoje-dane/"{link}' in client.get(reverse("account_signup")).content.decode()
    StandardPage.objects.get(pk=private.pk).unpublish()
    cache.clear()
    assert link not in client.get(reverse("account_signup")).content.decode()
