"""Reads of reports, and of the people who answer them."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from cms.accounts.models import User
from cms.barriers import rules
from cms.barriers.models import BarrierReport


def open_reports() -> QuerySet[BarrierReport]:
    """Those that wait for an answer, the most urgent first."""
    return BarrierReport.objects.filter(settled_at=None).order_by("deadline", "pk")


def late_reports(today: date) -> QuerySet[BarrierReport]:
    """Open ones whose last day has passed."""
    return open_reports().filter(deadline__lt=today)


def due_reports(today: date) -> QuerySet[BarrierReport]:
    """Open ones of which somebody may have to be reminded."""
    return open_reports().filter(deadline__lte=today + timedelta(days=rules.SOON)).select_related("taken_by")


def report_with(token: str) -> BarrierReport | None:
    """The report whose page has this address."""
    return BarrierReport.objects.filter(token=token).first()


def handlers() -> QuerySet[User]:
    """Everybody who answers reports: whose role, or who by hand, was given the right to change one."""
    right = {"content_type__app_label": "cms_barriers", "codename": "change_barrierreport"}
    by_group = {f"groups__permissions__{name}": value for name, value in right.items()}
    by_hand = {f"user_permissions__{name}": value for name, value in right.items()}
    return User.objects.filter(Q(**by_group) | Q(**by_hand), is_active=True).distinct().order_by("pk")
