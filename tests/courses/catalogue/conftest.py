"""Who edits courses in these tests."""

import pytest
from django.test import Client

from cms.accounts.actions import create_account
from cms.accounts.models import Person
from cms.accounts.rules import Role


@pytest.fixture
def editor(db: None) -> Person:
    """Somebody of the lead editors, who publish."""
    return create_account(
        email="redakcja@example.org", password="x", name="Piotr Przykładowy", roles=[Role.LEAD_EDITORS]
    )


@pytest.fixture
def desk(editor: Person) -> Client:
    """The editor's browser, signed in."""
    client = Client()
    client.force_login(editor.user)
    return client
