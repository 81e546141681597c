"""The list of news, and an item of it."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from cms.pages.blocks import PictureBlock, StoryBlock
from cms.pages.fields import BlockField
from cms.pages.models import BasePage, CoveredPage


class NewsIndexPage(BasePage):
    """The list of news with its archive, one per language."""

    frame_role = "news"

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_news.NewsPage"]
    max_count_per_parent = 1
    template = "cms/news/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")


class NewsPage(CoveredPage):
    """An item of news. It appears when it is published, at once or at a set time; ``date`` says where it stands."""

    class Kind(models.TextChoices):
        ACADEMY = "academy", _("from the academy")
        PROJECT = "project", _("from the project")

    date = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("Of what the news tells of; lists and the archive go by it. History keeps its own date."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind.choices,
        default=Kind.ACADEMY,
        help_text=_("“From the project” is for the history of 2012–2015 and holds facts only."),
    )
    lead = models.CharField(_("lead"), max_length=300, help_text=_("One or two sentences. They stand in lists, too."))
    picture = BlockField(
        [("image", PictureBlock())],
        verbose_name=_("picture"),
        blank=True,
        max_num=1,
        help_text=_("Without a picture the page shows a generated cover."),
    )
    body = BlockField(StoryBlock(), verbose_name=_("content"), blank=True)
    is_sample = models.BooleanField(
        _("sample content"), default=False, help_text=_("Invented news says so on its page and in lists.")
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("date"), FieldPanel("kind"), FieldPanel("lead")], _("What it is")),
        FieldPanel("picture"),
        FieldPanel("body"),
        FieldPanel("is_sample"),
    ]
    parent_page_types = ["cms_news.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/news/news_page.html"
    states_law_itself = True
    read_aloud = True
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("item of news")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["-date"], name="cms_news_page_by_date")]

    def structured_data(self) -> dict[str, Any]:
        return {
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": self.date.isoformat(),
            "publisher": {"@type": "EducationalOrganization", "name": "Akademia Współpracy"},
        }
