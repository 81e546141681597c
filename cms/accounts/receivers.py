"""What this room does when Django or allauth say that something happened."""

import logging
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_migrate
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cms.accounts import actions
from cms.accounts.models import User
from cms.accounts.roles import grant_role_permissions

logger = logging.getLogger(__name__)


@receiver(post_migrate)
def grant_roles(app_config: Any, **kwargs: Any) -> None:
    """Permissions are made after ``migrate``, app by app; once the last app has its own, the roles get theirs."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if app_config == with_models[-1]:
        create_permissions(app_config, verbosity=0)
        grant_role_permissions()


@receiver(m2m_changed, sender=User.groups.through)
def note_change_of_roles(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Every change of somebody's roles stands in the log, through whichever door it came."""
    if action in ("post_add", "post_remove", "pre_clear"):
        actions.note_change_of_roles(instance=instance, change=action.partition("_")[2], reverse=reverse, keys=pk_set)


@receiver(password_reset)
def trust_the_address(user: User, **kwargs: Any) -> None:
    """Whoever used the link that was mailed to an address has proved that it is theirs."""
    actions.verify_address(user=user)


@receiver(authenticator_added)
def note_second_step_in_session(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever sets up the second step enters its first code, so this session has been through it."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(user_logged_in)
def hint_that_somebody_is_signed_in(request: HttpRequest | None, **kwargs: Any) -> None:
    """A signal cannot set a cookie; the middleware does when the response goes out."""
    if request is not None:
        request.signed_in_hint = True  # type: ignore[attr-defined]


@receiver(user_logged_out)
def hint_that_nobody_is_signed_in(request: HttpRequest | None, **kwargs: Any) -> None:
    """See :func:`hint_that_somebody_is_signed_in`."""
    if request is not None:
        request.signed_in_hint = False  # type: ignore[attr-defined]


@receiver(user_login_failed)
def note_refused_sign_in(credentials: dict[str, Any], **kwargs: Any) -> None:
    """A line for who watches for guessing: the same digest for the same address, which it does not tell."""
    address = str(credentials.get("email") or credentials.get("username") or "").lower()
    digest = salted_hmac("cms.accounts.refused_sign_in", address, secret=settings.SECRET_KEY).hexdigest()[:12]
    logger.warning("sign-in refused, address %s", digest)
