"""Writes: letting faults pass, closing what is mended, stopping what became faulty, reminding."""

import logging
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log
from wagtail.models import Page, Revision, Workflow, WorkflowPage, WorkflowTask

from cms.accounts.models import User
from cms.accounts.queries import letter_language
from cms.accounts.roles import create_role_groups
from cms.accounts.rules import Role
from cms.checks.content import language_of_row
from cms.checks.models import Exemption, LeadReview
from cms.checks.permissions import can_let_pass
from cms.checks.queries import due_exemptions, exemptions_of, refusal_words, standings_of
from cms.checks.wording import kind_words
from cms.mail.actions import queue_mail
from cms.pages.generation import start_generation

logger = logging.getLogger(__name__)

WORKFLOW = "Redakcja → redakcja prowadząca"
REVIEW = "Sprawdzenie przez redakcję prowadzącą"


@transaction.atomic
def let_faults_pass(
    *, row: models.Model, faults: Collection[tuple[str, str]], reason: str, mend_by: date, by: User
) -> list[Exemption]:
    """Let these faults (kind and thing) of a row pass until a day. Safe to repeat: an open one gets the new words.

    Faults that the newest version does not have are left out. Logged. Refused for whoever is no lead editor.
    """
    if not can_let_pass(by):
        raise PermissionDenied
    stopping = {standing.fault.key for standing in standings_of(row) if standing.fault.severity == "blocking"}
    kind = ContentType.objects.get_for_model(type(row))
    given = []
    for check_id, what in faults:
        if (check_id, what) not in stopping:
            continue
        words = {
            "title": str(row)[:255],
            "language": language_of_row(row),
            "reason": reason,
            "mend_by": mend_by,
            "granted_by": by,
            "granted_at": timezone.now(),
            "reminded_at": None,
        }
        one, _created = Exemption.objects.update_or_create(
            content_type=kind, object_id=row.pk, check_id=check_id, what=what, closed_at=None, defaults=words
        )
        log(row, "checks.let_pass", user=by, data={"fault": check_id, "what": what, "mend_by": mend_by.isoformat()})
        given.append(one)
    start_generation()
    return given


def close_mended(*, row: models.Model) -> int:
    """Close the exemptions of a published row whose fault is gone, and tell how many. Safe to repeat."""
    open_now = list(exemptions_of(row))
    if not open_now:
        return 0
    still = {standing.fault.key for standing in standings_of(row)}
    mended = [one.pk for one in open_now if (one.check_id, one.what) not in still]
    closed = Exemption.objects.filter(pk__in=mended, closed_at=None).update(closed_at=timezone.now())
    if closed:
        start_generation()
    return closed


def close_exemption(*, exemption_id: int, by: User) -> bool:
    """Take back an exemption: from now on the fault stops publication again. Logged. False when it was closed."""
    if not can_let_pass(by):
        raise PermissionDenied
    with transaction.atomic():
        one = Exemption.objects.select_for_update().get(pk=exemption_id)
        if one.closed_at is not None:
            return False
        one.closed_at = timezone.now()
        one.save(update_fields=["closed_at"])
        log(one, "checks.take_back", user=by, data={"fault": one.check_id, "what": one.what})
    start_generation()
    return True


def stop_what_is_faulty(*, now: datetime) -> int:
    """Take out of the plan what is due now but has got a fault since; its author is told by letter. Safe to repeat."""
    stopped = 0
    for revision in Revision.objects.filter(approved_go_live_at__lt=now):
        row = revision.as_object()
        words = refusal_words(row)
        if not words:
            continue
        with transaction.atomic():
            if not Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False).update(
                approved_go_live_at=None
            ):
                continue
            logger.warning("%s %s was planned but has a fault; it is not published", row._meta.label, row.pk)
            stopped += 1
            if revision.user is not None:
                _write_about_the_plan(row, words, revision)
    return stopped


def _write_about_the_plan(row: Any, words: list[str], revision: Revision) -> None:
    queue_mail(
        key=f"checks-stopped:{revision.pk}",
        recipient=revision.user.email,
        template="publication_stopped",
        language=letter_language(revision.user.email),
        context={"title": str(row), "faults": words, "edit_url": edit_address(row)},
    )


def remind_of_exemptions(*, today: date) -> int:
    """Write once to whoever let a fault pass whose day has gone by; tells how many letters. Safe to repeat.

    Where that account is gone or closed, all lead editors are written to. What has been deleted is closed.
    """
    written = 0
    for one in due_exemptions(today=today).filter(reminded_at=None).select_related("granted_by", "content_type"):
        if one.target is None:
            Exemption.objects.filter(pk=one.pk, closed_at=None).update(closed_at=timezone.now())
            continue
        with transaction.atomic():
            if not Exemption.objects.filter(pk=one.pk, reminded_at=None).update(reminded_at=timezone.now()):
                continue
            for reader in _readers(one):
                _write_that_it_is_due(one, reader)
                written += 1
    return written


def _write_that_it_is_due(one: Exemption, reader: User) -> None:
    language = letter_language(reader.email)
    with translation.override(language):
        context = {
            "title": one.title,
            "fault": kind_words(one.check_id),
            "what": one.what,
            "mend_by": date_format(one.mend_by, "j E Y" if language == "pl" else "j F Y"),
            "edit_url": edit_address(one.target),
        }
    queue_mail(
        key=f"exemption-due:{one.pk}:{one.mend_by.isoformat()}:{reader.pk}",
        recipient=reader.email,
        template="exemption_due",
        language=language,
        context=context,
    )


def _readers(one: Exemption) -> list[User]:
    if one.granted_by is not None and one.granted_by.is_active:
        return [one.granted_by]
    return list(User.objects.filter(groups__name=Role.LEAD_EDITORS.value, is_active=True))


def edit_address(row: Any) -> str:
    """Where a row is edited, as a path on this site."""
    if isinstance(row, Page):
        return reverse("wagtailadmin_pages:edit", args=[row.pk])
    return AdminURLFinder().get_edit_url(row) or ""


def make_review() -> Workflow | None:
    """Make sure that pages go from editors to lead editors. Safe to repeat; what people changed of it stays.

    None while there are no pages yet.
    """
    root = Page.objects.filter(depth=1).first()
    if root is None:
        return None
    create_role_groups()
    leads = Group.objects.get(name=Role.LEAD_EDITORS.value)
    with transaction.atomic():
        known = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
        if known is not None:
            return known.workflow
        review = LeadReview.objects.filter(name=REVIEW).first() or LeadReview.objects.create(name=REVIEW)
        review.groups.add(leads)
        workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
        WorkflowTask.objects.get_or_create(workflow=workflow, task=review.task_ptr, defaults={"sort_order": 0})
        try:
            with transaction.atomic():
                WorkflowPage.objects.create(page=root, workflow=workflow)
        except IntegrityError:
            logger.info("another process has set the workflow of the site")
    return workflow
