"""What this room adds to the administration."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.pages.care_admin import PageCareMenuItem, PageCareView
from cms.pages.models import BasePage, FundingNotice, SiteTexts


@hooks.register("insert_global_admin_js")
def keep_typed_dates() -> SafeString:
    """A date typed in the Polish way reaches the server as it was typed."""
    return format_html('<script src="{}"></script>', static("js/admin_dates.js"))


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_the_terms(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuses to take away the terms of use that the form for new accounts links; another page is named first."""
    if request.method != "POST" or not _holds_the_terms(page):
        return None
    messages.error(
        request,
        _("New accounts accept these terms of use. First name another page under Settings, Contact and footer."),
    )
    return redirect("wagtailadmin_explore", page.pk)


def _holds_the_terms(page: Page) -> bool:
    """Whether the terms, in any language, stand at or below this page."""
    keys = SiteTexts.objects.exclude(terms_page=None).values("terms_page__translation_key")
    return page.get_descendants(inclusive=True).filter(translation_key__in=keys).exists()


class FundingNoticeViewSet(SnippetViewSet):
    """Who paid: sets of words and signs, chosen for pages."""

    model = FundingNotice
    icon = "tag"
    menu_label = gettext_lazy("Funding notices")
    list_display = ["name", "programme", "valid_from", "valid_until"]
    list_filter = ["programme"]
    search_fields = ["name", "statement_pl", "statement_en"]
    add_to_admin_menu = False


register_snippet(FundingNoticeViewSet)


@hooks.register("register_admin_urls")
def care_report_urls() -> list[Any]:
    return [
        path("reports/care/", PageCareView.as_view(), name="cms_pages_care_report"),
        path("reports/care/results/", PageCareView.as_view(results_only=True), name="cms_pages_care_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def care_report_item() -> PageCareMenuItem:
    return PageCareMenuItem(
        gettext_lazy("Care of pages"),
        reverse("cms_pages_care_report"),
        name="care-of-pages",
        icon_name="date",
        order=600,
    )


@hooks.register("before_publish_page")
def refuse_law_without_a_date(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page that states law is not published until it says as of which day. What was typed stays as a draft."""
    if not _lacks_the_day_of_law(page):
        return None
    messages.error(request, _law_refusal(page))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def refuse_many_with_law_without_a_date(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action_class_instance: Any
) -> HttpResponse | None:
    """The same where many are published at once."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "publish" or not pages:
        return None
    wanted = list(pages)
    if "include_descendants" in request.POST:
        for page in pages:
            wanted += page.get_descendants().not_live()
    refused = [draft for page in wanted if _lacks_the_day_of_law(draft := page.get_latest_revision_as_object())]
    for draft in refused:
        messages.error(request, _law_refusal(draft))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk) if refused else None


def _lacks_the_day_of_law(page: Page) -> bool:
    return isinstance(page, BasePage) and page.legal_as_of is None and page.is_legal()


def _law_refusal(page: Page) -> str:
    words = _(
        "“%(title)s” was saved but not published: it states law. Say under Settings as of which day it was checked."
    )
    return words % {"title": page.title}
