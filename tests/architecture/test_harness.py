"""The ground that the other tests stand on."""

import socket
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import transaction

from tests.network import ForeignHostError


def test_a_foreign_host_cannot_be_reached() -> None:
    with pytest.raises(ForeignHostError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(ForeignHostError):
        socket.getaddrinfo("example.org", 80)


def test_a_cache_entry_is_set() -> None:
    cache.set("harness", 1)
    assert cache.get("harness") == 1


def test_the_cache_starts_empty() -> None:
    assert cache.get("harness") is None


@pytest.mark.django_db
def test_on_commit_runs_what_waits_for_the_commit(on_commit: Callable) -> None:
    seen = []
    with on_commit():
        transaction.on_commit(lambda: seen.append(1))
        assert seen == []
    assert seen == [1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_real_transactions_leave_nothing_behind(turn: int) -> None:
    assert not Group.objects.filter(name="left behind").exists()
    Group.objects.create(name="left behind")
