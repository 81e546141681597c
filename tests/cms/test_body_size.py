"""What is too large is refused before it is read."""

import pytest
from django.conf import settings
from django.test import Client

from cms.accounts.rules import Role
from cms.body_size import MOST
from tests.factories.accounts import UserFactory
from tests.factories.catalogue import make_home

pytestmark = pytest.mark.django_db

LARGE = {"CONTENT_LENGTH": str(MOST + 1)}


def send(client: Client, address: str, **headers: str) -> int:
    return client.generic("POST", address, b"x=1", "application/x-www-form-urlencoded", **headers).status_code


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(UserFactory(roles=[Role.EDITORS]))
    return client


@pytest.mark.parametrize(("language", "words"), [("pl", "Tego nie można wysłać"), ("en", "too large to be sent")])
def test_a_large_form_is_refused_in_plain_words(language: str, words: str) -> None:
    make_home()
    client = Client(enforce_csrf_checks=True)
    response = client.generic("POST", f"/{language}/x/", b"", headers={"Accept-Language": language}, **LARGE)
    assert response.status_code == 413, "before the token is looked for in the body"
    assert words in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/health/", "/pl/account/login/", "/c/", "/media/x", "/administration/"])
def test_outside_of_the_administration_a_session_does_not_help(editor: Client, address: str) -> None:
    assert send(editor, address, **LARGE) == 413


def test_in_the_administration_a_session_is_needed(editor: Client) -> None:
    assert send(Client(), "/admin/images/add/", **LARGE) == 413
    assert send(editor, "/admin/images/add/", **LARGE) != 413
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = "made-up"
    assert send(stranger, "/admin/images/add/", **LARGE) in (302, 403)


@pytest.mark.parametrize("length", ["", "0", str(MOST), "-1", "many", "٣٣٣٣٣٣٣٣"])
def test_what_is_not_too_large_goes_on(length: str) -> None:
    assert send(Client(), "/health/", CONTENT_LENGTH=length) != 413
