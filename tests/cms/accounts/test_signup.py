"""Making an account, as a stranger, without a script, once and twice."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail as django_mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms.accounts.models import Person, User
from cms.mail.models import OutgoingMail
from cms.privacy.models import Consent
from cms.privacy.rules import TERMS_VERSION
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = {"name": "Żaneta Łoś-Nowak", "email": "Zaneta@Example.org", "password1": PASSWORD, "terms": "on"}


def sign_up(client: Client, **changes: str):
    data = {**GOOD, **changes}
    return client.post(reverse("account_signup"), {name: value for name, value in data.items() if value is not None})


def link_of(message) -> str:
    """The path of the first link of a letter."""
    return urlsplit(re.search(r"http\S+", message.body).group()).path


@pytest.mark.rule("account-4")
def test_an_account_opens_with_the_link_in_the_letter(client: Client) -> None:
    answer = sign_up(client)
    assert answer["Location"] == reverse("account_email_verification_sent")
    page = client.get(answer["Location"]).content.decode()
    assert "zaneta@example.org" in page
    person = Person.objects.get()
    assert (person.name, person.language, person.user.email) == ("Żaneta Łoś-Nowak", "pl", "zaneta@example.org")
    consent = Consent.objects.get()
    assert (consent.user, consent.purpose, consent.text_version) == (person.user, "terms", TERMS_VERSION)
    assert client.get(reverse("cms_accounts:show-profile")).status_code == 302, "not signed in yet"

    (letter,) = django_mail.outbox
    assert letter.to == ["zaneta@example.org"]
    path = link_of(letter)
    assert client.get(path).status_code == 200
    assert not person.user.emailaddress_set.get().verified, "opening the link alone proves nothing"
    client.post(path)
    assert person.user.emailaddress_set.get().verified
    assert client.get(reverse("cms_accounts:show-profile")).status_code == 200
    assert OutgoingMail.objects.get().context == {}


@pytest.mark.rule("account-4")
def test_a_link_works_once(client: Client) -> None:
    sign_up(client)
    path = link_of(django_mail.outbox[0])
    client.post(path)
    other = Client()
    assert other.get(path).status_code == 200
    assert other.post(path).status_code == 404
    assert other.get(reverse("cms_accounts:show-profile")).status_code == 302


@pytest.mark.rule("account-4")
def test_the_link_alone_signs_nobody_in_elsewhere(client: Client) -> None:
    sign_up(client)
    other = Client()
    answer = other.post(link_of(django_mail.outbox[0]))
    assert answer["Location"] == reverse("account_login")
    assert other.get(reverse("cms_accounts:show-profile")).status_code == 302


@pytest.mark.rule("account-4")
def test_signing_in_before_the_proof_sends_the_link_again(client: Client) -> None:
    PersonFactory(user__email="anna@example.org", user__verified=False)
    answer = client.post(reverse("account_login"), {"login": "anna@example.org", "password": PASSWORD})
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "anna@example.org" in client.get(answer["Location"]).content.decode()
    assert len(django_mail.outbox) == 1
    assert client.get(reverse("cms_accounts:show-profile")).status_code == 302


@pytest.mark.rule("account-4")
def test_the_english_form_makes_an_english_reader(client: Client) -> None:
    with translation.override("en"):
        address = reverse("account_signup")
    client.get(address)
    client.post(address, GOOD, headers={"accept-language": "en"})
    assert Person.objects.get().language == "en"
    assert django_mail.outbox[0].subject.startswith("Confirm your e-mail address")
    assert "/en/" in django_mail.outbox[0].body


@pytest.mark.rule("account-1", "account-4")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", None),
        ("name", "   "),
        ("name", "Anna 😀"),
        ("name", "Jan 3"),
        ("name", "Anna\u202eawok"),
        ("name", "Ż" * 201),
        ("name", '=HYPERLINK("http://x")'),
        ("email", ""),
        ("email", "anna"),
        ("email", "a@b"),
        ("email", "anna@example.org\nBcc: x@example.org"),
        ("email", "a" * 250 + "@example.org"),
        ("password1", ""),
        ("password1", "krotkie"),
        ("password1", "1234567890"),
        ("password1", "password123"),
        ("password1", "zaneta@example.org"),
        ("terms", None),
    ],
)
def test_wrong_values_are_refused_at_their_field(client: Client, field: str, value: str | None) -> None:
    answer = sign_up(client, **{field: value})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    page = answer.content.decode()
    assert f'href="#id_{field}"' in page
    assert PASSWORD not in page
    assert not User.objects.exists()
    assert not django_mail.outbox


def test_the_form_comes_back_as_filled_in(client: Client) -> None:
    page = sign_up(client, terms=None).content.decode()
    assert "Żaneta Łoś-Nowak" in page
    assert "Zaneta@Example.org" in page
    title = re.search(r"<title>(.*?)</title>", page, re.S).group(1)
    assert title.startswith(("Error:", "Błąd:"))
    assert page.index("error-summary") < page.index("<h1")
    assert "novalidate" in page


@pytest.mark.rule("account-2")
def test_pasted_names_are_tidied(client: Client) -> None:
    sign_up(client, name="\ufeff  Z\u0307aneta\u00a0 Łoś\t")
    assert Person.objects.get().name == "Żaneta Łoś"


def test_a_long_name_with_polish_and_arabic_letters_is_accepted(client: Client) -> None:
    name = ("Żółć " + "محمد ") * 20
    sign_up(client, name=name[:199])
    assert len(Person.objects.get().name) >= 195


@pytest.mark.rule("account-14")
def test_a_form_takes_only_what_it_shows(client: Client) -> None:
    sign_up(
        client,
        is_superuser="on",
        is_staff="on",
        is_active="",
        role="Administrators",
        groups="1",
        email_verified="on",
        verified="1",
        user="1",
    )
    user = User.objects.get()
    assert not user.is_superuser
    assert user.is_active
    assert not user.groups.exists()
    assert not user.emailaddress_set.get().verified


@pytest.mark.rule("account-4")
def test_sent_twice_makes_one_account(client: Client) -> None:
    first, second = sign_up(client), sign_up(Client())
    assert first["Location"] == second["Location"]
    assert User.objects.count() == Person.objects.count() == 1


@pytest.mark.rule("account-4")
def test_whoever_lost_the_race_gets_the_same_answer(client: Client, monkeypatch) -> None:
    from cms.accounts import forms

    sign_up(client)
    # The other one was made between the check and the writing.
    monkeypatch.setattr(forms.queries, "user_with_address", lambda email: None)
    cache.clear()
    answer = sign_up(Client(), name="Ktoś Inny")
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert Person.objects.get().name == "Żaneta Łoś-Nowak"


@pytest.mark.rule("account-4")
def test_ten_at_once_make_one_account(settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "100/m/key"}
    answers = at_once(lambda _: sign_up(Client()).get("Location"))
    assert set(answers) == {reverse("account_email_verification_sent")}
    assert User.objects.count() == Person.objects.count() == Consent.objects.count() == 1


def test_who_is_signed_in_is_led_on(client: Client) -> None:
    client.force_login(PersonFactory().user)
    assert client.get(reverse("account_signup")).status_code == 302
    assert sign_up(client).status_code == 302
    assert User.objects.count() == 1


def test_a_post_without_a_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_up(client).status_code == 403
    assert not User.objects.exists()


@pytest.mark.rule("account-21")
def test_a_slip_in_the_address_is_asked_about(client: Client) -> None:
    answer = sign_up(client, email="zaneta@gmial.com")
    page = client.get(answer["Location"]).content.decode()
    assert "zaneta@gmail.com" in page
    assert User.objects.get().email == "zaneta@gmial.com"


@pytest.mark.rule("account-21")
def test_a_slip_is_asked_about_beside_other_errors(client: Client) -> None:
    page = sign_up(client, email="zaneta@gmial.com", terms=None).content.decode()
    assert "zaneta@gmail.com" in page
    assert "error-summary" in page
    assert "gmail" not in sign_up(client, email="zaneta@example.org", terms=None).content.decode()
    assert "gmail" not in client.get(reverse("account_signup")).content.decode()


@pytest.mark.rule("account-27")
@pytest.mark.parametrize(
    ("password", "polish", "english"),
    [
        ("krotkie", "co najmniej 8 znaków", "at least 8 characters"),
        ("7294618350", "z samych cyfr", "only digits"),
        ("password123", "używa wiele osób", "Many people use"),
        ("zaneta@example.org", "podobne do Twojego adresu e-mail", "too much like your e-mail address"),
    ],
)
def test_a_weak_password_is_refused_in_plain_words(client: Client, password: str, polish: str, english: str) -> None:
    for language, words in (("pl", polish), ("en", english)):
        with translation.override(language):
            answer = client.post(reverse("account_signup"), {**GOOD, "password1": password})
        (error,) = answer.context["form"].errors["password1"]
        assert words in error.replace("\xa0", " ")
    hint = client.get(reverse("account_signup")).content.decode().replace("\xa0", " ").replace("\u2060", "")
    assert "Co najmniej 8 znaków. Nie same cyfry, nie Twój adres e-mail" in hint


@pytest.mark.rule("account-7")
def test_many_sign_ups_from_one_place_are_stopped(client: Client) -> None:
    statuses = [client.post(reverse("account_signup"), {"email": "x"}).status_code for _try in range(95)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
