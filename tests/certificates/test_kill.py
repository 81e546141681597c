"""The worker is killed ten times while it issues fifty certificates; shown with real processes in both modes."""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from subprocess import Popen

import pytest
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from certificates import tasks
from certificates.models import Certificate
from cms.mail.models import OutgoingMail
from cms.mail.tasks import send_due
from tests.factories.certificates import make_award, make_person
from tests.factories.learning import make_completion
from tests.processes import kill, running, wait_for

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
COMPLETIONS, KILLS = 50, 10
QUEUES = ["default", "index"]


class Classroom:
    """People who complete a course one after the other; each completion queues its job as it does on the site."""

    def __init__(self) -> None:
        self.course = make_award().course
        self.waiting = [f"Osoba Przykładowa {'ABCDEFGHIJ'[number % 10]}" for number in range(COMPLETIONS)]

    def complete(self, people: int) -> None:
        for _ in range(people):
            make_completion(make_person(self.waiting.pop()), self.course)


def progress() -> int:
    """How much has been done of everything that is to be done: certificates, papers, letters."""
    return (
        Certificate.objects.count()
        + Certificate.objects.exclude(pdf="").count()
        + OutgoingMail.objects.filter(state=OutgoingMail.State.SENT).count()
    )


def kill_ten_times(worker: Callable[[], AbstractContextManager[Popen]], log: Path) -> None:
    """Each time some people complete, a few more things are done, and a moment later the worker dies.

    A letter in flight at a kill is due again only minutes later. Four completions mean twelve things to do, so the
    nine at most that are waited for can always be reached, however fast the machine is.
    """
    chance = random.Random(20261124)
    classroom = Classroom()
    for last in [False] * (KILLS - 1) + [True]:
        classroom.complete(len(classroom.waiting) if last else 4)
        reached = progress() + chance.randint(2, 9)
        with worker() as process:
            wait_for(lambda reached=reached: progress() >= reached, log=log, seconds=120)
            time.sleep(chance.uniform(0, 0.02))
            kill(process)
    assert not classroom.waiting
    assert progress() < 3 * COMPLETIONS, "there was work left at the last kill"


def finish(worker: Callable[[], AbstractContextManager[Popen]], log: Path) -> None:
    """The worker comes back; time goes on, so that the letters in flight at a kill are due again, and sweeps run."""
    OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED).update(next_try_at=timezone.now())
    for sweep in (tasks.issue_missing, tasks.render_missing, send_due):
        sweep.enqueue()
    with worker():
        try:
            wait_for(lambda: progress() == 3 * COMPLETIONS, log=log, seconds=60)
        except AssertionError:
            # What one sweep could not see yet (a paper of a certificate that it issued) is found by the next.
            for sweep in (tasks.render_missing, send_due):
                sweep.enqueue()
            wait_for(lambda: progress() == 3 * COMPLETIONS, log=log, seconds=60)


def assert_everything_is_there_once(folder: Path) -> None:
    certificates = list(Certificate.objects.order_by("sequence"))
    assert [certificate.sequence for certificate in certificates] == list(range(1, COMPLETIONS + 1))
    assert len({certificate.completion_id for certificate in certificates}) == COMPLETIONS
    assert len({certificate.code for certificate in certificates}) == COMPLETIONS
    papers = {path.name for path in (folder / "private" / "certificates").iterdir() if path.suffix == ".pdf"}
    assert papers == {certificate.pdf.name.rpartition("/")[2] for certificate in certificates}
    for certificate in certificates:
        path = folder / "private" / certificate.pdf.name
        assert path.stat().st_size == certificate.pdf_size
        assert len(PdfReader(path).pages) == 2
    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in (folder / "mail").glob("*.eml")]
    assert len(letters) == COMPLETIONS, "exactly one letter each"
    told = {str(letter["Subject"]).split("nr ")[1].split(" ")[0] for letter in letters}
    assert told == {certificate.number for certificate in certificates}
    assert len({letter["To"] for letter in letters}) == COMPLETIONS


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


@pytest.mark.rule("certificate-20", "certificate-5", "certificate-14")
def test_fifty_certificates_survive_ten_kills_of_the_embedded_worker(tmp_path: Path, log: Path, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": QUEUES}}

    def worker() -> AbstractContextManager[Popen]:
        return running("manage.py", "work", log=log)

    kill_ten_times(worker, log)
    finish(worker, log)
    assert_everything_is_there_once(tmp_path)


class TestCelery:
    """The same with Celery on Redis and PostgreSQL."""

    @pytest.fixture
    def broker(self, settings) -> Iterator[str]:
        if connection.vendor != "postgresql" or not os.environ.get("REDIS_URL"):
            pytest.skip("Celery's worker is shown with PostgreSQL and Redis")
        from redis import Redis

        address = settings.REDIS_URL.rsplit("/", 1)
        settings.BROKER_URL = f"{address[0]}/{int(address[1]) + 8}"
        settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.CeleryQueue", "QUEUES": QUEUES}}
        with Redis.from_url(settings.BROKER_URL) as client:
            client.flushdb()
            yield settings.BROKER_URL
            client.flushdb()

    @pytest.mark.rule("certificate-20", "certificate-5", "certificate-14")
    def test_fifty_certificates_survive_ten_kills_of_celery(self, broker: str, tmp_path: Path, log: Path) -> None:
        command = "-m celery --app cms.celery worker --concurrency 1 --queues default,index --without-mingle"

        def worker() -> AbstractContextManager[Popen]:
            return running(*command.split(), log=log, BROKER_URL=broker, REDIS_URL="")

        kill_ten_times(worker, log)
        finish(worker, log)
        assert_everything_is_there_once(tmp_path)
