"""The kinds of pages that belong to the site itself, and what editors set for the whole site."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from cms.pages.base_models import BasePage, CoveredPage
from cms.pages.blocks import (
    FigureBlock,
    FooterGroupBlock,
    PartnerBlock,
    PlaceBlock,
    StoryBlock,
)
from cms.pages.care_models import EasyVersion, FundingNotice, PageCare, PageFunding
from cms.pages.fields import BlockField
from cms.pages.generation import start_generation
from cms.pages.privacy_models import NoticeRead, PrivacyPage
from cms.pages.typography import parted_at_end

__all__ = [
    "AccessibilityPage",
    "BasePage",
    "CoveredPage",
    "EasyVersion",
    "FundingNotice",
    "HomePage",
    "NoticeRead",
    "PageCare",
    "PageFunding",
    "PrivacyPage",
    "SiteTexts",
    "StandardPage",
]

MENU_LENGTH = 7
"""More entries fit neither beside each other nor in a reader's head."""


class HomePage(BasePage):
    """The front door, one per language."""

    hero_title = models.CharField(_("headline"), max_length=120)
    intro = models.TextField(_("introduction"), help_text=_("One or two sentences: what this is and for whom."))
    project_intro = models.TextField(_("introduction to the figures"), blank=True)
    figures = BlockField([("figure", FigureBlock())], verbose_name=_("figures"), blank=True)
    partners = BlockField([("partner", PartnerBlock())], verbose_name=_("partners"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("hero_title"),
        FieldPanel("intro"),
        FieldPanel("project_intro"),
        FieldPanel("figures"),
        FieldPanel("partners"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    template = "cms/pages/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def structured_data(self) -> dict[str, Any]:
        return {"@type": "EducationalOrganization", "name": "Akademia Współpracy"}

    def headline(self) -> tuple[str, str]:
        """The headline as its beginning and its end, which stays on one line where there is room."""
        return parted_at_end(self.hero_title)


class StandardPage(BasePage):
    """A page of text: the project, privacy, help."""

    frame_role = "about"
    read_aloud = True

    lead = models.TextField(_("lead"), blank=True)
    body = BlockField(StoryBlock(), verbose_name=_("content"), blank=True)
    is_sample = models.BooleanField(_("sample content"), default=False)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body"), FieldPanel("is_sample")]
    parent_page_types = ["cms_pages.HomePage", "cms_pages.StandardPage"]
    template = "cms/pages/standard_page.html"

    class Meta:
        verbose_name = _("text page")


class AccessibilityPage(BasePage):
    """The accessibility declaration, version 2.0 of 31 July 2024: fixed headings and ids, only facts are typed in."""

    keeps_versions = True

    class Status(models.TextChoices):
        COMPLIANT = "compliant", _("compliant")
        PARTLY = "partly", _("partly compliant")
        NOT = "not", _("not compliant")

    body_name = models.CharField(_("name of the body"), max_length=200)
    site_published_on = models.DateField(_("site published on"))
    site_updated_on = models.DateField(_("last significant change on"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PARTLY)
    gaps = BlockField(StoryBlock(), verbose_name=_("content that is not accessible"), blank=True)
    prepared_on = models.DateField(_("declaration prepared on"))
    reviewed_on = models.DateField(_("declaration reviewed on"), null=True, blank=True)
    method = models.TextField(_("basis of the assessment"))
    contact_name = models.CharField(_("contact person or unit"), max_length=200)
    contact_email = models.EmailField(_("contact e-mail"))
    contact_phone = models.CharField(_("contact telephone"), max_length=30)
    architecture = BlockField(StoryBlock(), verbose_name=_("access to the building"), blank=True)
    communication = BlockField(StoryBlock(), verbose_name=_("access to communication"), blank=True)
    is_sample = models.BooleanField(_("sample content"), default=False)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("body_name"), FieldPanel("site_published_on"), FieldPanel("site_updated_on")], _("Site")
        ),
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldPanel("gaps"),
                FieldPanel("method"),
                FieldPanel("prepared_on"),
                FieldPanel("reviewed_on"),
            ],
            _("Assessment"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_email"), FieldPanel("contact_phone")], _("Contact")
        ),
        FieldPanel("architecture"),
        FieldPanel("communication"),
        FieldPanel("is_sample"),
    ]
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types: list[str] = []
    template = "cms/pages/accessibility_page.html"
    override_translatable_fields = [SynchronizedField("contact_phone")]

    class Meta:
        verbose_name = _("accessibility declaration")


def _named_page(name: Any, help_text: Any) -> models.ForeignKey:
    """A page that the site itself leads to, as long as it is there."""
    return models.ForeignKey(
        Page, verbose_name=name, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text=help_text
    )


@register_setting(icon="cog")
class SiteTexts(BaseSiteSetting):
    """What editors set for the whole site: menu, footer, contact and texts."""

    menu = BlockField(
        [("entry", PlaceBlock())],
        verbose_name=_("main menu"),
        blank=True,
        max_num=MENU_LENGTH,
        help_text=_(
            "At most seven entries, in this order. While it is empty, the menu shows the pages right below the home"
            " page that are marked “Show in menus”."
        ),
    )
    footer = BlockField(
        [("group", FooterGroupBlock())],
        verbose_name=_("footer"),
        blank=True,
        max_num=3,
        help_text=_("At most three groups. While it is empty, the footer shows the pages right below the home page."),
    )

    contact_email = models.EmailField(_("contact e-mail"), default="akademia@example.org")
    contact_phone = models.CharField(_("contact telephone"), max_length=30, blank=True)
    help_page = _named_page(_("help page"), _("Linked on every page at the same place."))
    terms_page = _named_page(_("terms of use"), _("Whoever creates an account accepts this page; the form links it."))
    terms_version = models.CharField(
        _("version of the terms"),
        max_length=10,
        default="2026-11",
        help_text=_("Raise it when the terms change in meaning. Each new account keeps the version that it accepted."),
    )
    privacy_page = _named_page(
        _("privacy page"), _("Tells how data about people are used; linked where somebody creates an account.")
    )
    funding_line_pl = models.TextField(
        _("line in the footer (Polish)"), blank=True, help_text=_("Stands where no funding notice was chosen.")
    )
    funding_line_en = models.TextField(_("line in the footer (English)"), blank=True)

    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("menu")], heading=_("Main menu")),
            ObjectList(
                [FieldPanel("footer"), FieldPanel("funding_line_pl"), FieldPanel("funding_line_en")],
                heading=_("Footer"),
            ),
            ObjectList(
                [FieldPanel("contact_email"), FieldPanel("contact_phone"), FieldPanel("help_page")],
                heading=_("Contact and help"),
            ),
            ObjectList(
                [FieldPanel("terms_page"), FieldPanel("terms_version"), FieldPanel("privacy_page")],
                heading=_("Terms and privacy"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("menu, footer and contact")

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        start_generation()
