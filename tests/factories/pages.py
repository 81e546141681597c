"""Text pages, and what stands beside a page in its form."""

import itertools
from datetime import date
from typing import Any

from wagtail.models import Page, Site
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import inline_formset

from cms.pages.models import (
    BasePage,
    EasyVersion,
    FundingNotice,
    PageCare,
    PageFunding,
    PrivacyPage,
    SiteTexts,
    StandardPage,
)
from tests.factories.catalogue import locale, make_home

_numbers = itertools.count(1)


def make_text_page(title: str = "", *, below: Page | None = None, language: str = "pl", **fields: Any) -> StandardPage:
    """A published text page, below the home page or another one."""
    number = next(_numbers)
    parent = below or make_home(language)
    page = StandardPage(
        title=title or f"Strona {number}",
        slug=fields.pop("slug", f"strona-{number}"),
        locale=locale(language),
        live=False,
    )
    for name, value in fields.items():
        setattr(page, name, value)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def look_after(page: BasePage, **fields: Any) -> PageCare:
    """Publish the page with these facts of its care."""
    page.care = [PageCare(**fields)]
    page.save_revision().publish()
    return PageCare.objects.get(page=page.pk)


def make_notice(**fields: Any) -> FundingNotice:
    """A funding notice in both languages."""
    number = next(_numbers)
    defaults = {
        "name": f"Zestaw {number}",
        "programme": FundingNotice.Programme.FERS,
        "statement_pl": f"Zestaw {number} po polsku.",
        "statement_en": f"Set {number} in English.",
    }
    return FundingNotice.objects.create(**defaults | fields)


def fund(page: BasePage, notice: FundingNotice | None) -> None:
    """Publish the page with this notice chosen, or with the word that there is none."""
    page.page_funding = [PageFunding(notice=notice)]
    page.save_revision().publish()


def name_easy_version(page: BasePage, easy: Page) -> None:
    """Publish the page with its easy-to-read version."""
    page.easy_version = [EasyVersion(easy_page=easy)]
    page.save_revision().publish()


def nothing_beside() -> dict[str, Any]:
    """What the form of any page holds beside its own fields while nobody has filled it in."""
    return {name: inline_formset([]) for name in ("care", "page_funding", "easy_version")}


def make_privacy_notice(language: str = "pl", *, named: bool = True, **fields: Any) -> PrivacyPage:
    """A published privacy notice, named in the settings of the site."""
    page = PrivacyPage(
        title="Prywatność" if language == "pl" else "Privacy",
        slug=f"prywatnosc-{next(_numbers)}",
        locale=locale(language),
        who="Administrator przykładowy.",
        what_for="Żeby prowadzić konto.",
        basis="Umowa.",
        how_long="Dopóki masz konto.",
        rights="Dostęp i usunięcie.",
        contact="Napisz:",
        contact_email="dane@example.org",
        in_force_from=date(2026, 11, 2),
        live=False,
    )
    page.sections = [("section", {"title": "Kto odpowiada", "content": [("text", RichText("<p>Pierwsze słowa.</p>"))]})]
    for name, value in fields.items():
        setattr(page, name, value)
    Page.objects.get(pk=make_home(language).pk).add_child(instance=page)
    page.save_revision().publish()
    if named:
        texts = SiteTexts.for_site(Site.objects.get(is_default_site=True))
        texts.privacy_page = page
        texts.save()
    return PrivacyPage.objects.get(pk=page.pk)


def change_notice(page: PrivacyPage, **fields: Any) -> PrivacyPage:
    """Publish the notice with these values."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return PrivacyPage.objects.get(pk=page.pk)
