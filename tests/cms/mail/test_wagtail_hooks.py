"""The outbox on the editors' side."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from cms.accounts.rules import Role
from cms.mail.models import OutgoingMail
from cms.mail.wording import KINDS
from tests.factories.accounts import staff
from tests.factories.mail import OutgoingMailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.rule("mail-8")]


def sign_in(client: Client, *roles: Role) -> None:
    client.force_login(staff(*roles))


@pytest.mark.parametrize("role", [Role.COORDINATORS, Role.ADMINISTRATORS])
def test_coordinators_and_administrators_see_the_outbox(client: Client, role: Role) -> None:
    OutgoingMailFactory(context={"number": "AW-secret"}, state="failed")
    sign_in(client, role)
    page = client.get(reverse("outbox:index")).content.decode()
    assert "anna@example.org" in page
    assert "AW-secret" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_outbox_speaks_in_words_and_costs_the_same(
    client: Client, count: int, django_assert_max_num_queries: Callable
) -> None:
    for _ in range(count):
        OutgoingMailFactory(state="failed", last_error="SMTPRecipientsRefused: 550 no such user")
    sign_in(client, Role.COORDINATORS)
    client.get(reverse("outbox:index"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("outbox:index")).content.decode()
    assert page.count("Usunięcie konta") == count + 1, "in each line, and in the filter"
    assert page.count("Nie wysłano, próby") == count + 1, "and in the words above"
    assert page.count("Serwer poczty nie przyjmuje") == count
    for technical in ("account_deleted</", "SMTPRecipientsRefused", ">None<"):
        assert technical not in page


def test_one_letter_tells_what_happened_and_keeps_the_technical_error_in_a_detail(client: Client) -> None:
    letter = OutgoingMailFactory(state="failed", tries=6, last_error="ConnectionRefusedError: [Errno 111]")
    sign_in(client, Role.COORDINATORS)
    page = client.get(reverse("outbox:inspect", args=[letter.pk])).content.decode()
    sentence, _, detail = page.partition("collapsed")
    assert "Serwer poczty nie odpowiedział." in sentence
    assert "Errno" not in sentence
    assert "ConnectionRefusedError: [Errno 111]" in detail
    assert "None" not in sentence.partition("<dl>")[2]
    assert "<dd>–</dd>" in "".join(sentence.split()), "no next try, not sent"


@pytest.mark.rule("mail-5")
def test_every_letter_has_its_kind_in_words() -> None:
    names = {path.name.partition(".")[0] for path in (settings.BASE_DIR / "templates" / "mail").glob("*.pl.txt")}
    assert set(KINDS) == names


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
    assert "anna@example.org" in client.get(reverse("outbox:index"), {"template": "account_deleted"}).content.decode()
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
