"""What strangers cannot do often: guess passwords, keep an owner out, have letters sent."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse, translate_url
from django.utils import timezone

from cms.accounts.models import User
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.reading import words_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("account-7")]

ADDRESS = "anna@example.org"


@pytest.fixture
def anna() -> User:
    return PersonFactory(user__email=ADDRESS).user


def sign_in(password: str = PASSWORD, *, place: str = "192.0.2.1", host: str = "127.0.0.1", login: str = ADDRESS):
    form = {"login": login, "password": password}
    return Client(REMOTE_ADDR=place).post(reverse("account_login"), form, headers={"host": host})


def test_another_port_in_the_host_header_gives_no_further_tries(anna: User) -> None:
    for port in range(8001, 8006):
        sign_in("wrong", host=f"127.0.0.1:{port}")
    assert sign_in(host="127.0.0.1:9000").status_code == 200
    assert sign_in(login=" ANNA@example.org ", host="127.0.0.1:9001").status_code == 200


def test_a_stranger_does_not_keep_the_owner_out(anna: User) -> None:
    with time_machine.travel(timezone.now().timestamp(), tick=False) as clock:
        for _round in range(12):
            for _try in range(6):
                sign_in("wrong", place="203.0.113.9")
            clock.shift(timedelta(minutes=5, seconds=1))
            assert sign_in(place="192.0.2.1").status_code == 302


def test_tries_from_everywhere_are_slowed_and_a_reset_lets_the_owner_in(anna: User) -> None:
    for number in range(50):
        sign_in("wrong", place=f"203.0.113.{number}")
    assert sign_in().status_code == 200, "even the right one has to wait"
    owner = Client(REMOTE_ADDR="192.0.2.1")
    owner.post(reverse("account_reset_password"), {"email": ADDRESS})
    link = next(word for word in django_mail.outbox[-1].body.split() if word.startswith("http"))
    form = owner.get(link.partition("8000")[2])
    owner.post(form["Location"], {"password1": "Zupelnie-inne-9"})
    assert sign_in("Zupelnie-inne-9").status_code == 302


def test_right_passwords_are_not_counted(anna: User) -> None:
    for _time in range(25):
        assert sign_in().status_code == 302


def test_few_resets_are_sent_to_one_address_and_from_one_place(anna: User) -> None:
    with time_machine.travel(timezone.now().timestamp(), tick=False) as clock:
        for _minute in range(10):
            Client().post(reverse("account_reset_password"), {"email": ADDRESS})
            clock.shift(timedelta(minutes=2))
        assert len(django_mail.outbox) == 3
    for number in range(105):
        Client(REMOTE_ADDR="203.0.113.9").post(
            reverse("account_reset_password"), {"email": f"osoba{number}@example.org"}
        )
    assert len(django_mail.outbox) == 103


def test_few_links_are_sent_again_from_one_place() -> None:
    for number in range(105):
        Client().post(reverse("cms_accounts:resend-verification"), {"email": f"osoba{number}@example.org"})
    assert len(django_mail.outbox) == 100


@pytest.mark.parametrize("ask", ["sign up", "sign in", "reset"])
def test_a_classroom_behind_one_address_is_let_in_at_once(ask: str) -> None:
    people = [f"osoba{number}@example.org" for number in range(30)]
    with time_machine.travel(timezone.now().timestamp(), tick=False):
        for address in people:
            if ask == "sign up":
                form = {"name": "Anna Przykładowa", "email": address, "password1": PASSWORD, "terms": "on"}
                # One slip each, then right.
                assert Client().post(reverse("account_signup"), {**form, "terms": ""}).status_code == 200
                assert Client().post(reverse("account_signup"), form).status_code == 302
            elif ask == "sign in":
                PersonFactory(user__email=address)
                assert sign_in("wrong", login=address).status_code == 200
                assert sign_in(login=address).status_code == 302
            else:
                answer = Client().post(reverse("account_reset_password"), {"email": address})
                assert answer.status_code == 302
    if ask != "sign in":
        assert {mail.to[0] for mail in django_mail.outbox} == set(people)


def test_one_place_that_guesses_at_many_accounts_is_slowed() -> None:
    tried = [sign_in("wrong", login=f"osoba{number}@example.org") for number in range(45)]
    assert "Zbyt wiele" not in words_of(tried[39])
    assert "Zbyt wiele" in words_of(tried[40])


@pytest.mark.rule("account-24")
@pytest.mark.parametrize("limit", ["address", "network"])
def test_who_asked_for_too_many_resets_is_told_when_the_next_goes_out(limit: str) -> None:
    place = Client(REMOTE_ADDR="203.0.113.9")
    with time_machine.travel(datetime(2026, 11, 24, 5, 58, tzinfo=UTC).timestamp(), tick=False):
        for number in range(3 if limit == "address" else 100):
            address = ADDRESS if limit == "address" else f"osoba{number}@example.org"
            assert place.post(reverse("account_reset_password"), {"email": address}).status_code == 302
        answer = place.post(reverse("account_reset_password"), {"email": ADDRESS})
    assert answer.status_code == 429
    words = words_of(answer)
    assert "po godzinie 7.59" in words
    assert ("z Twojej sieci" in words) == (limit == "network")


@pytest.mark.rule("account-23")
@pytest.mark.parametrize(("language", "words"), [("pl", "Za dużo prób"), ("en", "Too many attempts")])
def test_who_tries_too_often_is_told_so_in_their_language(client: Client, language: str, words: str) -> None:
    door = translate_url(reverse("account_login"), language)
    for number in range(91):
        page = client.post(door, {"login": f"osoba{number}@example.org", "password": "wrong"})
    assert page.status_code == 429
    assert "429.html" in [template.name for template in page.templates]
    assert words in page.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
