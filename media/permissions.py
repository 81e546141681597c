"""Who may see and change films."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from media.models import Film

AnyUser = AbstractBaseUser | AnonymousUser


def can_change_film(user: AnyUser) -> bool:
    """Editors: whoever was given the right to change films."""
    return bool(user.is_authenticated and user.has_perm("media.change_film"))  # type: ignore[attr-defined]


def can_view_film(user: AnyUser, film: Film) -> bool:
    """A published film is open to everybody who is signed in, a draft to editors alone."""
    return bool(user.is_authenticated and (film.live or can_change_film(user)))
