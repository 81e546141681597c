"""The declaration with what it lists, and reviews, for tests."""

from datetime import UTC, date, datetime
from typing import Any

from cms.declaration.models import Review
from cms.declaration.rules import next_by_law
from cms.pages.models import AccessibilityPage
from tests.factories.catalogue import make_home

DAY = date(2026, 11, 24)


def make_declaration(language: str = "pl", **fields: Any) -> AccessibilityPage:
    """A published declaration below the home page, partly compliant for a reason that editors wrote."""
    home = make_home(language)
    values = {
        "title": "Deklaracja dostępności" if language == "pl" else "Accessibility statement",
        "slug": "deklaracja" if language == "pl" else "accessibility",
        "body_name": "Stowarzyszenie Przykładowe",
        "site_published_on": DAY,
        "site_updated_on": DAY,
        "prepared_on": DAY,
        "method": "Samoocena.",
        "contact_name": "Anna Przykładowa",
        "contact_email": "dostepnosc@example.org",
        "contact_phone": "+48 000 000 000",
        "gaps": [("text", "<p>Lektor jest syntetyczny.</p>")],
        "architecture": [("text", "<p>Wejście bez progu.</p>")],
        "communication": [("text", "<p>Pętli indukcyjnej nie ma.</p>")],
    }
    page = AccessibilityPage(**values | fields, locale=home.locale, live=False)
    home.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_review(reviewed_on: date, **fields: Any) -> Review:
    """A review as it was recorded on its day."""
    values = {
        "kind": Review.Kind.YEARLY,
        "method": Review.Method.SELF,
        "status": "partly",
        "next_on": next_by_law(reviewed_on),
        "recorded_at": datetime(reviewed_on.year, reviewed_on.month, reviewed_on.day, 12, tzinfo=UTC),
    }
    return Review.objects.create(reviewed_on=reviewed_on, **values | fields)
