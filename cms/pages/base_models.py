"""What every page of ours has, whatever its kind."""

from itertools import chain, count
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction

from cms.pages.fields import BlockField
from cms.pages.languages import language_switch
from cms.pages.page_cache import mark_cacheable
from cms.pages.rules import mentions_law

BESIDE = ("care", "page_funding", "easy_version")
"""What stands beside a page in a row of its own, at most one each."""

SLUG_LENGTH = 240
"""What is kept of a long address, so that a number has room after it in the 255 letters of the field."""


def twin_in(page: Page | None, locale_id: int | None) -> Page | None:
    """The page itself where it is in this language, else its translation, if there is one. At most 1 query."""
    if page is None or locale_id is None or page.locale_id == locale_id:
        return page
    twin: Page | None = page.get_translations().filter(locale=locale_id).first()
    return twin


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

    keeps_versions = False
    """Whether everybody may read what pages of this kind said before, each version at an address of its own."""

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
        self._keep_to_its_language()
        super().save(*args, **kwargs)

    def _keep_one_row_each(self) -> None:
        """A form that was sent twice would leave two rows where a page has one: the one that came last stays."""
        changed = getattr(self, "_cluster_related_objects", {})
        for name in BESIDE:
            if len(changed.get(name, ())) > 1:
                setattr(self, name, changed[name][-1:])

    def _keep_to_its_language(self) -> None:
        """What a translation takes over leads to pages of the original's language: here it leads to their twins.

        An easy-to-read version in another language is none, so without a twin there is no row.
        """
        changed = getattr(self, "_cluster_related_objects", {})
        for care in changed.get("care", ()):
            care.replaced_by = twin_in(care.replaced_by, self.locale_id) or care.replaced_by
        easy = [(row, twin_in(row.easy_page, self.locale_id)) for row in changed.get("easy_version", ())]
        if any(twin is None for _row, twin in easy):
            self.easy_version = [row for row, twin in easy if twin is not None]
        for row, twin in easy:
            row.easy_page = twin or row.easy_page

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
