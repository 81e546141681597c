"""The second step of signing in, and the one door of the editors' side."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from cms.accounts.models import User
from cms.accounts.rules import Role
from tests.factories.accounts import PASSWORD, PersonFactory, staff

pytestmark = pytest.mark.django_db(transaction=True)


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def switch_on(client: Client) -> tuple[str, list[str]]:
    """Set up the second step as a person does; the key and the recovery codes."""
    asked = client.get(reverse("mfa_activate_totp"))
    if asked.status_code == 302:
        client.post(asked["Location"], {"password": PASSWORD})
        asked = client.get(reverse("mfa_activate_totp"))
    secret = asked.context["form"].secret
    assert secret in asked.content.decode()
    assert "data:image/svg+xml;base64" in asked.content.decode()
    done = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    page = client.get(done["Location"])
    return secret, list(page.context["unused_codes"])


@pytest.fixture
def anna(client: Client) -> User:
    user = PersonFactory(user__email="anna@example.org").user
    client.force_login(user)
    return user


def sign_in(client: Client, email: str = "anna@example.org"):
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


@pytest.mark.rule("account-11")
def test_the_code_is_asked_for_after_the_password(client: Client, anna: User) -> None:
    secret, codes = switch_on(client)
    assert len(codes) == 10
    assert "Zmiana w Twoim koncie" in django_mail.outbox[-1].subject
    phone = Client()
    step = sign_in(phone)
    assert step["Location"] == reverse("mfa_authenticate")
    assert phone.get(reverse("cms_accounts:show-profile")).status_code == 302
    assert phone.get(step["Location"]).status_code == 200
    refused = phone.post(step["Location"], {"code": "000000"})
    assert list(refused.context["form"].errors) == ["code"]
    assert phone.get(reverse("cms_accounts:show-profile")).status_code == 302
    phone.post(step["Location"], {"code": codes[0]})
    assert phone.get(reverse("cms_accounts:show-profile")).status_code == 200
    again = Client()
    step = sign_in(again)
    assert again.post(step["Location"], {"code": codes[0]}).status_code == 200, "a recovery code works once"
    assert again.post(step["Location"], {"code": code_for(secret)}).status_code == 302


@pytest.mark.rule("account-11")
def test_a_wrong_first_code_switches_nothing_on(client: Client, anna: User) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    refused = client.post(reverse("mfa_activate_totp"), {"code": "12"})
    assert list(refused.context["form"].errors) == ["code"]
    assert not Authenticator.objects.exists()


@pytest.mark.rule("account-11")
def test_it_is_switched_off_with_a_form(client: Client, anna: User) -> None:
    switch_on(client)
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
        assert client.get(reverse(name)).status_code == 200, name
    download = client.get(reverse("mfa_download_recovery_codes"))
    assert download["Content-Type"].startswith("text/plain")
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert Authenticator.objects.count() == 2
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


@pytest.mark.rule("account-7", "account-11")
def test_codes_cannot_be_guessed(client: Client, anna: User) -> None:
    switch_on(client)
    phone = Client()
    step = sign_in(phone)
    for _try in range(50):
        answer = phone.post(step["Location"], {"code": "000000"})
    assert answer.status_code in (200, 429)
    page = answer.content.decode()
    assert answer.status_code == 429 or "attempts" in page or "prób" in page


@pytest.mark.rule("account-11")
@pytest.mark.parametrize("role", [Role.EDITORS, Role.COORDINATORS, Role.ADMINISTRATORS])
def test_staff_set_it_up_before_they_enter(client: Client, settings, role: Role) -> None:
    settings.STAFF_SECOND_STEP_REQUIRED = True
    user = staff(role)
    client.force_login(user)
    for path in (reverse("wagtailadmin_home"), reverse("wagtailadmin_explore_root")):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("mfa_activate_totp"))
    page = client.get(reverse("cms_accounts:show-profile")).content.decode()
    assert "role" in page.lower() or "rol" in page.lower(), "a message says why"
    switch_on(client)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.rule("account-11")
def test_a_session_opened_without_it_asks_for_a_code(client: Client, settings) -> None:
    settings.STAFF_SECOND_STEP_REQUIRED = True
    user = staff(Role.EDITORS, user__email="ewa@example.org")
    elsewhere = Client()
    sign_in(elsewhere, "ewa@example.org")
    client.force_login(user)
    _secret, codes = switch_on(client)
    asked = elsewhere.get(reverse("wagtailadmin_home"))
    assert asked["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Fadmin%2F"
    page = elsewhere.get(asked["Location"])
    assert page.status_code == 200
    assert "panel redakcji" in page.content.decode()
    assert elsewhere.get(reverse("wagtailadmin_home")).status_code == 302
    elsewhere.post(asked["Location"], {"code": codes[0], "next": "/admin/"})
    assert elsewhere.get(reverse("wagtailadmin_home")).status_code == 200
    phone = Client()
    phone.post(sign_in(phone, "ewa@example.org")["Location"], {"code": codes[1]})
    assert phone.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.rule("account-11")
def test_without_the_setting_they_enter_at_once(client: Client, settings) -> None:
    settings.STAFF_SECOND_STEP_REQUIRED = False
    client.force_login(staff(Role.EDITORS))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.rule("account-11")
def test_learners_are_not_asked(client: Client, settings, anna: User) -> None:
    settings.STAFF_SECOND_STEP_REQUIRED = True
    assert client.get(reverse("cms_accounts:show-profile")).status_code == 200
    assert client.get(reverse("wagtailadmin_home")).status_code == 403


@pytest.mark.rule("account-13")
def test_the_administration_has_no_door_of_its_own(client: Client) -> None:
    stranger = client.get("/admin/login/", {"next": "https://evil.example/"})
    assert stranger.status_code == 302
    assert stranger["Location"].startswith(reverse("account_login"))
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302
    assert client.get("/admin/password_reset/", follow=True).status_code == 404
    asked = client.get(reverse("wagtailadmin_home"))
    assert asked["Location"] == f"{reverse('account_login')}?next=/admin/"
    client.force_login(staff(Role.EDITORS))
    inside = client.get("/admin/login/")
    assert inside["Location"] == reverse("wagtailadmin_home")
    assert client.get("/admin/login/", {"next": "/admin/pages/"})["Location"] == "/admin/pages/"
    assert client.get("/admin/login/", {"next": "//evil.example/"})["Location"] == reverse("wagtailadmin_home")


@pytest.mark.rule("account-10", "account-13")
def test_the_administrations_way_out_is_ours(client: Client) -> None:
    client.force_login(staff(Role.EDITORS))
    asked = client.get("/admin/logout/")
    assert asked["Location"] == reverse("account_logout")
    assert client.get(asked["Location"]).status_code == 200
    assert client.get(reverse("wagtailadmin_home")).status_code == 200, "a link signs nobody out"
    assert client.post("/admin/logout/")["Location"] == reverse("account_login")
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


@pytest.mark.rule("account-13")
def test_closed_pages_have_no_door_of_their_own(client: Client, anna: User) -> None:
    client.logout()
    for ask in (client.get, client.post):
        answer = ask("/pl/_util/login/?next=/pl/", {"username": "anna@example.org", "password": PASSWORD})
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
        assert "_auth_user_id" not in client.session
    assert client.get("/pl/_util/login/?next=/pl/")["Location"] == f"{reverse('account_login')}?next=/pl/"
    page = Page.objects.get(depth=2).specific
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url)["Location"].startswith(reverse("account_login"))


@pytest.mark.rule("account-13")
def test_pages_closed_with_a_password_open_with_it(client: Client) -> None:
    page = Page.objects.filter(depth=2).first().specific
    closed = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="most"
    )
    assert "password" in client.get(page.url).content.decode()
    with translation.override("pl"):
        address = reverse("wagtailcore_authenticate_with_password", args=[closed.pk, page.pk])
    assert address.startswith("/pl/_util/")
    form = {"password": "zly", "return_url": page.url}
    assert client.post(address, form).status_code == 200
    assert client.post(address, {**form, "password": "most"})["Location"] == page.url
    assert 'name="return_url"' not in client.get(page.url).content.decode()


@pytest.mark.rule("account-13")
def test_a_learner_does_not_get_in(client: Client, anna: User) -> None:
    for name in ("wagtailadmin_home", "wagtailadmin_explore_root", "wagtailadmin_login"):
        assert client.get(reverse(name)).status_code == 403
        assert client.post(reverse(name)).status_code == 403
