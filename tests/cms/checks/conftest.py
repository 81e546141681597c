"""People of the editors' side."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from cms.accounts.models import User
from cms.accounts.rules import Role
from tests.factories.accounts import staff


@pytest.fixture(autouse=True)
def _polish() -> Iterator[None]:
    with translation.override("pl"):
        yield


@pytest.fixture
def editor(db: None) -> User:
    return staff(Role.EDITORS, name="Piotr Piszący")


@pytest.fixture
def lead(db: None) -> User:
    return staff(Role.LEAD_EDITORS, name="Alicja Prowadząca")


@pytest.fixture
def desk(editor: User) -> Client:
    """The editor's browser."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def lead_desk(lead: User) -> Client:
    """The lead editor's browser."""
    client = Client()
    client.force_login(lead)
    return client
