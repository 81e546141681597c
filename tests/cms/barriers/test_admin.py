"""Reports on the editors' side: who sees them, the list, one report, the forms, the panel, the menu, the table."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.accounts.rules import Role
from cms.barriers.models import BarrierReport
from cms.mail.models import OutgoingMail
from tests.factories.accounts import UserFactory, staff
from tests.factories.barriers import make_report
from tests.reading import words_of

pytestmark = pytest.mark.django_db
LIST = "/admin/barriers/"
WAYS = ("answer", "refuse", "put-off", "close")


@pytest.fixture
def lead(client: Client):
    user = staff(Role.LEAD_EDITORS, name="Alicja Prowadząca")
    client.force_login(user)
    return user


def at(report: BarrierReport, name: str = "inspect") -> str:
    return reverse(f"barriers:{name}", args=[report.pk])


@pytest.mark.rule("barriers-10")
@pytest.mark.parametrize("role", [Role.EDITORS, Role.COORDINATORS, Role.TRAINERS, None])
def test_strangers_see_and_change_nothing(client: Client, role: Role | None) -> None:
    client.force_login(staff(role) if role else UserFactory())
    report = make_report()
    for name in ("inspect", *WAYS, "forget"):
        assert client.get(at(report, name)).status_code in {302, 403}
    for name in ("take-over", *WAYS, "forget"):
        assert client.post(at(report, name), {"text": "x", "told_by": "page"}).status_code in {302, 403}
    assert client.get(LIST).status_code in {302, 403}
    assert client.get(LIST, {"export": "csv"}).status_code in {302, 403}
    report.refresh_from_db()
    assert report.is_open
    assert report.taken_by is None
    if role not in (None, Role.TRAINERS):
        home = words_of(client.get("/admin/"))
        assert report.number not in home
        assert "/admin/barriers/" not in home


@pytest.mark.rule("barriers-10")
def test_only_administrators_take_data_out_and_nobody_writes_reports_here(client: Client, lead) -> None:
    report = make_report(settled_at=timezone.now(), state="answered", answer="Są napisy.")
    assert client.post(at(report, "forget")).status_code in {302, 403}
    report.refresh_from_db()
    assert report.name
    client.force_login(staff(Role.ADMINISTRATORS))
    assert "Tego nie można cofnąć" in words_of(client.get(at(report, "forget")))
    for _ in range(2):
        assert client.post(at(report, "forget")).status_code == 302
    report.refresh_from_db()
    assert report.name == ""
    assert "Z tego zgłoszenia usunięto treść" in words_of(client.get(at(report)))
    for name, args in (("add", []), ("edit", [report.pk]), ("delete", [report.pk])):
        assert client.post(reverse(f"barriers:{name}", args=args)).status_code in {302, 403, 404, 405}
    assert BarrierReport.objects.count() == 1


@pytest.mark.rule("barriers-11")
def test_the_list_costs_the_same_with_1_3_and_60_reports(client: Client, lead) -> None:
    client.get(LIST)
    costs, made = [], 0
    for number in (1, 3, 60):
        while made < number:
            make_report(days_ago=made % 12, taken_by=lead, state="taken")
            made += 1
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(LIST)
        assert answer.status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] == costs[2]
    assert "Strona 1 z 2" in words_of(client.get(LIST))
    assert client.get(LIST, {"p": 99}).status_code in {200, 404}


@pytest.mark.rule("barriers-11")
def test_the_list_is_filtered_searched_and_sorted(client: Client, lead) -> None:
    late = make_report(days_ago=9, barrier="Galeria bez opisów")
    soon = make_report(days_ago=6, kind="hint", language="en")
    done = make_report(days_ago=20, state="answered", settled_at=timezone.now(), answer="Są.")

    def shown(**asked: str) -> set[str]:
        page = words_of(client.get(LIST, asked))
        return {report.number for report in (late, soon, done) if report.number in page}

    assert shown() == {late.number, soon.number, done.number}
    assert shown(time="late") == {late.number}
    assert shown(time="open") == {late.number, soon.number}
    assert shown(time="settled") == shown(state="answered") == {done.number}
    assert shown(kind="hint") == shown(language="en") == {soon.number}
    assert shown(q="galeria") == {late.number}
    assert shown(q="nie ma takich słów") == set()
    assert shown(ordering="deadline") == shown()
    page = words_of(client.get(LIST))
    assert "2 dni po terminie" in page
    assert "1 dzień" in page


@pytest.mark.rule("barriers-11")
def test_the_table_tells_of_no_person(client: Client, lead) -> None:
    make_report(place="=cmd|' /C calc'!A0")
    table = b"".join(client.get(LIST, {"export": "csv"}).streaming_content).decode()
    assert "BAR/" in table
    assert "'=cmd" in table
    assert "Zofia" not in table
    assert "zofia@" not in table
    assert client.get(LIST, {"export": "xlsx"}).status_code == 200


@pytest.mark.rule("barriers-11")
def test_one_report_shows_everything_and_each_step(client: Client, lead) -> None:
    report = make_report(barrier="Pierwszy wiersz\nDrugi <b>wiersz</b>")
    page = words_of(client.get(at(report)))
    for said in (
        "Zofia Słuchowa",
        "zofia@example.org",
        "Napisy albo tekst.",
        "7 dni",
        "Drugi &lt;b&gt;wiersz&lt;/b&gt;",
    ):
        assert said in page
    client.post(at(report, "take-over"))
    until = timezone.localdate() + timedelta(days=30)
    client.post(at(report, "put-off"), {"until": until.isoformat(), "reason": "Napisy robi firma."})
    sent = {"text": "Są napisy.", "told_by": "email"}
    assert client.post(at(report, "answer"), sent).headers["Location"] == at(report)
    client.post(at(report, "answer"), sent)
    page = words_of(client.get(at(report)))
    for said in ("przejęte", "Odpowiedź przesunięta na", "Odpowiedź dana: e-mailem", "Alicja Prowadząca"):
        assert said in page
    assert "barriers/answer/" not in page
    assert OutgoingMail.objects.filter(template="barrier_answered").count() == 1


@pytest.mark.rule("barriers-11")
@pytest.mark.parametrize(
    ("way", "given", "said"),
    [
        ("answer", {"text": "", "told_by": "page"}, "To pole jest wymagane"),
        ("answer", {"text": "Są.", "told_by": "phone"}, "phone"),
        ("refuse", {"reason": "Bo nie.", "alternative": "", "told_by": "page"}, "To pole jest wymagane"),
        ("put-off", {"until": "2099-01-01", "reason": "x"}, "dwa miesiące od wpływu"),
        ("put-off", {"until": "2020-01-01", "reason": "x"}, "albo późniejszy"),
        ("put-off", {"until": "kiedyś", "reason": "x"}, "datę"),
        ("close", {"ending": "bo tak"}, "bo tak"),
    ],
)
def test_wrong_forms_are_refused_in_words(client: Client, lead, way: str, given: dict, said: str) -> None:
    report = make_report()
    answer = client.post(at(report, way), given)
    assert answer.status_code == 200
    assert said in words_of(answer)
    report.refresh_from_db()
    assert report.is_open
    assert not report.is_put_off
    assert not OutgoingMail.objects.exists()


@pytest.mark.rule("barriers-11")
def test_the_home_and_the_menu_tell_how_many_wait(client: Client, lead) -> None:
    assert "Zgłoszenia barier do odpowiedzi" not in words_of(client.get("/admin/"))
    costs = []
    for days_ago in (9, 3, 3):
        make_report(days_ago=days_ago)
        with CaptureQueriesContext(connection) as asked:
            page = words_of(client.get("/admin/"))
        costs.append(len(asked))
    assert costs[0] == costs[1] == costs[2]
    assert "Zgłoszenia barier do odpowiedzi" in page
    assert "1 zgłoszenie jest po terminie" in page
    assert "Bariery (3)" in page


def test_all_forms_open_and_a_settled_report_has_none(client: Client, lead) -> None:
    report = make_report(phone="56 123 45 67")
    for way in WAYS:
        assert report.number in words_of(client.get(at(report, way)))
    assert "56 123 45 67" in words_of(client.get(at(report, "answer")))
    settled = make_report(settled_at=timezone.now(), state="answered", answer="Są.")
    assert client.get(at(settled, "answer")).status_code == 302
    assert client.get(reverse("barriers:inspect", args=[999_999]), follow=True).status_code == 404
