"""The learner who takes the quiz, and a stranger who must not see any of it."""

import pytest

from cms.accounts.models import Person


@pytest.fixture
def learner(db: None) -> Person:
    return Person.objects.create(name="Anna Przykładowa")


@pytest.fixture
def stranger(db: None) -> Person:
    return Person.objects.create(name="Obca Osoba")
