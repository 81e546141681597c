"""The way from a page to where it is edited, for those who may edit it, at the expense of nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.rules import Role
from tests.factories.accounts import PersonFactory, staff
from tests.factories.catalogue import make_home

pytestmark = pytest.mark.django_db


def corner(client: Client, page: Any = "") -> str:
    return client.get(reverse("cms_accounts:show-corner"), {"page": page} if page else {}).content.decode()


@pytest.mark.rule("account-29")
def test_an_editor_finds_the_way_to_edit_the_page(client: Client) -> None:
    page = make_home("pl")
    client.force_login(staff(Role.EDITORS))
    client.get("/admin/")
    link = f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"'
    assert link in corner(client, page.pk)
    for strange in ("", "0", "999999", "9" * 30, "x", "²"):
        assert "/edit/" not in corner(client, strange)
    shown = Client().get(page.get_url()).content.decode()
    assert f"{reverse('cms_accounts:show-corner')}?page={page.pk}" in shown
    assert link not in shown


@pytest.mark.rule("account-29")
@pytest.mark.parametrize("who", [lambda: PersonFactory().user, lambda: staff(Role.COORDINATORS)])
def test_nobody_else_finds_it(client: Client, who: Callable[[], Any]) -> None:
    page = make_home("pl")
    client.force_login(who())
    client.get("/admin/")
    assert "/edit/" not in corner(client, page.pk)


@pytest.mark.rule("account-29")
def test_it_costs_a_learner_nothing(client: Client) -> None:
    page = make_home("pl")
    client.force_login(PersonFactory().user)
    counts = []
    for asked in ("", page.pk):
        with CaptureQueriesContext(
            connection,
        ) as made:
            corner(client, asked)
        counts.append(len(made))
    assert counts[0] == counts[1]
