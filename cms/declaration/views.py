"""The declaration on the editors' side: how it stands, what it lists and from where, a review, a heading."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from cms.accounts.models import User
from cms.declaration.actions import place, record_review
from cms.declaration.forms import PlaceForm, ReviewForm
from cms.declaration.gaps import gaps_in
from cms.declaration.models import GROUP_WORDS, Placement, Review
from cms.declaration.permissions import can_review, can_see_declaration
from cms.declaration.queries import declaration_pages, standing
from cms.declaration.rules import GAPS, Gap, Group, in_groups, status_fault, status_shown
from cms.declaration.wording import source_words, status_words
from media.models import LANGUAGES

LISTED_PER_PAGE = 50
REVIEWS_SHOWN = 5


@require_safe
def show_declaration(request: HttpRequest) -> HttpResponse:
    """How the declaration stands and what its page shows now, in one language; where each entry comes from."""
    _refuse_others(request, can_see_declaration(_by(request)))
    codes = [code for code, _name in LANGUAGES]
    language = request.GET.get("language", "")
    language = language if language in codes else codes[0]
    gaps = gaps_in(language)
    listed = Paginator([_entry(gap) for rows in in_groups(gaps).values() for gap in rows], LISTED_PER_PAGE)
    has_gaps = any(gap.group in GAPS for gap in gaps)
    page = next((page for page in declaration_pages() if page.locale.language_code == language), None)
    fault = status_fault(page.status, has_gaps=has_gaps, has_words=bool(page.gaps)) if page else None
    context = {
        "standing": standing(today=timezone.localdate()),
        "page": page,
        "status": dict(type(page).Status.choices)[status_shown(page.status, has_gaps=has_gaps)] if page else "",
        "contradiction": status_words(fault) if fault else "",
        "language": language,
        "languages": LANGUAGES,
        "listed": listed.get_page(request.GET.get("page")),
        "reviews": Review.objects.select_related("reviewed_by__person")[:REVIEWS_SHOWN],
        "may_review": can_review(_by(request)),
    }
    return render(request, "cms/declaration/overview.html", context)


def _entry(gap: Gap) -> dict[str, Any]:
    return {
        "gap": gap,
        "source": source_words(gap.key),
        "group": GROUP_WORDS[gap.group.value],
        "may_be_placed": gap.group is not Group.NOTE,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Asks for the facts of a review and writes it."""
    _refuse_others(request, can_review(_by(request)))
    form = ReviewForm(request.POST or None, initial={"status": _status_now()})
    if request.method == "POST" and form.is_valid():
        try:
            record_review(by=_by(request), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The review is recorded and stands in the declaration."))
            return redirect("cms_declaration_overview")
    return render(request, "cms/declaration/review.html", {"form": form}, status=200)


def _status_now() -> str:
    return next((page.status for page in declaration_pages()), "partly")


@require_http_methods(["GET", "HEAD", "POST"])
def put_under_heading(request: HttpRequest, key: str) -> HttpResponse:
    """Asks under which heading an entry of the list stands, and puts it there."""
    _refuse_others(request, can_review(_by(request)))
    gap = next((gap for code, _name in LANGUAGES for gap in gaps_in(code) if gap.key == key), None)
    if gap is None or gap.group is Group.NOTE:
        raise Http404
    known = Placement.objects.filter(key=key).first()
    form = PlaceForm(request.POST or None, instance=known, initial={"group": gap.group.value})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place(
            by=_by(request),
            key=key,
            group=Group(data["group"]),
            reason=data["reason"],
            assessment_url=data["assessment_url"],
        )
        messages.success(request, _("The entry stands under its new heading."))
        return redirect("cms_declaration_overview")
    return render(request, "cms/declaration/place.html", {"form": form, "gap": gap, "source": source_words(key)})


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


def _refuse_others(request: HttpRequest, allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
