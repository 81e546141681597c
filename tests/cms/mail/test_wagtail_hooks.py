"""The outbox on the editors' side."""

from collections.abc import Callable

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from cms.accounts.rules import Role
from cms.mail.models import OutgoingMail
from tests.factories.accounts import staff
from tests.factories.mail import OutgoingMailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.rule("mail-8")]


def sign_in(client: Client, *roles: Role) -> None:
    client.force_login(staff(*roles))


@pytest.mark.parametrize("role", [Role.COORDINATORS, Role.ADMINISTRATORS])
def test_coordinators_and_administrators_see_the_outbox(client: Client, role: Role) -> None:
    OutgoingMailFactory(context={"number": "AW-secret"}, state="failed", last_error="550 no such user")
    sign_in(client, role)
    page = client.get(reverse("outbox:index")).content.decode()
    assert "anna@example.org" in page
    assert "550 no such user" in page
    assert "AW-secret" not in page


@pytest.mark.parametrize("roles", [[], [Role.EDITORS], [Role.TRAINERS]])
def test_others_do_not(client: Client, roles: list[Role]) -> None:
    letter = OutgoingMailFactory(state="failed")
    sign_in(client, *roles)
    for name, args in (("index", []), ("inspect", [letter.pk]), ("send_again", [letter.pk])):
        for answer in (
            client.get(reverse(f"outbox:{name}", args=args)),
            client.post(reverse(f"outbox:{name}", args=args)),
        ):
            assert answer.status_code in (302, 403, 405)
            assert "anna@example.org" not in answer.content.decode()
    letter.refresh_from_db()
    assert letter.state == "failed"


def test_a_letter_is_found_by_recipient_and_state(client: Client) -> None:
    OutgoingMailFactory(recipient="jan@example.org", state="failed")
    OutgoingMailFactory(recipient="anna@example.org")
    sign_in(client, Role.COORDINATORS)
    by_recipient = client.get(reverse("outbox:index"), {"q": "jan"}).content.decode()
    by_state = client.get(reverse("outbox:index"), {"state": "failed"}).content.decode()
    for page in (by_recipient, by_state):
        assert "jan@example.org" in page
        assert "anna@example.org" not in page


def test_one_letter_is_shown_without_its_content(client: Client) -> None:
    letter = OutgoingMailFactory(context={"confirm_url": "https://example.org/one-time"})
    sign_in(client, Role.COORDINATORS)
    page = client.get(reverse("outbox:inspect", args=[letter.pk])).content.decode()
    assert "anna@example.org" in page
    assert "one-time" not in page


def test_a_letter_is_sent_again_by_a_form(client: Client, on_commit: Callable) -> None:
    letter = OutgoingMailFactory(state="failed", tries=6)
    sign_in(client, Role.COORDINATORS)
    address = reverse("outbox:send_again", args=[letter.pk])
    assert client.get(address).status_code == 200
    assert django_mail.outbox == []
    with on_commit():
        client.post(address)
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert len(django_mail.outbox) == 1


def test_a_letter_whose_content_is_gone_stays(client: Client) -> None:
    letter = OutgoingMailFactory(state="failed", confidential=True)
    sign_in(client, Role.COORDINATORS)
    for ask in (client.get, client.post):
        answer = ask(reverse("outbox:send_again", args=[letter.pk]), follow=True)
        assert list(answer.context["messages"])
    letter.refresh_from_db()
    assert letter.state == "failed"


@pytest.mark.parametrize("name", ["add", "edit", "delete"])
def test_letters_are_neither_written_nor_changed_here(client: Client, name: str) -> None:
    letter = OutgoingMailFactory()
    client.force_login(staff(Role.ADMINISTRATORS))
    address = reverse(f"outbox:{name}", args=[] if name == "add" else [letter.pk])
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {"recipient": "x@example.org"}).status_code in (302, 403)
    assert list(OutgoingMail.objects.values_list("recipient", flat=True)) == ["anna@example.org"]
