"""Who may see and change films."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.module_loading import import_string

from media.models import Film

AnyUser = AbstractBaseUser | AnonymousUser


def can_change_film(user: AnyUser) -> bool:
    """Editors: whoever was given the right to change films."""
    return bool(user.is_authenticated and user.has_perm("media.change_film"))  # type: ignore[attr-defined]


def can_view_film(user: AnyUser, film: Film) -> bool:
    """A published film is open to everybody who is signed in, and to strangers where a page shows it to everybody; a
    draft to editors alone."""
    if not film.live:
        return can_change_film(user)
    return bool(user.is_authenticated or import_string(settings.SHOWN_TO_EVERYBODY)(film.pk))
