"""What publications and films are about."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField


class Topic(TranslatableMixin, models.Model):
    """What publications are about. ``slug`` stands in addresses and is the same in each language."""

    title = models.CharField(_("title"), max_length=80)
    slug = models.SlugField(_("in addresses"), max_length=50, help_text=_("The same in each language."))

    panels = [FieldPanel("title"), FieldPanel("slug")]
    translatable_fields = [TranslatableField("title"), SynchronizedField("slug", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="cms_library_topic_one_per_slug_and_locale")
        ]

    def __str__(self) -> str:
        return self.title


def topics_in(locale_id: int | None, topics: Iterable[Topic]) -> list[Topic]:
    """These topics in a language; one without a translation stays as it is. At most 1 query."""
    chosen = list(topics)
    foreign = [topic.translation_key for topic in chosen if topic.locale_id != locale_id]
    if not foreign or locale_id is None:
        return chosen
    twins = {twin.translation_key: twin for twin in Topic.objects.filter(translation_key__in=foreign, locale=locale_id)}
    return list(dict.fromkeys(twins.get(topic.translation_key, topic) for topic in chosen))
