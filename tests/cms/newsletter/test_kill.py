"""The worker is killed five times while it sends an issue to 2,000 addresses; with real processes in both modes."""

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import Popen

import pytest
from django.db import connection
from django.utils import timezone

from cms.mail.models import OutgoingMail
from cms.newsletter.models import Delivery, Release
from cms.newsletter.sending import release_issue
from cms.newsletter.tasks import continue_sending
from tests.factories.newsletter import make_issue, make_subscribers
from tests.processes import kill, running, wait_for

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
READERS, KILLS = 2000, 5
QUEUES = ["default", "index"]
Worker = Callable[[], AbstractContextManager[Popen]]


def sent() -> int:
    return Delivery.objects.filter(state=Delivery.State.SENT).count()


def time_goes_on() -> None:
    """What a dead worker held is free again, as it would be after minutes, and the sweep is queued."""
    now = timezone.now()
    OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED).update(next_try_at=now)
    Release.objects.update(held_until=None)
    continue_sending.enqueue()


def send_and_kill(worker: Worker, log: Path) -> Release:
    """Each time some hundreds of letters go out, and a moment later, in the middle of a batch, the worker dies."""
    chance = random.Random(20261124)
    make_subscribers(READERS)
    release = release_issue(issue_id=make_issue().pk, by=None)
    for _ in range(KILLS):
        reached = sent() + chance.randint(120, 330)
        with worker() as process:
            wait_for(lambda reached=reached: sent() >= reached, log=log, seconds=60)
            time.sleep(chance.uniform(0, 0.02))
            kill(process)
        assert sent() < READERS, "there was work left at each kill"
        time_goes_on()
    with worker():
        wait_for(lambda: Release.objects.get(pk=release.pk).state == Release.State.DONE, log=log, seconds=60)
    return release


def assert_everybody_got_it_once(folder: Path) -> None:
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {"sent": READERS}
    letters = list((folder / "mail").glob("*.eml"))
    assert len(letters) == READERS, "exactly one letter each"
    # The head of a letter is enough, and two thousand whole ones would take long.
    recipients = Counter(
        line[4:].strip()
        for path in letters
        for line in path.read_text(encoding="utf-8").partition("\n\n")[0].splitlines()
        if line.startswith("To: ")
    )
    assert len(recipients) == READERS
    assert set(recipients.values()) == {1}
    assert not list((folder / "mail").glob("*.part")) or len(list((folder / "mail").glob("*.part"))) <= KILLS


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


@pytest.mark.rule("newsletter-11")
def test_two_thousand_letters_survive_five_kills_of_the_embedded_worker(tmp_path: Path, log: Path, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": QUEUES}}

    def worker() -> AbstractContextManager[Popen]:
        return running("manage.py", "work", log=log)

    send_and_kill(worker, log)
    assert_everybody_got_it_once(tmp_path)


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

    @pytest.mark.rule("newsletter-11")
    def test_two_thousand_letters_survive_five_kills_of_celery(self, broker: str, tmp_path: Path, log: Path) -> None:
        command = "-m celery --app cms.celery worker --concurrency 1 --queues default,index --without-mingle"

        def worker() -> AbstractContextManager[Popen]:
            return running(*command.split(), log=log, BROKER_URL=broker, REDIS_URL="")

        send_and_kill(worker, log)
        assert_everybody_got_it_once(tmp_path)
