"""Counting in the cache, also when the cache forgets."""

import pytest
import time_machine
from django.core.cache import cache

from certificates.limits import give_back, seconds_to_wait
from certificates.rules import Limit

TWICE = Limit("twice", 2, 600)


@pytest.mark.rule("verify-8")
def test_each_subject_and_each_limit_counts_for_itself() -> None:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        assert [seconds_to_wait(TWICE, "a") for _ in range(3)] == [0, 0, 600]
        assert seconds_to_wait(TWICE, "b") == 0
        assert seconds_to_wait(Limit("other", 2, 600), "a") == 0


@pytest.mark.rule("verify-8")
def test_a_count_lives_as_long_as_its_window() -> None:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False) as clock:
        assert [seconds_to_wait(TWICE, "a") for _ in range(2)] == [0, 0]
        clock.shift(550)  # longer than the cache keeps what names no time of its own
        assert seconds_to_wait(TWICE, "a") == 50
        clock.shift(50)
        assert seconds_to_wait(TWICE, "a") == 0


@pytest.mark.rule("verify-8")
def test_what_is_given_back_counts_no_more() -> None:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False) as clock:
        for _ in range(5):
            assert seconds_to_wait(TWICE, "a") == 0
            give_back(TWICE, "a")
        clock.shift(600)
        give_back(TWICE, "a")  # nothing was counted in this window
        assert [seconds_to_wait(TWICE, "a") for _ in range(3)] == [0, 0, 600]


def test_a_count_that_is_forgotten_meanwhile_refuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(key: str) -> int:
        raise ValueError(key)

    monkeypatch.setattr(cache, "incr", gone)
    assert [seconds_to_wait(TWICE, "a") for _ in range(3)] == [0, 0, 0]


def test_no_address_stands_in_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *args, **kwargs: keys.append(key))
    seconds_to_wait(TWICE, "203.0.113.7")
    assert keys
    assert "203.0.113.7" not in keys[0]
