"""What a request costs: queries, hashes and jobs, each counted by a stand-in that the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was hashed, for storing or for comparing."""

    hashes = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashes += 1
        return super().encode(password, salt)


@dataclass
class Cost:
    """What one request took."""

    queries: int = 0
    hashes: int = 0
    jobs: int = 0


@contextmanager
def counted() -> Iterator[Cost]:
    """Count what the block costs."""
    cost = Cost()
    hashes, jobs = CountingHasher.hashes, DBTaskResult.objects.count()
    with CaptureQueriesContext(connection) as queries:
        yield cost
    cost.queries = len(queries)
    cost.hashes = CountingHasher.hashes - hashes
    cost.jobs = DBTaskResult.objects.count() - jobs
