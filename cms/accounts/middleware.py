"""What goes with every request of a person: a hint for scripts, no copies in caches, the stricter rules for staff."""

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cms.accounts.permissions import can_enter_editors_side

HINT_COOKIE = "signed_in"
STAFF_SEEN = "staff_seen"
# A session is not written more often than that only to tell that it is in use.
STAFF_SEEN_EVERY = 5 * 60


class PersonalResponseMiddleware:
    """Keeps the cookie ``signed_in=1`` in step with the session, and personal answers out of every cache.

    The cookie only tells a script that it is worth asking for the person's corner; nothing is decided by it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        hint = getattr(request, "signed_in_hint", None)
        # The user is looked at only where the view did: an anonymous page must not touch the session.
        user = getattr(request, "_cached_user", None)
        if hint is None and user is not None and not user.is_authenticated and HINT_COOKIE in request.COOKIES:
            hint = False
        if hint:
            response.set_cookie(
                HINT_COOKIE,
                "1",
                max_age=settings.SESSION_COOKIE_AGE,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        elif hint is False:
            response.delete_cookie(HINT_COOKIE, samesite="Lax")
        if user is not None and user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class StaffSessionMiddleware:
    """Ends the session of whoever may enter the editors' side after some hours without a request.

    Found out at signing in and on the way to the editors' side, for asking at every request would cost learners
    queries; afterwards the session itself says so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # Reading makes an answer differ by cookie, so a session that nobody read is left alone.
        if session.accessed and (STAFF_SEEN in session or self._shows_staff(request)):
            age, now = settings.STAFF_SESSION_HOURS * 3600, int(time.time())
            # allauth sets its own age after signing in, so the age is held on every answer.
            if session.get_expiry_age() != age or session.get(STAFF_SEEN, 0) <= now - STAFF_SEEN_EVERY:
                session[STAFF_SEEN] = now
                session.set_expiry(age)
        return response

    @staticmethod
    def _shows_staff(request: HttpRequest) -> bool:
        signed_in_now = getattr(request, "signed_in_hint", None)
        return bool(signed_in_now or _leads_to_editors_side(request)) and can_enter_editors_side(request.user)


class StaffSecondStepMiddleware:
    """Guards the way to the editors' side.

    Where the setting demands it, whoever may enter sets up the second step of signing in first, and a session that
    was opened without it proves it once. Whoever is signed in and may not enter is told so: Wagtail would send them
    to the door, and the door back to Wagtail.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _leads_to_editors_side(request) and request.user.is_authenticated:
            if not can_enter_editors_side(request.user):
                raise PermissionDenied
            if settings.STAFF_SECOND_STEP_REQUIRED:
                if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
                    messages.warning(
                        request, _("Your role requires two-step sign-in. Set it up now to open the editors' side.")
                    )
                    return _led_to("mfa_activate_totp", request)
                if not _went_through_second_step(request):
                    messages.warning(request, _("Enter the code from the app on your phone to open the editors' side."))
                    return _led_to("mfa_reauthenticate", request)
        return self.get_response(request)


def _leads_to_editors_side(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))


def _went_through_second_step(request: HttpRequest) -> bool:
    """Whether this very session saw a code; that the account has a second step says nothing about who sits here."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def _led_to(name: str, request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': request.path})}")
