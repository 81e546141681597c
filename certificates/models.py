"""Templates that coordinators compose, awards that promise, names that learners confirm, certificates that prove."""

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import Person
from cms.pages.generation import start_generation
from courses.catalogue.models import Course
from courses.learning.models import Completion
from media.storage import private_storage


class CertificateTemplate(models.Model):
    """Who issues and signs, and the words that are the same on every certificate of a kind."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    series = models.CharField(
        _("series"),
        max_length=8,
        default="AW",
        validators=[RegexValidator(r"^[A-Z0-9]+\Z", _("Use capital letters A–Z and digits only."))],
        help_text=_("The first part of the number, for example AW. Numbers run on in each series and year."),
    )
    issuer_name = models.CharField(_("issuer"), max_length=200)
    issuer_address = models.CharField(_("address of the issuer"), max_length=200, blank=True)
    issuer_contact = models.CharField(_("contact of the issuer"), max_length=200, blank=True)
    issued_place = models.CharField(_("place of issue"), max_length=100)
    signatory_name = models.CharField(
        _("signatory"), max_length=200, blank=True, help_text=_("May stay empty when the function says who signs.")
    )
    signatory_function_pl = models.CharField(_("function of the signatory (Polish)"), max_length=200, blank=True)
    signatory_function_en = models.CharField(_("function of the signatory (English)"), max_length=200, blank=True)
    funding_note_pl = models.TextField(_("funding note (Polish)"), blank=True)
    funding_note_en = models.TextField(_("funding note (English)"), blank=True)
    is_sample = models.BooleanField(
        _("sample document"),
        default=False,
        help_text=_("Prints “sample document” on the paper and says it at verification."),
    )

    class Meta:
        verbose_name = _("certificate template")
        verbose_name_plural = _("certificate templates")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not self.signatory_name and not (self.signatory_function_pl and self.signatory_function_en):
            raise ValidationError(
                _("Say who signs: give a name, or a function in both languages."), code="signatory_missing"
            )


class Award(models.Model):
    """The promise that completing a course earns a certificate."""

    class Kind(models.TextChoices):
        COMPLETION = "completion", _("completion of the course")

    course = models.ForeignKey(Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="awards")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.COMPLETION)
    template = models.ForeignKey(
        CertificateTemplate, verbose_name=_("template"), on_delete=models.PROTECT, related_name="awards"
    )
    active = models.BooleanField(_("active"), default=True)
    not_before = models.DateTimeField(
        _("for completions since"),
        default=timezone.now,
        help_text=_("Whoever completed the course earlier gets no certificate by itself."),
    )

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.UniqueConstraint(fields=["course", "kind"], name="certificates_award_one_per_course_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.course} – {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        # The page of the course promises the certificate.
        start_generation()


class NameConfirmation(models.Model):
    """A person has said that this name shall stand on their certificates. Whoever changes it is asked again."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="name_confirmation")
    name = models.CharField(_("confirmed name"), max_length=200)
    confirmed_at = models.DateTimeField(_("confirmed"))

    class Meta:
        verbose_name = _("confirmation of a name")
        verbose_name_plural = _("confirmations of names")

    def __str__(self) -> str:
        return str(self.person_id)


class NumberCounter(models.Model):
    """The last number given in a series and year; locked while the next is given."""

    series = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="certificates_numbercounter_one_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.series}/{self.year}: {self.last}"


def new_code() -> str:
    """A random code of 130 bits: 26 signs of an alphabet without 0, 1, I and O, which people mix up."""
    return "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(26))


class Certificate(models.Model):
    """A proof, with every word as it was printed. Nothing is deleted: it is replaced or revoked.

    ``basis`` names what it certifies (``completion:<id>``); there is one live certificate per award and basis.
    ``replaces`` is the one before it: it was replaced, or it was revoked and a coordinator issued anew with a reason.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="certificates")
    completion = models.ForeignKey(Completion, null=True, on_delete=models.PROTECT, related_name="certificates")
    basis = models.CharField(max_length=100)
    series = models.CharField(_("series"), max_length=8)
    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField(_("sequence"))
    number = models.CharField(_("number"), max_length=30, unique=True)
    code = models.CharField(_("code"), max_length=26, unique=True, default=new_code)
    language = models.CharField(_("language"), max_length=2)
    holder_name = models.CharField(_("holder"), max_length=200)
    holder_search = models.CharField(max_length=250, editable=False, db_index=True)
    snapshot = models.JSONField(_("every word on it"))
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issue_reason = models.TextField(_("reason of issue after a revocation"), blank=True)
    pdf = models.FileField(_("PDF"), upload_to="certificates/", storage=private_storage, blank=True)
    pdf_size = models.PositiveIntegerField(_("size of the PDF in bytes"), null=True, blank=True, editable=False)
    render_error = models.TextField(_("error of rendering"), blank=True)
    replaces = models.OneToOneField(
        "self", verbose_name=_("replaces"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revocation_reason = models.TextField(_("reason of revocation"), blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "sequence"], name="certificates_certificate_number_is_one"
            ),
            models.UniqueConstraint(
                fields=["award", "basis"],
                condition=Q(replaced_at__isnull=True, revoked_at__isnull=True),
                name="certificates_certificate_one_live_per_basis",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revocation_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revocation_reason="")),
                name="certificates_certificate_revoked_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
