"""Pages of certificates: public verification without login or script, and one's own certificates."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import actions
from certificates.forms import CodeForm, NameForm, NumberForm, SurnameForm
from certificates.handing_out import handed_out
from certificates.limits import give_back, seconds_to_wait, visitor_of
from certificates.models import Certificate
from certificates.presentation import (
    active_language,
    not_found_facts,
    result_facts,
    result_json,
    row_facts,
    sample_facts,
    twin_facts,
)
from certificates.queries import (
    award_of,
    certificates_of,
    find_by_code,
    find_by_number,
    get_certificate_for,
    holder_matches,
    name_to_confirm,
)
from certificates.rules import LOOKUPS, SURNAMES_OF_CERTIFICATE, SURNAMES_OF_VISITOR, normalise_code
from certificates.snapshot import code_in_lines
from cms.accounts.queries import person_of
from cms.pages.languages import LANGUAGE_LABELS
from cms.pages.visibility import is_open_to
from courses.catalogue.queries import course_page_in
from courses.learning.queries import get_enrolment_for

View = Callable[..., HttpResponseBase]
LANGUAGES = tuple(LANGUAGE_LABELS)
TYPED_SHOWN = 60
"""So many signs of a code that was not found stand in the field again."""


# --- Public: no session, no user, nothing kept ----------------------------------------------------------------------


def public(view: View) -> View:
    """The page speaks the language of ``?lang``, else of the browser; nobody stores or indexes it."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # These addresses have no language in front. Django would look for a 404 of ours below /pl/, where a page of the
        # site seems to match; told that there are no such addresses here, it leaves the answer as it is.
        request.urlconf = "certificates.urls"  # type: ignore[attr-defined]
        chosen = request.GET.get("lang", "")
        with translation.override(chosen if chosen in LANGUAGES else active_language()):
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = active_language()
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return shown


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Asks for a code, or for number and surname. ``?code=`` leads on to the answer."""
    code_form = CodeForm(request.GET if "code" in request.GET else None, auto_id="code_%s")
    number_form = NumberForm(request.POST if request.method == "POST" else None, auto_id="number_%s")
    if request.method == "POST" and number_form.is_valid():
        return _check_number(request, number_form)
    if code_form.is_bound and code_form.is_valid():
        return redirect(_verify_address(code_form.cleaned_data["code"], request.GET.get("lang", "")))
    status = 400 if request.method == "POST" else 200
    return _show(request, {"form": code_form, "number_form": number_form}, status=status)


def _check_number(request: HttpRequest, form: NumberForm) -> HttpResponse:
    number, surname = form.cleaned_data["number"], form.cleaned_data["surname"]
    wait = _too_many(request) or _too_many(request, surname_of=number)
    if wait:
        return _refuse(request, wait)
    found = find_by_number(number, surname)
    if found is None:
        context = {"result": not_found_facts(checked_at=timezone.now(), number=number), "number_form": form}
        return _show(request, context, status=404)
    _forgive(request, surname_of=number)
    return _show(request, {"result": result_facts(found, checked_at=timezone.now(), surname_result="match")})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The answer for a code; with a surname typed, also whether it is the holder's. Unknown and malformed are alike."""
    form = SurnameForm(request.POST if request.method == "POST" else None, auto_id="person_%s")
    compares = request.method == "POST" and form.is_valid()
    wait = _too_many(request)
    if wait:
        return _refuse(request, wait)
    found = find_by_code(code)
    if found is None:
        typed = normalise_code(code)[:TYPED_SHOWN]
        context = {
            "result": not_found_facts(checked_at=timezone.now(), typed=typed),
            "form": CodeForm(initial={"code": "\n".join(code_in_lines(typed))}, auto_id="code_%s"),
        }
        return _show(request, context, status=404)
    outcome = ""
    if compares and found.holder_name:
        wait = _too_many(request, surname_of=found.number)
        if wait:
            return _refuse(request, wait)
        outcome = "match" if holder_matches(found, form.cleaned_data["surname"]) else "no_match"
        if outcome == "match":
            _forgive(request, surname_of=found.number)
    context = {
        "result": result_facts(found, checked_at=timezone.now(), surname_result=outcome),
        "surname_form": form if found.holder_name else None,
    }
    return _show(request, context)


@public
@require_safe
def verify_json(request: HttpRequest, code: str) -> JsonResponse:
    """The answer for programs, without the holder."""
    wait = _too_many(request)
    if wait:
        answer = JsonResponse({"state": "too_many", "retry_after": wait}, status=429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    found = find_by_code(code)
    return JsonResponse(
        result_json(found, checked_at=timezone.now()),
        status=404 if found is None else 200,
        json_dumps_params={"ensure_ascii": False},
    )


def _too_many(request: HttpRequest, *, surname_of: str = "") -> int:
    """Seconds to wait, when the visitor asked too often, or tried too many surnames; counts this request."""
    visitor = visitor_of(request)
    if not surname_of:
        return seconds_to_wait(LOOKUPS, visitor)
    # Both are counted in any case: what is refused for one reason must not be free for the other.
    return max(seconds_to_wait(SURNAMES_OF_VISITOR, visitor), seconds_to_wait(SURNAMES_OF_CERTIFICATE, surname_of))


def _forgive(request: HttpRequest, *, surname_of: str) -> None:
    """Only surnames that do not match count against guessing."""
    give_back(SURNAMES_OF_VISITOR, visitor_of(request))
    give_back(SURNAMES_OF_CERTIFICATE, surname_of)


def _refuse(request: HttpRequest, wait: int) -> HttpResponse:
    response = _show(request, {"minutes": max(1, round(wait / 60))}, template="certificates/too_many.html", status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _show(
    request: HttpRequest,
    context: dict[str, Any],
    *,
    template: str = "certificates/verify.html",
    status: int = 200,
) -> HttpResponse:
    active = active_language()
    address = escape_uri_path(request.path)
    context = {
        "form": CodeForm(auto_id="code_%s"),
        "lookup_url": f"{reverse('certificates:check')}?lang={active}",
        "language": active,
        # The site's own switch exchanges the prefix of an address, and these have none.
        "languages": [
            {"code": code, "label": label, "url": f"{address}?lang={code}", "current": code == active}
            for code, label in LANGUAGE_LABELS.items()
        ],
        **context,
    }
    return render(request, template, context, status=status)


def _verify_address(code: str, language: str) -> str:
    query = f"?lang={language}" if language in LANGUAGES else ""
    return reverse("certificates:verify", kwargs={"code": code}) + query


@require_safe
def show_sample(request: HttpRequest, course: str) -> HttpResponse:
    """What the certificate of a course looks like, for anybody who thinks about enrolling."""
    award = award_of(course)
    page = course_page_in(award.course, active_language()) if award and award.course.active else None
    if award is None or page is None or not is_open_to(request, page):
        raise Http404
    facts = {"title": award.course.title(active_language()), "url": page.get_url()}
    return render(request, "certificates/sample.html", {**sample_facts(award.template), "course": facts})


# --- One's own --------------------------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def list_mine(request: HttpRequest) -> HttpResponse:
    """All certificates of the person who is signed in."""
    rows = [row_facts(certificate) for certificate in certificates_of(person_of(request.user))]
    return render(request, "certificates/list_mine.html", {"certificates": rows, "person_corner": True})


@never_cache
@login_required
@require_safe
def show_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own certificate as a page: state, download, address for checking, and every word of the paper."""
    certificate = _own(request, pk)
    superseded = certificate.replaced_at or certificate.revoked_at
    successor = getattr(certificate, "replaced_by", None) if superseded else None
    context = {**twin_facts(certificate, successor), "person_corner": True}
    return render(request, "certificates/certificate.html", context)


@login_required
@require_safe
def download_certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF of one's own certificate; while it is not made yet, a page that says so."""
    certificate = _own(request, pk)
    paper = handed_out(certificate)
    if paper is not None:
        return paper
    context = {"certificate": row_facts(certificate), "failed": bool(certificate.render_error)}
    pending = render(request, "certificates/paper_pending.html", {**context, "person_corner": True}, status=202)
    pending.headers["Cache-Control"] = "private, no-store"
    return pending


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_name(request: HttpRequest, course: str) -> HttpResponse:
    """The learner says how the name shall stand on the certificate of a course, as it is or corrected."""
    enrolment = get_enrolment_for(request.user, course)
    if enrolment is None:
        raise Http404
    back = redirect("courses_learning:enter-course", course=course)
    name = name_to_confirm(enrolment.person_id, course)
    if name is None:
        return back
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": name})
    if request.method == "POST" and form.is_valid():
        actions.confirm_name(person_id=enrolment.person_id, name=form.cleaned_data["name"], now=timezone.now())
        messages.success(
            request, _("Thank you. The certificate will be issued to: %(name)s.") % {"name": form.cleaned_data["name"]}
        )
        return back
    context = {"form": form, "back_url": back.url, "person_corner": True}
    return render(request, "certificates/confirm_name.html", context, status=400 if form.is_bound else 200)


def _own(request: HttpRequest, pk: int) -> Certificate:
    certificate = get_certificate_for(request.user, pk)
    if certificate is None:
        raise Http404
    return certificate
