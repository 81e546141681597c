"""What goes with every request of a person: a hint for scripts, no copies in caches, the second step of staff."""

from collections.abc import Callable

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


class StaffSecondStepMiddleware:
    """Guards the way to the editors' side.

    Whoever may enter sets up the second step of signing in first, where the setting demands it. Whoever is signed in
    and may not enter is told so: Wagtail would send them to the door, and the door back to Wagtail.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("wagtailadmin_home")) and request.user.is_authenticated:
            if not can_enter_editors_side(request.user):
                raise PermissionDenied
            if settings.STAFF_SECOND_STEP_REQUIRED and not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
                messages.warning(
                    request, _("Your role needs two-step sign-in. Set it up now; then the editors' side opens.")
                )
                return HttpResponseRedirect(f"{reverse('mfa_activate_totp')}?{urlencode({'next': request.path})}")
        return self.get_response(request)
