"""What happens to accounts and persons: state before, the act, state after, and the act again."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.accounts import actions, queries
from cms.accounts.models import Organisation, Person, User
from cms.accounts.rules import Role
from cms.mail.actions import send_mail
from cms.mail.models import OutgoingMail
from cms.mail.wording import trouble_words
from cms.privacy.models import Consent
from tests.factories.accounts import OrganisationFactory, PersonFactory, UserFactory, staff
from tests.factories.certificates import make_certificate, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.rule("account-4")
def test_joining_makes_the_person_and_the_consent_once() -> None:
    user = UserFactory()
    person = actions.join(user=user, name=" Żaneta  Łoś ", language="en")
    again = actions.join(user=user, name="Żaneta Łoś", language="en")
    assert person == again
    assert (person.name, person.search_name, person.language) == ("Żaneta Łoś", "zaneta los", "en")
    assert person.sort_name.startswith("lzz")
    assert Consent.objects.filter(user=user).count() == 1


@pytest.mark.rule("account-1", "account-4")
def test_a_name_that_cannot_be_printed_makes_nothing() -> None:
    user = UserFactory()
    with pytest.raises(ValidationError) as refusal:
        actions.join(user=user, name="Anna 😀", language="pl")
    assert refusal.value.code == "emoji"
    assert "😀" in refusal.value.message
    assert not Person.objects.exists()
    assert not Consent.objects.exists()


def test_an_account_for_the_demo_is_made_once_and_can_sign_in() -> None:
    person = actions.create_account(email="A@Example.org", password="x", name="Anna Nowak", roles=[Role.EDITORS])
    again = actions.create_account(email="a@example.org", password="other", name="Other Name", roles=[Role.EDITORS])
    assert person == again
    assert again.name == "Anna Nowak"
    assert again.user.check_password("x")
    assert queries.address_is_verified(again.user)
    assert queries.roles_of(again.user) == [Role.EDITORS]
    assert not Consent.objects.exists(), "nobody accepted anything for somebody else"


def test_the_person_of_an_account_is_made_at_the_first_need() -> None:
    user = UserFactory()
    person = queries.person_of(user)
    assert person == queries.person_of(User.objects.get(pk=user.pk))
    assert Person.objects.get().user == user


def test_only_an_account_has_a_person() -> None:
    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(TypeError):
        queries.person_of(AnonymousUser())


@pytest.mark.rule("account-6", "account-14")
def test_an_address_is_proved_once_and_not_against_another_account() -> None:
    user = UserFactory(verified=False)
    actions.verify_address(user=user)
    actions.verify_address(user=user)
    assert EmailAddress.objects.get(user=user).verified
    squatter = UserFactory(verified=False)
    EmailAddress.objects.filter(user=squatter).delete()
    User.objects.filter(pk=squatter.pk).update(email="first@example.org")
    squatter.refresh_from_db()
    EmailAddress.objects.create(user=user, email="first@example.org", verified=True)
    actions.verify_address(user=squatter)
    assert not queries.address_is_verified(squatter)


@pytest.mark.rule("account-16")
def test_a_profile_takes_the_organisation_that_is_there() -> None:
    there = OrganisationFactory(name="Spółdzielnia „Żółw”", kind="pes")
    person = PersonFactory()
    for name in ("SPÓŁDZIELNIA  „ŻÓŁW”", "spółdzielnia „żółw”"):
        changed = actions.update_profile(
            person_id=person.pk, name="Anna Nowa", language="en", organisation_name=name, organisation_kind="pes"
        )
        assert changed.organisation == there
    assert (changed.name, changed.search_name, changed.language) == ("Anna Nowa", "anna nowa", "en")
    other = actions.organisation_named(name="Spółdzielnia „Żółw”", kind="other")
    assert other != there
    assert Organisation.objects.count() == 2
    assert actions.update_profile(person_id=person.pk, name="Anna Nowa", language="pl").organisation is None


@pytest.mark.rule("account-16")
def test_an_organisation_needs_its_kind() -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.organisation_named(name="Fundacja", kind="")
    assert refusal.value.code == "kind_missing"


@pytest.mark.rule("account-15")
def test_a_corrected_name_is_logged() -> None:
    person, by = PersonFactory(), UserFactory()
    actions.rename_person(person_id=person.pk, name="Anna Poprawna", by=by)
    person.refresh_from_db()
    assert (person.name, person.sort_name) == ("Anna Poprawna", "poprawna anna")
    assert ModelLogEntry.objects.get(action="accounts.rename").user == by


@pytest.mark.rule("account-15")
def test_every_change_of_roles_is_logged_through_whichever_door() -> None:
    user = UserFactory()
    editors, trainers = (Group.objects.get(name=name) for name in ("Editors", "Trainers"))
    user.groups.add(editors)
    trainers.user_set.add(user)
    user.groups.remove(editors)
    user.groups.clear()
    entries = ModelLogEntry.objects.filter(action="accounts.change_roles").order_by("pk")
    changes = [entry.data for entry in entries]
    assert changes == [
        {"added": ["Editors"]},
        {"added": ["Trainers"]},
        {"removed": ["Editors"]},
        {"removed": ["Trainers"]},
    ]


@pytest.mark.rule("account-15", "account-20")
def test_suspending_is_logged_once_and_not_for_oneself() -> None:
    user, by = UserFactory(), UserFactory()
    for _again in range(2):
        assert not actions.set_active(user_id=user.pk, active=False, by=by).is_active
    assert ModelLogEntry.objects.filter(action="accounts.suspend").count() == 1
    assert actions.set_active(user_id=user.pk, active=True, by=by).is_active
    with pytest.raises(ValidationError) as refusal:
        actions.set_active(user_id=by.pk, active=False, by=by)
    assert refusal.value.code == "own_account"


@pytest.mark.rule("account-6", "account-15")
def test_an_invited_person_gets_a_link_and_cannot_be_invited_twice(on_commit: Callable) -> None:
    by = staff(Role.ADMINISTRATORS)
    with on_commit():
        user = actions.invite(email="New@example.org", name="Jan Nowy", language="en", by=by)
    assert not user.has_usable_password()
    assert not queries.address_is_verified(user)
    assert "/password/reset/key/" in django_mail.outbox[0].body
    assert "Invitation" in django_mail.outbox[0].subject
    assert OutgoingMail.objects.get().context == {}
    assert ModelLogEntry.objects.get(action="accounts.invite").user == by
    with pytest.raises(ValidationError) as refusal:
        actions.invite(email="new@example.org", name="Jan Nowy", language="en", by=by)
    assert refusal.value.code == "address_taken"


@pytest.mark.rule("account-30")
def test_who_was_suspended_meanwhile_gets_no_invitation(client: Client, on_commit: Callable) -> None:
    by = staff(Role.ADMINISTRATORS)
    user = actions.invite(email="new@example.org", name="Jan Nowy", language="pl", by=by)
    path = OutgoingMail.objects.get().context["set_password_url"].removeprefix(settings.SITE_URL)
    assert client.get(path).status_code == 302, "the link works"
    actions.set_active(user_id=user.pk, active=False, by=by)
    with on_commit():
        letter = send_mail(mail_id=OutgoingMail.objects.get().pk)
    assert not django_mail.outbox
    assert letter is not None
    assert letter.state == OutgoingMail.State.FAILED
    letter.refresh_from_db()
    assert letter.context == {}
    assert not letter.can_be_sent_again
    assert "zawieszono" in trouble_words(letter)


@pytest.mark.rule("account-30")
def test_the_link_of_a_suspended_account_answers_as_an_expired_one(client: Client) -> None:
    by = staff(Role.ADMINISTRATORS)
    user = actions.invite(email="new@example.org", name="Jan Nowy", language="pl", by=by)
    path = OutgoingMail.objects.get().context["set_password_url"].removeprefix(settings.SITE_URL)
    form = client.get(path)["Location"]
    actions.set_active(user_id=user.pk, active=False, by=by)
    unknown = Client().get(path.replace("key/", "key/zz", 1))
    for answer in (Client().get(path), client.get(form), client.post(form, {"password1": "Most-nad-Wisla-99"})):
        assert answer.status_code == 200
        assert answer.context["token_fail"]
        assert "Ten link nie działa" in answer.content.decode().replace("\xa0", " ")
        assert "zawieszon" not in answer.content.decode()
    assert unknown.context["token_fail"]
    user.refresh_from_db()
    assert not user.has_usable_password()


@pytest.mark.rule("account-17")
def test_an_erased_account_leaves_nothing_but_a_letter(on_commit: Callable) -> None:
    person, other = PersonFactory(user__email="anna@example.org"), PersonFactory()
    user = person.user
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    actions.rename_person(person_id=person.pk, name="Anna Nowa", by=other.user)
    with on_commit():
        actions.erase_account(person_id=person.pk)
        actions.erase_account(person_id=person.pk)
    assert list(Person.objects.all()) == [other]
    assert list(User.objects.all()) == [other.user]
    assert not EmailAddress.objects.filter(email="anna@example.org").exists()
    assert not Authenticator.objects.exists()
    assert [message.to for message in django_mail.outbox] == [["anna@example.org"]]
    labels = set(ModelLogEntry.objects.values_list("label", flat=True))
    assert labels == {f"#{person.pk}"}


@pytest.mark.rule("account-17")
@pytest.mark.parametrize("roles", [[Role.EDITORS], [Role.TRAINERS]])
def test_an_account_with_a_role_is_not_erased(roles: list[Role]) -> None:
    user = staff(*roles)
    with pytest.raises(ValidationError) as refusal:
        actions.erase_account(person_id=user.person.pk)
    assert refusal.value.code == "has_role"
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.rule("account-17")
@pytest.mark.parametrize("certified", [True, False])
def test_the_letter_about_an_erased_account_names_what_is_kept_and_nothing_else(
    on_commit: Callable, certified: bool
) -> None:
    person = make_person()
    if certified:
        make_certificate(person)
    with on_commit():
        actions.erase_account(person_id=person.pk)
    letter = django_mail.outbox[-1]
    for part in (letter.body, letter.alternatives[0][0]):
        assert ("zaświadczenia" in part.lower()) == certified


@pytest.mark.rule("account-17", "privacy-6")
def test_a_person_without_an_address_is_erased_silently(caplog: pytest.LogCaptureFixture) -> None:
    by = UserFactory()
    guest = PersonFactory(user=None)
    with caplog.at_level(logging.INFO, logger="cms.accounts.actions"):
        actions.erase_account(person_id=guest.pk, by=by)
    assert not Person.objects.filter(pk=guest.pk).exists()
    assert f"person {guest.pk} was erased by user {by.pk}" in caplog.text
    assert not OutgoingMail.objects.exists()


@pytest.mark.rule("account-17")
def test_an_operators_account_is_not_erased() -> None:
    person = PersonFactory(user__is_superuser=True)
    with pytest.raises(ValidationError):
        actions.erase_account(person_id=person.pk)


@pytest.mark.rule("account-18")
def test_accounts_that_nobody_proved_expire() -> None:
    old = timezone.now() - timedelta(days=15)
    gone = PersonFactory(user__verified=False, user__date_joined=old)
    without_person = UserFactory(verified=False, date_joined=old)
    kept = [
        PersonFactory(user__verified=False).user,
        PersonFactory(user__date_joined=old).user,
        PersonFactory(user__verified=False, user__date_joined=old, user__last_login=old).user,
        PersonFactory(user__verified=False, user__date_joined=old, user__roles=[Role.EDITORS]).user,
        PersonFactory(user__verified=False, user__date_joined=old, user__is_superuser=True).user,
    ]
    assert actions.remove_unverified() == 2
    assert actions.remove_unverified() == 0
    assert set(User.objects.all()) == set(kept)
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert not User.objects.filter(pk=without_person.pk).exists()


@pytest.mark.rule("account-18")
def test_the_log_forgets_who_never_came() -> None:
    boss = staff(Role.ADMINISTRATORS)
    user = actions.invite(email="nikt@example.org", name="Nikt Nieobecny", language="pl", by=boss)
    actions.rename_person(person_id=user.person.pk, name="Nikt Niewidziany", by=boss)
    rows = ModelLogEntry.objects.filter(user=boss)
    assert {row.label for row in rows} & {"Nikt Niewidziany", "nikt@example.org"}
    assert actions.remove_unverified(now=timezone.now() + actions.UNVERIFIED_KEPT * 2) == 1
    assert all(row.label.startswith("#") for row in rows.all())


@pytest.mark.rule("privacy-6")
def test_a_refused_sign_in_leaves_a_digest(client, caplog) -> None:
    from django.urls import reverse

    with caplog.at_level(logging.INFO):
        for address in ("anna@example.org", "ANNA@example.org", "jan@example.org"):
            client.post(reverse("account_login"), {"login": address, "password": "sekretne-haslo"})
    lines = [record.getMessage() for record in caplog.records if record.name == "cms.accounts.receivers"]
    assert len(lines) == 3
    assert lines[0] == lines[1] != lines[2]
    assert "example.org" not in caplog.text
    assert "sekretne" not in caplog.text
