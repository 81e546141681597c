"""Each step of a report: what it writes, whom it tells, what it refuses, and that doing it twice is once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from cms.accounts.rules import Role
from cms.barriers import actions
from cms.barriers.models import BarrierReport
from cms.barriers.queries import handlers
from cms.mail.models import OutgoingMail
from cms.privacy.actions import erase_person
from cms.privacy.queries import export_person
from tests.factories.accounts import PersonFactory, UserFactory, staff
from tests.factories.barriers import make_report, words

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 24, 23, 30, tzinfo=WARSAW)


@pytest.fixture
def lead():
    return staff(Role.LEAD_EDITORS, name="Alicja Prowadząca")


def steps(report: BarrierReport) -> list[str]:
    entries = ModelLogEntry.objects.for_instance(report).order_by("timestamp", "pk")
    return [entry.action.removeprefix("barriers.") for entry in entries]


def letters(template: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(template=template).order_by("pk"))


@pytest.mark.rule("barriers-1")
def test_a_report_gets_number_and_deadline_by_the_clock_of_warsaw() -> None:
    first = actions.receive(language="pl", now=NOW, **words())
    second = actions.receive(language="pl", now=NOW + timedelta(hours=1), **words())
    next_year = actions.receive(language="en", now=NOW + timedelta(days=60), **words())
    assert [first.number, second.number, next_year.number] == ["BAR/2026/0001", "BAR/2026/0002", "BAR/2027/0001"]
    assert first.deadline == date(2026, 12, 1), "the day of receipt does not count"
    assert second.deadline == date(2026, 12, 2), "half an hour after midnight in Warsaw"
    assert len({first.token, second.token, next_year.token}) == 3
    assert steps(first) == ["receive"]


@pytest.mark.rule("barriers-3")
def test_the_same_form_sent_twice_is_one_report_and_changed_words_are_another(lead) -> None:
    sent = words()
    first, again = (actions.receive(language="pl", **sent) for _ in range(2))
    changed = actions.receive(language="pl", **sent | {"barrier": "Coś innego."})
    other = actions.receive(language="pl", **words())
    assert first == again
    assert len({first.pk, changed.pk, other.pk}) == 3
    assert len(letters("barrier_received")) == 3
    assert len(letters("barrier_new")) == 3


def test_who_answers_is_who_was_given_the_right(lead) -> None:
    admin = staff(Role.ADMINISTRATORS)
    by_hand = UserFactory()
    by_hand.user_permissions.add(Permission.objects.get(codename="change_barrierreport"))
    staff(Role.LEAD_EDITORS, user__is_active=False)
    for role in (Role.EDITORS, Role.COORDINATORS, Role.TRAINERS):
        staff(role)
    assert set(handlers()) == {lead, admin, by_hand}


@pytest.mark.rule("barriers-5")
def test_a_report_is_taken_over_once_and_can_change_hands(lead) -> None:
    other = staff(Role.ADMINISTRATORS)
    report = make_report()
    for by in (lead, lead, other):
        report = actions.take(report_id=report.pk, by=by)
    assert (report.state, report.taken_by) == ("taken", other)
    assert steps(report) == ["take", "take"]


@pytest.mark.rule("barriers-4")
def test_an_answer_is_put_off_with_a_reason_and_a_letter_once_for_each_day(lead) -> None:
    report = make_report(now=NOW, reminded="soon")
    for day in (date(2026, 12, 20), date(2026, 12, 20), date(2027, 1, 24)):
        report = actions.put_off(report_id=report.pk, until=day, reason="Napisy robi firma.", by=lead, now=NOW)
    assert report.deadline == date(2027, 1, 24)
    assert report.reminded == ""
    assert report.is_put_off
    assert len(letters("barrier_put_off")) == 2
    assert steps(report) == ["put_off", "put_off"]
    with pytest.raises(ValidationError) as refusal:
        actions.put_off(report_id=report.pk, until=date(2027, 1, 25), reason="Jeszcze.", by=lead, now=NOW)
    assert refusal.value.code == "too_far"
    with pytest.raises(ValidationError) as refusal:
        actions.put_off(report_id=report.pk, until=date(2027, 1, 2), reason="Wcześniej.", by=lead, now=NOW)
    assert refusal.value.code == "not_later"


@pytest.mark.rule("barriers-5")
@pytest.mark.parametrize(
    ("act", "given", "template"),
    [
        (actions.answer, {"text": "Są napisy.", "told_by": "email"}, "barrier_answered"),
        (actions.refuse, {"reason": "Bo nie.", "alternative": "Tekst.", "told_by": "email"}, "barrier_refused"),
        (actions.close, {"ending": "withdrawn"}, "barrier_closed"),
    ],
)
def test_a_report_is_settled_once(lead, act, given: dict, template: str) -> None:
    report = make_report()
    settled = act(report_id=report.pk, by=lead, **given)
    assert not settled.is_open
    assert settled.settled_by == lead
    assert [letter.recipient for letter in letters(template)] == ["zofia@example.org"]
    later = [
        (actions.answer, {"text": "Raz jeszcze", "told_by": "page"}),
        (actions.refuse, {"reason": "x", "alternative": "y", "told_by": "page"}),
        (actions.close, {"ending": "double"}),
        (actions.take, {}),
        (actions.put_off, {"until": date(2099, 1, 1), "reason": "x"}),
    ]
    for again, more in later:
        with pytest.raises(ValidationError) as refusal:
            again(report_id=report.pk, by=lead, **more)
        assert refusal.value.code == "settled"
    assert OutgoingMail.objects.count() == 1
    assert len(steps(report)) == 1


@pytest.mark.rule("barriers-5")
def test_an_answer_by_telephone_sends_nothing_and_one_by_mail_needs_an_address(lead) -> None:
    report = make_report(email="", phone="56 123 45 67", answer_by="phone")
    with pytest.raises(ValidationError) as refusal:
        actions.answer(report_id=report.pk, text="Są napisy.", told_by="email", by=lead)
    assert refusal.value.code == "no_address"
    assert actions.answer(report_id=report.pk, text="Są napisy.", told_by="phone", by=lead).told_by == "phone"
    assert not OutgoingMail.objects.exists()
    advertisement = make_report()
    actions.close(report_id=advertisement.pk, ending="no_report", by=lead)
    assert not OutgoingMail.objects.exists()


@pytest.mark.rule("barriers-6")
def test_reminders_come_two_days_before_on_the_day_and_after_it_once_each(lead) -> None:
    other = staff(Role.ADMINISTRATORS)
    report = make_report(now=NOW, taken_by=lead, state="taken")
    make_report(now=NOW, settled_at=NOW, state="answered", answer="Gotowe.")
    written = {}
    for day in range(12):
        moment = NOW + timedelta(days=day)
        written[day] = actions.remind(now=moment)
        assert actions.remind(now=moment) == 0
    assert {day: number for day, number in written.items() if number} == {5: 1, 7: 1, 8: 2}
    recipients = [letter.recipient for letter in letters("barrier_due")]
    assert recipients == [lead.email, lead.email, *sorted([lead.email, other.email], key=recipients[2:].index)]
    assert steps(report) == ["remind", "remind", "remind"]


@pytest.mark.rule("barriers-6")
def test_a_reminder_that_was_killed_half_way_comes_with_the_next_run(lead, monkeypatch) -> None:
    reports = [make_report(days_ago=7) for _ in range(3)]
    real, calls = actions.write_to_handlers, []

    def dies_on_the_second(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(actions, "write_to_handlers", dies_on_the_second)
    with pytest.raises(KeyboardInterrupt):
        actions.remind()
    monkeypatch.undo()
    assert actions.remind() == 2
    assert actions.remind() == 0
    assert len(letters("barrier_due")) == len(reports)


@pytest.mark.rule("barriers-6")
def test_who_took_a_report_and_left_is_not_reminded_but_all_others_are(lead) -> None:
    gone = staff(Role.LEAD_EDITORS, user__is_active=False)
    make_report(days_ago=7, taken_by=gone, state="taken")
    assert actions.remind() == 1
    assert letters("barrier_due")[0].recipient == lead.email


@pytest.mark.rule("barriers-8")
def test_after_a_year_number_and_days_stay_and_all_words_go(lead) -> None:
    old = make_report(settled_at=NOW, state="answered", answer="Są napisy.", settled_by=lead)
    waiting = make_report(days_ago=600, email="kto@example.org")
    token = old.token
    assert actions.tidy(now=NOW + timedelta(days=364)) == 0
    assert actions.tidy(now=NOW + timedelta(days=366)) == 1
    assert actions.tidy(now=NOW + timedelta(days=366)) == 0
    old.refresh_from_db()
    waiting.refresh_from_db()
    assert (old.name, old.email, old.barrier, old.answer, old.place, old.remedy) == ("",) * 6
    assert old.token != token
    assert old.number
    assert old.settled_at == NOW
    assert waiting.barrier


@pytest.mark.rule("barriers-8")
def test_data_are_removed_on_request_from_settled_reports_only(lead, on_commit) -> None:
    with on_commit():
        report = actions.receive(language="pl", **words())
    assert not actions.forget(report_id=report.pk, by=lead)
    actions.answer(report_id=report.pk, text="Są napisy.", told_by="email", by=lead)
    assert actions.forget(report_id=report.pk, by=lead)
    assert not actions.forget(report_id=report.pk, by=lead)
    assert not OutgoingMail.objects.filter(recipient="zofia@example.org").exists()
    assert steps(report)[-1] == "forget"


@pytest.mark.rule("barriers-8")
def test_a_person_takes_their_reports_along_and_is_taken_out_of_them(lead) -> None:
    person = PersonFactory(user__email="zofia@example.org", email="zofia@example.org")
    report = make_report(taken_by=lead, state="taken")
    rows = {holding["what"]: holding["rows"] for holding in export_person(person)["holdings"]}
    assert any(row.get("number") == report.number for found in rows.values() for row in found)
    erase_person(person=person)
    report.refresh_from_db()
    assert (report.name, report.email, report.remedy) == ("", "", "")
    assert report.barrier
    erase_person(person=lead.person)
    report.refresh_from_db()
    assert report.taken_by is None
    actions.answer(report_id=report.pk, text="Są napisy.", told_by="page", by=staff(Role.LEAD_EDITORS))
    assert actions.tidy(now=NOW + timedelta(days=4000)) == 1


@pytest.mark.rule("barriers-2")
def test_the_database_refuses_a_demand_of_nobody() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(name="")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(email="", phone="")
    make_report(kind="hint", name="", email="", phone="")


def test_letters_go_out(lead, on_commit) -> None:
    with on_commit():
        actions.receive(language="pl", **words())
    assert {tuple(letter.to) for letter in outbox.outbox} == {("zofia@example.org",), (lead.email,)}
