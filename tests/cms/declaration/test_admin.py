"""The declaration on the editors' side: its screen, the forms, the history, refusals, banners."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.accounts.rules import Role
from cms.declaration.models import Placement, Review
from cms.pages.models import AccessibilityPage
from cms.privacy.actions import erase_person
from tests.factories.accounts import staff
from tests.factories.catalogue import publish
from tests.factories.checks import HERE_LINK, make_exemption, make_text_page
from tests.factories.declaration import make_declaration, make_review
from tests.factories.pages import nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db

OVERVIEW = "/admin/declaration/"
HISTORY = "/admin/declaration/history/"


def faulty(title: str = "Strona z błędem"):
    page = make_text_page(HERE_LINK, title=title)
    publish(page)
    return make_exemption(page)


@pytest.mark.rule("declaration-7")
@pytest.mark.parametrize(
    ("role", "sees", "reviews"),
    [
        (Role.EDITORS, True, False),
        (Role.LEAD_EDITORS, True, True),
        (Role.ADMINISTRATORS, True, True),
        (Role.COORDINATORS, False, False),
    ],
)
def test_who_sees_the_screen_and_who_reviews(client: Client, role: Role, sees: bool, reviews: bool) -> None:
    make_declaration()
    one = faulty()
    client.force_login(staff(role))
    heading = reverse("cms_declaration_place", args=[f"exemption:{one.pk}"])

    assert (client.get(OVERVIEW).status_code == 200) is sees
    assert (client.get(HISTORY).status_code == 200) is sees
    assert (client.get(f"{OVERVIEW}review/").status_code == 200) is reviews
    assert (client.get(heading).status_code == 200) is reviews
    if not reviews:
        client.post(f"{OVERVIEW}review/", FACTS)
        client.post(heading, {"group": "not_covered", "reason": "Archiwum."})
        assert not Review.objects.exists()
        assert not Placement.objects.exists()


def signed_in_today(client: Client, user) -> Client:
    """Signed in on the day to which the test has travelled: a session of another day has ended."""
    client.force_login(user)
    return client


def test_a_visitor_is_led_to_the_door(client: Client) -> None:
    assert client.get(OVERVIEW).status_code == 302


TODAY = date(2027, 3, 1)
FACTS = {
    "reviewed_on": "2027-03-01",
    "kind": "yearly",
    "method": "self",
    "auditor": "",
    "status": "partly",
    "next_on": "2028-03-31",
    "notes": "",
}


@pytest.mark.rule("declaration-7")
def test_the_screen_tells_what_the_page_shows_and_where_it_comes_from(lead_desk: Client) -> None:
    make_declaration()
    one = faulty("Zasady")
    make_review(date(2026, 12, 1))

    words = words_of(lead_desk.get(OVERVIEW))

    assert "Następny przegląd: do 31 marca 2027 r." in words
    assert "Zasady" in words
    assert "Dopuszczony błąd" in words
    assert one.reason in words
    assert "Przegląd roczny" in words
    english = words_of(lead_desk.get(f"{OVERVIEW}?language=en"))
    assert "W tym języku nie ma opublikowanej deklaracji." in english
    assert lead_desk.get(f"{OVERVIEW}?language=xx&page=9999999999999999999999").status_code == 200


def test_an_empty_screen_says_so(lead_desk: Client) -> None:
    words = words_of(lead_desk.get(OVERVIEW))

    assert "Nie ma jeszcze opublikowanej deklaracji." in words
    assert "Lista jest pusta" in words
    assert "Nie zapisano jeszcze żadnego przeglądu." in words


@pytest.mark.rule("declaration-5")
@time_machine.travel("2027-03-01 10:00+01:00")
def test_a_review_is_recorded_once_however_often_the_form_is_sent(client: Client, lead) -> None:
    lead_desk = signed_in_today(client, lead)
    page = make_declaration(prepared_on=date(2026, 11, 24))
    form = lead_desk.get(f"{OVERVIEW}review/").content.decode()
    assert 'value="2028-03-31"' in form

    for _twice in range(2):
        assert lead_desk.post(f"{OVERVIEW}review/", FACTS).status_code == 302

    assert Review.objects.get().reviewed_by == lead
    page.refresh_from_db()
    assert page.reviewed_on == TODAY


@pytest.mark.rule("declaration-5")
@time_machine.travel("2027-03-01 10:00+01:00")
@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"reviewed_on": "2027-03-02"}, "Ten dzień dopiero nadejdzie."),
        ({"next_on": "2028-04-01"}, "Ustawa wymaga przeglądu co roku do 31 marca."),
        ({"method": "audit"}, "Podaj, kto przeprowadził audyt."),
        ({"reviewed_on": ""}, "To pole jest wymagane."),
        ({"kind": "sideways"}, "Wybierz poprawną wartość."),
    ],
)
def test_a_wrong_review_is_refused_at_its_field(client: Client, lead, other, words: str) -> None:
    lead_desk = signed_in_today(client, lead)
    make_declaration(prepared_on=date(2026, 11, 24))

    answer = lead_desk.post(f"{OVERVIEW}review/", FACTS | other)

    assert words in words_of(answer)
    assert not Review.objects.exists()


def test_a_heading_needs_its_reason_and_costs_their_assessment(lead_desk: Client) -> None:
    make_declaration()
    one = faulty()
    url = reverse("cms_declaration_place", args=[f"exemption:{one.pk}"])

    assert "Napisz, dlaczego" in words_of(lead_desk.post(url, {"group": "not_covered"}))
    answer = words_of(lead_desk.post(url, {"group": "excessive", "reason": "Drogo."}))
    assert "Nadmierne koszty wymagają pisemnej oceny." in answer
    assert not Placement.objects.exists()

    facts = {"group": "excessive", "reason": "Drogo.", "assessment_url": "https://example.org/ocena"}
    for _twice in range(2):
        assert lead_desk.post(url, facts).status_code == 302
    assert Placement.objects.get().group == "excessive"
    assert lead_desk.get(reverse("cms_declaration_place", args=["exemption:0"])).status_code == 404


@pytest.mark.rule("declaration-7")
def test_the_history_is_paged_filtered_and_exported_without_formulas(lead_desk: Client) -> None:
    day = date(2027, 1, 1)
    for number in range(60):
        make_review(day + timedelta(days=number), method="self")
    make_review(date(2027, 12, 1), method="audit", auditor="=HYPERLINK(1)")

    assert (
        "page=2" in lead_desk.get(f"{HISTORY}?p=1").content.decode() or "p=2" in lead_desk.get(HISTORY).content.decode()
    )
    audits = words_of(lead_desk.get(f"{HISTORY}?method=audit"))
    assert "HYPERLINK" in audits
    answer = lead_desk.get(f"{HISTORY}?export=csv")
    table = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    assert table.count("\n") >= 61
    assert "'=HYPERLINK" in table


@pytest.mark.rule("declaration-7")
def test_three_reviews_and_entries_cost_what_one_costs(lead_desk: Client) -> None:
    make_declaration()

    def cost(address: str) -> int:
        lead_desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert lead_desk.get(address).status_code == 200
        return len(queries)

    faulty()
    make_review(date(2026, 12, 1), reviewed_by=staff(Role.LEAD_EDITORS))
    before = cost(OVERVIEW), cost(HISTORY)
    for number in range(2):
        faulty()
        make_review(date(2027 + number, 1, 1), reviewed_by=staff(Role.LEAD_EDITORS))
    assert (cost(OVERVIEW), cost(HISTORY)) == before


@pytest.mark.rule("declaration-4")
@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-12-01", "Następny przegląd: do 31 marca 2027 r."),
        ("2027-02-01", "Zbliża się przegląd deklaracji."),
        ("2027-04-01", "Minął termin przeglądu deklaracji."),
    ],
)
def test_editors_are_warned_and_visitors_are_not(client: Client, lead, today: str, words: str) -> None:
    page = make_declaration(prepared_on=date(2026, 11, 24))
    with time_machine.travel(f"{today} 10:00+01:00"):
        desk = Client()
        desk.force_login(lead)
        faulty()
        assert words in words_of(desk.get("/admin/"))
        assert words in words_of(desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
        assert words not in words_of(client.get(page.get_url()))


@pytest.mark.rule("declaration-3")
def test_a_status_that_contradicts_the_list_is_not_published(lead_desk: Client) -> None:
    page = make_declaration()
    faulty()
    fields = {
        name: getattr(page, name)
        for name in ("title", "slug", "body_name", "method", "contact_name", "contact_email", "contact_phone")
    }
    days = dict.fromkeys(("site_published_on", "site_updated_on", "prepared_on"), "2026-11-24")
    data = fields | days | nothing_beside() | {"status": "compliant", "action-publish": "Publikuj"}
    data |= {name: streamfield([]) for name in ("gaps", "architecture", "communication")}
    data["comments"] = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}

    answer = lead_desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(data), follow=True)

    assert "jej status nie może brzmieć „zgodna”" in words_of(answer)
    page.refresh_from_db()
    assert page.status == AccessibilityPage.Status.PARTLY
    assert page.has_unpublished_changes


def test_a_review_outlives_the_account_without_its_name(lead) -> None:
    make_declaration()
    review = make_review(date(2027, 1, 1), reviewed_by=lead)

    erase_person(person=lead.person)

    review.refresh_from_db()
    assert review.reviewed_by is None
