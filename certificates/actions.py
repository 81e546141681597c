"""Writes of certificates: confirm a name, issue, make the paper, revoke, issue anew. Each is safe to repeat."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.documents import DocumentError, render
from certificates.models import Award, Certificate, NameConfirmation, NumberCounter, new_code
from certificates.papers import snapshot_of
from certificates.queries import certificate_of, confirmed_name, promised_completions
from certificates.rules import full_number, name_is_settled
from cms.accounts.actions import accepted_name, rename_person
from cms.accounts.models import Person, User
from cms.accounts.rules import search_name as fold
from cms.mail.actions import queue_mail
from courses.learning.models import Completion
from media.jobs import queue_on_commit

logger = logging.getLogger(__name__)


def confirm_name(*, person_id: int, name: str, now: datetime) -> NameConfirmation:
    """Keep that this name shall stand on the person's certificates, correcting the person's name where it differs.

    After commit the certificates that waited for it are issued. Safe to repeat. Refuses a name that cannot be printed.
    """
    holder = accepted_name(name)
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person_id)
        if person.name != holder:
            person.save(update_fields=person.take_name(holder))
        known, _created = NameConfirmation.objects.update_or_create(
            person=person, defaults={"name": holder, "confirmed_at": now}
        )
        for pk in promised_completions().filter(enrolment__person=person).values_list("pk", flat=True):
            queue_on_commit("certificates.tasks.issue", pk)
    return known


def issue(*, completion_id: int, now: datetime) -> Certificate | None:
    """Issue the certificate that an award promises for a completion; None where none is promised.

    None, too, while the name is not settled: the learner is asked to confirm it, and the sweep comes back later.
    A second call, also at the same moment, returns the first one's certificate, revoked or not. The number is given in
    this transaction, so that the row of numbers has no gap. After commit the paper is made and a letter sent.
    """
    completion = Completion.objects.select_related(
        "enrolment__person__user", "enrolment__course", "outline_version"
    ).get(pk=completion_id)
    person = completion.enrolment.person
    award = (
        Award.objects.filter(
            course=completion.enrolment.course,
            kind=Award.Kind.COMPLETION,
            active=True,
            not_before__lte=completion.completed_at,
        )
        .select_related("template")
        .first()
    )
    if award is None:
        return None
    settled = name_is_settled(
        name=person.name,
        confirmed=confirmed_name(person),
        can_be_asked=person.user_id is not None,
        completed_at=completion.completed_at,
        now=now,
    )
    if not settled:
        # A certificate that is there already is returned all the same.
        return certificate_of(completion)
    try:
        with transaction.atomic():
            # The counter's lock puts two issuers of a series in a row; the second one then finds the first one's work.
            counter = _locked_counter(award.template.series, now)
            known = certificate_of(completion)
            if known is not None:
                return known
            certificate = _create(
                counter, completion=completion, award=award, name=person.name, language=person.language, now=now
            )
            log(certificate, "certificates.issue")
            _write(certificate, "certificate_issued")
    except IntegrityError:
        known = certificate_of(completion)
        if known is None:
            raise
        return known
    return certificate


def make_paper(*, certificate_id: int) -> Certificate:
    """Make the PDF from the snapshot and keep it. A flaw is noted for coordinators and raised. Safe to repeat.

    A file that was lost from the storage is made again: the same snapshot gives the same bytes. Without the holder's
    name, once that was removed, there is no paper.
    """
    certificate = Certificate.objects.get(pk=certificate_id)
    if _has_paper(certificate) or not certificate.holder_name:
        return certificate
    try:
        paper = render(certificate.snapshot)
    except DocumentError as error:
        Certificate.objects.filter(pk=certificate.pk).update(render_error=f"{error.code}: {error}")
        raise
    with transaction.atomic():
        # Two may have rendered at once; the lock lets one of them write the file.
        certificate = Certificate.objects.select_for_update(no_key=True).get(pk=certificate_id)
        if _has_paper(certificate) or not certificate.holder_name:
            return certificate
        name = f"{certificate.number.replace('/', '-')}.pdf"
        # What a crash left behind between writing the file and noting it is written again under the same name.
        certificate.pdf.storage.delete(certificate.pdf.field.generate_filename(certificate, name))
        certificate.pdf.save(name, ContentFile(paper), save=False)
        certificate.pdf_size, certificate.render_error = len(paper), ""
        certificate.save(update_fields=["pdf", "pdf_size", "render_error"])
    return certificate


def ask_for_paper(*, certificate_id: int, by: User | None = None) -> None:
    """Have the paper made once more by a job; what a coordinator does is logged. Safe to repeat."""
    with transaction.atomic():
        if by is not None:
            log(Certificate.objects.get(pk=certificate_id), "certificates.make_paper", user=by)
        queue_on_commit("certificates.tasks.make_paper", certificate_id)


def revoke(*, certificate_id: int, reason: str, by: User, now: datetime) -> Certificate:
    """Take a certificate back, with a reason that the holder is told. Safe to repeat; the first reason stays.

    Refuses an empty reason (code ``reason_missing``). After commit a letter tells the holder.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Give the reason."), code="reason_missing")
    with transaction.atomic():
        certificate = _locked(certificate_id)
        if certificate.revoked_at is not None:
            return certificate
        certificate.revoked_at, certificate.revocation_reason, certificate.revoked_by = now, reason, by
        certificate.save(update_fields=["revoked_at", "revocation_reason", "revoked_by"])
        log(certificate, "certificates.revoke", user=by)
        _write(certificate, "certificate_revoked", reason=reason)
    return certificate


def reissue(*, certificate_id: int, name: str, by: User, now: datetime) -> Certificate:
    """Issue a certificate anew under a corrected name: a new number and code; the old one then says “replaced”.

    The person's name is corrected with it. Safe to repeat: a replaced certificate returns its successor. Refuses a name
    that cannot stand on paper or stands there already (code ``same_name``), a revoked certificate (code ``revoked``),
    and one whose holder's data were removed (code ``erased``).
    """
    holder = accepted_name(name)
    person_id = Certificate.objects.values_list("person_id", flat=True).get(pk=certificate_id)
    with transaction.atomic():
        # The person before the certificate, as everywhere: parent before child.
        person = Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk=person_id).first()
        old = _locked(certificate_id)
        if old.replaced_at is not None:
            return Certificate.objects.get(replaces=old)
        if old.revoked_at is not None:
            raise ValidationError(_("A revoked certificate cannot be replaced."), code="revoked")
        if old.completion is None or person is None or person.erased_at is not None or not old.holder_name:
            raise ValidationError(_("The holder's data were removed; nothing can be issued anew."), code="erased")
        if old.holder_name == holder:
            raise ValidationError(
                _("The name on the certificate is this one already; nothing was issued."), code="same_name"
            )
        if person.name != holder:
            rename_person(person_id=person.pk, name=holder, by=by)
        old.replaced_at = now
        old.save(update_fields=["replaced_at"])
        new = _create(
            _locked_counter(old.series, now),
            completion=old.completion,
            award=old.award,
            name=holder,
            language=old.language,
            now=now,
            replaces=old,
        )
        log(new, "certificates.reissue", user=by, data={"replaces": old.number})
        _write(new, "certificate_reissued", old_number=old.number)
    return new


def issue_again(*, certificate_id: int, reason: str, by: User, now: datetime) -> Certificate:
    """Issue a new certificate after a revocation, because a person decided so for a reason.

    It has a number and a code of its own and the name that the person has now; the old one stays revoked. Safe to
    repeat: a second call returns the first one's certificate. Refuses an empty reason (code ``reason_missing``), a
    certificate that is not revoked (``not_revoked``), and one whose holder's data were removed (``erased``).
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Give the reason."), code="reason_missing")
    person_id = Certificate.objects.values_list("person_id", flat=True).get(pk=certificate_id)
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk=person_id).first()
        old = _locked(certificate_id)
        successor = Certificate.objects.filter(replaces=old).first()
        if successor is not None:
            return successor
        if old.revoked_at is None:
            raise ValidationError(_("This certificate is not revoked."), code="not_revoked")
        if old.completion is None or person is None or person.erased_at is not None or not person.name:
            raise ValidationError(_("The holder's data were removed; nothing can be issued anew."), code="erased")
        new = _create(
            _locked_counter(old.award.template.series, now),
            completion=old.completion,
            award=old.award,
            name=person.name,
            language=old.language,
            now=now,
            replaces=old,
            reason=reason,
        )
        log(new, "certificates.issue_again", user=by, data={"after": old.number})
        _write(new, "certificate_issued")
    return new


def forget_holder(*, certificate_id: int) -> Certificate:
    """Take the holder's name out of the register when it need not be kept any longer: row, snapshot and file.

    Number, kind, course, hours and dates stay, and the certificate can still be checked. Safe to repeat; logged.
    """
    with transaction.atomic():
        certificate = _locked(certificate_id)
        if not certificate.holder_name:
            return certificate
        certificate.holder_name = certificate.holder_search = ""
        certificate.snapshot = certificate.snapshot | {"holder_name": ""}
        path, storage = certificate.pdf.name, certificate.pdf.storage
        certificate.pdf, certificate.pdf_size, certificate.render_error = "", None, ""
        certificate.save(update_fields=["holder_name", "holder_search", "snapshot", "pdf", "pdf_size", "render_error"])
        log(certificate, "certificates.forget_holder")
        if path:
            transaction.on_commit(lambda: storage.delete(path))
    return certificate


def note_export(*, by: User, count: int, file_format: str) -> None:
    """Write down who took a spreadsheet out of the register, and how many lines it had."""
    # The log speaks of one row of a table; that of no certificate stands for the register as a whole.
    register = Certificate(pk=0)
    data = {"count": count, "format": file_format}
    log(register, "certificates.export", user=by, title=_("Register of certificates"), data=data)


def _has_paper(certificate: Certificate) -> bool:
    return bool(certificate.pdf.name) and certificate.pdf.storage.exists(certificate.pdf.name or "")


def _create(
    counter: NumberCounter,
    *,
    completion: Completion,
    award: Award,
    name: str,
    language: str,
    now: datetime,
    replaces: Certificate | None = None,
    reason: str = "",
) -> Certificate:
    """Give the next number and create the row; the caller holds the counter's lock."""
    counter.last += 1
    counter.save(update_fields=["last"])
    number, code = full_number(counter.series, counter.year, counter.last), new_code()
    certificate = Certificate.objects.create(
        award=award,
        person=completion.enrolment.person,
        completion=completion,
        basis=f"completion:{completion.pk}",
        series=counter.series,
        year=counter.year,
        sequence=counter.last,
        number=number,
        code=code,
        language=language,
        holder_name=name,
        holder_search=fold(name),
        snapshot=snapshot_of(
            completion=completion,
            award=award,
            number=number,
            code=code,
            holder_name=name,
            language=language,
            now=now,
        ),
        issued_at=now,
        issue_reason=reason,
        replaces=replaces,
    )
    queue_on_commit("certificates.tasks.make_paper", certificate.pk)
    return certificate


def _locked_counter(series: str, now: datetime) -> NumberCounter:
    year = timezone.localtime(now).year
    NumberCounter.objects.get_or_create(series=series, year=year)
    return NumberCounter.objects.select_for_update(no_key=True).get(series=series, year=year)


def _locked(certificate_id: int) -> Certificate:
    return (
        Certificate.objects.select_for_update(no_key=True, of=("self",))
        .select_related(
            "person__user",
            "award__template",
            "completion__enrolment__person",
            "completion__enrolment__course",
            "completion__outline_version",
        )
        .get(pk=certificate_id)
    )


def _write(certificate: Certificate, template: str, **more: Any) -> None:
    """Put a letter to the holder into the outbox, once per certificate and occasion, in the holder's language."""
    person = certificate.person
    if person is None or not person.contact_email:
        return
    with translation.override(person.language):
        page = reverse("certificates_own:show-certificate", kwargs={"pk": certificate.pk})
    try:
        queue_mail(
            key=f"{template}:{certificate.pk}",
            recipient=person.contact_email,
            template=template,
            language=person.language,
            context={
                "number": certificate.number,
                "course": certificate.snapshot["course_title"],
                "certificate_url": f"{settings.SITE_URL.rstrip('/')}{page}" if person.user_id else "",
                "verify_url": certificate.snapshot["verify_url"],
                **more,
            },
        )
    except ValidationError:
        # An address that is none must not keep anybody from a certificate.
        logger.warning("no letter about certificate %s: person %s has no usable address", certificate.pk, person.pk)
