"""What a page says of a letter is true: sent, or held back and until when; the same for every address."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import PASSWORD, PersonFactory
from tests.reading import words_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("account-24", "account-5")]

KNOWN, UNKNOWN = "anna@example.org", "nobody@example.org"
SENT, LATELY, NETWORK = (
    "Wysłaliśmy wiadomość na adres",
    "Niedawno wysłaliśmy już wiadomość na ten adres",
    "z Twojej sieci",
)
# 6.38 in Toruń.
NOW = datetime(2026, 11, 24, 5, 38, tzinfo=UTC)


def ask(client: Client, way: str, address: str):
    """Ask for a letter in one of the ways; the page to which that leads."""
    if way == "sign up":
        form = {"name": "Anna Przykładowa", "email": address, "password1": PASSWORD, "terms": "on"}
        answer = client.post(reverse("account_signup"), form)
    else:
        answer = client.post(reverse("cms_accounts:resend-verification"), {"email": address})
    assert answer["Location"] == reverse("account_email_verification_sent")
    return client.get(answer["Location"])


@pytest.mark.parametrize("way", ["sign up", "resend"])
@pytest.mark.parametrize("address", [KNOWN, UNKNOWN])
def test_the_second_letter_within_three_minutes_is_not_said_to_be_sent(way: str, address: str) -> None:
    PersonFactory(user__email=KNOWN)
    with time_machine.travel(NOW.timestamp(), tick=False) as clock:
        assert SENT in words_of(ask(Client(), way, address))
        clock.shift(timedelta(minutes=1))
        held = words_of(ask(Client(), way, address))
        assert SENT not in held
        assert LATELY in held
        assert "po godzinie 6.42" in held
        assert 'name="email" value="' + address in held, "a button asks again"
        assert len(django_mail.outbox) == 1
        clock.shift(timedelta(minutes=3))
        assert SENT in words_of(ask(Client(), "resend", address))
    assert len(django_mail.outbox) == 2


def test_signing_in_before_the_proof_says_whether_a_letter_was_sent(client: Client) -> None:
    PersonFactory(user__email=KNOWN, user__verified=False)
    door = reverse("account_login")
    with time_machine.travel(NOW.timestamp(), tick=False):
        pages = [words_of(client.post(door, {"login": KNOWN, "password": PASSWORD}, follow=True)) for _time in range(2)]
    assert SENT in pages[0]
    assert LATELY in pages[1]
    assert SENT not in pages[1]
    for page in pages:
        assert "<h1>Potwierdź adres e-mail</h1>" in page
        assert "Wyślij wiadomość jeszcze raz" in page
    assert len(django_mail.outbox) == 1


def test_a_network_that_asked_for_too_much_is_told_so(settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "2/h/ip,1/3m/key"}
    PersonFactory(user__email=KNOWN)
    with time_machine.travel(NOW.timestamp(), tick=False):
        for number in range(2):
            ask(Client(), "resend", f"osoba{number}@example.org")
        pages = [words_of(ask(Client(), "sign up", address)) for address in (KNOWN, UNKNOWN)]
    for page in pages:
        assert NETWORK in page
        assert "po godzinie 7.39" in page
        assert SENT not in page
    assert len(django_mail.outbox) == 2


@pytest.mark.parametrize("address", [KNOWN, UNKNOWN])
def test_a_change_of_address_says_that_its_letter_was_held_back(client: Client, address: str) -> None:
    PersonFactory(user__email=KNOWN)
    client.force_login(PersonFactory().user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    with time_machine.travel(NOW.timestamp(), tick=False):
        ask(Client(), "resend", address)
        changed = client.post(reverse("account_email"), {"email": address, "action_add": "1"}, follow=True)
        again = client.post(reverse("account_email"), {"email": address, "action_send": "1"}, follow=True)
    assert LATELY in words_of(changed)
    assert LATELY in words_of(again)
    assert len(django_mail.outbox) == 1
