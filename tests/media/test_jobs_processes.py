"""Jobs survive the death of their worker, shown with real processes in both modes."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from media.models import FailedJob, WorkerBeat
from tests.media.sample_jobs import done, succeed, take_long, take_the_worker_down
from tests.media.test_jobs import QUEUES
from tests.processes import kill, running, wait_for

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


class TestEmbedded:
    """``manage.py work`` on the database's queue."""

    WORK = ("manage.py", "work", "--without-schedule")

    @pytest.fixture(autouse=True)
    def _database_queue(self, settings) -> None:
        settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": QUEUES}}

    @pytest.mark.rule("job-4")
    def test_a_job_killed_with_its_worker_is_done_after_the_restart(self, tmp_path: Path, log: Path) -> None:
        take_long.enqueue(str(tmp_path), 600)
        succeed.enqueue(str(tmp_path))
        with running(*self.WORK, log=log) as worker:
            wait_for(lambda: done(tmp_path) == ["start"], log=log)
            kill(worker)
        assert DBTaskResult.objects.get(status=TaskResultStatus.RUNNING)
        with running(*self.WORK, log=log):
            wait_for(lambda: "succeed" in done(tmp_path), log=log)
        assert done(tmp_path) == ["start", "start", "end", "succeed"]

    @pytest.mark.rule("job-9")
    def test_a_job_that_takes_its_worker_down_is_given_up(self, tmp_path: Path, log: Path) -> None:
        take_the_worker_down.enqueue(str(tmp_path))
        for times in range(1, 6):
            with running(*self.WORK, log=log) as worker:
                worker.wait(timeout=60)
            assert done(tmp_path) == ["start"] * times
        with running(*self.WORK, log=log):
            wait_for(FailedJob.objects.exists, log=log)
        assert done(tmp_path) == ["start"] * 5

    @pytest.mark.rule("job-14")
    def test_a_worker_asked_to_end_finishes_the_job_at_hand(self, tmp_path: Path, log: Path) -> None:
        take_long.enqueue(str(tmp_path), 2)
        succeed.enqueue(str(tmp_path))
        with running(*self.WORK, log=log) as worker:
            wait_for(lambda: done(tmp_path) == ["start"], log=log)
            worker.terminate()
            assert worker.wait(timeout=20) == 0
        assert done(tmp_path) == ["start", "end"]

    @pytest.mark.rule("job-5")
    def test_a_second_worker_says_so_and_ends(self, tmp_path: Path, log: Path) -> None:
        with running(*self.WORK, log=log) as first:
            wait_for(lambda: WorkerBeat.objects.filter(name="worker").exists(), log=log)
            second_log = tmp_path / "second.log"
            with running(*self.WORK, log=second_log) as second:
                assert second.wait(timeout=30) == 0
            assert f"Another worker is at work here (process {first.pid})" in second_log.read_text()
            assert first.poll() is None

    @pytest.mark.rule("job-8")
    def test_the_schedule_is_worked_off(self, tmp_path: Path, log: Path) -> None:
        with running("manage.py", "work", "--once", log=log) as worker:
            assert worker.wait(timeout=60) == 0
        assert WorkerBeat.objects.filter(name="schedule").exists(), log.read_text()
        assert not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists(), log.read_text()


class TestCelery:
    """A real Celery worker on Redis and PostgreSQL."""

    @pytest.fixture(autouse=True)
    def broker(self, settings) -> Iterator[str]:
        if connection.vendor != "postgresql" or not os.environ.get("REDIS_URL"):
            pytest.skip("Celery's worker is shown with PostgreSQL and Redis")
        # A database of the test's own, empty before and after it.
        from redis import Redis

        address = settings.REDIS_URL.rsplit("/", 1)
        settings.BROKER_URL = f"{address[0]}/{int(address[1]) + 8}"
        settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.CeleryQueue", "QUEUES": QUEUES}}
        with Redis.from_url(settings.BROKER_URL) as client:
            client.flushdb()
            yield settings.BROKER_URL
            client.flushdb()

    def worker(self, broker: str, log: Path):
        command = "-m celery --app cms.celery worker --concurrency 1 --queues default,index --without-mingle"
        return running(*command.split(), log=log, BROKER_URL=broker, REDIS_URL="")

    @pytest.mark.rule("job-4")
    def test_a_job_killed_with_the_whole_worker_is_done_after_the_restart(
        self, broker: str, tmp_path: Path, log: Path
    ) -> None:
        take_long.enqueue(str(tmp_path), 600)
        with self.worker(broker, log) as worker:
            wait_for(lambda: done(tmp_path) == ["start"], log=log)
            kill(worker)
        succeed.enqueue(str(tmp_path))
        with self.worker(broker, log):
            wait_for(lambda: {"end", "succeed"} <= set(done(tmp_path)), log=log, seconds=90)
        assert done(tmp_path).count("start") == 2

    @pytest.mark.rule("job-4")
    def test_a_job_whose_process_is_killed_is_done_by_the_next(self, broker: str, tmp_path: Path, log: Path) -> None:
        take_long.enqueue(str(tmp_path), 600)
        with self.worker(broker, log) as worker:
            wait_for(lambda: done(tmp_path) == ["start"], log=log)
            children = subprocess.run(["pgrep", "-P", str(worker.pid)], capture_output=True, text=True, check=True)
            for child in children.stdout.split():
                os.kill(int(child), 9)
            wait_for(lambda: done(tmp_path) == ["start", "start", "end"], log=log)

    @pytest.mark.rule("job-6")
    def test_jobs_follow_when_the_worker_comes_late(self, broker: str, tmp_path: Path, log: Path) -> None:
        succeed.enqueue(str(tmp_path))
        with self.worker(broker, log):
            wait_for(lambda: done(tmp_path) == ["succeed"], log=log)
            wait_for(lambda: WorkerBeat.objects.filter(name__startswith="worker ").exists(), log=log)

    @pytest.mark.rule("job-14")
    def test_a_worker_asked_to_end_finishes_the_job_at_hand(self, broker: str, tmp_path: Path, log: Path) -> None:
        take_long.enqueue(str(tmp_path), 2)
        with self.worker(broker, log) as worker:
            wait_for(lambda: done(tmp_path) == ["start"], log=log)
            worker.terminate()
            worker.wait(timeout=20)
        assert done(tmp_path) == ["start", "end"]

    @pytest.mark.rule("job-8")
    def test_the_scheduler_queues_the_schedule(self, broker: str, tmp_path: Path, log: Path) -> None:
        beat_log = tmp_path / "beat.log"
        beat = "-m celery --app cms.celery beat --max-interval 1"
        with self.worker(broker, log), running(*beat.split(), log=beat_log, BROKER_URL=broker, REDIS_URL=""):
            wait_for(lambda: WorkerBeat.objects.filter(name="schedule").exists(), log=beat_log, seconds=90)
