"""The sweeps that keep the house in order."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media import upkeep
from media.heartbeat import SCHEDULE
from media.models import WorkerBeat

pytestmark = pytest.mark.django_db


@pytest.mark.rule("job-13")
def test_finished_jobs_and_gone_workers_are_forgotten_after_a_day() -> None:
    now = timezone.now()
    for name, status, age in [
        ("old", "SUCCESSFUL", 25),
        ("old failed", "FAILED", 25),
        ("fresh", "SUCCESSFUL", 23),
        ("waiting", "READY", 250),
    ]:
        DBTaskResult.objects.create(
            task_path=name,
            status=status,
            backend_name="default",
            args_kwargs={"args": [], "kwargs": {}},
            run_after=now,
            finished_at=None if status == "READY" else now - timedelta(hours=age),
        )
    WorkerBeat.objects.create(name="gone", seen_at=now - timedelta(days=2))
    WorkerBeat.objects.create(name="here", seen_at=now)
    upkeep.prune.call()
    assert set(DBTaskResult.objects.values_list("task_path", flat=True)) == {"fresh", "waiting"}
    assert [beat.name for beat in WorkerBeat.objects.all()] == ["here"]


def test_ended_sessions_are_forgotten() -> None:
    now = timezone.now()
    Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="open", session_data="", expire_date=now + timedelta(minutes=1))
    upkeep.clear_sessions.call()
    assert [session.session_key for session in Session.objects.all()] == ["open"]


def test_the_schedule_is_noted_once() -> None:
    upkeep.note_schedule.call()
    upkeep.note_schedule.call()
    assert WorkerBeat.objects.get().name == SCHEDULE
