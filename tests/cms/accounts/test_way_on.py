"""Whoever came for a course gets there, through sign-up, letter and sign-in, in whichever browser."""

import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.conf import settings as django_settings
from django.core import mail as django_mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cms.accounts.pending import local_path
from tests.cms.accounts.counting import counted
from tests.cms.accounts.test_door import FOREIGN
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.catalogue import make_course

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("account-25")]

ADDRESS = "anna@example.org"
FORM = {"name": "Anna Przykładowa", "email": ADDRESS, "password1": PASSWORD, "terms": "on"}


@pytest.fixture
def enrolment() -> str:
    return reverse("courses_learning:enrol", kwargs={"course": make_course().code})


def link() -> str:
    """Path and query of the first link in the last letter."""
    found = urlsplit(re.search(r"http\S+", django_mail.outbox[-1].body).group())
    return f"{found.path}?{found.query}" if found.query else found.path


def confirm(client: Client, address: str):
    """Open the link and press the button of its form."""
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    action = re.search(r'<form class="form" method="post" action="([^"]+)"', page).group(1)
    return client.post(action, {name: unescape(value) for name, value in hidden.items()})


@pytest.mark.parametrize("again", [False, True])
def test_another_browser_leads_to_the_course_after_sign_in(client: Client, enrolment: str, again: bool) -> None:
    client.post(reverse("account_signup"), {**FORM, "next": enrolment})
    if again:
        # The button of the page that says where the letter went, three minutes later.
        cache.clear()
        page = client.get(reverse("account_email_verification_sent")).content.decode()
        assert f'name="next" value="{enrolment}"' in page
        client.post(reverse("cms_accounts:resend-verification"), {"email": ADDRESS})
    phone = Client()
    answer = confirm(phone, link())
    assert answer["Location"] == enrolment
    door = phone.get(enrolment)["Location"]
    answer = phone.post(door, {"login": ADDRESS, "password": PASSWORD})
    assert answer["Location"] == enrolment


def test_the_same_browser_leads_there_at_once(client: Client, enrolment: str) -> None:
    client.post(reverse("account_signup"), {**FORM, "next": enrolment})
    assert confirm(client, link())["Location"] == enrolment
    assert client.get(enrolment).status_code == 200


def test_signing_in_before_the_proof_keeps_the_way(client: Client, enrolment: str) -> None:
    PersonFactory(user__email=ADDRESS, user__verified=False)
    client.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD, "next": enrolment})
    assert confirm(Client(), link())["Location"] == enrolment


@pytest.mark.parametrize("known", [True, False])
def test_letters_about_other_states_lead_on_too(client: Client, enrolment: str, known: bool) -> None:
    if known:
        PersonFactory(user__email=ADDRESS)
    client.post(reverse("cms_accounts:resend-verification"), {"email": ADDRESS, "next": enrolment})
    assert parse_qs(urlsplit(link()).query) == {"next": [enrolment]}


def test_a_new_password_keeps_the_way(client: Client, enrolment: str) -> None:
    PersonFactory(user__email=ADDRESS)
    door = client.get(f"{reverse('account_login')}?next={quote(enrolment)}").content.decode()
    forgotten = unescape(re.search(rf'href="({reverse("account_reset_password")}[^"]*)"', door).group(1))
    page = client.get(forgotten).content.decode()
    assert f'name="next" value="{enrolment}"' in page
    assert f"{reverse('account_login')}?next=" in page
    sent = client.post(forgotten, {"email": ADDRESS, "next": enrolment})
    assert sent["Location"] == f"{reverse('account_reset_password_done')}?next={quote(enrolment, safe='')}"
    assert forgotten in unescape(client.get(sent["Location"]).content.decode())
    phone = Client()
    form = phone.get(link(), follow=True)
    assert f'name="next" value="{enrolment}"' in form.content.decode()
    new = {"password1": "Zupelnie-inne-9", "password2": "Zupelnie-inne-9", "next": enrolment}
    done = phone.post(form.redirect_chain[-1][0], new, follow=True)
    shown = done.content.decode().replace("\xa0", " ")
    assert "Nowe hasło" in shown
    on = unescape(re.search(rf'href="({reverse("account_login")}\?[^"]*)"', shown.partition("<main")[2]).group(1))
    signed_in = phone.post(on, {"login": ADDRESS, "password": "Zupelnie-inne-9", "next": enrolment})
    assert signed_in["Location"] == enrolment


@pytest.mark.rule("account-8")
@pytest.mark.parametrize("address", FOREIGN)
def test_a_new_password_leads_to_paths_of_this_site_alone(client: Client, address: str) -> None:
    PersonFactory(user__email=ADDRESS)
    door = client.get(reverse("account_login"), {"next": address}).content.decode()
    assert f'href="{reverse("account_reset_password")}"' in door
    answer = client.post(reverse("account_reset_password"), {"email": ADDRESS, "next": address})
    assert urlsplit(answer["Location"])[:3] == ("", "", reverse("account_reset_password_done"))
    assert f'href="{reverse("account_reset_password")}"' in client.get(answer["Location"]).content.decode()
    assert "next" not in link()


def test_the_way_of_one_address_is_not_that_of_another(client: Client, enrolment: str) -> None:
    client.post(reverse("account_signup"), {**FORM, "next": enrolment})
    client.post(reverse("cms_accounts:resend-verification"), {"email": "jan@example.org"})
    assert "next" not in link()


@pytest.mark.rule("account-8")
@pytest.mark.parametrize("address", [*FOREIGN, "http://127.0.0.1:8000/pl/", "http://testserver/pl/", "/" + "a" * 600])
def test_a_letter_leads_to_paths_of_this_site_alone(client: Client, address: str) -> None:
    client.post(reverse("account_signup"), {**FORM, "next": address})
    assert "next" not in link()
    assert local_path(address) == ""
    answer = Client().post(link(), {"next": address})
    assert "evil" not in urlsplit(answer["Location"]).netloc


def test_the_door_says_what_one_came_for(client: Client, enrolment: str) -> None:
    door = f"{reverse('account_login')}?next={quote(enrolment)}"
    page = client.get(door).content.decode().replace("\xa0", " ")
    assert "Aby zapisać się na szkolenie „" in page
    assert 'class="button button--secondary" href="' + reverse("account_signup") in page
    signup = unescape(re.search(r'class="button button--secondary" href="([^"]+)"', page).group(1))
    assert parse_qs(urlsplit(signup).query) == {"next": [enrolment]}
    page = client.get(signup).content.decode().replace("\xa0", " ")
    assert "zapisać się na szkolenie „" in page
    back = unescape(re.search(rf'href="({reverse("account_login")}\?[^"]+)"', page).group(1))
    assert parse_qs(urlsplit(back).query) == {"next": [enrolment]}


@pytest.mark.parametrize("path", ["", "/pl/", "/pl/konto/profil/", "/pl/nauka/nie-ma/zapis/", "/xx", "//evil.example/"])
def test_other_ways_have_no_lead(client: Client, path: str) -> None:
    page = client.get(reverse("account_login"), {"next": path}).content.decode()
    assert "Aby zapisać się" not in page


@pytest.mark.rule("account-5")
def test_with_a_way_known_and_unknown_addresses_cost_the_same(settings, enrolment: str) -> None:
    settings.PASSWORD_HASHERS = ["tests.cms.accounts.counting.CountingHasher"]
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": ["default", "index"]}}
    PersonFactory(user__email=ADDRESS)
    costs = []
    for address in ("warm@example.org", ADDRESS, "nobody@example.org"):
        cache.clear()
        client = Client()
        with counted() as cost:
            answer = client.post(reverse("account_signup"), {**FORM, "email": address, "next": enrolment})
        page = client.get(answer["Location"]).content.decode().replace(address, "ADDRESS")
        costs.append((answer["Location"], cost, re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page)))
    assert costs[1] == costs[2]


def test_without_a_way_one_gets_to_ones_learning(client: Client) -> None:
    client.post(reverse("account_signup"), FORM)
    assert "next" not in link()
    assert confirm(client, link())["Location"] == reverse(django_settings.LOGIN_REDIRECT_URL)
