"""The care of pages: what readers are told, who is reminded, what is refused."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.accounts.rules import Role
from cms.mail.letters import compose
from cms.mail.models import OutgoingMail
from cms.pages import actions
from cms.pages.generation import current_generation
from cms.pages.models import PageCare, StandardPage
from tests.factories.accounts import PersonFactory, staff
from tests.factories.catalogue import locale, make_course, make_home
from tests.factories.library import make_shelf
from tests.factories.pages import look_after, make_text_page, nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db

LAW = [("callout", {"kind": "law", "title": "", "as_of": date(2026, 10, 1), "text": "<p>UDPP.</p>"})]


def days(number: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=number)


def shown(client: Client, page: StandardPage) -> str:
    return words_of(client.get(page.get_url()))


@pytest.mark.rule("page-24")
def test_a_page_tells_its_day_of_law_and_its_sources(client: Client) -> None:
    page = make_text_page(legal_as_of=date(2026, 10, 1))
    look_after(
        page, sources=[("source", {"text": "UDPP, art. 5a", "address": "https://isap.sejm.gov.pl/"})], review_on=days(3)
    )
    words = shown(client, page)
    assert "Stan prawny na 1 października 2026 r." in words
    assert '<a href="https://isap.sejm.gov.pl/">UDPP, art. 5a</a>' in words
    assert "Tę stronę mieliśmy sprawdzić" not in words


@pytest.mark.rule("page-24")
def test_a_page_whose_review_is_overdue_says_so(client: Client) -> None:
    page = make_text_page()
    look_after(page, review_on=days(-1))
    assert "Tę stronę mieliśmy sprawdzić do" in shown(client, page)
    PageCare.objects.update(review_on=days(0))
    actions.start_generation()


@pytest.mark.rule("page-24")
def test_a_page_that_is_out_of_date_leads_to_what_replaces_it(client: Client) -> None:
    newer, page = make_text_page("Nowe zasady", slug="nowe"), make_text_page()
    look_after(page, is_outdated=True, replaced_by=newer, review_on=days(-1))
    words = shown(client, page)
    assert "Ta strona jest nieaktualna." in words
    assert '<a href="/pl/nowe/">Nowe zasady</a>' in words
    assert "Tę stronę mieliśmy sprawdzić" not in words
    Page.objects.filter(pk=newer.pk).update(live=False)
    actions.start_generation()
    words = words_of(client.get(f"{page.get_url()}?x"))
    assert "Nowe zasady" not in words.partition("<main")[2].partition("</main>")[0]
    assert "zapytaj nas, co obowiązuje teraz" in words


@pytest.mark.rule("page-24")
def test_the_warning_comes_overnight_to_a_stored_page(
    client: Client, django_capture_on_commit_callbacks: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_text_page()
    look_after(page, review_on=days(0))
    assert "Tę stronę mieliśmy sprawdzić" not in shown(client, page)
    tomorrow = days(1)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: tomorrow)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.renew_for_dates()
    assert "Tę stronę mieliśmy sprawdzić do" in shown(client, page)


@pytest.mark.rule("page-24")
def test_a_day_on_which_nothing_changes_leaves_stored_pages(django_capture_on_commit_callbacks: Callable) -> None:
    look_after(make_text_page(), review_on=days(5))
    before = current_generation()
    with django_capture_on_commit_callbacks(execute=True):
        assert not actions.renew_for_dates()
    assert current_generation() == before


@pytest.mark.rule("page-25")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_responsible_person_is_reminded_once_for_each_day(language: str) -> None:
    user = PersonFactory(language=language, user__email="redakcja@example.org").user
    page = make_text_page("Zasady & kwoty")
    look_after(page, responsible=user, review_on=days(30))
    assert actions.remind_of_reviews() == 1
    assert actions.remind_of_reviews() == 1
    mail = OutgoingMail.objects.get()
    message = compose(mail)
    assert message.to == ["redakcja@example.org"]
    assert "Zasady & kwoty" in message.body
    assert f"/admin/pages/{page.pk}/edit/" in message.body
    assert "Zasady &amp; kwoty" in str(message.alternatives[0][0])
    assert ("Do sprawdzenia" if language == "pl" else "To be reviewed") in message.subject
    for ahead, letters in ((7, 2), (0, 3), (-3, 3), (-31, 3)):
        PageCare.objects.update(review_on=days(30))
        actions.remind_of_reviews(today=days(30 - ahead))
        assert OutgoingMail.objects.count() == letters
    PageCare.objects.update(review_on=days(29))
    actions.remind_of_reviews()
    assert OutgoingMail.objects.count() == 4


@pytest.mark.rule("page-25")
def test_nobody_is_reminded_of_what_needs_no_care() -> None:
    user = PersonFactory().user
    look_after(make_text_page(), review_on=days(0))
    look_after(make_text_page(), review_on=days(0), responsible=user, is_outdated=True)
    draft = make_text_page()
    look_after(draft, review_on=days(0), responsible=user)
    Page.objects.filter(pk=draft.pk).update(live=False)
    gone = PersonFactory(user__is_active=False).user
    look_after(make_text_page(), review_on=days(0), responsible=gone)
    assert actions.remind_of_reviews() == 0
    assert not OutgoingMail.objects.exists()


# --- The form -----------------------------------------------------------------------------------------------------


def form(body: list | None = None, **fields: object) -> dict[str, str]:
    """The form of a text page, as the browser sends it."""
    return nested_form_data(
        {"title": "Zasady", "slug": "zasady", "lead": "", "body": streamfield(body or []), "legal_as_of": ""}
        | nothing_beside()
        | fields
    )


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(staff(Role.LEAD_EDITORS))
    return client


@pytest.mark.rule("page-26")
def test_law_without_a_day_is_not_published_among_many(desk: Client) -> None:
    page = make_text_page("Zasady", slug="zasady")
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    for day, published in ((None, False), (date(2026, 10, 1), True)):
        page.body, page.legal_as_of = LAW, day
        page.save_revision()
        assert desk.post(many, {"next": "/admin/"}).status_code == 302
        assert bool(StandardPage.objects.get(pk=page.pk).body) is published


@pytest.mark.rule("page-26")
def test_the_button_is_refused_in_words_and_what_was_typed_stays(desk: Client) -> None:
    page = make_text_page("Zasady", slug="zasady")
    page.body = LAW
    page.save_revision()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    callout = {
        "kind": "law",
        "title": "",
        "as_of": "2026-10-01",
        "text": '{"blocks": [{"key": "a", "text": "UDPP", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],'
        ' "entityRanges": []}], "entityMap": {}}',
    }
    answer = desk.post(edit, form([("callout", callout)], **{"action-publish": "1"}), follow=True)
    assert "podaje przepisy prawa" in words_of(answer)
    page.refresh_from_db()
    assert not page.body
    assert page.get_latest_revision_as_object().body
    dated = form([("callout", callout)], legal_as_of="2026-10-01", **{"action-publish": "1"})
    assert desk.post(edit, dated).status_code == 302
    page.refresh_from_db()
    assert page.body


@pytest.mark.rule("page-24")
def test_care_is_drafted_saved_twice_and_published_with_the_page(desk: Client) -> None:
    page = make_text_page("Zasady", slug="zasady")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    row = {"responsible": "", "review_on": days(3).isoformat(), "sources": streamfield([]), "replaced_by": ""}
    saved = desk.post(edit, form(care=inline_formset([row])))
    assert saved.status_code == 302
    assert not PageCare.objects.exists()
    for number in (3, 4):
        row["review_on"] = days(number).isoformat()
        assert desk.post(edit, form(care=inline_formset([row]), **{"action-publish": "1"})).status_code == 302
    assert PageCare.objects.get(page=page.pk).review_on == days(4)
    row |= {"review_on": "", "replaced_by": str(make_home().pk)}
    refused = desk.post(edit, form(care=inline_formset([row])))
    assert "Zastępuje się tylko stronę nieaktualną." in words_of(refused)


# --- The report ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("page-27")
def test_the_report_lists_all_kinds_with_their_state(desk: Client) -> None:
    make_shelf()
    make_course()
    page = make_text_page("Zasady", legal_as_of=date(2026, 10, 1))
    look_after(page, review_on=days(-1), responsible=PersonFactory(user__email="opieka@example.org").user)
    report = reverse("cms_pages_care_report")
    words = words_of(desk.get(report))
    assert "Zasady" in words
    assert "opieka@example.org" in words
    assert "sprawdzenie po terminie" in words
    overdue = words_of(desk.get(f"{report}?care_state=overdue"))
    assert "Zasady" in overdue
    assert "Szkolenia" not in overdue.partition("<table")[2]
    undated = words_of(desk.get(f"{report}?without_law=true"))
    assert "Zasady" not in undated.partition("<table")[2]
    sheet = b"".join(desk.get(f"{report}?export=csv").streaming_content).decode()
    assert "sprawdzenie po terminie" in sheet
    assert "2026-10-01" in sheet


@pytest.mark.rule("page-27")
def test_the_report_costs_the_same_with_one_page_and_with_forty(
    desk: Client, django_assert_max_num_queries: Callable
) -> None:
    make_text_page()
    report = reverse("cms_pages_care_report")
    desk.get(report)
    with django_assert_max_num_queries(20) as few:
        desk.get(report)
    for _number in range(40):
        make_text_page(legal_as_of=date(2026, 1, 1))
    with django_assert_max_num_queries(20) as many:
        desk.get(report)
    assert len(many) == len(few)


@pytest.mark.rule("page-27")
def test_a_learner_does_not_see_the_report(client: Client) -> None:
    assert client.get(reverse("cms_pages_care_report")).status_code == 302
    client.force_login(PersonFactory().user)
    assert client.get(reverse("cms_pages_care_report")).status_code in {302, 403}


@pytest.mark.rule("page-24")
def test_a_site_without_care_pays_nothing_for_it(client: Client, django_assert_num_queries: Callable) -> None:
    plain = make_text_page(locale=locale("pl"))
    client.get(plain.get_url())
    with django_assert_num_queries(0):
        client.get(plain.get_url())
