"""The demonstration's privacy notice: from the page of text that it once was, and with the version before this one."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from cms.pages.demo.texts import Spec, stored_story
from cms.pages.models import PrivacyPage, StandardPage

EARLIER = "earlier"
"""The name under which a file tells what its former versions said otherwise."""

OWN = frozenset(field.name for field in PrivacyPage._meta.local_concrete_fields)


def as_notice(key: UUID, locale_id: int, values: Mapping[str, Any]) -> StandardPage | None:
    """Make the page of text that told of privacy a notice. Its number and address stay, and so does what leads to it.

    A page that a person has edited is given back as it is, and no notice is made beside it.
    """
    old = StandardPage.objects.filter(translation_key=key, locale_id=locale_id).first()
    if old is None:
        return None
    if old.latest_revision is not None and old.latest_revision.user_id is not None:
        return old
    # What was written as a page of text cannot be read as a notice.
    of_text = Revision.objects.for_instance(old)
    kind = ContentType.objects.get_for_model(PrivacyPage)
    Page.objects.filter(pk=old.pk).update(
        content_type=kind, live=False, live_revision=None, latest_revision=None, has_unpublished_changes=True
    )
    of_text.delete()
    # Only the row of the page of text goes: the tree's own way of deleting would take the page with it.
    models.Model.delete(StandardPage.objects.get(pk=old.pk), keep_parents=True)
    notice = PrivacyPage(page_ptr_id=old.pk, **{name: value for name, value in values.items() if name in OWN})
    for field in Page._meta.concrete_fields:
        setattr(notice, field.attname, getattr(old, field.attname))
    # As it is read from a file: the page itself stands already.
    notice.save_base(raw=True)
    return None


def publish_earlier_versions(
    page: PrivacyPage, spec: Spec, values: Mapping[str, Any], ids: Mapping[str, int], language: str
) -> None:
    """Publish what the notice said before, once: the sections and answers that the file marks as newer are left out."""
    if page.latest_revision_id is not None:
        return
    for former in spec.get(EARLIER, ()):
        number = former["version_number"]
        known = [section for section in spec["sections"] if section.get("since", 1) <= number]
        sections = stored_story(known, ids, place=f"privacy/{language}/sections/{number}")
        for name, value in {**values, **former, "sections": sections}.items():
            setattr(page, name, value)
        page.save_revision().publish()
        noon = timezone.make_aware(datetime.combine(former["in_force_from"], time(12)))
        PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish").update(timestamp=noon)
        page.refresh_from_db()
