"""Pages with faults, and exemptions, for tests."""

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.checks.models import Exemption
from cms.pages.models import StandardPage
from tests.factories.catalogue import make_home
from tests.factories.pages import nothing_beside

HERE_LINK = '<p>Zajrzyj <a href="https://example.org">tutaj</a>.</p>'


def make_text_page(*html: str, language: str = "pl", **fields: Any) -> StandardPage:
    """A draft of a text page with one block of text for each piece of HTML."""
    home = make_home(language)
    number = Page.objects.count()
    page = StandardPage(
        **{"title": f"Strona {number}", "slug": f"strona-{number}"} | fields, locale=home.locale, live=False
    )
    page.body = [("text", piece) for piece in html]
    home.add_child(instance=page)
    page.save_revision()
    return page


def make_exemption(page: Page, *, what: str = "tutaj", days: int = 30, **fields: Any) -> Exemption:
    """An open exemption for a link that says nothing."""
    values = {
        "title": page.title,
        "language": page.locale.language_code,
        "check_id": "link_says_nothing",
        "what": what,
        "reason": "Autor poprawia tekst; pytania: akademia@example.org.",
        "mend_by": date.today() + timedelta(days=days),
        "granted_at": timezone.now(),
    }
    kind = ContentType.objects.get_for_model(type(page))
    return Exemption.objects.create(content_type=kind, object_id=page.pk, **values | fields)


GOOD = '<p>Zajrzyj do <a href="https://example.org">regulaminu naboru</a>.</p>'
WORDS = "Link „tutaj” nie mówi, dokąd prowadzi."


def form_of(*html: str, **fields: Any) -> dict[str, Any]:
    """The form of a text page as the browser sends it."""
    body = streamfield([("text", rich_text(piece)) for piece in html])
    return nested_form_data(
        {"title": "Nowa strona", "slug": "nowa", "lead": "", "legal_as_of": "", "body": body}
        | nothing_beside()
        | fields
    )


def edit(page: Page) -> str:
    """The address of a page's form."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
