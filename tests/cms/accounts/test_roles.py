"""Roles, and the editors' side of accounts and people."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core import mail as django_mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, ModelLogEntry

from cms.accounts import roles
from cms.accounts.actions import rename_person
from cms.accounts.models import Person, User
from cms.accounts.permissions import can_enter_editors_side, can_manage_account, has_role
from cms.accounts.queries import person_of
from cms.accounts.rules import Role
from tests.factories.accounts import PersonFactory, UserFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> User:
    user = staff(Role.ADMINISTRATORS, name="Zofia Szefowa")
    client.force_login(user)
    return user


@pytest.mark.rule("account-12")
def test_every_permission_that_is_declared_exists() -> None:
    assert roles.grant_role_permissions() == []


@pytest.mark.rule("account-12")
def test_lost_roles_come_back_with_the_next_migration() -> None:
    Group.objects.all().delete()
    GroupPagePermission.objects.all().delete()
    for _again in range(2):
        call_command("migrate", verbosity=0)
    editor, coordinator = staff(Role.EDITORS), staff(Role.COORDINATORS)
    assert editor.has_perms(["wagtailadmin.access_admin", "media.add_film", "courses_assessment.change_quiz"])
    assert not editor.has_perm("cms_accounts.view_person")
    assert coordinator.has_perms(["wagtailadmin.access_admin", "cms_accounts.view_person"])
    assert not coordinator.has_perm("cms_accounts.change_user")
    assert Group.objects.get(name="Editors").page_permissions.count() == 3
    lead = staff(Role.LEAD_EDITORS)
    assert Group.objects.get(name="Lead editors").page_permissions.count() == 6
    assert lead.has_perms(["wagtailadmin.access_admin", "media.add_film", "cms_checks.add_exemption"])
    assert not editor.has_perm("cms_checks.add_exemption")
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}


@pytest.mark.rule("account-12")
def test_who_enters_the_editors_side() -> None:
    inside = {role: can_enter_editors_side(staff(role)) for role in Role}
    assert inside == {role: role is not Role.TRAINERS for role in Role}
    assert not can_enter_editors_side(UserFactory())
    suspended = staff(Role.EDITORS)
    suspended.is_active = False
    assert not can_enter_editors_side(suspended)
    assert has_role(staff(Role.TRAINERS), Role.TRAINERS)
    assert not has_role(UserFactory(is_superuser=True), Role.TRAINERS)


@pytest.mark.rule("account-14")
def test_nobody_manages_above_themselves() -> None:
    boss, operator = staff(Role.ADMINISTRATORS), UserFactory(is_superuser=True)
    assert can_manage_account(boss, UserFactory())
    assert can_manage_account(operator, UserFactory(is_superuser=True))
    assert not can_manage_account(boss, operator)
    assert not can_manage_account(staff(Role.COORDINATORS), UserFactory())


@pytest.mark.rule("account-12")
def test_the_address_of_the_site_is_for_operators(client: Client, boss: User) -> None:
    migration = import_module("cms.accounts.migrations.0003_keep_the_site_for_operators")
    administrators = Group.objects.get(name="Administrators")
    administrators.permissions.add(Permission.objects.get(codename="change_site"))
    migration.take_away(apps, None)
    assert not User.objects.get(pk=boss.pk).has_perm("wagtailcore.change_site")
    site = reverse("wagtailsites:index")
    assert client.get(site).status_code in (302, 403)
    assert site not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(site).status_code == 200


@pytest.mark.rule("account-12")
def test_no_group_is_given_the_address_of_the_site(client: Client, boss: User) -> None:
    on_site = Permission.objects.filter(content_type__app_label="wagtailcore", content_type__model="site")
    administrators = Group.objects.get(name="Administrators")
    kept = set(administrators.permissions.values_list("pk", flat=True))
    address = reverse("wagtailusers_groups:edit", args=[administrators.pk])
    offered = client.get(address).context["form"].fields["permissions"].queryset
    assert offered.filter(codename="change_group").exists()
    assert not (offered & on_site).exists()
    panels = client.get(address).context["permission_panels"]
    data = {f"{panel.prefix}-{name}": 0 for panel in panels for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    data |= {"name": "Administrators"}
    chosen = [pk for pk in kept if offered.filter(pk=pk).exists()]
    for permission in on_site:
        refused = client.post(address, data | {"permissions": [*chosen, permission.pk]})
        assert list(refused.context["form"].errors) == ["permissions"]
    assert set(administrators.permissions.values_list("pk", flat=True)) == kept
    administrators.permissions.add(*on_site.exclude(codename="view_site"))
    assert client.post(address, data | {"permissions": chosen}).status_code == 302
    assert set(administrators.permissions.values_list("pk", flat=True)) == kept


@pytest.mark.rule("account-12")
def test_every_group_that_was_given_the_site_loses_it() -> None:
    migration = import_module("cms.accounts.migrations.0003_keep_the_site_for_operators")
    on_site = Permission.objects.filter(content_type__app_label="wagtailcore", content_type__model="site")
    own = Group.objects.create(name="Sieć")
    own.permissions.add(*on_site, Permission.objects.get(codename="change_locale"))
    migration.take_away(apps, None)
    assert [permission.codename for permission in own.permissions.all()] == ["change_locale"]
    assert not Group.objects.filter(permissions__in=on_site).exists()


@pytest.mark.rule("account-15")
@pytest.mark.parametrize("role", [Role.ADMINISTRATORS, Role.COORDINATORS, Role.EDITORS])
def test_whoever_acts_finds_the_log(client: Client, role: Role) -> None:
    client.force_login(staff(role))
    log = reverse("wagtailadmin_reports:site_history")
    assert client.get(reverse("wagtailadmin_home")).content.decode().count(log) == 1
    assert client.get(log).status_code == 200


ADMIN_PAGES = [
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailusers_groups:add",
]


@pytest.mark.parametrize("role", [None, Role.EDITORS, Role.TRAINERS, Role.COORDINATORS])
@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_accounts_and_roles_are_for_administrators(client: Client, role: Role | None, name: str) -> None:
    client.force_login(staff(*([role] if role else [])))
    assert client.get(reverse(name)).status_code in (302, 403)
    assert client.post(reverse(name), {"email": "x@example.org", "name": "X Y"}).status_code in (302, 403, 405)
    assert not User.objects.filter(email="x@example.org").exists()


def test_administrators_see_accounts_roles_and_people(client: Client, boss: User) -> None:
    PersonFactory(user__email="lo@example.org", name="Łucja Óżóg")
    for name in [*ADMIN_PAGES, "people:index"]:
        assert client.get(reverse(name)).status_code == 200, name
    for query in ("ŁUCJA", "ozog", "lo@example"):
        for name in ("wagtailusers_users:index", "people:index"):
            page = client.get(reverse(name), {"q": query}).content.decode()
            assert "lo@example.org" in page, (name, query)
            assert boss.email not in page.partition("<table")[2].partition("</table")[0], (name, query)


def test_people_and_roles_are_named_in_words(client: Client, boss: User) -> None:
    person = PersonFactory(user__email="lo@example.org", name="Łucja Óżóg")
    shown = client.get(reverse("people:inspect", args=[person.pk])).content.decode()
    assert "<dt>Adres e-mail</dt>" in shown
    assert "Contact email" not in shown
    assert "Created at" not in shown
    editors = Group.objects.get(name="Editors")
    accounts = client.get(reverse("wagtailusers_users:index")).content.decode()
    role = client.get(reverse("wagtailusers_groups:edit", args=[editors.pk])).content.decode()
    assert "Redakcja" in accounts
    assert "Redakcja" in role
    assert "Editors" not in accounts


@pytest.mark.rule("account-15")
def test_a_person_is_invited_with_a_role(client: Client, boss: User, on_commit: Callable) -> None:
    editors = Group.objects.get(name="Editors")
    form = {
        "email": "Nowa@Example.org",
        "name": "Nowa Osoba",
        "language": "pl",
        "groups": [editors.pk],
        "is_superuser": "on",
    }
    with on_commit():
        answer = client.post(reverse("wagtailusers_users:add"), form)
    assert answer.status_code == 302, answer.context["form"].errors
    user = User.objects.get(email="nowa@example.org")
    assert (user.is_superuser, list(user.groups.all()), user.person.name) == (False, [editors], "Nowa Osoba")
    assert django_mail.outbox[0].subject == "Zaproszenie do Akademii Współpracy"
    assert ModelLogEntry.objects.filter(action="accounts.change_roles", user=boss).exists()
    again = client.post(reverse("wagtailusers_users:add"), form)
    assert list(again.context["form"].errors) == ["email"]


@pytest.mark.rule("account-14", "account-15")
def test_an_account_is_changed_and_the_change_is_logged(client: Client, boss: User) -> None:
    user = PersonFactory(user__email="anna@example.org").user
    trainers = Group.objects.get(name="Trainers")
    address = reverse("wagtailusers_users:edit", args=[user.pk])
    assert client.get(address).status_code == 200
    form = {
        "name": "Anna Poprawna",
        "language": "en",
        "groups": [trainers.pk],
        "email": "stolen@example.org",
        "is_superuser": "on",
    }
    assert client.post(address, form).status_code == 302
    user = User.objects.get(pk=user.pk)
    assert (user.email, user.is_superuser, user.is_active) == ("anna@example.org", False, False)
    assert (user.person.name, user.person.language, list(user.groups.all())) == ("Anna Poprawna", "en", [trainers])
    actions = set(ModelLogEntry.objects.filter(user=boss).values_list("action", flat=True))
    assert {"accounts.change_roles", "accounts.rename", "accounts.suspend"} <= actions
    assert client.get(reverse("wagtailusers_users:history", args=[user.pk])).status_code == 200


@pytest.mark.rule("account-28")
def test_administrators_keep_their_own_role(client: Client, boss: User) -> None:
    client.force_login(boss)
    address = reverse("wagtailusers_users:edit", args=[boss.pk])
    answer = client.post(address, {"name": person_of(boss).name, "language": "pl", "groups": []})
    assert answer.status_code == 200
    assert answer.context["form"].errors.as_data()["groups"][0].code == "own_role"
    assert Role.ADMINISTRATORS in boss.groups.values_list("name", flat=True)


@pytest.mark.rule("account-28")
def test_a_name_that_stays_is_not_logged_as_changed(boss: User) -> None:
    person = person_of(boss)
    rename_person(person_id=person.pk, name=person.name, by=boss)
    assert not ModelLogEntry.objects.filter(action="accounts.rename").exists()
    rename_person(person_id=person.pk, name="Zofia Inna", by=boss)
    assert ModelLogEntry.objects.filter(action="accounts.rename").count() == 1


@pytest.mark.rule("account-14")
def test_operators_are_out_of_reach(client: Client, boss: User) -> None:
    operator = PersonFactory(user__is_superuser=True).user
    for name in ("wagtailusers_users:edit", "cms_accounts_erase"):
        address = reverse(name, args=[operator.pk])
        for answer in (client.get(address), client.post(address, {"name": "X Y", "language": "pl"})):
            assert answer.status_code == 302
    operator.refresh_from_db()
    assert operator.is_active
    assert operator.person.name == "Anna Przykładowa"


@pytest.mark.rule("account-14")
@pytest.mark.parametrize("name", ["wagtailusers_users:delete"])
def test_accounts_are_erased_and_not_just_deleted(client: Client, boss: User, name: str) -> None:
    user = PersonFactory().user
    client.post(reverse(name, args=[user.pk]))
    client.post(f"{reverse('wagtail_bulk_action', args=['cms_accounts', 'user', 'delete'])}?id={user.pk}")
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.rule("account-17")
def test_an_administrator_erases_an_account_for_its_owner(client: Client, boss: User) -> None:
    user = PersonFactory().user
    address = reverse("cms_accounts_erase", args=[user.pk])
    assert client.get(address).status_code == 200
    assert User.objects.filter(pk=user.pk).exists()
    client.post(address)
    assert not User.objects.filter(pk=user.pk).exists()
    editor = staff(Role.EDITORS)
    client.post(reverse("cms_accounts_erase", args=[editor.pk]))
    assert User.objects.filter(pk=editor.pk).exists()
    client.post(reverse("cms_accounts_erase", args=[boss.pk]))
    assert User.objects.filter(pk=boss.pk).exists()


@pytest.mark.rule("account-15", "account-20")
def test_many_are_suspended_at_once(client: Client, boss: User) -> None:
    user = PersonFactory().user
    address = f"{reverse('wagtail_bulk_action', args=['cms_accounts', 'user', 'set_active_state'])}?id={user.pk}"
    assert client.post(address, {"mark_as_active": "False"}).status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    assert ModelLogEntry.objects.filter(action="accounts.suspend", user=boss, object_id=str(user.pk)).exists()


@pytest.mark.rule("account-14")
@pytest.mark.parametrize(
    ("action", "form"), [("set_active_state", {"mark_as_active": "False"}), ("assign_role", {}), ("delete", {})]
)
def test_operators_are_out_of_reach_of_many_at_once(client: Client, boss: User, action: str, form: dict) -> None:
    operator, learner = PersonFactory(user__is_superuser=True).user, PersonFactory().user
    address = reverse("wagtail_bulk_action", args=["cms_accounts", "user", action])
    address += f"?id={operator.pk}&id={learner.pk}&next={reverse('wagtailusers_users:index')}"
    if action == "assign_role":
        form = {"role": Group.objects.get(name="Editors").pk}
    answer = client.post(address, form, follow=True)
    for user in (operator, learner):
        user.refresh_from_db()
        assert user.is_active
        assert not user.groups.exists()
    if action != "delete":
        assert "zmienia tylko obsługa techniczna" in answer.content.decode()


@pytest.mark.rule("account-14")
def test_nobody_suspends_themselves_with_many(client: Client, boss: User) -> None:
    for user in (boss, UserFactory(is_superuser=True)):
        client.force_login(user)
        for action in ("set_active_state", "delete"):
            address = f"{reverse('wagtail_bulk_action', args=['cms_accounts', 'user', action])}?id={user.pk}"
            client.post(address, {"mark_as_active": "False"})
        user.refresh_from_db()
        assert user.is_active


@pytest.mark.rule("account-12")
def test_the_names_of_roles_stay(client: Client, boss: User) -> None:
    from cms.accounts.staff_forms import RoleForm

    group = Group.objects.get(name="Editors")
    form = RoleForm({"name": "Writers", "permissions": []}, instance=group)
    assert not form.is_valid()
    assert form.errors.as_data()["name"][0].code == "role_name"
    assert RoleForm({"name": "Writers", "permissions": []}).is_valid()


@pytest.mark.rule("account-12")
def test_coordinators_see_people_and_change_none(client: Client) -> None:
    person = PersonFactory(name="Łucja Óżóg")
    client.force_login(staff(Role.COORDINATORS))
    assert "Łucja Óżóg" in client.get(reverse("people:index")).content.decode()
    assert client.get(reverse("people:inspect", args=[person.pk])).status_code == 200
    for name, args in (("edit", [person.pk]), ("delete", [person.pk]), ("add", [])):
        client.post(reverse(f"people:{name}", args=args), {"name": "X Y", "language": "pl"})
    person.refresh_from_db()
    assert person.name == "Łucja Óżóg"
    assert Person.objects.count() == 2


@pytest.mark.rule("account-1", "account-15")
def test_administrators_correct_a_person(client: Client, boss: User) -> None:
    person = PersonFactory()
    address = reverse("people:edit", args=[person.pk])
    assert client.get(address).status_code == 200
    refused = client.post(address, {"name": "Anna 3", "language": "pl"})
    assert list(refused.context["form"].errors) == ["name"]
    assert client.post(address, {"name": "Anna Poprawna", "language": "en"}).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.search_name, person.language) == ("Anna Poprawna", "anna poprawna", "en")
    assert ModelLogEntry.objects.filter(action="accounts.rename", user=boss).exists()
    assert client.get(reverse("people:delete", args=[person.pk])).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_accounts_costs_the_same_for_one_and_for_many(
    client: Client, boss: User, number: int, django_assert_max_num_queries: Callable
) -> None:
    for _each in range(number):
        staff(Role.EDITORS, Role.TRAINERS)
    client.get(reverse("wagtailusers_users:index"))
    with django_assert_max_num_queries(20):
        assert client.get(reverse("wagtailusers_users:index")).status_code == 200
