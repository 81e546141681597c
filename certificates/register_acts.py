"""What coordinators do to a certificate: revoke it, issue it anew or again, have its paper made once more."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from certificates import actions
from certificates.forms import IssueAgainForm, ReissueForm, RevokeForm
from certificates.handing_out import handed_out
from certificates.models import Certificate
from certificates.permissions import can_change_certificate, can_view_register
from certificates.presentation import answer_word
from certificates.queries import state_of
from certificates.rules import State
from cms.accounts.models import User

INSPECT = "certificates_register:inspect"


def state_word(certificate: Certificate) -> str:
    """What a certificate is worth, in one word."""
    return answer_word(state_of(certificate).state.value)


def refusals(certificate: Certificate) -> dict[str, str]:
    """Why a certificate cannot be revoked, issued anew or issued again after a revocation; empty where it can."""
    state = state_of(certificate).state
    removed = not certificate.holder_name or certificate.person is None or certificate.person.erased_at is not None
    gone = _("The holder's data were removed; nothing can be issued anew.")
    revoke = _("This certificate is revoked already.") if state is State.REVOKED else ""
    reissue = ""
    if state is State.REVOKED:
        reissue = _("A revoked certificate cannot be replaced.")
    elif state is State.REPLACED:
        reissue = _("This certificate was replaced already. Issue the new one anew instead.")
    elif removed:
        reissue = gone
    again = ""
    successor = getattr(certificate, "replaced_by", None)
    if state is not State.REVOKED:
        again = _("This certificate is not revoked.")
    elif successor is not None:
        again = _("Certificate %(number)s was issued after this one.") % {"number": successor.number}
    elif removed:
        again = gone
    return {"revoke": revoke, "reissue": reissue, "again": again}


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason, then revokes."""
    by, certificate = _changeable(request, pk)
    refused = refusals(certificate)["revoke"]
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not refused and form.is_valid():
        actions.revoke(certificate_id=pk, reason=form.cleaned_data["reason"], by=by, now=timezone.now())
        messages.success(request, _("Certificate %(number)s was revoked.") % {"number": certificate.number})
        return redirect(INSPECT, pk)
    return _ask(
        request,
        certificate,
        form=form,
        refused=refused,
        title=_("Revoke certificate"),
        lead=_(
            "Whoever checks it will read “Revoked”. The holder gets a letter with your reason. This cannot be undone. "
            "What was revoked by mistake is issued again under a new number."
        ),
        label=_("Yes, revoke it"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the right name, then issues a new certificate under a new number."""
    by, certificate = _changeable(request, pk)
    refused = refusals(certificate)["reissue"]
    name = certificate.person.name if certificate.person else ""
    form = ReissueForm(request.POST if request.method == "POST" else None, initial={"name": name})
    if not refused and (
        new := _issued(form, lambda: actions.reissue(certificate_id=pk, **form.cleaned_data, by=by, now=timezone.now()))
    ):
        messages.success(
            request,
            _("Certificate %(new)s was issued in place of %(old)s.") % {"new": new.number, "old": certificate.number},
        )
        return redirect(INSPECT, new.pk)
    return _ask(
        request,
        certificate,
        form=form,
        refused=refused,
        title=_("Issue anew with a corrected name"),
        lead=_(
            "The new certificate gets a number and a code of its own; this one will say “Replaced”. Course, hours and "
            "dates stay. The name is corrected in the person's profile, too, and the holder gets a letter."
        ),
        label=_("Yes, issue it anew"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def issue_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason, then issues a new certificate after a revocation."""
    by, certificate = _changeable(request, pk)
    refused = refusals(certificate)["again"]
    form = IssueAgainForm(request.POST if request.method == "POST" else None)
    if not refused and (
        new := _issued(
            form, lambda: actions.issue_again(certificate_id=pk, **form.cleaned_data, by=by, now=timezone.now())
        )
    ):
        messages.success(
            request,
            _("Certificate %(new)s was issued after the revocation of %(old)s.")
            % {"new": new.number, "old": certificate.number},
        )
        return redirect(INSPECT, new.pk)
    return _ask(
        request,
        certificate,
        form=form,
        refused=refused,
        title=_("Issue again after the revocation"),
        lead=_(
            "The new certificate gets a number and a code of its own and the name that the person has now: %(name)s. "
            "This one stays revoked. The holder gets a letter."
        )
        % {"name": certificate.person.name if certificate.person else ""},
        label=_("Yes, issue it again"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def make_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Has the PDF made once more; who only comes back to the address is shown the certificate."""
    by, certificate = _changeable(request, pk)
    if request.method != "POST":
        return redirect(INSPECT, pk)
    actions.ask_for_paper(certificate_id=certificate.pk, by=by)
    messages.success(request, _("The PDF will be made in a moment. Reload this page to see the result."))
    return redirect(INSPECT, pk)


@require_safe
def open_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF for whoever may see the register; one that is not there leads back to the certificate, with words."""
    user = request.user
    if not isinstance(user, User) or not can_view_register(user):
        raise PermissionDenied
    certificate = get_object_or_404(Certificate, pk=pk)
    paper = handed_out(certificate)
    if paper is None:
        messages.warning(request, _("The PDF is not ready yet. Come back in a moment."))
        return redirect(INSPECT, pk)
    return paper


def _changeable(request: HttpRequest, pk: int) -> tuple[User, Certificate]:
    """Who asks, and the certificate; only for who may change it."""
    user = request.user
    if not isinstance(user, User) or not can_change_certificate(user):
        raise PermissionDenied
    return user, get_object_or_404(Certificate.objects.select_related("person"), pk=pk)


def _ask(request: HttpRequest, certificate: Certificate, **context: Any) -> HttpResponse:
    status = 409 if request.method == "POST" and context["refused"] else 200
    context |= {
        "certificate": certificate,
        "state_word": state_word(certificate),
        "page_title": context["title"],
        "header_icon": "doc-full-inverse",
        "back_url": reverse(INSPECT, args=[certificate.pk]),
    }
    return render(request, "certificates/admin/ask.html", context, status=status)


def _issued(form: Form, issue: Callable[[], Certificate]) -> Certificate | None:
    """The new certificate, when the form was sent and is right; a refusal of the action is shown on the form."""
    if not form.is_valid():
        return None
    try:
        return issue()
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
