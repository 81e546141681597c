"""What search finds of the site's own pages."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.pages.models import AccessibilityPage, BasePage, HomePage, PrivacyPage, StandardPage
from cms.pages.passages import passages_of

KINDS: tuple[type[BasePage], ...] = (HomePage, StandardPage, AccessibilityPage, PrivacyPage)


def page_marks(*models: type[BasePage]) -> Any:
    """Marks of live pages of these types, copies that only repeat another page left out: 1 query for each type."""

    def marks(ids: Collection[int] | None) -> Iterable[tuple[int, str]]:
        for model in models:
            pages = model.objects.live().filter(alias_of=None)
            if ids is not None:
                pages = pages.filter(pk__in=ids)
            for pk, revision, published in pages.values_list("pk", "live_revision_id", "last_published_at"):
                yield pk, f"{revision} {published}"

    return marks


def page_entry(page: BasePage, **more: Any) -> dict[str, Any]:
    """What an entry of a page has in any room; ``more`` is what it has besides."""
    return {"title": page.title, "language": page.locale.language_code, "page": page.pk} | more


def live_page(model: type[BasePage], pk: int) -> Any:
    """The live page that is no mere copy of another one; else None."""
    return model.objects.live().filter(alias_of=None, pk=pk).select_related("locale").first()


def read_page(pk: int) -> list[dict[str, Any]]:
    """The entry of a page of text, of the front door or of the declaration."""
    page = next((found for model in KINDS if (found := live_page(model, pk))), None)
    if isinstance(page, HomePage):
        partners = " ".join(f"{partner.value['name']}." for partner in page.partners)
        texts = [{"text": page.project_intro}, *passages_of(page.figures), {"text": partners}]
        return [page_entry(page, title=page.hero_title, summary=page.intro, also=page.title, passages=texts)]
    if isinstance(page, StandardPage):
        return [page_entry(page, summary=page.lead, passages=passages_of(page.body))]
    if isinstance(page, AccessibilityPage):
        contact = f"{page.contact_name} {page.contact_email} {page.contact_phone}"
        streams = (page.gaps, page.architecture, page.communication)
        texts = [{"text": page.method}, *(passage for stream in streams for passage in passages_of(stream))]
        return [page_entry(page, summary="", also=page.body_name, passages=[*texts, {"text": contact}])]
    if isinstance(page, PrivacyPage):
        answers = [{"text": f"{question}: {answer}"} for question, answer in page.short_answers()]
        held = [{"text": f"{row['what']}. {row['retention']}."} for row in page.held_then]
        return [page_entry(page, summary=page.lead, passages=[*answers, *passages_of(page.sections), *held])]
    return []


SEARCHABLE: list[dict[str, Any]] = [
    {
        "name": "cms_pages.page",
        "kind": "page",
        "one": _("page"),
        "many": _("Pages"),
        "order": 50,
        "marks": page_marks(*KINDS),
        "read": read_page,
        "models": [model._meta.label for model in KINDS],
    },
]
