"""The one schedule of both modes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery import Celery
from celery.schedules import crontab
from django.utils.module_loading import import_string
from django_tasks.base import Task

from cms.celery import app
from cms.schedule import SCHEDULE

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.rule("job-8")
@pytest.mark.parametrize("entry", SCHEDULE, ids=lambda entry: entry.task)
def test_every_entry_names_a_task_without_arguments(entry) -> None:
    task = import_string(entry.task)
    assert isinstance(task, Task)
    assert task.func.__code__.co_argcount == 0


@pytest.mark.rule("job-8")
def test_celery_keeps_the_same_schedule() -> None:
    assert isinstance(app, Celery)
    kept = app.conf.beat_schedule
    assert [(line["args"][0], line["schedule"]) for line in kept.values()] == [(e.task, e.when) for e in SCHEDULE]
    assert all(line["options"]["expires"] for line in kept.values())


def test_times_are_those_of_warsaw_also_after_the_clocks_change() -> None:
    nightly = next(entry.when for entry in SCHEDULE if entry.task == "media.upkeep.clear_sessions")
    assert isinstance(nightly, crontab)
    for day in (dt.date(2027, 3, 27), dt.date(2027, 3, 28), dt.date(2027, 10, 30), dt.date(2027, 10, 31)):
        last = dt.datetime.combine(day, dt.time(4, 0), WARSAW)
        due_at = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(3, 30), WARSAW)
        with time_machine.travel(due_at - dt.timedelta(minutes=1), tick=False):
            assert not nightly.is_due(last).is_due
        with time_machine.travel(due_at + dt.timedelta(seconds=1), tick=False):
            assert nightly.is_due(last).is_due
