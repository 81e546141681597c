"""Builds a page with a real fault, lets it pass as a lead editor would, and records the first review. Safe to repeat.

The page says that it is a sample. A picture without a description is what most sites have to declare, so the list of
the declaration shows something that is true of the demonstration itself.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.rules import Role
from cms.checks.actions import let_faults_pass
from cms.checks.models import Exemption
from cms.checks.queries import exemptions_of, standings_of
from cms.declaration.models import Review
from cms.declaration.queries import declaration_pages
from cms.declaration.rules import next_by_law
from cms.pages.demo.publishing import publish_if_changed
from cms.pages.generation import start_generation
from cms.pages.models import HomePage, StandardPage
from media.demo.builders import build_image

PICTURE = Path(__file__).parent / "notatka.svg"
KEY = uuid5(NAMESPACE_URL, "demo/declaration/picture")
MENDED_WITHIN = timedelta(days=60)
REASON = (
    "Opis notatki słowami jest w przygotowaniu. Do tego czasu prześlemy go na prośbę: akademia@example.org. "
    "To wpis przykładowy."
)


def finish() -> Iterator[str]:
    """Once all rooms have built their pages: the page with its exemption, and the review."""
    page = _page()
    lead = User.objects.filter(groups__name=Role.LEAD_EDITORS.value, is_active=True).order_by("pk").first()
    if page is not None and lead is not None:
        _let_pass(page, lead)
    pages = declaration_pages()
    if pages and not Review.objects.exists():
        prepared_on = min(page.prepared_on for page in pages)
        # Not by the action: that publishes the pages as that person's, and the demonstration would leave them alone.
        Review.objects.create(
            reviewed_on=prepared_on,
            kind=Review.Kind.FIRST,
            method=Review.Method.SELF,
            status=pages[0].status,
            next_on=next_by_law(prepared_on),
            notes="Pierwszy przegląd, razem ze sporządzeniem deklaracji (treść przykładowa).",
            reviewed_by=lead,
            recorded_at=timezone.now(),
        )
        start_generation()
        yield "Deklaracja dostępności: pierwszy przegląd"


def _page() -> StandardPage | None:
    home = HomePage.objects.filter(locale__language_code="pl").first()
    if home is None:
        return None
    project = StandardPage.objects.child_of(home).filter(slug="o-projekcie").first()
    page = StandardPage.objects.filter(translation_key=KEY).first()
    if page is None:
        page = StandardPage(
            title="Notatka graficzna: od potrzeby do odbioru",
            slug="notatka-graficzna",
            lead="Rysunek z warsztatu o tym, jak urząd i podmiot ekonomii społecznej umawiają się na usługę.",
            locale=home.locale,
            translation_key=KEY,
            is_sample=True,
            live=False,
        )
        image = build_image(PICTURE, title="Notatka graficzna", description="")
        # Neither described nor decorative: that is the fault.
        value = {"image": {"image": image.pk, "alt_text": "", "decorative": False}, "caption": ""}
        block = {"type": "image", "id": str(uuid5(KEY, "image")), "value": value}
        page.body = page.body.stream_block.to_python([block])
        (project or home).add_child(instance=page)
        publish_if_changed(page)
    return page


def _let_pass(page: StandardPage, lead: User) -> None:
    """Once: an exemption that somebody has taken back stays so."""
    faults = [standing.fault.key for standing in standings_of(page) if standing.stops]
    if faults and not exemptions_of(page).exists() and not _was_let_pass(page):
        day = timezone.localdate() + MENDED_WITHIN
        let_faults_pass(row=page, faults=faults, reason=REASON, mend_by=day, by=lead)


def _was_let_pass(page: StandardPage) -> bool:
    return Exemption.objects.filter(title=page.title[:255]).exists()
