"""Who is who."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import get_language

from cms.accounts import rules
from cms.accounts.models import Person, User


def person_of(user: AbstractBaseUser | AnonymousUser) -> Person:
    """The person behind an account; made at the first need. ``user`` must be signed in."""
    if not isinstance(user, User):
        raise TypeError("only an account has a person")
    person = getattr(user, "person", None)
    if person is None:
        person, _created = Person.objects.get_or_create(user=user, defaults={"language": interface_language()})
        user.person = person
    return person


def interface_language() -> str:
    """The language of the request, as one of ours."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def letter_language(email: str) -> str:
    """The language that the owner of an address reads; for an unknown address the language of the request.

    One query for every address, so that known and unknown ones cost the same.
    """
    chosen = Person.objects.filter(user__email=email.lower()).values_list("language", flat=True).first()
    return chosen or interface_language()


def user_with_address(email: str) -> User | None:
    """The account with this address, active or not: one query."""
    return User.objects.filter(email=email.strip().lower()).first()


def address_is_verified(user: User) -> bool:
    """Whether the owner has proved that the account's address is theirs."""
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()


def roles_of(user: User) -> list[rules.Role]:
    """The roles of an account, in the order in which they are named everywhere."""
    names = set(user.groups.values_list("name", flat=True))
    return [role for role in rules.Role if role.value in names]
