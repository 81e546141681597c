"""In the administration: hints on or off for a page, and where a term is used."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.glossary.actions import set_hints
from cms.glossary.models import Term
from cms.glossary.queries import has_hints, uses_of


def ask_hints(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether terms are to be explained on a page, and do it. For whoever may edit the page."""
    page = get_object_or_404(Page, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    shown = has_hints(page)
    if request.method == "POST":
        shown = request.POST.get("shown") == "1"
        set_hints(page=page, shown=shown)
        text = _("Terms are explained on “%(page)s”.") if shown else _("Terms are no longer explained on “%(page)s”.")
        messages.success(request, text % {"page": page.get_admin_display_title()})
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "cms/glossary/admin/ask_hints.html", {"page": page, "shown": shown})


def show_uses(request: HttpRequest, pk: int) -> HttpResponse:
    """The published pages on which the words of a term stand. For whoever may see terms."""
    policy = policy_registry.get_by_type(Term)
    if not policy.user_has_any_permission(request.user, {"view", "add", "change", "delete"}):
        raise PermissionDenied
    term = get_object_or_404(Term, pk=pk)
    edit_url = reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk])
    return render(request, "cms/glossary/admin/uses.html", {"term": term, "uses": uses_of(term), "edit_url": edit_url})
