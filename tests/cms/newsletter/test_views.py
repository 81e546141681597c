"""The form, the links of letters, leaving with one click, the archive: by strangers, twice, with false links."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.newsletter.links import LEAVE, MANAGE, confirm_url, leave_url, manage_url, token_for
from cms.newsletter.models import ConsentEvent, IssuePage, Subscriber
from tests.factories.accounts import UserFactory
from tests.factories.library import make_publication
from tests.factories.newsletter import make_archive, make_issue, make_subscriber, make_topic
from tests.reading import words_of

pytestmark = pytest.mark.django_db
State = Subscriber.State
FORM = "/pl/newsletter/"


def path_of(url: str) -> str:
    return url.removeprefix("http://127.0.0.1:8000")


def ask(client: Client, **fields):
    make_topic()
    data = {"email": "anna@example.org", "topics": ["szkolenia"], "language": "pl", "consent": "on"} | fields
    return client.post(FORM, {name: value for name, value in data.items() if value is not None})


@pytest.mark.rule("newsletter-1")
def test_from_the_form_to_a_subscription(client: Client, on_commit) -> None:
    with on_commit():
        answer = ask(client)
    assert answer.headers["Location"] == "/pl/newsletter/sprawdz-poczte/"
    link = path_of(re.search(r"https?://\S+/potwierdz/\S+", outbox.outbox[0].body).group())
    asked = client.get(link)
    assert "an•••" in words_of(asked)
    assert "anna@example.org" not in words_of(asked)
    assert Subscriber.objects.get().state == State.PENDING
    assert "Zapis jest potwierdzony" in words_of(client.post(link))
    assert "Zapis jest potwierdzony" in words_of(client.post(link))
    assert Subscriber.objects.get().state == State.ACTIVE
    assert list(ConsentEvent.objects.values_list("kind", flat=True)) == ["asked", "confirmed"]


@pytest.mark.rule("newsletter-2")
def test_known_and_unknown_addresses_get_the_same_answer_and_cost_the_same(client: Client) -> None:
    make_subscriber("jan@example.org")
    answers, costs = [], []
    ask(client, email="warm@example.org")
    for address in ("jan@example.org", "nikt@example.org"):
        with CaptureQueriesContext(connection) as asked:
            answer = ask(client, email=address)
        answers.append((answer.status_code, answer.headers["Location"], answer.content))
        costs.append(len(asked))
    assert answers[0] == answers[1]
    assert abs(costs[0] - costs[1]) <= 4


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": ""}, "Wpisz adres"),
        ({"email": "bez-malpy"}, "nazwa@example.org"),
        ({"email": "a@b.pl\r\nBcc: c@d.pl"}, "nazwa@example.org"),
        ({"email": f"{'a' * 250}@b.pl"}, "adres"),
        ({"consent": None}, "Zaznacz zgodę"),
        ({"topics": []}, "Wybierz co najmniej jeden temat"),
        ({"topics": ["obcy"]}, "obcy"),
        ({"language": "de"}, "de"),
    ],
)
def test_wrong_forms_are_refused_in_words(client: Client, fields: dict, said: str) -> None:
    answer = ask(client, **fields)
    assert answer.status_code == 200
    assert said in words_of(answer)
    assert not Subscriber.objects.exists()
    assert outbox.outbox == []


@pytest.mark.rule("newsletter-2")
def test_an_address_gets_one_letter_in_three_minutes(client: Client, on_commit) -> None:
    with on_commit():
        ask(client)
        held = ask(client, email="ANNA@example.org")
        other = ask(client, email="jan@example.org")
    assert held.status_code == 429
    assert other.status_code == 302
    assert len(outbox.outbox) == 2


@pytest.mark.rule("newsletter-1")
def test_a_link_expires_and_false_ones_lead_nowhere(client: Client, monkeypatch) -> None:
    subscriber = make_subscriber(state=State.PENDING, confirmed_at=None)
    late = timezone.now() + timedelta(days=4)
    good = path_of(confirm_url(subscriber))
    monkeypatch.setattr("django.core.signing.time.time", lambda: late.timestamp())
    assert client.get(good).status_code == 404
    monkeypatch.undo()
    assert client.get(good).status_code == 200
    for purpose in (MANAGE, LEAVE):
        address = reverse("cms_newsletter:confirm", args=[token_for(subscriber, purpose)])
        assert client.post(address).status_code == 404
    forged = TimestampSigner(salt="cms.newsletter.manage").sign(subscriber.key)
    assert client.post(reverse("cms_newsletter:confirm", args=[forged])).status_code == 404
    subscriber.refresh_from_db()
    assert subscriber.state == State.PENDING


@pytest.mark.rule("newsletter-3")
def test_one_click_leaves_without_cookie_and_token_and_twice_is_once() -> None:
    subscriber = make_subscriber()
    strict = Client(enforce_csrf_checks=True)
    where = path_of(leave_url(subscriber))
    for _ in range(2):
        answer = strict.post(where, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200
        assert not answer.cookies
    subscriber.refresh_from_db()
    assert subscriber.state == State.UNSUBSCRIBED
    assert list(subscriber.events.values_list("kind", "source")) == [("unsubscribed", "one_click")]


@pytest.mark.rule("newsletter-3")
def test_opening_the_link_asks_and_changes_nothing(client: Client) -> None:
    subscriber = make_subscriber()
    where = path_of(leave_url(subscriber))
    assert "Czy wypisać Cię" in words_of(client.get(where))
    subscriber.refresh_from_db()
    assert subscriber.state == State.ACTIVE
    assert "nie przychodzi" in words_of(client.post(where))
    assert "nie przychodzi" in words_of(client.get(where))
    assert client.post("/pl/newsletter/wypisz-sie/falszywy:link/").status_code == 404


@pytest.mark.rule("newsletter-4")
def test_the_choice_is_changed_and_data_deleted_by_the_link_of_a_letter(client: Client) -> None:
    make_topic("prawo", "Prawo")
    subscriber, other = make_subscriber(), make_subscriber()
    where = path_of(manage_url(subscriber))
    page = words_of(client.get(where))
    assert subscriber.email not in page
    assert client.post(where, {"topics": ["prawo"], "language": "en"}).status_code == 302
    subscriber.refresh_from_db()
    assert subscriber.language == "en"
    assert client.post(where, {"topics": [], "language": "en"}).status_code == 200
    forget = reverse("cms_newsletter:forget", args=[token_for(subscriber, MANAGE)])
    assert client.get(forget).status_code == 200
    assert Subscriber.objects.count() == 2
    for _ in range(2):
        assert "Twoje dane zostały usunięte" in words_of(client.post(forget))
    assert list(Subscriber.objects.all()) == [other]
    assert client.get(where).status_code == 404
    assert "do not receive" in words_of(client.post(path_of(leave_url(subscriber))))


@pytest.mark.parametrize("name", ["confirm", "change-choice", "unsubscribe", "forget"])
@pytest.mark.parametrize("token", ["x", "x:y", "%00", "a" * 3000, "{{ 7 }}", "x:y:z"])
def test_senseless_links_lead_nowhere(client: Client, name: str, token: str) -> None:
    where = reverse(f"cms_newsletter:{name}", args=[token])
    assert client.get(where).status_code == client.post(where).status_code == 404


@pytest.mark.rule("newsletter-12")
def test_who_is_signed_in_begins_changes_and_leaves_from_the_account(client: Client) -> None:
    make_topic(), make_topic("prawo", "Prawo")
    user = UserFactory()
    mine = reverse("cms_newsletter:show-mine")
    client.force_login(user)
    assert client.get(FORM).headers["Location"] == mine
    assert user.email in words_of(client.get(mine))
    assert client.post(mine, {"topics": ["prawo"], "language": "pl"}).status_code == 200
    assert not Subscriber.objects.exists()
    for _ in range(2):
        client.post(mine, {"topics": ["prawo"], "language": "pl", "consent": "on"})
    subscriber = Subscriber.objects.get()
    assert (subscriber.email, subscriber.state) == (user.email, State.ACTIVE)
    client.post(mine, {"leave": "1"})
    client.post(mine, {"leave": "1"})
    subscriber.refresh_from_db()
    assert subscriber.state == State.UNSUBSCRIBED


def test_the_pages_of_the_newsletter_are_stored_by_nobody(client: Client) -> None:
    subscriber = make_subscriber()
    for where in (FORM, path_of(manage_url(subscriber)), path_of(leave_url(subscriber))):
        answer = client.get(where)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


# --- The archive -------------------------------------------------------------------------------------------------


def test_an_empty_archive_says_so(client: Client) -> None:
    assert "Nie ma jeszcze żadnego numeru." in words_of(client.get(make_archive().get_url()))


@pytest.mark.rule("newsletter-13")
def test_the_archive_costs_the_same_with_one_issue_and_with_sixty(client: Client) -> None:
    where = make_archive().get_url()
    asked = []
    for total in (1, 3, 60):
        while IssuePage.objects.count() < total:
            make_issue()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where, {"page": "1"}).status_code == 200
        asked.append(len(queries))
    assert len(set(asked[1:])) == 1
    assert max(asked) <= 12
    assert "Strona 3 z 3" in words_of(client.get(where, {"page": "99999999999999999999"})).replace("\xa0", " ")


@pytest.mark.rule("newsletter-13")
def test_an_issue_stands_on_the_site_and_costs_the_same_with_one_page_and_with_ten(client: Client) -> None:
    asked = []
    for number in (1, 3, 10):
        chosen = [("page", {"page": make_publication().pk, "title": "", "text": ""}) for _ in range(number)]
        issue = make_issue(blocks=[("heading", "Nowości"), ("text", "<p>Wieści</p>"), *chosen])
        client.get(issue.get_url(), {"x": "1"})
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(issue.get_url(), {"x": "1"})
        assert answer.status_code == 200
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert max(asked) <= 12
    page = words_of(answer)
    assert "Nowości" in page
    assert "Wieści" in page
    assert "csrfmiddlewaretoken" not in page


def test_the_page_of_the_newsletter_leads_to_the_form(client: Client) -> None:
    door = make_archive().get_parent().specific
    assert door.get_url() == FORM
    door.slug = "listy"
    door.save_revision().publish()
    assert client.get("/pl/listy/").headers["Location"] == FORM
