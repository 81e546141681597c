"""Nobody learns from the site whether an address has an account; only its owner does, from a letter."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cms.accounts.models import Person, User
from cms.mail.models import OutgoingMail
from cms.privacy.models import Consent
from tests.cms.accounts.counting import Cost, counted
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("account-5")]

KNOWN, UNKNOWN = "anna@example.org", "nobody@example.org"


@pytest.fixture(autouse=True)
def _counting(settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.cms.accounts.counting.CountingHasher"]
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": ["default", "index"]}}


@pytest.fixture
def anna() -> User:
    return PersonFactory(user__email=KNOWN).user


def plain(html: str, address: str) -> str:
    """The page without what differs by itself: tokens and the address that was typed."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
    return html.replace(address, "ADDRESS")


def walk(address: str, ask: Callable[[Client, str], object]) -> tuple[list[tuple[int, str, str]], list[Cost]]:
    """Ask as a fresh visitor and follow where it leads; what was answered and what it cost."""
    cache.clear()
    client = Client()
    answers, costs = [], []
    with counted() as cost:
        answer = ask(client, address)
    costs.append(cost)
    while True:
        answers.append((answer.status_code, answer.get("Location", ""), plain(answer.content.decode(), address)))
        if answer.status_code != 302:
            return answers, costs
        with counted() as cost:
            answer = client.get(answer["Location"])
        costs.append(cost)


def sign_up(client: Client, address: str) -> object:
    data = {"name": "Anna Przykładowa", "email": address, "password1": PASSWORD, "terms": "on"}
    return client.post(reverse("account_signup"), data)


def sign_in(client: Client, address: str) -> object:
    return client.post(reverse("account_login"), {"login": address, "password": "wrong-password"})


def reset(client: Client, address: str) -> object:
    return client.post(reverse("account_reset_password"), {"email": address})


def resend(client: Client, address: str) -> object:
    return client.post(reverse("cms_accounts:resend-verification"), {"email": address})


WAYS = [sign_up, sign_in, reset, resend]


@pytest.mark.parametrize("ask", WAYS)
@pytest.mark.parametrize("state", ["verified", "unverified", "suspended"])
def test_known_and_unknown_addresses_get_the_same_for_the_same_cost(ask: Callable, state: str) -> None:
    PersonFactory(user__email=KNOWN, user__verified=state != "unverified", user__is_active=state != "suspended")
    # Whatever is read once per process or generation is read before.
    walk("warm@example.org", ask)
    known = walk(KNOWN, ask)
    unknown = walk(UNKNOWN, ask)
    assert known[0] == unknown[0]
    assert known[1] == unknown[1]


@pytest.mark.parametrize(("ask", "hashes", "jobs"), [(sign_up, 1, 1), (sign_in, 1, 0), (reset, 0, 1), (resend, 0, 1)])
def test_what_a_try_costs(ask: Callable, hashes: int, jobs: int, anna: User) -> None:
    for address in (KNOWN, UNKNOWN):
        first = walk(address, ask)[1][0]
        assert (first.hashes, first.jobs) == (hashes, jobs)


def test_signing_up_with_a_known_address_leaves_nothing_but_a_letter(anna: User) -> None:
    before = (User.objects.count(), Person.objects.count(), Consent.objects.count(), anna.password)
    sign_up(Client(), KNOWN)
    anna.refresh_from_db()
    assert (User.objects.count(), Person.objects.count(), Consent.objects.count(), anna.password) == before
    letter = OutgoingMail.objects.get()
    assert (letter.recipient, letter.template) == (KNOWN, "account_already_exists")


@pytest.mark.parametrize(
    ("ask", "known", "unverified", "unknown"),
    [
        (sign_up, "account_already_exists", "account_already_exists", "email_confirmation_signup"),
        (reset, "password_reset_key", "password_reset_key", "unknown_account"),
        (resend, "already_verified", "email_confirmation_signup", "unknown_account"),
    ],
)
def test_the_letter_tells_the_owner_the_truth(
    ask: Callable, known: str, unverified: str, unknown: str, anna: User
) -> None:
    PersonFactory(user__email="new@example.org", user__verified=False)
    for address, template in ((KNOWN, known), ("new@example.org", unverified), (UNKNOWN, unknown)):
        ask(Client(), address)
        assert OutgoingMail.objects.get(recipient=address).template == template


def test_two_letters_within_three_minutes_are_one_for_everybody(anna: User) -> None:
    for address in (KNOWN, UNKNOWN):
        client = Client()
        resend(client, address)
        page = client.get(resend(client, address)["Location"])
        assert page.status_code == 200
        assert OutgoingMail.objects.filter(recipient=address).count() == 1


def test_changing_to_a_taken_address_looks_like_changing_to_a_free_one(anna: User) -> None:
    answers = []
    for address in (KNOWN, UNKNOWN):
        cache.clear()
        person = PersonFactory()
        client = Client()
        client.force_login(person.user)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.get(reverse("account_email"))
        with counted() as cost:
            answer = client.post(reverse("account_email"), {"email": address, "action_add": "1"})
        page = plain(client.get(answer["Location"]).content.decode(), address)
        answers.append((answer.status_code, answer["Location"], page.replace(person.user.email, "OWN"), cost))
    assert answers[0] == answers[1]
    assert OutgoingMail.objects.get(recipient=KNOWN).template == "address_taken"
    assert OutgoingMail.objects.get(recipient=UNKNOWN).template == "email_confirmation"


def test_upper_case_is_the_same_address(anna: User) -> None:
    sign_up(Client(), "ANNA@Example.ORG")
    assert OutgoingMail.objects.get().template == "account_already_exists"
    assert User.objects.count() == 1
