"""The export of one's own data."""

import json

import pytest

from cms.privacy.queries import export_person
from tests.cms.privacy.test_actions import learning
from tests.factories.accounts import PersonFactory
from tests.factories.mail import OutgoingMailFactory
from tests.factories.privacy import ConsentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.rule("privacy-2")]


def test_the_export_holds_everything_of_the_person_and_nothing_of_others() -> None:
    anna = PersonFactory(user__email="anna@example.org", name="Anna Przykładowa")
    jan = PersonFactory(user__email="jan@example.org", name="Jan Obcy")
    for person in (anna, jan):
        learning(person, f"course-{person.name[:3].lower()}", certified=True)
        ConsentFactory(user=person.user)
        OutgoingMailFactory(recipient=person.user.email)
    text = json.dumps(export_person(anna), ensure_ascii=False)
    export = json.loads(text)
    rows = {entry["what"]: entry["rows"] for entry in export["holdings"]}
    assert sum(map(len, rows.values())) >= 10
    for expected in ("Anna Przykładowa", "anna@example.org", "course-ann", "AW/2026/", "2026-11"):
        assert expected in text
    for foreign in ("Jan Obcy", "jan@example.org", "course-jan"):
        assert foreign not in text
    assert anna.user.password not in text
    for entry in export["holdings"]:
        assert entry["purpose"]
        assert entry["basis"]
        assert entry["retention"]


def test_somebody_without_an_account_has_an_export_too() -> None:
    guest = PersonFactory(user=None, email="guest@example.org", name="Gość Przykładowy")
    text = json.dumps(export_person(guest), ensure_ascii=False)
    assert "Gość Przykładowy" in text
