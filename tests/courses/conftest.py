"""People for tests of learning."""

import pytest

from cms.accounts.actions import create_account
from cms.accounts.models import Person


@pytest.fixture
def learner(db: None) -> Person:
    """Somebody who learns."""
    return create_account(email="nauka@example.org", password="x", name="Anna Przykładowa")


@pytest.fixture
def stranger(db: None) -> Person:
    """Somebody else who learns, and has no business with the learner's records."""
    return create_account(email="obca@example.org", password="x", name="Jan Przykładowy")
