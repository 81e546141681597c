"""Every address stands in the table of who may open it, and strangers are refused at each that is not for everybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation

from cms.accounts.models import User
from tests.architecture.access import ACCESS, HARMLESS, Who
from tests.factories.accounts import UserFactory

SAMPLES: dict[str, Any] = {
    "int": 999_999,
    "slug": "nowhere",
    "str": "999999",
    "path": "nowhere",
    "uuid": UUID(int=1),
}
# For Wagtail's addresses written as regular expressions.
BY_NAME: dict[str, Any] = {"app_label": "wagtailcore", "model_name": "page", "action": "delete"}


@dataclass(frozen=True)
class Address:
    """One address of the program: its name with its namespaces, its pattern, and what its view needs."""

    name: str
    pattern: str
    arguments: tuple[tuple[str, str], ...]

    def sample(self) -> str | None:
        """The address with arguments that lead nowhere; None when it cannot be written."""
        values = {name: BY_NAME.get(name, SAMPLES.get(kind, "999999")) for name, kind in self.arguments}
        try:
            return reverse(self.name, kwargs=values)
        except Exception:
            return None

    @property
    def in_the_administration(self) -> bool:
        return self.pattern.startswith("admin/")


def addresses() -> Iterator[Address]:
    """Every named address of the program, in the Polish tree."""
    with translation.override("pl"):
        yield from _below(get_resolver(), "", "")


def _below(resolver: Any, prefix: str, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        written = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(pattern, written, inner)
        elif pattern.name:
            kinds = re.findall(r"<(?:(\w+):)?(\w+)>", written)
            arguments = tuple((name, kind or "str") for kind, name in kinds)
            yield Address(namespace + pattern.name, written, arguments)


def who_may(address: Address) -> Who | None:
    """What the table says; addresses of the administration that it does not name are for whoever may enter it."""
    return ACCESS.get(address.name) or (Who.EDITORS_SIDE if address.in_the_administration else None)


@pytest.fixture
def learner() -> User:
    return UserFactory()


def test_every_address_stands_in_the_table() -> None:
    unnamed = sorted({address.name for address in addresses() if who_may(address) is None})
    assert not unnamed, f"tests/architecture/access.py does not say who may open: {', '.join(unnamed)}"


def test_the_table_names_no_address_that_is_gone() -> None:
    assert sorted(set(ACCESS) - {address.name for address in addresses()}) == []


def test_the_old_administration_of_django_is_not_there() -> None:
    assert not any(address.name.startswith("admin:") for address in addresses())


def leads_to_the_door(answer: Any) -> bool:
    """Whether the answer is the way to signing in."""
    return answer.status_code == 302 and "/konto/login/" in answer.headers["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_is_led_to_the_door(client: Client, method: str) -> None:
    """Wherever one must be signed in; nothing is shown and nothing done before."""
    let_in = []
    for address in addresses():
        if who_may(address) in {Who.EVERYBODY, Who.DOOR, None} or address.name in HARMLESS:
            continue
        place = address.sample()
        if place is None:
            continue
        answer = getattr(client, method)(place)
        if not leads_to_the_door(answer) and answer.status_code not in {401, 403, 404, 405}:
            to_the_door = answer.status_code == 302 and answer.headers["Location"].startswith("/admin/login/")
            if not to_the_door:
                let_in.append(f"{address.name} {answer.status_code} {answer.headers.get('Location', '')}")
    assert not let_in


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_learner_is_refused_in_the_administration(client: Client, learner: User, method: str) -> None:
    """At each of its addresses, whatever it is."""
    client.force_login(learner)
    let_in = []
    for address in addresses():
        if who_may(address) != Who.EDITORS_SIDE or address.name in HARMLESS:
            continue
        place = address.sample()
        if place is None:
            continue
        answer = getattr(client, method)(place)
        if answer.status_code not in {403, 404, 405} and not leads_to_the_door(answer):
            let_in.append(f"{address.name} {answer.status_code} {answer.headers.get('Location', '')}")
    assert not let_in


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing_that_belongs_to_others(client: Client, learner: User, method: str) -> None:
    """What is not there and what belongs to others looks the same."""
    client.force_login(learner)
    found = []
    for address in addresses():
        if who_may(address) not in {Who.LEARNER, Who.OWNER}:
            continue
        place = address.sample()
        assert place, f"{address.name} cannot be tried"
        answer = getattr(client, method)(place)
        if answer.status_code not in {404, 405}:
            found.append(f"{address.name} {answer.status_code}")
    assert not found


def test_most_addresses_are_really_tried() -> None:
    every = list(addresses())
    tried = [address for address in every if address.sample()]
    assert len(tried) > 0.9 * len(every), [address.name for address in every if not address.sample()]
