"""The privacy notice: short answers, the full text, a table that the programs fill, and versions."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, Revision

from cms.pages.base_models import BasePage
from cms.pages.blocks import SectionBlock
from cms.pages.fields import BlockField
from cms.privacy.queries import holdings_in_words

SHORT_ANSWER = 160
"""Letters of a short answer: six of them fit on the screen of a phone."""

ANSWERS = ("who", "what_for", "basis", "how_long", "rights", "contact")


def _answer(name: Any, help_text: Any) -> models.CharField:
    return models.CharField(name, max_length=SHORT_ANSWER, help_text=help_text)


class PrivacyPage(BasePage):
    """What happens to data about people, in layers (arts 13 and 14 GDPR). Each change of meaning is a new version."""

    frame_role = "about"
    read_aloud = True
    keeps_versions = True

    lead = models.TextField(_("lead"), blank=True)

    who = _answer(_("who is responsible"), _("The controller: name and, if there is one, joint controllers."))
    what_for = _answer(_("what for"), _("The purposes, in everyday words."))
    basis = _answer(_("on what basis"), _("Agreement, consent, duty, legitimate interest: what holds for what."))
    how_long = _answer(_("how long"), _("The main periods; the table below has all of them."))
    rights = _answer(_("your rights"), _("What people may demand, and where they complain."))
    contact = _answer(_("contact"), _("How one reaches the controller or the data protection officer."))
    contact_email = models.EmailField(_("contact e-mail"))

    sections = BlockField([("section", SectionBlock())], verbose_name=_("full text"), blank=True)

    version_number = models.PositiveSmallIntegerField(
        _("number of the version"),
        default=1,
        help_text=_("Raise it by one when the meaning changes; leave it when you only mend a slip."),
    )
    in_force_from = models.DateField(_("in force from"), default=timezone.localdate)
    what_changed = models.CharField(
        _("what changed"),
        max_length=300,
        blank=True,
        help_text=_("In one sentence. Needed from the second version on."),
    )
    concerns_accounts = models.BooleanField(
        _("the change concerns people with an account"),
        default=False,
        help_text=_("Whoever had an account before is told once, quietly, after signing in."),
    )
    is_sample = models.BooleanField(_("sample content"), default=False)
    held_then = models.JSONField(default=list, editable=False)
    """The table as it was when this version was saved, so that an older version stands as it was read."""

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("version_number"),
                FieldPanel("in_force_from"),
                FieldPanel("what_changed"),
                FieldPanel("concerns_accounts"),
            ],
            _("Version"),
        ),
        MultiFieldPanel([*map(FieldPanel, ANSWERS), FieldPanel("contact_email")], _("Short answers")),
        FieldPanel("sections"),
        FieldPanel("is_sample"),
    ]
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types: list[str] = []
    template = "cms/pages/privacy_page.html"

    class Meta:
        verbose_name = _("privacy notice")

    def clean(self) -> None:
        super().clean()
        faults: dict[str, Any] = {}
        if self.version_number > 1 and not self.what_changed:
            faults["what_changed"] = _("Say in one sentence what changed.")
        live = PrivacyPage.objects.filter(pk=self.pk, live=True).first() if self.pk else None
        if live and self.version_number < live.version_number:
            faults["version_number"] = _("Readers have version %(number)d already.") % {"number": live.version_number}
        elif live and self.version_number > live.version_number and self.in_force_from < live.in_force_from:
            faults["in_force_from"] = _("A later version does not come into force before the one it replaces.")
        if faults:
            raise ValidationError(faults)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Keeps with the text what the programs held about people at that time, in the language of the page."""
        with translation.override(self.locale.language_code):
            self.held_then = holdings_in_words()
        return super().save_revision(*args, **kwargs)

    def short_answers(self) -> list[tuple[Any, str]]:
        """Each question of the first layer with its answer, as far as it has one."""
        named = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in ANSWERS]
        return [(name, answer) for name, answer in named if answer]

    def summary_line(self) -> str:
        return str(self.search_description or self.lead or self.what_for)


class NoticeRead(models.Model):
    """That somebody has read a version of the privacy notice, so that they are told of the next one only."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version_number = models.PositiveSmallIntegerField(_("number of the version"))
    read_at = models.DateTimeField(_("read"), default=timezone.now)

    class Meta:
        verbose_name = _("privacy notice that was read")
        verbose_name_plural = _("privacy notices that were read")

    def __str__(self) -> str:
        return str(self.version_number)
