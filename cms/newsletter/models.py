"""Subscribers and the proof of their consent; issues and their archive; to whom an issue was sent."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from cms.newsletter.blocks import IssueBlock
from cms.pages.fields import BlockField
from cms.pages.models import BasePage
from media.models import LANGUAGES

PAGE_SIZE = 20


def new_key() -> str:
    """What a subscriber's links are signed over: random, and gone with the row."""
    return secrets.token_urlsafe(16)


class NewsletterTopic(models.Model):
    """What subscribers choose and issues are about."""

    slug = models.SlugField(_("short name"), max_length=50, unique=True)
    title_pl = models.CharField(_("name in Polish"), max_length=80)
    title_en = models.CharField(_("name in English"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower numbers come first."))

    panels = [FieldPanel("title_pl"), FieldPanel("title_en"), FieldPanel("slug"), FieldPanel("order")]

    class Meta:
        verbose_name = _("newsletter topic")
        verbose_name_plural = _("newsletter topics")
        ordering = ["order", "title_pl"]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_pl


class Subscriber(models.Model):
    """An address that asked for the newsletter, in small letters, and how far it is. Its text names nobody."""

    class State(models.TextChoices):
        PENDING = "pending", _("not confirmed")
        ACTIVE = "active", _("subscribed")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        REFUSED = "refused", _("switched off: letters were refused")

    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="pl")
    topics = models.ManyToManyField(NewsletterTopic, verbose_name=_("topics"), blank=True, related_name="subscribers")
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.PENDING)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    refusals = models.PositiveSmallIntegerField(_("refused in a row"), default=0)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "language"], name="cms_newsletter_audience_idx")]
        permissions = [("export_subscriber", _("Can export subscribers"))]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="active") | models.Q(confirmed_at__isnull=False),
                name="cms_newsletter_active_is_confirmed",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ConsentEvent(models.Model):
    """One act of a subscriber, as proof: when, by what way, and to which words. Append-only; no network address."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("asked for the newsletter")
        CONFIRMED = "confirmed", _("confirmed")
        CHANGED = "changed", _("changed the choice")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        REFUSED = "refused", _("switched off after refusals")

    class Source(models.TextChoices):
        FORM = "form", _("form on the site")
        LINK = "link", _("link in a letter")
        ONE_CLICK = "one_click", _("button of the mail program")
        ACCOUNT = "account", _("account on the site")
        STAFF = "staff", _("by the administration")
        PROGRAM = "program", _("by the program")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("event"), max_length=20, choices=Kind.choices)
    source = models.CharField(_("way"), max_length=20, choices=Source.choices)
    at = models.DateTimeField(_("time"), default=timezone.now)
    text_version = models.CharField(_("version of the text"), max_length=20, blank=True)
    words = models.TextField(_("words agreed to"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    topics = models.JSONField(_("topics"), default=list)

    class Meta:
        verbose_name = _("consent to the newsletter")
        verbose_name_plural = _("consents to the newsletter")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class NewsletterPage(BasePage):
    """The door of the newsletter: the form at its address, with these words above it."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("What one gets and how often; stands above the form."))

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_newsletter.ArchivePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("newsletter")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whatever address editors give this page, the form has its own."""
        return redirect(reverse("cms_newsletter:subscribe"))


class ArchivePage(BasePage):
    """The issues of one language, newest first."""

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms_newsletter.NewsletterPage"]
    subpage_types = ["cms_newsletter.IssuePage"]
    max_count_per_parent = 1
    template = "cms/newsletter/archive_page.html"

    class Meta:
        verbose_name = _("archive of the newsletter")

    def issues(self, number: str) -> PageOfList:
        """A page of the published issues: 2 queries."""
        issues = IssuePage.objects.child_of(self).live().public().order_by("-first_published_at", "-pk")
        return Paginator(issues.defer("body"), PAGE_SIZE).get_page(number)


class IssuePage(BasePage):
    """An issue: written as a page, released as a letter, kept in the archive."""

    subject = models.CharField(
        _("subject of the letter"), max_length=120, blank=True, help_text=_("Empty: the title of the issue.")
    )
    preheader = models.CharField(
        _("first line"), max_length=140, blank=True, help_text=_("Mail programs show it beside the subject.")
    )
    intro = models.TextField(_("introduction"), blank=True)
    body = BlockField(IssueBlock(), verbose_name=_("content"), blank=True)
    topics = ParentalManyToManyField(
        NewsletterTopic, verbose_name=_("topics"), blank=True, help_text=_("None: the issue goes to all subscribers.")
    )
    is_sample = models.BooleanField(_("sample content"), default=False)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("subject"), FieldPanel("preheader")], _("Letter")),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        FieldPanel("is_sample"),
    ]
    parent_page_types = ["cms_newsletter.ArchivePage"]
    subpage_types: list[str] = []
    template = "cms/newsletter/issue_page.html"
    override_translatable_fields = [SynchronizedField("topics")]
    MAIL, MAIL_TEXT = "mail", "mail_text"

    class Meta:
        verbose_name = _("issue of the newsletter")
        verbose_name_plural = _("issues of the newsletter")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Page on the site")), (self.MAIL, _("Letter")), (self.MAIL_TEXT, _("Letter as text"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft as a page, or as the letter that a subscriber would get."""
        if mode_name not in (self.MAIL, self.MAIL_TEXT):
            return super().serve_preview(request, mode_name)
        # Not at the top: letters are made of issues.
        from cms.newsletter.letters import preview_of

        html, text = preview_of(self)
        if mode_name == self.MAIL:
            return HttpResponse(html)
        return HttpResponse(text, content_type="text/plain; charset=utf-8")


class Release(models.Model):
    """The sending of an issue, once: its words as they were then, and how far it is."""

    class State(models.TextChoices):
        SENDING = "sending", _("being sent")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("sending finished")

    issue = models.OneToOneField(
        IssuePage, null=True, on_delete=models.SET_NULL, related_name="release", verbose_name=_("issue")
    )
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    topics = models.JSONField(_("topics"), default=list)
    contents = models.JSONField(_("contents"), default=dict)
    total = models.PositiveIntegerField(_("addresses"), default=0)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.SENDING)
    released_at = models.DateTimeField(_("released"), default=timezone.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("released by")
    )
    held_until = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(_("trouble with the mail server"), max_length=20, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("release of an issue")
        verbose_name_plural = _("releases of issues")
        ordering = ["-released_at", "-id"]
        permissions = [("release_issue", _("Can release an issue of the newsletter"))]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One issue for one subscriber, once. Whoever leaves takes their name out of it; that it was sent stays counted."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        SKIPPED = "skipped", _("left out: unsubscribed in the meantime")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    mail = models.OneToOneField("cms_mail.OutgoingMail", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("issue sent to a subscriber")
        verbose_name_plural = _("issues sent to subscribers")
        ordering = ["id"]
        indexes = [models.Index(fields=["release", "state"], name="cms_newsletter_waiting_idx")]
        constraints = [
            models.UniqueConstraint(fields=["release", "subscriber"], name="cms_newsletter_delivery_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.pk}"
