"""People of the editors' side, and visitors past the page cache."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from cms.accounts.models import User
from cms.accounts.rules import Role
from tests.factories.accounts import staff


@pytest.fixture(autouse=True)
def _polish() -> Iterator[None]:
    cache.clear()
    with translation.override("pl"):
        yield


@pytest.fixture
def lead(db: None) -> User:
    return staff(Role.LEAD_EDITORS, name="Alicja Prowadząca")


@pytest.fixture
def lead_desk(lead: User) -> Client:
    """The lead editor's browser."""
    client = Client()
    client.force_login(lead)
    return client
