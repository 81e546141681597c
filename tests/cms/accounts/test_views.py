"""A person's own pages: profile, data, leaving, the corner of the header."""

import json
import re
from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from cms.accounts.models import Organisation, Person, User
from cms.accounts.rules import Role
from tests.factories.accounts import PASSWORD, PersonFactory, staff

pytestmark = pytest.mark.django_db

MINE = ["show-profile", "show-data", "export-data", "delete-account"]
OPEN = ["show-corner", "show-farewell", "resend-verification", "show-verification-sent"]
OF_ALLAUTH = [
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "usersessions_list",
]


@pytest.fixture
def anna(client: Client) -> Person:
    person = PersonFactory(user__email="anna@example.org", name="Anna Przykładowa")
    client.force_login(person.user)
    return person


@pytest.mark.parametrize("name", [*[f"cms_accounts:{name}" for name in MINE], *OF_ALLAUTH])
def test_a_stranger_is_led_to_the_door(client: Client, name: str) -> None:
    for answer in (client.get(reverse(name)), client.post(reverse(name))):
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OPEN)
def test_some_pages_are_open(client: Client, name: str) -> None:
    assert client.get(reverse(f"cms_accounts:{name}")).status_code == 200


@pytest.mark.rule("account-19")
@pytest.mark.parametrize(
    "name", [*[f"cms_accounts:{name}" for name in MINE], "account_email", "mfa_index", "usersessions_list"]
)
def test_personal_answers_are_stored_nowhere(client: Client, anna: Person, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.rule("account-19")
def test_the_corner_says_who_is_there(client: Client) -> None:
    stranger = client.get(reverse("cms_accounts:show-corner"))
    assert reverse("account_login") in stranger.content.decode()
    assert "<html" not in stranger.content.decode()
    client.force_login(PersonFactory().user)
    mine = client.get(reverse("cms_accounts:show-corner"))
    assert reverse(django_settings.LOGIN_REDIRECT_URL) in mine.content.decode()
    for answer in (stranger, mine):
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.rule("account-19")
def test_the_hint_goes_when_the_session_has_gone(client: Client, anna: Person) -> None:
    client.cookies["signed_in"] = "1"
    client.session.flush()
    answer = client.get(reverse("cms_accounts:show-corner"))
    assert answer.cookies["signed_in"].value == ""


@pytest.mark.rule("account-19")
def test_the_hint_decides_nothing(client: Client) -> None:
    client.cookies["signed_in"] = "1"
    assert client.get(reverse("cms_accounts:show-profile")).status_code == 302


@pytest.mark.rule("account-16")
def test_the_profile_is_saved_twice_with_the_same_result(client: Client, anna: Person) -> None:
    form = {"name": "Anna Nowa", "organisation": "Fundacja „Most”", "organisation_kind": "pes", "language": "pl"}
    for _again in range(2):
        answer = client.post(reverse("cms_accounts:show-profile"), form)
        assert answer["Location"] == reverse("cms_accounts:show-profile")
    anna.refresh_from_db()
    assert (anna.name, str(anna.organisation)) == ("Anna Nowa", "Fundacja „Most”")
    assert Organisation.objects.count() == 1
    page = client.get(reverse("cms_accounts:show-profile")).content.decode()
    assert "Fundacja „Most”" in page


@pytest.mark.rule("account-16")
def test_a_change_of_language_leads_to_the_same_page_in_it(client: Client, anna: Person) -> None:
    answer = client.post(reverse("cms_accounts:show-profile"), {"name": "Anna Nowa", "language": "en"})
    assert answer["Location"].startswith("/en/")
    assert answer.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "en"
    page = client.get(answer["Location"]).content.decode()
    assert '<html lang="en">' in page
    assert "Your profile has been saved." in page


@pytest.mark.rule("account-1", "account-16")
@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": "Anna 😀"}),
        ("name", {"name": ""}),
        ("language", {"language": "de"}),
        ("language", {"language": ""}),
        ("organisation_kind", {"organisation": "Fundacja", "organisation_kind": ""}),
        ("organisation_kind", {"organisation": "Fundacja", "organisation_kind": "bank"}),
        ("organisation", {"organisation": "F" * 201, "organisation_kind": "pes"}),
    ],
)
def test_wrong_values_are_refused_at_their_field(client: Client, anna: Person, field: str, changes: dict) -> None:
    answer = client.post(reverse("cms_accounts:show-profile"), {"name": "Anna Nowa", "language": "pl", **changes})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    anna.refresh_from_db()
    assert anna.name == "Anna Przykładowa"


@pytest.mark.rule("account-14")
def test_the_profile_takes_only_what_it_shows(client: Client, anna: Person) -> None:
    other = PersonFactory()
    client.post(
        reverse("cms_accounts:show-profile"),
        {
            "name": "Anna Nowa",
            "language": "pl",
            "user": other.user_id,
            "person": other.pk,
            "email": "x@example.org",
            "is_superuser": "1",
        },
    )
    anna.refresh_from_db()
    other.refresh_from_db()
    assert anna.user.email == "anna@example.org"
    assert not anna.user.is_superuser
    assert other.name == "Anna Przykładowa"


def test_an_account_without_a_person_gets_one(client: Client) -> None:
    user = User.objects.create_user("operator@example.org", PASSWORD)
    client.force_login(user)
    assert client.get(reverse("cms_accounts:show-profile")).status_code == 200
    assert Person.objects.get().user == user


@pytest.mark.rule("privacy-2")
def test_the_data_are_shown_and_downloaded(client: Client, anna: Person) -> None:
    PersonFactory(user__email="jan@example.org", name="Jan Obcy")
    page = client.get(reverse("cms_accounts:show-data"))
    assert page.status_code == 200
    answer = client.get(reverse("cms_accounts:export-data"))
    assert answer["Content-Type"] == "application/json"
    assert re.fullmatch(r'attachment; filename="akademia-\d{4}-\d\d-\d\d\.json"', answer["Content-Disposition"])
    text = json.dumps(json.loads(answer.content), ensure_ascii=False)
    assert "Anna Przykładowa" in text
    assert "Jan Obcy" not in text + page.content.decode()


@pytest.mark.rule("account-17")
def test_an_account_is_deleted_with_its_password(client: Client, anna: Person, on_commit: Callable) -> None:
    elsewhere = Client()
    elsewhere.post(reverse("account_login"), {"login": "anna@example.org", "password": PASSWORD})
    address = reverse("cms_accounts:delete-account")
    assert client.get(address).status_code == 200
    for wrong in ("", "wrong"):
        refused = client.post(address, {"password": wrong})
        assert list(refused.context["form"].errors) == ["password"]
    assert User.objects.exists()
    with on_commit():
        answer = client.post(address, {"password": PASSWORD})
    assert answer["Location"] == reverse("cms_accounts:show-farewell")
    assert client.get(answer["Location"]).status_code == 200
    assert not User.objects.exists()
    for browser in (client, elsewhere):
        assert browser.get(reverse("cms_accounts:show-profile")).status_code == 302
    assert client.post(address, {"password": PASSWORD}).status_code == 302


@pytest.mark.rule("account-17")
def test_an_account_with_a_role_is_told_why_it_stays(client: Client) -> None:
    user = staff(Role.EDITORS)
    client.force_login(user)
    assert 'type="password"' not in client.get(reverse("cms_accounts:delete-account")).content.decode()
    answer = client.post(reverse("cms_accounts:delete-account"), {"password": PASSWORD})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.rule("account-17")
@pytest.mark.parametrize("name", ["show-profile", "delete-account"])
def test_a_post_without_a_token_changes_nothing(anna: Person, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna.user)
    answer = client.post(reverse(f"cms_accounts:{name}"), {"password": PASSWORD, "name": "X Y", "language": "pl"})
    assert answer.status_code == 403
    anna.refresh_from_db()
    assert anna.name == "Anna Przykładowa"


def test_no_page_has_inline_script_or_style(client: Client, anna: Person) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in [*[f"cms_accounts:{name}" for name in (*MINE, *OPEN)], *OF_ALLAUTH]:
        answer = client.get(reverse(name))
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", page), name
