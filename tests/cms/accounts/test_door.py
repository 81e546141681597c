"""Signing in and out, passwords, links, sessions."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import mail as django_mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.queries import address_is_verified
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.catalogue import make_home

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "Zupelnie-inne-9"
FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "https://127.0.0.1@evil.example/",
    " https://evil.example/",
    "%2f%2fevil.example",
]


@pytest.fixture
def anna() -> User:
    return PersonFactory(user__email="anna@example.org").user


def sign_in(client: Client, email: str = "anna@example.org", password: str = PASSWORD, **extra: str):
    return client.post(reverse("account_login"), {"login": email, "password": password, **extra})


def is_in(client: Client) -> bool:
    return client.get(reverse("cms_accounts:show-profile")).status_code == 200


def link_in_last_letter() -> str:
    return urlsplit(re.search(r"http\S+", django_mail.outbox[-1].body).group()).path


def test_signing_in_and_out(client: Client, anna: User) -> None:
    answer = sign_in(client, "ANNA@example.org")
    assert answer["Location"] == reverse(django_settings.LOGIN_REDIRECT_URL)
    assert is_in(client)
    assert client.cookies["signed_in"].value == "1"
    answer = client.post(reverse("account_logout"))
    assert answer["Location"] == reverse("account_login")
    assert not is_in(client)
    assert client.cookies["signed_in"].value == ""


@pytest.mark.rule("account-10")
def test_a_link_signs_nobody_out(client: Client, anna: User) -> None:
    sign_in(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_in(client)


@pytest.mark.rule("account-10")
def test_signing_out_needs_a_token(anna: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    assert client.post(reverse("account_logout")).status_code == 403
    assert is_in(client)


def test_the_session_is_new_after_signing_in(client: Client, anna: User) -> None:
    client.get(reverse("account_login"))
    client.post(reverse("cms_accounts:resend-verification"), {"email": "x@example.org"})
    before = client.session.session_key
    sign_in(client)
    assert before
    assert client.session.session_key != before


@pytest.mark.rule("account-8")
@pytest.mark.parametrize("address", FOREIGN)
def test_foreign_addresses_are_not_followed(client: Client, anna: User, address: str) -> None:
    home = reverse(django_settings.LOGIN_REDIRECT_URL)
    assert sign_in(client, next=address)["Location"] in (home, address if address.startswith("%2f") else home)
    answer = client.post(reverse("account_logout"), {"next": address})
    assert "evil" not in urlsplit(answer["Location"]).netloc
    assert not answer["Location"].startswith(("//", "\\", "/\\", "javascript", "http"))


@pytest.mark.rule("account-8")
def test_an_address_of_this_site_is_followed(client: Client, anna: User) -> None:
    target = reverse("cms_accounts:show-data")
    assert sign_in(client, next=target)["Location"] == target


@pytest.mark.rule("account-13")
def test_a_learner_at_the_editors_door_is_shown_the_way_on(client: Client, anna: User) -> None:
    make_home()
    client.force_login(anna)
    answer = client.get("/admin/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "dla osób prowadzących serwis" in page.replace("\xa0", " ")
    assert f'href="{reverse("courses_learning:list-mine")}"' in page
    assert reverse("account_login") not in page.partition("<main")[2].partition("</main")[0]


@pytest.mark.rule("account-7")
def test_wrong_passwords_for_one_account_are_slowed_and_not_for_long(client: Client, anna: User) -> None:
    with time_machine.travel(timezone.now().timestamp(), tick=False) as clock:
        for _try in range(5):
            assert sign_in(client, password="wrong").status_code == 200
        assert sign_in(client).status_code == 200, "even the right one has to wait"
        assert not is_in(client)
        clock.shift(timedelta(minutes=5, seconds=1))
        assert sign_in(client).status_code == 302


@pytest.mark.rule("account-7")
def test_many_accounts_tried_from_one_place_are_slowed(client: Client) -> None:
    pages = [sign_in(client, f"osoba{number}@example.org", "wrong") for number in range(100)]
    assert pages[0].status_code == 200
    assert pages[-1].status_code == 429


@pytest.mark.rule("account-7")
def test_resets_are_limited(client: Client, anna: User) -> None:
    statuses = [
        client.post(reverse("account_reset_password"), {"email": "anna@example.org"}).status_code for _ in range(8)
    ]
    assert statuses[0] == 302
    assert statuses[-1] == 429
    assert len(django_mail.outbox) <= 5


@pytest.mark.rule("account-20")
def test_a_suspended_account_is_out_at_once_and_stays_out(client: Client, anna: User) -> None:
    sign_in(client)
    User.objects.update(is_active=False)
    assert not is_in(client)
    answer = sign_in(client)
    assert answer["Location"] == reverse("account_inactive")
    assert client.get(answer["Location"]).status_code == 200
    assert not is_in(client)


@pytest.mark.rule("account-6")
def test_a_reset_sets_the_password_once(client: Client, anna: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    client.post(reverse("account_reset_password"), {"email": "anna@example.org"})
    path = link_in_last_letter()
    step = client.get(path)
    assert step.status_code == 302
    assert "set-password" in step["Location"], "the key does not stay in the address"
    assert client.get(step["Location"]).status_code == 200
    refused = client.post(step["Location"], {"password1": "krotkie"})
    assert list(refused.context["form"].errors) == ["password1"]
    done = client.post(step["Location"], {"password1": NEW})
    assert client.get(done["Location"]).status_code == 200
    anna.refresh_from_db()
    assert anna.check_password(NEW)
    assert not is_in(elsewhere), "every session ends with the old password"
    again = Client().get(path)
    assert again.status_code == 200
    assert "form" not in again.context or again.context["token_fail"]
    assert "Zmiana w Twoim koncie" in django_mail.outbox[-1].subject


@pytest.mark.rule("account-6")
@pytest.mark.parametrize("event", ["day", "password", "address", "sign-in"])
def test_a_link_dies(client: Client, anna: User, event: str) -> None:
    client.post(reverse("account_reset_password"), {"email": "anna@example.org"})
    path = link_in_last_letter()
    now = timezone.now()
    if event == "password":
        anna.set_password(NEW)
        anna.save()
    elif event == "address":
        User.objects.update(email="other@example.org")
    elif event == "sign-in":
        sign_in(Client())
    later = timedelta(hours=24, seconds=2) if event == "day" else timedelta(minutes=1)
    # As a number of seconds: a time with a zone would move the zone of the process, too.
    with time_machine.travel((now + later).timestamp()):
        answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.context["token_fail"]


@pytest.mark.rule("account-6")
def test_the_host_header_does_not_poison_the_link(client: Client, anna: User, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://akademia.example.org"
    client.post(reverse("account_reset_password"), {"email": "anna@example.org"}, headers={"host": "evil.example"})
    body = django_mail.outbox[0].body
    assert "https://akademia.example.org/pl/" in body
    assert "evil" not in body


@pytest.mark.rule("account-6")
def test_the_link_proves_the_address(client: Client) -> None:
    user = PersonFactory(user__email="ewa@example.org", user__verified=False).user
    client.post(reverse("account_reset_password"), {"email": "ewa@example.org"})
    step = client.get(link_in_last_letter())
    client.post(step["Location"], {"password1": NEW})
    assert address_is_verified(user)
    assert sign_in(Client(), "ewa@example.org", NEW)["Location"] == reverse(django_settings.LOGIN_REDIRECT_URL)


@pytest.mark.rule("account-10")
def test_a_changed_password_ends_the_other_sessions(client: Client, anna: User) -> None:
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    form = {"oldpassword": "wrong", "password1": NEW}
    refused = client.post(reverse("account_change_password"), form)
    assert list(refused.context["form"].errors) == ["oldpassword"]
    assert client.post(reverse("account_change_password"), {**form, "oldpassword": PASSWORD}).status_code == 302
    assert is_in(client)
    assert not is_in(elsewhere)
    assert "Zmiana w Twoim koncie" in django_mail.outbox[-1].subject
    assert NEW not in django_mail.outbox[-1].body


@pytest.mark.rule("account-10")
def test_other_devices_are_seen_and_signed_out(client: Client, anna: User) -> None:
    elsewhere = Client(headers={"user-agent": "Stary telefon"})
    sign_in(client)
    sign_in(elsewhere)
    page = client.get(reverse("usersessions_list"))
    assert "Stary telefon" in page.content.decode()
    client.post(reverse("usersessions_list"))
    assert is_in(client)
    assert not is_in(elsewhere)


@pytest.mark.rule("account-9")
def test_an_address_is_changed_with_password_and_link(client: Client, anna: User) -> None:
    sign_in(client)
    asked = client.post(reverse("account_email"), {"email": "New@Example.org", "action_add": "1"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    # The form that was sent goes on by itself after the password.
    answer = client.post(asked["Location"], {"password": PASSWORD, "next": reverse("account_email")})
    page = client.get(answer["Location"]).content.decode()
    assert "new@example.org" in page
    anna.refresh_from_db()
    assert anna.email == "anna@example.org", "the old one stays until the link was used"
    assert django_mail.outbox[-1].to == ["new@example.org"]
    client.post(link_in_last_letter())
    anna.refresh_from_db()
    assert anna.email == "new@example.org"
    assert [address.email for address in anna.emailaddress_set.all()] == ["new@example.org"]
    assert django_mail.outbox[-1].to == ["anna@example.org"]
    assert "new@example.org" in django_mail.outbox[-1].body
    cache.clear()
    assert sign_in(Client(), "anna@example.org").status_code == 200
    assert sign_in(Client(), "new@example.org").status_code == 302


@pytest.mark.rule("account-9")
def test_an_address_that_became_anothers_is_not_taken_over(client: Client, anna: User) -> None:
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "jan@example.org", "action_add": "1"})
    path = link_in_last_letter()
    other = PersonFactory(user__email="jan@example.org", user__verified=False).user
    answer = client.post(path)
    assert answer.status_code == 302
    anna.refresh_from_db()
    other.refresh_from_db()
    assert (anna.email, other.email) == ("anna@example.org", "jan@example.org")


@pytest.mark.rule("account-9")
def test_an_address_that_is_only_asked_for_opens_nothing(client: Client, anna: User) -> None:
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "victim@example.org", "action_add": "1"})
    assert sign_in(Client(), "victim@example.org").status_code == 200
    Client().post(reverse("account_reset_password"), {"email": "victim@example.org"})
    assert django_mail.outbox[-1].to == ["victim@example.org"]
    assert "password/reset/key" not in django_mail.outbox[-1].body


@pytest.mark.parametrize(
    "name", ["account_confirm_login_code", "account_set_password", "account_inactive", "mfa_authenticate"]
)
def test_pages_that_lead_nowhere_do_not_break(client: Client, anna: User, name: str) -> None:
    assert client.get(reverse(name)).status_code in (200, 302)
    sign_in(client)
    assert client.get(reverse(name)).status_code in (200, 302)


@pytest.mark.parametrize("path", ["3rdparty/", "social/login/error/", "signup/passkey/"])
def test_parts_that_are_not_used_are_not_there(client: Client, path: str) -> None:
    base = reverse("account_login").removesuffix("login/")
    assert client.get(base + path).status_code == 404
