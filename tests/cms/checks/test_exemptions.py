"""A lead editor lets a fault pass with a reason and a day; it is listed, reminded of and closed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.accounts.rules import Role
from cms.checks import actions, queries
from cms.checks.models import Exemption
from cms.checks.panels import address_of_faults
from cms.mail.models import OutgoingMail
from media.models import Film
from tests.factories.accounts import staff
from tests.factories.catalogue import publish
from tests.factories.checks import GOOD, HERE_LINK, WORDS, edit, form_of, make_exemption, make_text_page
from tests.factories.media import FilmFactory
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def let_pass(client: Client, page: Page, **fields: Any) -> Any:
    values = {
        "fault": "link_says_nothing|tutaj",
        "reason": "Autor poprawi tekst po urlopie.",
        "mend_by": (date.today() + timedelta(days=20)).isoformat(),
    }
    return client.post(address_of_faults(page), values | fields)


@pytest.mark.rule("check-5")
def test_a_lead_editor_lets_a_fault_pass_and_the_page_is_published(lead_desk: Client, lead) -> None:
    page = make_text_page(HERE_LINK)
    for _again in range(2):
        assert let_pass(lead_desk, page).status_code == 302
    one = Exemption.objects.get()
    assert (one.granted_by, one.title, one.language, one.what) == (lead, page.title, "pl", "tutaj")
    form = form_of(HERE_LINK, title=page.title, slug=page.slug) | {"action-publish": "1"}
    assert lead_desk.post(edit(page), form).status_code == 302
    page.refresh_from_db()
    assert page.live
    other = '<p>Więcej <a href="https://example.org">kliknij</a>.</p>'
    assert (
        lead_desk.post(edit(page), form_of(HERE_LINK, other, slug=page.slug) | {"action-publish": "1"}).status_code
        == 200
    )


@pytest.mark.rule("check-5")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "To pole jest wymagane."),
        ({"reason": "bo tak"}, "Napisz to zdaniem."),
        ({"mend_by": ""}, "To pole jest wymagane."),
        ({"mend_by": "2020-01-01"}, "Wybierz dzień późniejszy niż dzisiejszy."),
        ({"mend_by": "2099-01-01"}, "Wybierz dzień w ciągu najbliższego roku."),
        ({"fault": []}, "Wybierz co najmniej jeden błąd."),
        ({"fault": "heading_skipped|x"}, "nie jest żadną z dostępnych opcji"),
    ],
)
def test_without_a_reason_and_a_day_nothing_passes(lead_desk: Client, fields: dict, words: str) -> None:
    page = make_text_page(HERE_LINK)
    assert words in words_of(let_pass(lead_desk, page, **fields))
    assert not Exemption.objects.exists()


@pytest.mark.rule("check-5")
def test_editors_and_strangers_let_nothing_pass(desk: Client, editor) -> None:
    page = make_text_page(HERE_LINK)
    shown = words_of(desk.get(address_of_faults(page)))
    assert WORDS in shown
    assert 'name="reason"' not in shown
    let_pass(desk, page)
    one = make_exemption(page)
    desk.post(reverse("cms_checks_take_back", args=[one.pk]))
    one.refresh_from_db()
    assert one.closed_at is None
    assert Exemption.objects.count() == 1
    with pytest.raises(PermissionDenied):
        actions.let_faults_pass(
            row=page, faults=[("link_says_nothing", "tutaj")], reason="x", mend_by=date.today(), by=editor
        )
    for stranger in (Client(), _signed_in(Role.COORDINATORS)):
        assert WORDS not in words_of(stranger.get(address_of_faults(page), follow=True))


def _signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(staff(role))
    return client


@pytest.mark.rule("check-5")
def test_what_is_never_checked_has_no_such_page(lead_desk: Client) -> None:
    assert lead_desk.get(reverse("cms_checks_faults", args=[9999, 1]), follow=True).status_code == 404
    page = make_text_page()
    address = address_of_faults(page).replace(f"/{page.pk}/", "/999999/")
    assert lead_desk.get(address, follow=True).status_code == 404


@pytest.mark.rule("check-5")
def test_an_exemption_closes_when_the_mended_page_is_published(lead_desk: Client) -> None:
    page = make_text_page(HERE_LINK)
    one, other = make_exemption(page), make_exemption(make_text_page(HERE_LINK))
    publish(page)
    one.refresh_from_db()
    assert one.closed_at is None
    page.body = [("text", GOOD)]
    publish(page)
    for row in (one, other):
        row.refresh_from_db()
    assert one.closed_at is not None
    assert other.closed_at is None
    assert actions.close_mended(row=page) == 0


@pytest.mark.rule("check-5")
def test_an_exemption_is_taken_back(lead_desk: Client) -> None:
    page = make_text_page(HERE_LINK)
    one = make_exemption(page)
    take_back = reverse("cms_checks_take_back", args=[one.pk])
    assert "Odstępstwo do" in words_of(lead_desk.get(address_of_faults(page)))
    assert lead_desk.get(take_back).status_code == 405
    for _again in range(2):
        assert lead_desk.post(take_back).status_code == 302
    one.refresh_from_db()
    assert one.closed_at is not None
    assert queries.refusal_words(page)


@pytest.mark.rule("check-5")
def test_what_somebody_let_pass_at_a_film_is_not_held_against_its_lesson(lead, django_assert_max_num_queries) -> None:
    film = FilmFactory(bare=True, title="Niemy")
    faults = {fault.check.value for fault in queries.faults_of(film)}
    assert {"film_without_captions", "film_without_transcript"} <= faults
    from tests.factories.catalogue import make_course_page, make_lesson

    lesson = make_lesson(make_course_page(), body=[("film", {"film": film})])
    assert {fault.check.value for fault in queries.faults_of(lesson)} == faults
    keys = [fault.key for fault in queries.faults_of(film)]
    day = date.today() + timedelta(days=9)
    assert len(
        actions.let_faults_pass(row=film, faults=keys, reason="Napisy robi autor.", mend_by=day, by=lead)
    ) == len(keys)
    assert queries.faults_of(lesson) == []
    assert queries.refusal_words(Film.objects.get()) == []
    with django_assert_max_num_queries(6):
        queries.faults_of(lesson)


@pytest.mark.rule("check-6")
def test_the_declaration_gets_what_is_public_and_open() -> None:
    page, draft, english = (
        make_text_page(HERE_LINK),
        make_text_page(HERE_LINK),
        make_text_page(HERE_LINK, language="en"),
    )
    publish(page)
    publish(english)
    for row in (page, draft, english):
        make_exemption(row)
    make_exemption(page, what="link", closed_at=timezone.now())
    one, untranslated = queries.open_exemptions("pl")
    assert untranslated.title == english.title
    assert (one.title, one.address) == (page.title, page.get_url())
    assert one.fault == "Tekst linku „tutaj” nie mówi, dokąd on prowadzi."
    assert one.reason.startswith("Autor poprawia")
    assert {row.title for row in queries.open_exemptions("en")} == {page.title, english.title}
    twin = page.copy_for_translation(english.locale, copy_parents=True)
    publish(twin)
    assert [row.title for row in queries.open_exemptions("en")] == [english.title]
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    assert queries.open_exemptions("en") == []


@pytest.mark.rule("check-6")
def test_the_declaration_costs_the_same_for_one_and_for_many(django_assert_num_queries, settings) -> None:
    pages = [make_text_page(HERE_LINK) for _number in range(4)]
    for page in pages:
        publish(page)
    make_exemption(pages[0])
    queries.open_exemptions("pl")
    with django_assert_num_queries(4) as first:
        queries.open_exemptions("pl")
    for page in pages[1:]:
        make_exemption(page)
    with django_assert_num_queries(len(first.captured_queries)):
        assert len(queries.open_exemptions("pl")) == 4


@pytest.mark.rule("check-7")
def test_whoever_let_a_fault_pass_is_reminded_once(lead) -> None:
    due = make_exemption(make_text_page(HERE_LINK), days=-1, granted_by=lead)
    make_exemption(make_text_page(HERE_LINK), days=1, granted_by=lead)
    make_exemption(make_text_page(HERE_LINK), days=-1, granted_by=lead, closed_at=timezone.now())
    for _again in range(2):
        actions.remind_of_exemptions(today=date.today())
    (letter,) = OutgoingMail.objects.filter(template="exemption_due")
    assert (letter.recipient, letter.language) == (lead.email, "pl")
    assert letter.context["title"] == due.title


@pytest.mark.rule("check-7")
def test_without_that_person_all_lead_editors_are_reminded_and_what_is_gone_is_closed(lead, editor) -> None:
    staff(Role.LEAD_EDITORS)
    make_exemption(make_text_page(HERE_LINK), days=-1)
    gone = make_text_page(HERE_LINK)
    closed = make_exemption(gone, days=-1)
    gone.delete()
    assert actions.remind_of_exemptions(today=date.today()) == 2
    closed.refresh_from_db()
    assert closed.closed_at is not None


@pytest.mark.rule("check-7")
def test_exemptions_are_listed_narrowed_and_exported(desk: Client, lead) -> None:
    make_exemption(make_text_page(HERE_LINK, title="Po terminie"), days=-1, granted_by=lead)
    make_exemption(make_text_page(HERE_LINK, title="W terminie"), what="=cmd()")
    make_exemption(make_text_page(HERE_LINK, title="Zamknięte"), closed_at=timezone.now())
    address = reverse("exemptions:index")
    shown = words_of(desk.get(address))
    assert all(word in shown for word in ("Po terminie", "W terminie", "Zamknięte"))
    for state, count in (("open", 2), ("due", 1), ("closed", 1)):
        assert len(desk.get(address, {"state": state}).context["object_list"]) == count
    assert len(desk.get(address, {"q": "Po terminie"}).context["object_list"]) == 1
    sheet = desk.get(address, {"export": "csv"}).getvalue().decode()
    assert lead.email in sheet
    assert sheet.count("\n") == 4
    assert _signed_in(Role.COORDINATORS).get(address).status_code == 302


# --- The review ---------------------------------------------------------------------------------------------------
