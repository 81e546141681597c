"""Writes of certificates: issue, make the paper, revoke, issue anew with a corrected name. Each is safe to repeat."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.documents import DocumentError, render
from certificates.models import Award, Certificate, NumberCounter, new_code
from certificates.papers import snapshot_of
from certificates.rules import full_number
from cms.accounts.actions import accepted_name
from cms.accounts.models import User
from cms.accounts.rules import search_name as fold
from cms.mail.actions import queue_mail
from courses.learning.models import Completion
from media.jobs import queue_on_commit


def issue(*, completion_id: int, now: datetime) -> Certificate | None:
    """Issue the certificate that an award promises for a completion; None where none is promised or no name is known.

    A second call, also at the same moment, returns the first one's certificate. The number is given in this
    transaction, so that the row of numbers has no gap. After commit the paper is made and a letter sent.
    """
    completion = Completion.objects.select_related(
        "enrolment__person__user", "enrolment__course", "outline_version"
    ).get(pk=completion_id)
    person = completion.enrolment.person
    award = (
        Award.objects.filter(course=completion.enrolment.course, active=True, not_before__lte=completion.completed_at)
        .select_related("template")
        .first()
    )
    if award is None or not person.name:
        return None
    basis = f"completion:{completion.pk}"
    try:
        with transaction.atomic():
            # The counter's lock puts two issuers of a series in a row; the second one then finds the first one's work.
            counter = _locked_counter(award.template.series, now)
            known = Certificate.objects.filter(award=award, basis=basis).order_by("-id").first()
            if known is not None:
                return known
            certificate = _create(
                counter,
                completion=completion,
                award=award,
                basis=basis,
                name=person.name,
                language=person.language,
                now=now,
            )
    except IntegrityError:
        known = Certificate.objects.filter(award=award, basis=basis).order_by("-id").first()
        if known is None:
            raise
        return known
    return certificate


def make_paper(*, certificate_id: int) -> Certificate:
    """Make the PDF from the snapshot and keep it. A flaw is noted for coordinators and raised. Safe to repeat."""
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.pdf:
        return certificate
    try:
        paper = render(certificate.snapshot)
    except DocumentError as error:
        Certificate.objects.filter(pk=certificate.pk).update(render_error=f"{error.code}: {error}")
        raise
    name = f"{certificate.number.replace('/', '-')}.pdf"
    storage = certificate.pdf.storage
    path = certificate.pdf.field.generate_filename(certificate, name)
    # What a crash left behind between writing the file and noting it is written again under the same name.
    storage.delete(path)
    certificate.pdf.save(name, ContentFile(paper), save=False)
    certificate.render_error = ""
    certificate.save(update_fields=["pdf", "render_error"])
    return certificate


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
        log(certificate, "certificates.revoke", user=by, data={"reason": reason})
        _write(certificate, "certificate_revoked", reason=reason)
    return certificate


def reissue(*, certificate_id: int, name: str, by: User, now: datetime) -> Certificate:
    """Issue a certificate anew under a corrected name: a new number and code; the old one then says “replaced”.

    The person's name is corrected with it. Safe to repeat: a replaced certificate returns its successor. Refuses a name
    that cannot stand on paper, and a revoked certificate (code ``revoked``).
    """
    holder = accepted_name(name)
    with transaction.atomic():
        old = _locked(certificate_id)
        if old.replaced_at is not None:
            return Certificate.objects.get(replaces=old)
        if old.revoked_at is not None:
            raise ValidationError(_("A revoked certificate cannot be replaced."), code="revoked")
        if old.completion is None or old.person is None:
            raise ValidationError(_("The holder's data were removed; nothing can be issued anew."), code="erased")
        person = old.person
        changed = person.take_name(holder)
        person.save(update_fields=changed)
        old.replaced_at = now
        old.save(update_fields=["replaced_at"])
        new = _create(
            _locked_counter(old.series, now),
            completion=old.completion,
            award=old.award,
            basis=old.basis,
            name=holder,
            language=old.language,
            now=now,
            replaces=old,
        )
        log(new, "certificates.reissue", user=by, data={"replaces": old.number})
    return new


def _create(
    counter: NumberCounter,
    *,
    completion: Completion,
    award: Award,
    basis: str,
    name: str,
    language: str,
    now: datetime,
    replaces: Certificate | None = None,
) -> Certificate:
    """Give the next number and create the row; the caller holds the counter's lock."""
    counter.last += 1
    counter.save(update_fields=["last"])
    number, code = full_number(counter.series, counter.year, counter.last), new_code()
    certificate = Certificate.objects.create(
        award=award,
        person=completion.enrolment.person,
        completion=completion,
        basis=basis,
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
        replaces=replaces,
    )
    queue_on_commit("certificates.tasks.make_paper", certificate.pk)
    _write(certificate, "certificate_reissued" if replaces else "certificate_issued")
    return certificate


def _locked_counter(series: str, now: datetime) -> NumberCounter:
    year = timezone.localtime(now).year
    NumberCounter.objects.get_or_create(series=series, year=year)
    return NumberCounter.objects.select_for_update(no_key=True).get(series=series, year=year)


def _locked(certificate_id: int) -> Certificate:
    return (
        Certificate.objects.select_for_update(no_key=True, of=("self",))
        .select_related(
            "person__user", "award__template", "completion__enrolment__person", "completion__enrolment__course"
        )
        .get(pk=certificate_id)
    )


def _write(certificate: Certificate, template: str, **more: Any) -> None:
    """Put a letter to the holder into the outbox, once per certificate and occasion."""
    person = certificate.person
    if person is None or not person.contact_email:
        return
    queue_mail(
        key=f"{template}:{certificate.pk}",
        recipient=person.contact_email,
        template=template,
        language=certificate.language,
        context={
            "number": certificate.number,
            "course": certificate.snapshot["course_title"],
            "certificate_id": certificate.pk,
            "verify_url": certificate.snapshot["verify_url"],
            **more,
        },
    )
