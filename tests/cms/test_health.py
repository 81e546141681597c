"""What the health page tells."""

from collections import namedtuple
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from cms import health as page
from media.heartbeat import SCHEDULE
from media.models import WorkerBeat

pytestmark = [pytest.mark.django_db, pytest.mark.rule("job-12")]

Disk = namedtuple("Disk", "total used free")


@pytest.fixture
def _all_well(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    WorkerBeat.objects.create(name="worker", seen_at=now - timedelta(seconds=10))
    WorkerBeat.objects.create(name=SCHEDULE, seen_at=now - timedelta(seconds=70))
    monkeypatch.setattr(page.shutil, "disk_usage", lambda path: Disk(10**12, 0, 10**12))


def look(client: Client) -> tuple[int, dict]:
    answer = client.get("/health/")
    return answer.status_code, answer.json()


@pytest.mark.usefixtures("_all_well")
def test_all_is_well(client: Client, django_assert_max_num_queries: Callable) -> None:
    with django_assert_max_num_queries(4):
        status, body = look(client)
    assert status == 200
    assert body["ok"] is True
    assert set(body) == {"ok", "database", "queue", "worker", "schedule", "disk"}
    assert all(body[part]["ok"] and body[part]["detail"] for part in body if part != "ok")


@pytest.mark.usefixtures("_all_well")
@pytest.mark.parametrize(
    ("name", "age", "ok"), [("worker", 55, True), ("worker", 65, False), (SCHEDULE, 290, True), (SCHEDULE, 310, False)]
)
def test_silence_of_the_worker_or_the_schedule(client: Client, name: str, age: int, ok: bool) -> None:
    WorkerBeat.objects.filter(name=name).update(seen_at=timezone.now() - timedelta(seconds=age))
    status, body = look(client)
    assert (status == 200) is ok
    assert body[name]["ok"] is ok


def test_a_worker_that_was_never_seen(client: Client) -> None:
    status, body = look(client)
    assert status == 503
    assert body["worker"] == {"ok": False, "detail": "has never been seen"}


@pytest.mark.usefixtures("_all_well")
def test_a_job_that_waits_too_long(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "task_backends", {"default": type("Queue", (), {"oldest_waiting": lambda self: 601.0})()})
    status, body = look(client)
    assert status == 503
    assert body["queue"] == {"ok": False, "detail": "the oldest job has been waiting for 601 s"}


@pytest.mark.usefixtures("_all_well")
def test_a_full_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page.shutil, "disk_usage", lambda path: Disk(10**12, 0, 499 * 1024 * 1024))
    status, body = look(client)
    assert status == 503
    assert body["disk"] == {"ok": False, "detail": "499 MB free"}


@pytest.mark.usefixtures("_all_well")
def test_a_database_that_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection to server at db.intern failed for user akademia")

    monkeypatch.setattr(page.connection, "cursor", away)
    answer = client.get("/health/")
    assert answer.status_code == 503
    body = answer.json()
    assert body["database"] == {"ok": False, "detail": "does not answer"}
    assert body["worker"]["ok"] is False
    assert "intern" not in answer.content.decode()


@pytest.mark.usefixtures("_all_well")
def test_it_is_never_kept_and_sets_no_cookie(client: Client) -> None:
    answer = client.get("/health/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert client.post("/health/").status_code == 405
