"""Topics in the editors' side, and the door before files that are not for everybody."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.library.downloads_admin import DownloadsMenuItem, DownloadsView
from cms.library.models import PublicationFile, Topic
from cms.library.rules import PUBLIC


class TopicViewSet(SnippetViewSet):
    """The topics by which publications are found."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["title", "slug", "locale"]
    search_fields = ["title"]
    add_to_admin_menu = False


register_snippet(TopicViewSet)


@hooks.register("before_serve_document")
def lead_to_the_file_of_a_publication(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """Whatever belongs to a publication is opened at its address there, where it is asked who may open it.

    A draft takes no document from a lesson that has it, too, unless it says that the file is not for everybody.
    """
    belongs = Q(publication__live=True) | ~Q(access=PUBLIC) | Q(opens_on__isnull=False)
    file = PublicationFile.objects.filter(belongs, document=document.pk).order_by("-publication__live", "pk").first()
    return redirect("cms_library:open-file", file.key) if file else None


@hooks.register("register_admin_urls")
def downloads_urls() -> list[URLPattern]:
    """The report of downloads."""
    return [
        path("reports/downloads/", DownloadsView.as_view(), name="cms_library_downloads_report"),
        path(
            "reports/downloads/results/",
            DownloadsView.as_view(results_only=True),
            name="cms_library_downloads_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def downloads_item() -> DownloadsMenuItem:
    """Under the reports."""
    return DownloadsMenuItem(
        DownloadsView.page_title,
        reverse("cms_library_downloads_report"),
        name="downloads",
        icon_name=DownloadsView.header_icon,
        order=610,
    )
