"""What happens to accounts and persons."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from cms.accounts import rules
from cms.accounts.links import invitation_link
from cms.accounts.models import Organisation, Person, User
from cms.accounts.wording import name_refusal
from cms.mail.actions import queue_mail
from cms.privacy.actions import erase_person, record_consent
from cms.privacy.models import Consent
from cms.privacy.queries import terms_in_force
from cms.privacy.rules import Erasure

logger = logging.getLogger(__name__)

UNVERIFIED_KEPT = timedelta(days=14)


def accepted_name(name: str) -> str:
    """The name as it is kept. Refuses what cannot stand on a certificate (the code is the fault's)."""
    normal = rules.normalise_name(name)
    problem = rules.name_problem(normal)
    if problem is not None:
        raise ValidationError(name_refusal(problem), code=problem.fault.value)
    return normal


def join(*, user: User, name: str, language: str) -> Person:
    """Give a new account its person and note that it accepted the terms in force. Safe to repeat."""
    with transaction.atomic():
        person = _person_for(user, name, language)
        _address, version = terms_in_force(language)
        record_consent(user=user, purpose=Consent.Purpose.TERMS, text_version=version)
    return person


def _person_for(user: User, name: str, language: str) -> Person:
    person = Person.objects.filter(user=user).first() or Person(user=user)
    person.take_name(accepted_name(name))
    person.language = language
    person.save()
    return person


def create_account(
    *, email: str, password: str | None, name: str, language: str = "pl", roles: Iterable[rules.Role] = ()
) -> Person:
    """An account whose address needs no proof, for operators and the demo. Safe to repeat: what exists stays.

    Without a password nobody can sign in until one is set through the link of a reset.
    """
    address = email.strip().lower()
    with transaction.atomic():
        user = User.objects.filter(email=address).first()
        if user is None:
            user = User.objects.create_user(address, password)
        EmailAddress.objects.update_or_create(user=user, email=address, defaults={"verified": True, "primary": True})
        person = Person.objects.filter(user=user).first() or _person_for(user, name, language)
        user.groups.add(*Group.objects.filter(name__in=[role.value for role in roles]))
    return person


def invite(*, email: str, name: str, language: str, by: User) -> User:
    """An account for somebody who was asked to work here; a letter brings the link that sets the password. Logged.

    Refuses an address that has an account (code ``address_taken``).
    """
    address = email.strip().lower()
    with transaction.atomic():
        if User.objects.filter(email=address).exists():
            raise ValidationError(_("There is already an account with this address."), code="address_taken")
        user = User.objects.create_user(address)
        EmailAddress.objects.create(user=user, email=address, primary=True)
        _person_for(user, name, language)
        log(user, "accounts.invite", user=by)
        queue_mail(
            key=f"invitation:{user.pk}",
            recipient=address,
            template="invitation",
            language=language,
            context={"set_password_url": invitation_link(user, language)},
            confidential=True,
        )
    return user


def verify_address(*, user: User) -> None:
    """Note that the owner proved the account's address. Safe to repeat; nothing when another account was faster."""
    try:
        with transaction.atomic():
            EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
            EmailAddress.objects.filter(user=user, email=user.email).update(verified=True, primary=True)
    except IntegrityError:
        logger.warning("address of user %s was proved by another account", user.pk)


def update_profile(
    *, person_id: int, name: str, language: str, organisation_name: str = "", organisation_kind: str = ""
) -> Person:
    """Change what a person says of themselves. Certificates that were issued keep the name they carry.

    Refuses a name that cannot be printed, and an organisation without its kind (code ``kind_missing``).
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person_id)
        changed = person.take_name(accepted_name(name))
        person.language = language
        person.organisation = organisation_named(name=organisation_name, kind=organisation_kind)
        person.save(update_fields=[*changed, "language", "organisation"])
    return person


def rename_person(*, person_id: int, name: str, by: User) -> Person:
    """Correct a person's name for them. A change is logged; refuses a name that cannot be printed."""
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person_id)
        before = person.name
        changed = person.take_name(accepted_name(name))
        if person.name != before:
            person.save(update_fields=changed)
            log(person, "accounts.rename", user=by)
    return person


def organisation_named(*, name: str, kind: str) -> Organisation | None:
    """The organisation of this name and kind, made when it is new; upper and lower case do not matter.

    None without a name. Refuses a name without a kind (code ``kind_missing``).
    """
    name = " ".join(name.split())
    if not name:
        return None
    if kind not in Organisation.Kind.values:
        raise ValidationError(_("Choose what kind of organisation it is"), code="kind_missing")
    organisation, _created = Organisation.objects.get_or_create(
        folded_name=rules.fold_organisation(name), kind=kind, defaults={"name": name}
    )
    return organisation


def note_change_of_roles(*, instance: Any, change: str, reverse: bool, keys: set[int] | None) -> None:
    """Write into the log who got or lost which role. ``change`` is ``add``, ``remove`` or ``clear``."""
    if reverse:
        users = list(User.objects.filter(pk__in=keys)) if keys is not None else list(instance.user_set.all())
        names = [instance.name]
    else:
        users = [instance]
        groups = Group.objects.filter(pk__in=keys) if keys is not None else instance.groups.all()
        names = sorted(groups.values_list("name", flat=True))
    for user in users if names else []:
        log(user, "accounts.change_roles", data={"added" if change == "add" else "removed": names})


def set_active(*, user_id: int, active: bool, by: User) -> User:
    """Suspend an account or let it in again; a suspended one is out with its next request. Logged.

    Refuses one's own account (code ``own_account``).
    """
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user_id)
        if user.pk == by.pk:
            raise ValidationError(_("You cannot suspend your own account."), code="own_account")
        if user.is_active != active:
            user.is_active = active
            user.save(update_fields=["is_active"])
            log(user, "accounts.activate" if active else "accounts.suspend", user=by)
    return user


def erase_account(*, person_id: int, by: User | None = None) -> None:
    """Erase a person and their account, end every session, confirm it by mail. Safe to repeat.

    Issued certificates stay in the register; the person is then kept without name and address.
    Refuses an account that has a role (code ``has_role``): roles are taken away first, by an administrator.
    """
    with transaction.atomic():
        person = (
            Person.objects.select_for_update(no_key=True, of=("self",))
            .select_related("user")
            .filter(pk=person_id)
            .first()
        )
        if person is None or person.erased_at is not None:
            return
        user, address, language = person.user, person.contact_email, person.language
        if user is not None and has_role_to_give_back(user):
            raise ValidationError(
                _("This account has a role. An administrator has to remove the role before you can delete it."),
                code="has_role",
            )
        _forget_labels(person, user)
        if user is not None:
            for session in UserSession.objects.filter(user=user):
                session.end()
        stayed = erase_person(person=person)
        if by is not None:
            logger.info("person %s was erased by user %s", person_id, by.pk)
        if address:
            with translation.override(language):
                kept = [
                    {"what": str(it.what), "retention": str(it.retention)} for it in stayed if it.erase == Erasure.KEEP
                ]
            queue_mail(
                key=f"account_deleted:{person_id}",
                recipient=address,
                template="account_deleted",
                language=language,
                context={"kept": kept},
            )


def has_role_to_give_back(user: Any) -> bool:
    """Whether somebody's account holds rights over the site, which an administrator takes away before it is deleted."""
    return bool(user.is_superuser or user.groups.exists())


def _forget_labels(*rows: Person | User | None) -> None:
    """Wagtail's log names its objects by their text, which for people is a name or an address."""
    for row in filter(None, rows):
        entries = ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
        )
        entries.update(label=f"#{row.pk}")


def remove_unverified(*, now: datetime | None = None) -> int:
    """Delete accounts whose address nobody proved within 14 days. Tells how many. Safe to repeat."""
    now = now or timezone.now()
    stale = User.objects.filter(date_joined__lt=now - UNVERIFIED_KEPT, last_login=None, is_superuser=False, groups=None)
    stale = stale.exclude(pk__in=EmailAddress.objects.filter(verified=True).values("user_id"))
    removed = 0
    for person in Person.objects.filter(user__in=stale).select_related("user"):
        with transaction.atomic():
            _forget_labels(person, person.user)
            erase_person(person=person)
        removed += 1
    for user in stale.filter(person=None):
        with transaction.atomic():
            _forget_labels(user)
            user.delete()
        removed += 1
    return removed
