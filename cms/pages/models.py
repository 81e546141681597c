"""The kinds of pages that belong to the site itself, and what editors set for the whole site."""

from itertools import chain, count
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page, PageViewRestriction

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
from cms.pages.languages import language_switch
from cms.pages.page_cache import mark_cacheable
from cms.pages.rules import mentions_law
from cms.pages.typography import parted_at_end

__all__ = [
    "AccessibilityPage",
    "BasePage",
    "CoveredPage",
    "EasyVersion",
    "FundingNotice",
    "HomePage",
    "PageCare",
    "PageFunding",
    "SiteTexts",
    "StandardPage",
]

MENU_LENGTH = 7
"""More entries fit neither beside each other nor in a reader's head."""

BESIDE = ("care", "page_funding", "easy_version")
"""What stands beside a page in a row of its own, at most one each."""

SLUG_LENGTH = 240
"""What is kept of a long address, so that a number has room after it in the 255 letters of the field."""


class BasePage(Page):
    """What every page of ours has: the frame's facts in its context, and leave to be cached for anonymous visitors."""

    addresses_known: dict[str, str] | None = None
    known_open = False
    all_open = False
    """Whether it is known that everybody may see this page, or every page; ``routing`` notes it on the way."""
    frame_role = ""
    """What this kind of page is in the frame: ``courses`` for the list of courses, ``about`` for a text page."""

    for_machines = True
    """Whether this kind of page is listed for search engines; what only learners read is not."""

    read_aloud = False
    """Whether the browser's own voice offers to read this kind of page: it is a text from beginning to end."""

    states_law_itself = False
    """Whether the page's own template says as of which day its law was checked; else it stands below the content."""

    legal_as_of = models.DateField(
        _("law as of"),
        null=True,
        blank=True,
        help_text=_("The day for which statements of law on this page were checked."),
    )

    settings_panels = [
        MultiFieldPanel(
            [
                FieldPanel("legal_as_of"),
                InlinePanel("care", heading=_("Care of the page"), label=_("Care of the page"), max_num=1),
            ],
            _("Is it still true?"),
        ),
        InlinePanel("page_funding", heading=_("Funding notice"), label=_("Funding notice"), max_num=1),
        InlinePanel("easy_version", heading=_("Easy-to-read version"), label=_("Easy-to-read version"), max_num=1),
        *Page.settings_panels,
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["languages"] = language_switch(request, self.addresses())
        context["breadcrumbs"] = self.breadcrumbs(request)
        return context

    def summary_line(self) -> str:
        """What the page is about in a sentence or two, for search engines and shared links; may be empty."""
        named = (getattr(self, name, "") for name in ("search_description", "summary", "lead", "intro"))
        return next((str(text) for text in named if text), "")

    def structured_data(self) -> dict[str, Any]:
        """What this page is, in the words of schema.org; empty where a page is just a page. Costs no query."""
        return {}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        mark_cacheable(response)
        return response

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._keep_one_row_each()
        super().save(*args, **kwargs)

    def _keep_one_row_each(self) -> None:
        """A form that was sent twice would leave two rows where a page has one: the one that came last stays."""
        changed = getattr(self, "_cluster_related_objects", {})
        for name in BESIDE:
            if len(changed.get(name, ())) > 1:
                setattr(self, name, changed[name][-1:])

    def is_print_view(self, request: HttpRequest) -> bool:
        """Whether the address asks for the page as it is printed: without menus, with address, code and day."""
        return "print" in request.GET

    def print_links(self) -> list[tuple[str, Any]]:
        """Where the page is printed from: addresses, and what is printed there."""
        return [("?print", _("Print this page"))]

    def is_legal(self) -> bool:
        """Whether the page states law, so that readers must know as of which day: it holds a legal basis."""
        stories = (field for field in self._meta.get_fields() if isinstance(field, BlockField))
        return any(mentions_law(list(getattr(self, field.name).raw_data)) for field in stories)

    def add_child(self, **kwargs: Any) -> Page:
        """Take a page below this one. Two that come at once (an automatic save and a pressed button) both find a place.

        A form has looked before whether the address is free; whoever comes second in the meantime gets the next one.
        """
        with transaction.atomic():
            # The same row that the tree locks; where a database has no row locks, the transaction itself is the lock.
            Page.objects.select_for_update().get(pk=self.pk)
            child = kwargs.get("instance")
            if child is not None and child.slug:
                child.slug = self.free_slug(child.slug)
            return super().add_child(**kwargs)

    def free_slug(self, slug: str) -> str:
        """``slug``, with the next number after it where a page below this one has it already."""
        slug = slug[:SLUG_LENGTH]
        # Asked by path: the number of children that this object remembers may be old.
        taken = set(Page.objects.child_of(self).filter(slug__startswith=slug).values_list("slug", flat=True))
        return next(wanted for wanted in chain([slug], (f"{slug}-{n}" for n in count(2))) if wanted not in taken)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none() if self.known_open else super().get_view_restrictions()

    def addresses(self) -> dict[str, str]:
        """The addresses of this page in every language in which it is live."""
        if self.addresses_known is None:
            twins = (
                self.get_translations(inclusive=True)
                .filter(live=True)
                .select_related("locale")
                .only("url_path", "locale__language_code")
            )
            self.addresses_known = {twin.locale.language_code: twin.get_url() for twin in twins}
        return self.addresses_known

    def breadcrumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """The way from the home page to here; the last entry is the page itself."""
        # Not at the top: the frame is read from the pages below.
        from cms.pages.layout import layout_of

        known = layout_of(request, get_language() or "pl")["pages"]
        parts = self.url_path.strip("/").split("/")
        above = [known.get(f"/{'/'.join(parts[:depth])}/") for depth in range(1, len(parts))]
        if None in above:
            pages = self.get_ancestors().filter(depth__gt=1).only("title", "url_path", "depth", "locale_id")
            above = [{"label": page.title, "url": page.get_url()} for page in pages]
        return [*above, {"label": self.title, "url": ""}]


class CoveredPage(BasePage):
    """A page with a generated cover, which follows from the title under which it was first published.

    A later edit of the title keeps the picture: the seed belongs to the page and not to any of its versions.
    """

    cover_seed = models.CharField(max_length=200, editable=False, blank=True)

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Page:
        version = super().with_content_json(content)
        version.cover_seed = self.cover_seed
        return version

    def keep_cover(self) -> None:
        """Note the title of the first publication. Safe to repeat."""
        if not self.cover_seed:
            self.cover_seed = self.title[:200]
            type(self).objects.filter(pk=self.pk).update(cover_seed=self.cover_seed)


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
