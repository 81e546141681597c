"""The faults of a page or film with what lets them pass, and the guide for editors."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.checks.actions import close_exemption, edit_address, let_faults_pass
from cms.checks.forms import LetPassForm
from cms.checks.guide import BY_SLUG, CHAPTERS
from cms.checks.models import Exemption
from cms.checks.permissions import can_let_pass
from cms.checks.presentation import rows_of
from cms.checks.queries import is_checked, standings_of


@require_http_methods(["GET", "HEAD", "POST"])
def show_faults(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """What is wrong with the newest version of a page or film; lead editors let grave faults pass here."""
    row = _row_for(request, kind, pk)
    standings = standings_of(row)
    rows = rows_of(standings)
    lead = can_let_pass(request.user)
    choices = [(row.value, row.words) for row in rows if row.grave]
    form = LetPassForm(request.POST or None, choices=choices)
    if request.method == "POST":
        if not lead:
            raise PermissionDenied
        if form.is_valid():
            return _let_pass(request, row, form)
    return render(
        request,
        "cms/checks/faults.html",
        {
            "row": row,
            "rows": rows,
            "form": form if lead and choices else None,
            "lead": lead,
            "stopping": any(standing.stops for standing in standings),
            "edit_url": edit_address(row),
            "page_title": _("Check before publication"),
            "header_icon": "check",
        },
    )


def _let_pass(request: HttpRequest, row: Any, form: LetPassForm) -> HttpResponse:
    wanted = [tuple(value.split("|", 1)) for value in form.cleaned_data["fault"]]
    given = let_faults_pass(
        row=row,
        faults=wanted,  # type: ignore[arg-type]
        reason=form.cleaned_data["reason"],
        mend_by=form.cleaned_data["mend_by"],
        by=request.user,  # type: ignore[arg-type]
    )
    messages.success(
        request,
        ngettext(
            "One fault is let pass. It stands in the accessibility declaration until it is mended.",
            "%(count)d faults are let pass. They stand in the accessibility declaration until they are mended.",
            len(given),
        )
        % {"count": len(given)},
    )
    return redirect(edit_address(row) or "wagtailadmin_home")


@require_http_methods(["POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an exemption back; the fault stops the next publication again."""
    one = get_object_or_404(Exemption, pk=pk)
    if not can_let_pass(request.user):
        raise PermissionDenied
    if close_exemption(exemption_id=one.pk, by=request.user):  # type: ignore[arg-type]
        messages.success(request, _("The exemption is taken back. The fault stops publication again."))
    return redirect("cms_checks_faults", one.content_type_id, one.object_id)


def _row_for(request: HttpRequest, kind: int, pk: int) -> Any:
    """The newest version of a row, for whoever may edit it; Http404 for what does not exist or is never checked."""
    model = get_object_or_404(ContentType, pk=kind).model_class()
    if model is None or not is_checked(model()):
        raise Http404
    row = get_object_or_404(model, pk=pk)
    if isinstance(row, Page):
        allowed = row.permissions_for_user(request.user).can_edit()
    else:
        allowed = policy_registry.get_by_type(model).user_has_permission_for_instance(request.user, "change", row)
    if not allowed:
        raise PermissionDenied
    return row.get_latest_revision_as_object()


@require_http_methods(["GET", "HEAD"])
def show_guide(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A chapter of the guide for editors; without a name the first."""
    chapter = BY_SLUG.get(slug or CHAPTERS[0].slug)
    if chapter is None:
        raise Http404
    place = CHAPTERS.index(chapter)
    return render(
        request,
        "cms/checks/guide.html",
        {
            "chapter": chapter,
            "chapters": CHAPTERS,
            "before": CHAPTERS[place - 1] if place else None,
            "after": CHAPTERS[place + 1] if place + 1 < len(CHAPTERS) else None,
            "page_title": "Poradnik redakcji",
            "header_icon": "help",
        },
    )
