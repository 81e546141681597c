"""What this room adds to the administration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from cms.pages.models import SiteTexts


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
