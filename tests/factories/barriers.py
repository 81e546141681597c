"""Reports of barriers for tests."""

import uuid
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cms.barriers import rules
from cms.barriers.models import BarrierReport

_numbers = count(1)


def words(**changed: str) -> dict[str, str]:
    """What somebody fills into the form, by default a demand."""
    return {
        "barrier": "Film nie ma napisów.",
        "place": "/pl/filmy/most/",
        "remedy": "Napisy albo tekst.",
        "kind": "demand",
        "name": "Zofia Słuchowa",
        "answer_by": "email",
        "email": "zofia@example.org",
        "phone": "",
        "key": str(uuid.uuid4()),
    } | changed


def make_report(*, days_ago: int = 0, now: datetime | None = None, **fields: Any) -> BarrierReport:
    """An open demand that came in so many days ago."""
    number = next(_numbers)
    received_at = (now or timezone.now()) - timedelta(days=days_ago)
    known = {name: value for name, value in words().items() if name != "key"}
    deadline = rules.deadline_of(timezone.localdate(received_at))
    own = {
        "number": f"BAR/2020/{number:04}",
        "digest": f"{number:064}",
        "received_at": received_at,
        "deadline": deadline,
    }
    return BarrierReport.objects.create(**known | own | fields)
