"""The sample reports of the demonstration."""

import pytest

from cms.accounts.rules import Role
from cms.barriers.demo import build
from cms.barriers.models import BarrierReport
from tests.factories.accounts import staff

pytestmark = pytest.mark.django_db


def test_one_report_waits_and_one_is_answered_however_often_it_is_built() -> None:
    staff(Role.LEAD_EDITORS)
    for _ in range(2):
        build()
    assert set(BarrierReport.objects.values_list("state", "is_sample")) == {("received", True), ("answered", True)}
    assert BarrierReport.objects.count() == 2


def test_without_anybody_who_answers_both_wait() -> None:
    build()
    assert set(BarrierReport.objects.values_list("state", flat=True)) == {"received"}
