"""The list of films, and the page on which everybody may watch, read and listen to one."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.discovery.rules import without_blanks
from cms.library.models import Topic, topics_in
from cms.pages.blocks import StoryBlock
from cms.pages.fields import BlockField
from cms.pages.generation import start_generation
from cms.pages.models import BasePage, CoveredPage
from cms.pages.players import clean_host
from media.models import Film
from media.rules import duration_for_machines


class FilmListPage(BasePage):
    """The list of films, one per language."""

    frame_role = "films"

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_films.FilmPage"]
    max_count_per_parent = 1
    template = "cms/films/film_list_page.html"

    class Meta:
        verbose_name = _("list of films")


class FilmPage(CoveredPage):
    """A film in public. What is shown of it (captions, transcript, versions) belongs to the film itself."""

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.PROTECT, related_name="pages")
    summary = models.CharField(_("one sentence"), max_length=250, help_text=_("Stands in lists."))
    body = BlockField(StoryBlock(), verbose_name=_("more about the film"), blank=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="films")
    for_pes = models.BooleanField(_("for social economy entities"), default=False)
    for_administration = models.BooleanField(_("for the administration"), default=False)
    for_trainers = models.BooleanField(_("for trainers"), default=False)
    is_sample = models.BooleanField(_("sample content"), default=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel(
            "film",
            help_text=_("Captions, transcript, audio description and sign language are kept with the film."),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("for_pes"),
                FieldPanel("for_administration"),
                FieldPanel("for_trainers"),
            ],
            _("Where it belongs"),
        ),
        FieldPanel("is_sample"),
    ]
    parent_page_types = ["cms_films.FilmListPage"]
    subpage_types: list[str] = []
    template = "cms/films/film_page.html"
    states_law_itself = True
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    override_translatable_fields = [SynchronizedField("topics")]

    class Meta:
        verbose_name = _("film page")
        verbose_name_plural = _("film pages")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.topics = topics_in(self.locale_id, self.topics.all())
        super().save(*args, **kwargs)

    def structured_data(self) -> dict[str, Any]:
        """A video of schema.org, with what there is for whom. Asks for the film where the page does not have it yet."""
        film = self.film
        features = {
            "captions": film.has_sound is not False,
            "transcript": True,
            "audioDescription": film.description_kind == Film.DescriptionKind.TRACK,
            "signLanguage": bool(film.sign_file),
        }
        return without_blanks(
            {
                "@type": "VideoObject",
                "inLanguage": film.language,
                "duration": duration_for_machines(film.duration_seconds),
                "uploadDate": self.first_published_at.isoformat() if self.first_published_at else "",
                "accessibilityFeature": [name for name, is_there in features.items() if is_there],
                "isAccessibleForFree": True,
            }
        )


@register_setting(icon="media")
class ForeignPlayers(BaseSiteSetting):
    """Where players of others may come from beside YouTube and Vimeo."""

    peertube_hosts = models.TextField(
        _("PeerTube hosts"),
        blank=True,
        help_text=_("One per line, for example: peertube.example.org. Films of other hosts are refused."),
    )

    class Meta:
        verbose_name = _("foreign players")

    def clean(self) -> None:
        super().clean()
        faults = [line for line in self.peertube_hosts.split() if clean_host(line) is None]
        if faults:
            raise forms.ValidationError(
                {"peertube_hosts": _("This is not the name of a host: %(hosts)s.") % {"hosts": ", ".join(faults)}}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A host that was taken from the list is shown on no page any longer."""
        super().save(*args, **kwargs)
        start_generation()

    def hosts(self) -> frozenset[str]:
        """The hosts that editors named."""
        return frozenset(host for line in self.peertube_hosts.split() if (host := clean_host(line)))
