"""The outbox of issues and the list of subscribers on the editors' side."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.accounts.rules import Role
from cms.newsletter.models import Delivery, Release, Subscriber
from tests.factories.accounts import staff
from tests.factories.library import make_publication
from tests.factories.newsletter import make_issue, make_release, make_subscriber
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client):
    user = staff(Role.EDITORS)
    client.force_login(user)
    return user


def at(issue, name: str = "show-issue", *args) -> str:
    return reverse(f"newsletter_outbox:{name}", args=[issue.pk, *args])


@pytest.mark.rule("newsletter-14")
def test_before_the_release_an_editor_sees_how_many_and_some_in_part(client: Client, editor) -> None:
    closed = make_publication(live=False, title="Szkic poradnika")
    issue = make_issue(
        topics=("prawo",),
        subject="Bardzo długi temat " * 5,
        blocks=[
            ("page", {"page": closed.pk, "title": "", "text": ""}),
            ("text", f'<p><a linktype="page" id="{closed.pk}">tu</a></p>'),
        ],
    )
    reader = make_subscriber("anna.nowak@example.org", topics=("prawo",))
    make_subscriber(topics=("filmy",))
    page = words_of(client.get(at(issue)))
    assert "Ten numer dostanie 1 adres" in page
    assert "an•••@ex•••.org" in page
    assert reader.email not in page
    assert "Szkic poradnika" in page
    assert "Temat jest długi" in page
    assert "Link w tekście prowadzi do strony" in page


@pytest.mark.rule("newsletter-14")
def test_a_trial_and_a_release_are_asked_for_and_logged(client: Client, editor, on_commit) -> None:
    make_subscriber("anna@example.org")
    issue = make_issue()
    with on_commit():
        client.post(at(issue, "send-trial"))
    assert [message.to for message in outbox.outbox] == [[editor.email]]
    assert client.get(at(issue, "release")).status_code == 200
    assert not Release.objects.exists()
    with on_commit():
        for _ in range(2):
            client.post(at(issue, "release"))
    assert len(outbox.outbox) == 2
    assert client.get(at(issue, "release")).status_code == 302
    actions = list(PageLogEntry.objects.filter(action__startswith="newsletter").values_list("action", flat=True))
    assert sorted(actions) == ["newsletter.release", "newsletter.send_trial"]
    assert "wysyłka zakończona" in words_of(client.get(at(issue)))


def test_an_issue_that_cannot_go_out_says_why(client: Client, editor) -> None:
    answer = client.post(at(make_issue(live=False), "release"), follow=True)
    assert "Najpierw opublikuj numer" in words_of(answer)


@pytest.mark.rule("newsletter-10")
def test_what_failed_is_listed_with_reasons_and_repeated(client: Client, editor, on_commit) -> None:
    release = make_release(readers=3)
    release.deliveries.update(state=Delivery.State.FAILED, reason="ADDRESS")
    gone = release.deliveries.first()
    gone.subscriber.delete()
    page = words_of(client.get(at(release.issue)))
    assert "nie przyjmuje wiadomości na ten adres" in page
    assert "usunięto w międzyczasie" in page
    assert "czyta" not in page
    with on_commit():
        client.post(at(release.issue, "act", "repeat"))
    assert len(outbox.outbox) == 2
    client.post(at(release.issue, "act", "stop"))
    client.post(at(release.issue, "act", "nonsense"))
    assert ModelLogEntry.objects.filter(action="newsletter.repeat").count() == 1


def test_the_list_of_issues_is_filtered_searched_and_costs_the_same(client: Client, editor) -> None:
    where = reverse("newsletter_outbox:list")
    client.get(where)
    asked = []
    for total in (1, 3):
        while Release.objects.count() < total:
            make_release(make_issue(title=f"Wieści {Release.objects.count()}"))
        with CaptureQueriesContext(connection) as queries:
            assert "Wieści 0" in words_of(client.get(where))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    make_issue(title="Szkic", live=False)
    assert "Szkic" in words_of(client.get(where, {"state": "none"}))
    assert "Wieści 1" not in words_of(client.get(where, {"state": "none"}))
    assert "Wieści 1" in words_of(client.get(where, {"q": "wieści 1"}))
    assert "Wieści 2" not in words_of(client.get(where, {"q": "wieści 1"}))


@pytest.mark.rule("newsletter-14")
def test_coordinators_neither_see_nor_do_anything_there(client: Client) -> None:
    client.force_login(staff(Role.COORDINATORS))
    make_subscriber()
    issue = make_issue()
    refused = {302, 403}
    assert client.get(at(issue)).status_code in refused
    for name in ("send-trial", "release"):
        assert client.post(at(issue, name)).status_code in refused
    assert client.post(at(issue, "act", "stop")).status_code in refused
    assert client.get(reverse("newsletter_outbox:list")).status_code in refused
    assert client.get(reverse("newsletter_subscribers:index")).status_code in refused
    assert not Release.objects.exists()


@pytest.mark.rule("newsletter-14")
def test_editors_do_not_see_addresses(client: Client, editor) -> None:
    subscriber = make_subscriber()
    for name in ("inspect", "unsubscribe", "forget"):
        assert client.get(reverse(f"newsletter_subscribers:{name}", args=[subscriber.pk])).status_code in {302, 403}
        assert client.post(reverse(f"newsletter_subscribers:{name}", args=[subscriber.pk])).status_code in {
            302,
            403,
            405,
        }
    assert Subscriber.objects.get().state == Subscriber.State.ACTIVE


@pytest.mark.rule("newsletter-14")
def test_an_administrator_answers_requests_and_takes_no_table_without_the_permission(client: Client) -> None:
    user = staff(Role.ADMINISTRATORS)
    client.force_login(user)
    subscriber, other = make_subscriber("anna@example.org"), make_subscriber("=jan@example.org")
    where = reverse("newsletter_subscribers:index")
    assert "anna@example.org" in words_of(client.get(where, {"q": "anna"}))
    assert client.get(where, {"export": "csv"}).status_code in {302, 403}
    inspected = reverse("newsletter_subscribers:inspect", args=[subscriber.pk])
    client.post(reverse("newsletter_subscribers:unsubscribe", args=[subscriber.pk]))
    assert "wypisanie" in words_of(client.get(inspected)).lower() or "wypisana" in words_of(client.get(inspected))
    client.post(reverse("newsletter_subscribers:forget", args=[subscriber.pk]))
    assert list(Subscriber.objects.all()) == [other]
    user.user_permissions.add(Permission.objects.get(codename="export_subscriber"))
    table = b"".join(client.get(where, {"export": "csv"}).streaming_content).decode()
    assert "'=jan@example.org" in table
    entry = ModelLogEntry.objects.get(action="newsletter.export")
    assert entry.data == {"count": 1, "format": "csv"}


def test_the_list_of_subscribers_costs_the_same_with_one_and_with_three(client: Client) -> None:
    client.force_login(staff(Role.ADMINISTRATORS))
    where = reverse("newsletter_subscribers:index")
    make_subscriber()
    client.get(where)
    asked = []
    for _ in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        asked.append(len(queries))
        make_subscriber(), make_subscriber()
    assert asked[0] == asked[1]


def test_an_editor_previews_a_draft_as_page_letter_and_text(client: Client, editor, rf) -> None:
    issue = make_issue(live=False, title="Szkic", intro="Wstęp do numeru.")
    where = reverse("wagtailadmin_pages:view_draft", args=[issue.pk])
    assert "Wstęp do numeru." in words_of(client.get(where))
    modes = {
        mode: issue.make_preview_request(preview_mode=mode).content.decode() for mode, _label in issue.preview_modes
    }
    assert "site-footer" in modes[""]
    assert 'role="presentation"' in modes["mail"]
    assert "<p" not in modes["mail_text"]
    for mode in ("mail", "mail_text"):
        assert "Wieści z Torunia." in modes[mode].replace("\xa0", " ").replace("&nbsp;", " ")


def test_an_issue_that_is_being_sent_is_not_deleted(client: Client) -> None:
    client.force_login(staff(Role.LEAD_EDITORS))
    release = make_release()
    issue = release.issue
    delete = reverse("wagtailadmin_pages:delete", args=[issue.pk])
    answer = client.post(delete, follow=True)
    assert "Ten numer jest w trakcie wysyłki." in words_of(answer)
    Release.objects.update(state=Release.State.DONE)
    client.post(delete)
    release.refresh_from_db()
    assert release.issue is None
