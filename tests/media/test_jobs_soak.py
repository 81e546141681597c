"""Many jobs, many kills, many writers: what takes too long for every run of the suite."""

import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from media.models import FailedJob
from tests.media.sample_jobs import done, succeed
from tests.media.test_jobs import QUEUES
from tests.processes import ROOT, kill, running, wait_for

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

WRITER = """
import sys, time, django
django.setup()
from django.db import transaction
from media.models import WorkerBeat
from django.utils import timezone
name, until = sys.argv[1], time.time() + float(sys.argv[2])
while time.time() < until:
    started = time.perf_counter()
    with transaction.atomic():
        WorkerBeat.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})
    print(time.perf_counter() - started, flush=True)
    time.sleep(0.02)
"""


@pytest.mark.rule("job-4")
def test_no_job_is_lost_though_the_worker_is_killed_twenty_times(settings, tmp_path: Path) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": QUEUES}}
    folders = [tmp_path / str(number) for number in range(300)]
    for folder in folders:
        folder.mkdir()
        succeed.enqueue(str(folder))
    log = tmp_path / "worker.log"
    chance = random.Random(7)
    for _time in range(20):
        with running("manage.py", "work", "--without-schedule", log=log) as worker:
            time.sleep(1.5 + chance.random())
            kill(worker)
    with running("manage.py", "work", "--without-schedule", log=log):
        wait_for(
            lambda: not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists(), log=log, seconds=120
        )
    runs = [len(done(folder)) for folder in folders]
    assert min(runs) == 1
    # Only the job at hand when the worker was killed may have been done twice.
    assert sum(runs) <= len(folders) + 20
    assert not FailedJob.objects.exists()


def test_twenty_writers_never_meet_a_locked_database(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this is about SQLite's one lock")
    surroundings = {
        "DJANGO_SETTINGS_MODULE": "tests.process_settings",
        "TEST_DATABASE_NAME": str(settings.DATABASES["default"]["NAME"]),
        "VAR_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, f"writer {number}", "60"],
            cwd=ROOT,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(20)
    ]
    told = [writer.communicate(timeout=300) for writer in writers]
    assert [error for _out, error in told if error] == []
    waits = sorted(float(line) for out, _error in told for line in out.split())
    assert len(waits) > 500
    assert statistics.quantiles(waits, n=20)[-1] <= 1
