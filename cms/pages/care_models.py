"""What stands beside a page and is drafted with it: who looks after it, who paid for it, its easy-to-read version."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from cms.pages.blocks import LogoBlock, SourceBlock
from cms.pages.fields import BlockField


class PageCare(models.Model):
    """Who looks after a page, when it is to be checked against the law, and what it rests on. Drafted with the page."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="care")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Gets a reminder 30 and 7 days before the review and on its day."),
    )
    review_on = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        help_text=_("After this day readers are told that the page may be out of date."),
    )
    sources = BlockField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    is_outdated = models.BooleanField(
        _("out of date"), default=False, help_text=_("Readers are warned at once, whatever the date of the review.")
    )
    replaced_by = models.ForeignKey(
        Page,
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The warning leads readers to this page."),
    )

    panels = [
        FieldPanel("responsible"),
        FieldPanel("review_on"),
        FieldPanel("sources"),
        FieldPanel("is_outdated"),
        FieldPanel("replaced_by"),
    ]

    class Meta:
        verbose_name = _("care of a page")
        verbose_name_plural = _("care of pages")
        constraints = [models.UniqueConstraint(fields=["page"], name="cms_pages_pagecare_one_per_page")]

    def __str__(self) -> str:
        return str(self.review_on or "")

    def clean(self) -> None:
        super().clean()
        if self.replaced_by_id and not self.is_outdated:
            raise ValidationError({"replaced_by": _("Only a page that is out of date is replaced by another one.")})
        if self.replaced_by_id and self.replaced_by_id == self.page_id:
            raise ValidationError({"replaced_by": _("A page does not replace itself.")})


class FundingNotice(models.Model):
    """A set of words and signs that tells who paid. It shows on the pages for which it was chosen and below them."""

    class Programme(models.TextChoices):
        PO_KL = "po_kl", _("Human Capital Operational Programme 2007–2013 (historic)")
        FERS = "fers", _("European Funds for Social Development 2021–2027")
        REGIONAL = "regional", _("regional programme 2021–2027")
        NATIONAL = "national", _("national money")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=120, unique=True, help_text=_("For editors only."))
    programme = models.CharField(_("programme"), max_length=20, choices=Programme.choices)
    statement_pl = models.TextField(_("statement (Polish)"))
    statement_en = models.TextField(_("statement (English)"))
    logos = BlockField(
        [("logo", LogoBlock())],
        verbose_name=_("signs"),
        blank=True,
        help_text=_(
            "In the order of the programme's book of identity. All are shown at the same height, so that none is larger"
            " than the flag of the Union. Signs of two programmes never stand in one notice."
        ),
    )
    valid_from = models.DateField(_("holds from"), null=True, blank=True)
    valid_until = models.DateField(_("holds until"), null=True, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("programme"),
        FieldPanel("statement_pl"),
        FieldPanel("statement_en"),
        FieldPanel("logos"),
        MultiFieldPanel([FieldPanel("valid_from"), FieldPanel("valid_until")], _("When it holds")),
    ]

    class Meta:
        verbose_name = _("funding notice")
        verbose_name_plural = _("funding notices")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day is before the first one.")})


class PageFunding(models.Model):
    """The funding notice of a page and of those below it; without a notice it says that nothing here was funded."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="page_funding")
    notice = models.ForeignKey(
        FundingNotice,
        verbose_name=_("funding notice"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="page_choices",
        help_text=_(
            "Shown on this page and on all below it. Empty: none here and below, whatever stands above. Never choose"
            " one for what the programme did not pay for."
        ),
    )

    panels = [FieldPanel("notice")]

    class Meta:
        verbose_name = _("funding notice of a page")
        verbose_name_plural = _("funding notices of pages")
        constraints = [models.UniqueConstraint(fields=["page"], name="cms_pages_pagefunding_one_per_page")]

    def __str__(self) -> str:
        return str(self.notice or "")


class EasyVersion(models.Model):
    """Where the same is said in easy language (ETR): from the page to its easy-to-read twin."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="easy_version")
    easy_page = models.ForeignKey(
        Page,
        verbose_name=_("easy-to-read page"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("A page that says the same in short sentences, one idea each. Both pages then lead to each other."),
    )

    panels = [FieldPanel("easy_page")]

    class Meta:
        verbose_name = _("easy-to-read version")
        verbose_name_plural = _("easy-to-read versions")
        constraints = [models.UniqueConstraint(fields=["page"], name="cms_pages_easyversion_one_per_page")]

    def __str__(self) -> str:
        return str(self.easy_page_id or "")

    def clean(self) -> None:
        super().clean()
        if self.easy_page_id and self.easy_page_id == self.page_id:
            raise ValidationError({"easy_page": _("A page is not its own easy-to-read version.")})
