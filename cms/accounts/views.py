"""A person's own pages beside those of allauth: profile, data, leaving, and the corner of the header."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.logout import logout
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.views import EmailView, LogoutView, PasswordResetFromKeyView, PasswordResetView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.models import Page

from cms.accounts import actions, rules
from cms.accounts.forms import AddEmailForm, DeleteAccountForm, ProfileForm, ResendForm, ResetPasswordForm
from cms.accounts.limits import Hold, hold_on
from cms.accounts.middleware import STAFF_SEEN
from cms.accounts.models import User
from cms.accounts.pending import held_back, pending, remember_address, remember_letter
from cms.accounts.queries import interface_language, person_of
from cms.privacy.queries import export_person, kept_after_erasure, terms_in_force

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_GET
def show_corner(request: HttpRequest) -> HttpResponse:
    """The person's corner of the header, for pages that are the same for everybody.

    An editor finds there the way to change the page that asks, which the address names with ``?page=``.
    """
    facts = {"person_corner": request.user.is_authenticated, "edit_url": _edit_url(request)}
    return render(request, "components/person_corner.html", facts)


def _edit_url(request: HttpRequest) -> str:
    """Where this person changes the page named, if they may. Only sessions marked as an editor's cost a query."""
    number = request.GET.get("page", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10) or STAFF_SEEN not in request.session:
        return ""
    page = Page.objects.filter(pk=number).first()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@never_cache
@login_required
@form_methods
def show_profile(request: HttpRequest) -> HttpResponse:
    """Name, organisation and language. After a change of language the same page stands in the new one."""
    person = person_of(request.user)
    form = ProfileForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        language = form.save().language
        with translation.override(language):
            messages.success(request, _("Your profile has been saved."))
        response = redirect(translate_url(reverse("cms_accounts:show-profile"), language))
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
        return response
    return render(request, "cms/accounts/profile.html", {"form": form})


@never_cache
@login_required
@require_GET
def show_data(request: HttpRequest) -> HttpResponse:
    """What is held about the person, why and for how long; leads to the download and to leaving."""
    holdings = [holding for holding in export_person(person_of(request.user))["holdings"] if holding["rows"]]
    return render(request, "cms/accounts/data.html", {"holdings": holdings})


@never_cache
@login_required
@require_GET
def export_data(request: HttpRequest) -> HttpResponse:
    """The person's data as a file that other programs read."""
    response = JsonResponse(
        export_person(person_of(request.user)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    name = f"akademia-{timezone.localdate():%Y-%m-%d}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@login_required
@form_methods
@sensitive_post_parameters("password")
def delete_account(request: HttpRequest) -> HttpResponse:
    """Asks for the password, says what is kept and why, and erases."""
    person = person_of(request.user)
    form = DeleteAccountForm(request.POST or None, user=cast(User, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_account(person_id=person.pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            logout(request, show_message=False)
            return redirect("cms_accounts:show-farewell")
    context = {
        "form": form,
        "kept": kept_after_erasure(person),
        "has_role": actions.has_role_to_give_back(request.user),
    }
    return render(request, "cms/accounts/delete.html", context)


@never_cache
@form_methods
def leave_administration(request: HttpRequest) -> HttpResponse:
    """Wagtail's form for signing out signs out as ours does; a link to it leads to our form and changes nothing."""
    if request.method != "POST":
        return redirect("account_logout")
    response: HttpResponse = LogoutView.as_view()(request)
    return response


@never_cache
@require_GET
def show_farewell(request: HttpRequest) -> HttpResponse:
    """Confirms that an account was deleted. Says nothing about anybody, so it may be opened by everybody."""
    return render(request, "cms/accounts/farewell.html")


@require_GET
def show_terms(request: HttpRequest) -> HttpResponse:
    """An address that old links know: the terms of use are a page of the site, wherever editors put it."""
    url, _version = terms_in_force(interface_language())
    if not url:
        raise Http404
    return redirect(url, permanent=True)


@never_cache
@form_methods
def resend_verification(request: HttpRequest) -> HttpResponse:
    """Sends the link that proves an address again. Known and unknown addresses get the same answer."""
    form = ResendForm(request.POST or None, initial={"email": pending(request).address})
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        at_door = pending(request).at_door
        remember_address(request, address, at_door=at_door)
        if ratelimit.consume(request, action="confirm_email", key=address):
            _send_verification(request, address)
            messages.success(request, _("We have sent a message. It may take a minute to arrive."))
        remember_letter(request, address, at_door=at_door)
        return redirect("account_email_verification_sent")
    return render(request, "cms/accounts/resend.html", {"form": form})


def _send_verification(request: HttpRequest, email: str) -> None:
    """One letter for every address: with the link, or telling that it is proved already, or that it is unknown."""
    address = (
        EmailAddress.objects.select_related("user").filter(email=email, user__email=email, user__is_active=True).first()
    )
    if address is None:
        get_adapter().send_mail("account/email/unknown_account", email, {})
    elif address.verified:
        get_adapter().send_mail("account/email/already_verified", email, {})
    else:
        EmailConfirmationHMAC(address).send(request, signup=True)


@never_cache
@require_GET
def show_verification_sent(request: HttpRequest) -> HttpResponse:
    """Says where the letter went or what holds it back, whether the address looks like a slip, and what to do."""
    waiting = pending(request)
    facts = {
        "sent_to": waiting.address,
        "likely_address": rules.likely_address(waiting.address),
        "held": None if waiting.sent else waiting,
        "at_door": waiting.at_door,
        "path": waiting.path,
    }
    return render(request, "account/verification_sent.html", facts)


class AddressView(EmailView):
    """The account's address and the change of it. Says so when a limit holds the letter back."""

    def form_valid(self, form: AddEmailForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self._tell_of_hold(form.cleaned_data["email"])
        return response

    def _action_send(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        response: HttpResponse | None = super()._action_send(request, *args, **kwargs)
        self._tell_of_hold(str(request.POST.get("email", "")).lower())
        return response

    def _tell_of_hold(self, address: str) -> None:
        hold = held_back(self.request, address)
        if hold is not None:
            messages.warning(self.request, render_to_string("cms/accounts/_held.html", {"held": hold}).strip())


class ResetView(PasswordResetView):
    """Asks for the address to which the link for a new password goes. Says so when a limit holds it back."""

    def get_success_url(self) -> str:
        return str(self.passthrough_next_url(reverse("account_reset_password_done")))

    def form_valid(self, form: ResetPasswordForm) -> HttpResponse:
        hold: Hold | None = hold_on(self.request, "reset_password", form.cleaned_data["email"])
        if hold is not None:
            return render(self.request, "account/password_reset_done.html", {"held": hold}, status=429)
        response: HttpResponse = super().form_valid(form)
        return response


class NewPasswordView(PasswordResetFromKeyView):
    """Sets the new password, says so, and keeps the way that its owner was on."""

    def get_success_url(self) -> str:
        return str(self.passthrough_next_url(reverse("account_reset_password_from_key_done")))
