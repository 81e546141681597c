"""The people of these tests: who holds a certificate, who coordinates, who has no business here."""

import pytest
from django.core.files.storage import storages
from django.test import Client
from wagtail.users.models import UserProfile

from certificates.models import Award, Certificate
from cms.accounts.models import Person, User
from cms.accounts.rules import Role
from tests.factories.catalogue import make_home
from tests.factories.certificates import make_award, make_certificate, make_person


@pytest.fixture
def award(db: None) -> Award:
    return make_award()


@pytest.fixture
def holder(db: None) -> Person:
    return make_person("Żaneta Gołębiowska-Śliwińska")


@pytest.fixture
def certificate(award: Award, holder: Person) -> Certificate:
    """Issued; the paper is not made yet."""
    return make_certificate(holder, award=award)


@pytest.fixture
def coordinator(db: None) -> User:
    person = make_person("Karol Koordynacyjny", roles=(Role.COORDINATORS,))
    assert person.user is not None
    return person.user


@pytest.fixture(autouse=True)
def _no_papers_of_other_tests() -> None:
    """The storage lives in memory as long as the process, and numbers begin anew in each test."""
    storage = storages["private"]
    if storage.exists("certificates"):
        for name in storage.listdir("certificates")[1]:
            storage.delete(f"certificates/{name}")


def signed_in(person: Person) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    assert person.user is not None
    client.force_login(person.user)
    return client


@pytest.fixture
def site_pages(db: None) -> None:
    """The home pages that the site's frame stands on."""
    make_home()
    make_home("en")


@pytest.fixture
def desk(coordinator: User, site_pages: None) -> Client:
    """The coordinator's browser, in English."""
    UserProfile.objects.create(user=coordinator, preferred_language="en")
    return signed_in(coordinator.person)
