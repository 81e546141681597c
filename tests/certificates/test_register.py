"""The coordinators' side: the register, revoking, issuing anew, templates, awards, the spreadsheet."""

import csv
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from certificates import actions
from certificates.models import Award, Certificate
from certificates.queries import verify_url
from cms.accounts.models import User
from cms.accounts.rules import Role
from courses.catalogue.models import Course
from tests.certificates.conftest import signed_in
from tests.certificates.test_verify import page
from tests.factories.catalogue import make_course
from tests.factories.certificates import make_award, make_certificate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_pages")]
NOW = timezone.now()
INDEX = "/admin/certificates/register/"


def url(name: str, certificate: Certificate) -> str:
    return reverse(f"certificates_register:{name}", args=[certificate.pk])


def is_gone(response: HttpResponse) -> bool:
    """Whether there is no such address; Django then looks for it below the language, where there is none either."""
    leads_nowhere = response.status_code == 302 and response["Location"].startswith("/pl/admin/")
    return response.status_code == 404 or leads_nowhere


def numbers(response: HttpResponse) -> set[str]:
    return {one.number for one in response.context["object_list"]}


# --- The list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(
    desk: Client, award: Award, count: int, django_assert_max_num_queries: Callable
) -> None:
    for _ in range(count):
        make_certificate(make_person(), award=award)
    desk.get(INDEX)
    with django_assert_max_num_queries(14):
        response = desk.get(INDEX)
    assert len(numbers(response)) == count
    with django_assert_max_num_queries(15):
        assert len(numbers(desk.get(INDEX, {"q": "@example.org"}))) == count


def test_the_list_shows_state_and_paper(desk: Client, certificate: Certificate, coordinator: User) -> None:
    new = actions.reissue(certificate_id=certificate.pk, name="Żaneta Nowa", by=coordinator, now=NOW)
    actions.make_paper(certificate_id=new.pk)
    shown = page(desk.get(INDEX))
    for expected in (certificate.number, new.number, "Replaced", "Valid", "ready", "is being made", "Żaneta Nowa"):
        assert expected in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("golebiowska", {"first"}),
        ("GOŁĘBIOWSKA śliwińska", {"first"}),
        ("Kowal", {"second"}),
        ("{0}", {"first"}),
        ("AW/", {"first", "second"}),
        ("{1}", {"first"}),
        ("{2}", {"first"}),
        ("{3}", {"first"}),
        ("osoba-druga@", {"second"}),
        ("OSOBA-DRUGA@example.org", {"second"}),
        ("inna@example.org", set()),
        ("zolw pod mostem", {"second"}),
        ("Żółw", {"second"}),
        ("ow", {"first", "second"}),
        ("nobody", set()),
        ('"', set()),
        ("'", set()),
        ("   ", {"first", "second"}),
        ('=HYPERLINK("http://x")', set()),
        ("(" * 200, set()),
        ("*", set()),
    ],
)
def test_the_list_is_searched_by_number_code_holder_address_and_course(
    desk: Client, certificate: Certificate, query: str, found: set[str]
) -> None:
    course = make_course(lessons=1)
    Course.objects.filter(pk=course.pk).update(words={"pl": {"title": "Żółw pod mostem"}})
    second = make_certificate(make_person("Jan Kowalski"), award=make_award(course))
    User.objects.filter(person=second.person).update(email="osoba-druga@example.org")
    names = {certificate.number: "first", second.number: "second"}
    mail = certificate.person.contact_email
    grouped = "-".join(certificate.code[at : at + 4] for at in range(0, 26, 4)).lower()
    response = desk.get(INDEX, {"q": query.format(certificate.number, certificate.code, grouped, mail)})
    assert response.status_code == 200
    assert {names[number] for number in numbers(response)} == found


@pytest.mark.parametrize("query", ["\x00", "x" * 20_000])
def test_a_search_for_nonsense_does_no_harm(desk: Client, certificate: Certificate, query: str) -> None:
    assert desk.get(INDEX, {"q": query}).status_code == 200


def test_the_list_is_filtered(desk: Client, certificate: Certificate, coordinator: User) -> None:
    other = make_certificate(make_person(), award=make_award())
    actions.revoke(certificate_id=other.pk, reason="Pomyłka", by=coordinator, now=NOW)
    actions.make_paper(certificate_id=other.pk)
    Certificate.objects.filter(pk=certificate.pk).update(render_error="glyph: x")
    for query, found in (
        ({"state": "valid"}, certificate),
        ({"state": "revoked"}, other),
        ({"state": "no_paper"}, certificate),
        ({"state": "error"}, certificate),
        ({"course": other.award.course_id}, other),
        ({"year": other.year, "state": "revoked"}, other),
    ):
        assert numbers(desk.get(INDEX, query)) == {found.number}, query
    assert numbers(desk.get(INDEX, {"state": "replaced"})) == set()
    assert numbers(desk.get(INDEX, {"year": 2001})) == set()
    for nonsense in ({"state": "x"}, {"year": "9" * 40}, {"course": "x"}, {"ordering": "award__template__name"}):
        assert desk.get(INDEX, nonsense).status_code == 200


@pytest.mark.rule("certificate-9")
def test_papers_that_failed_are_announced(desk: Client, certificate: Certificate) -> None:
    assert "The PDF of" not in page(desk.get(INDEX))
    Certificate.objects.filter(pk=certificate.pk).update(render_error="glyph: No font has it.")
    for address in (INDEX, "/admin/"):
        html = desk.get(address).content.decode()
        assert "The PDF of 1 certificate could not be made." in html
        assert f"{INDEX}?state=error" in html
    assert "glyph: No font has it." in page(desk.get(url("inspect", certificate)))


def test_hostile_words_stay_words(desk: Client, award: Award, coordinator: User) -> None:
    payload = "<script>alert(1)</script>"
    certificate = make_certificate(make_person("Jan Kowalski"), award=award)
    snapshot = certificate.snapshot | {"course_title": payload}
    Certificate.objects.filter(pk=certificate.pk).update(holder_name=payload, render_error=payload, snapshot=snapshot)
    actions.revoke(certificate_id=certificate.pk, reason=payload, by=coordinator, now=NOW)
    for address in (INDEX, *(url(name, certificate) for name in ("inspect", "revoke", "reissue", "history"))):
        assert payload not in desk.get(address).content.decode()
    public = Client()
    for address in (f"/c/{certificate.code}/", f"/c/{certificate.code}.json"):
        assert payload not in public.get(address).content.decode() or address.endswith("json")


# --- The spreadsheet --------------------------------------------------------------------------------------------------


def rows_of_csv(response: HttpResponse) -> list[list[str]]:
    content = b"".join(response.streaming_content)
    assert content.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


HOSTILE = ["=1+1", "+48 600", "-Anna", "@SUM(A1)", "\tx", "\rx", "＝1+1", "\x07=1", '=HYPERLINK("http://x")']


@pytest.mark.rule("certificate-18")
def test_no_cell_of_the_csv_is_a_formula(desk: Client, award: Award) -> None:
    for holder in HOSTILE:
        certificate = make_certificate(make_person(), award=award)
        snapshot = certificate.snapshot | {"course_title": holder}
        Certificate.objects.filter(pk=certificate.pk).update(holder_name=holder, snapshot=snapshot)
    response = desk.get(INDEX, {"export": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    heading, *rows = rows_of_csv(response)
    assert heading == ["Number", "Holder", "Course", "State", "Issued on", "Completed on", "Minutes", "PDF"]
    assert len(rows) == len(HOSTILE)
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)
    assert "'=1+1" in {row[1] for row in rows}, "the text is still readable"


@pytest.mark.rule("certificate-18")
def test_no_cell_of_the_workbook_is_a_formula(desk: Client, certificate: Certificate, award: Award) -> None:
    hostile = make_certificate(make_person(), award=award)
    Certificate.objects.filter(pk=hostile.pk).update(holder_name="=1+1")
    content = b"".join(desk.get(INDEX, {"export": "xlsx"}).streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert {"'=1+1", "Żaneta Gołębiowska-Śliwińska"} <= {cell.value for cell in cells}
    assert certificate.snapshot["minutes"] in {cell.value for cell in cells}, "numbers stay numbers"


def test_the_spreadsheet_holds_what_the_list_shows(desk: Client, certificate: Certificate) -> None:
    make_certificate(make_person("Jan Kowalski"), award=certificate.award)
    _heading, *rows = rows_of_csv(desk.get(INDEX, {"export": "csv", "q": "golebiowska"}))
    assert [row[0] for row in rows] == [certificate.number]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_taking_a_spreadsheet_away_is_logged(
    desk: Client, certificate: Certificate, coordinator: User, file_format: str
) -> None:
    desk.get(INDEX)
    assert not ModelLogEntry.objects.filter(action="certificates.export").exists()
    desk.get(INDEX, {"export": file_format, "q": "Gołębiowska"})
    entry = ModelLogEntry.objects.get(action="certificates.export")
    assert entry.user == coordinator
    assert entry.data == {"count": 1, "format": file_format}
    shown = page(desk.get("/admin/reports/site-history/"))
    assert "Register of certificates" in shown
    assert "Gołębiowska" not in entry.label, "what was looked for may be a name"


# --- Acts -------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-11", "certificate-17")
def test_a_coordinator_revokes_after_being_asked(desk: Client, certificate: Certificate, coordinator: User) -> None:
    assert "This cannot be undone." in page(desk.get(url("revoke", certificate)))
    assert desk.post(url("revoke", certificate), {"reason": "  "}).status_code == 200
    certificate.refresh_from_db()
    assert certificate.revoked_at is None
    response = desk.post(url("revoke", certificate), {"reason": "Pomyłka osoby"}, follow=True)
    assert "was revoked" in page(response)
    certificate.refresh_from_db()
    assert (certificate.revocation_reason, certificate.revoked_by) == ("Pomyłka osoby", coordinator)
    again = desk.post(url("revoke", certificate), {"reason": "Inny"})
    assert again.status_code == 409
    assert "This certificate is revoked already." in page(again)
    certificate.refresh_from_db()
    assert certificate.revocation_reason == "Pomyłka osoby"
    history = page(desk.get(url("history", certificate)))
    assert "Certificate revoked" in history
    assert "Karol Koordynacyjny" in history


@pytest.mark.rule("certificate-13", "certificate-17")
def test_a_coordinator_issues_anew_with_a_corrected_name(desk: Client, certificate: Certificate) -> None:
    form = desk.get(url("reissue", certificate))
    assert "Żaneta Gołębiowska-Śliwińska" in form.content.decode()
    refused = desk.post(url("reissue", certificate), {"name": "Żaneta 🙂"})
    assert refused.status_code == 200
    assert Certificate.objects.count() == 1
    response = desk.post(url("reissue", certificate), {"name": "Żaneta Śliwińska"}, follow=True)
    new = Certificate.objects.get(replaces=certificate)
    assert response.redirect_chain[-1][0] == url("inspect", new)
    assert f"Certificate {new.number} was issued in place of {certificate.number}." in page(response)
    again = desk.post(url("reissue", certificate), {"name": "Ktoś Inny"})
    assert (again.status_code, Certificate.objects.count()) == (409, 2)


@pytest.mark.rule("certificate-12")
def test_what_cannot_be_done_says_why(desk: Client, certificate: Certificate, coordinator: User) -> None:
    actions.revoke(certificate_id=certificate.pk, reason="Pomyłka", by=coordinator, now=NOW)
    shown = page(desk.get(url("inspect", certificate)))
    assert "This certificate is revoked already." in shown
    assert "A revoked certificate cannot be replaced." in shown
    assert desk.post(url("reissue", certificate), {"name": "Anna Nowa"}).status_code == 409
    other = make_certificate(make_person(), award=certificate.award)
    actions.forget_holder(certificate_id=other.pk)
    assert "data were removed" in page(desk.get(url("reissue", other)))


@pytest.mark.rule("certificate-22", "certificate-17")
def test_a_coordinator_issues_again_what_was_revoked(desk: Client, certificate: Certificate, coordinator: User) -> None:
    assert "Issue again" not in page(desk.get(url("inspect", certificate)))
    assert desk.post(url("issue_again", certificate), {"reason": "Pomyłka"}).status_code == 409
    actions.revoke(certificate_id=certificate.pk, reason="Pomyłka", by=coordinator, now=NOW)
    assert url("issue_again", certificate) in desk.get(url("inspect", certificate)).content.decode()
    assert "Gołębiowska-Śliwińska" in page(desk.get(url("issue_again", certificate)))
    assert desk.post(url("issue_again", certificate), {"reason": " "}).status_code == 200
    response = desk.post(url("issue_again", certificate), {"reason": "Nie ta osoba"}, follow=True)
    new = Certificate.objects.get(replaces=certificate)
    assert response.redirect_chain[-1][0] == url("inspect", new)
    shown = page(response)
    assert f"Certificate {new.number} was issued after the revocation of {certificate.number}." in shown
    assert "Nie ta osoba" in shown
    old = page(desk.get(url("inspect", certificate)))
    assert new.number in old
    assert "Revoked" in old
    assert desk.post(url("issue_again", certificate), {"reason": "Drugi raz"}).status_code == 409
    assert Certificate.objects.count() == 2
    assert "Certificate issued after a revocation" in page(desk.get(url("history", new)))


@pytest.mark.rule("certificate-10")
def test_a_coordinator_opens_the_pdf_in_the_register(desk: Client, certificate: Certificate) -> None:
    early = desk.get(url("open_paper", certificate), follow=True)
    assert "The PDF is not ready yet." in page(early)
    actions.make_paper(certificate_id=certificate.pk)
    assert url("open_paper", certificate) in desk.get(url("inspect", certificate)).content.decode()
    answer = desk.get(url("open_paper", certificate))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    certificate.refresh_from_db()
    certificate.pdf.storage.delete(certificate.pdf.name)
    assert "The PDF is not ready yet." in page(desk.get(url("open_paper", certificate), follow=True))


@pytest.mark.parametrize("count", [1, 3])
def test_one_certificate_links_what_belongs_to_it(
    desk: Client, certificate: Certificate, coordinator: User, count: int, django_assert_max_num_queries: Callable
) -> None:
    line = [certificate]
    for name in ("Żaneta Nowa", "Żaneta Śliwińska", "Żaneta Most")[:count]:
        line.append(actions.reissue(certificate_id=line[-1].pk, name=name, by=coordinator, now=NOW))
    desk.get(url("inspect", line[-2]))
    with django_assert_max_num_queries(10):
        html = desk.get(url("inspect", line[-2])).content.decode()
    for other in line[:-2][-1:] + line[-1:]:
        assert f'<a href="{url("inspect", other)}">{other.number}</a>' in html
    assert f'href="{verify_url(line[-2].code)}"' in html


@pytest.mark.rule("certificate-11")
def test_the_history_tells_the_reasons(desk: Client, certificate: Certificate, coordinator: User) -> None:
    actions.revoke(certificate_id=certificate.pk, reason="Pomyłka osoby", by=coordinator, now=NOW)
    new = actions.issue_again(certificate_id=certificate.pk, reason="Nie ta osoba", by=coordinator, now=NOW)
    third = actions.reissue(certificate_id=new.pk, name="Żaneta Nowa", by=coordinator, now=NOW)
    assert "Pomyłka osoby" in page(desk.get(url("history", certificate)))
    assert "Nie ta osoba" in page(desk.get(url("history", new)))
    assert "The name was corrected." in page(desk.get(url("history", third)))
    assert "Pomyłka osoby" not in page(desk.get("/admin/reports/site-history/")), "the log itself keeps no words"


@pytest.mark.rule("certificate-9")
def test_a_coordinator_has_the_paper_made_again(desk: Client, certificate: Certificate, on_commit: Callable) -> None:
    assert "Make the PDF again" in page(desk.get(url("inspect", certificate)))
    assert desk.get(url("make_paper", certificate))["Location"] == url("inspect", certificate)
    certificate.refresh_from_db()
    assert not certificate.pdf, "looking makes nothing"
    with on_commit():
        assert desk.post(url("make_paper", certificate)).status_code == 302
    certificate.refresh_from_db()
    assert certificate.pdf
    assert "Make the PDF again" not in page(desk.get(url("inspect", certificate)))


@pytest.mark.rule("certificate-17")
@pytest.mark.parametrize("name", ["revoke", "reissue", "issue_again", "make_paper"])
def test_an_act_needs_the_token_of_the_form(certificate: Certificate, coordinator: User, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(coordinator)
    assert strict.post(url(name, certificate), {"reason": "x", "name": "Anna Nowa"}).status_code == 403
    assert Certificate.objects.filter(revoked_at=None, replaced_at=None).count() == 1


@pytest.mark.rule("certificate-17")
@pytest.mark.parametrize("roles", [(), (Role.TRAINERS,), (Role.EDITORS,), (Role.ADMINISTRATORS,)])
@pytest.mark.parametrize(
    "name", ["index", "inspect", "history", "revoke", "reissue", "issue_again", "make_paper", "open_paper"]
)
def test_nobody_else_sees_or_changes_the_register(certificate: Certificate, roles: tuple[Role, ...], name: str) -> None:
    browser = signed_in(make_person("Inna Osoba", roles=roles))
    address = INDEX if name == "index" else url(name, certificate)
    for answer in (browser.get(address), browser.post(address, {"reason": "x", "name": "Anna Nowa"})):
        assert answer.status_code in (302, 403, 405)
        assert "Gołębiowska" not in answer.content.decode()
    assert Certificate.objects.filter(revoked_at=None, replaced_at=None).count() == 1


@pytest.mark.rule("certificate-17")
def test_a_role_that_was_taken_away_counts_at_once(desk: Client, certificate: Certificate, coordinator: User) -> None:
    assert desk.get(INDEX).status_code == 200
    coordinator.groups.clear()
    answer = desk.post(url("revoke", certificate), {"reason": "x"})
    assert answer.status_code in (302, 403)
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


@pytest.mark.rule("certificate-11", "certificate-17")
def test_nothing_can_be_deleted_even_by_an_operator(certificate: Certificate) -> None:
    operator = User.objects.create_superuser("operator@example.org", "haslo-do-testow")
    browser = Client()
    browser.force_login(operator)
    rows = {"register": certificate, "awards": certificate.award, "templates": certificate.award.template}
    for name, row in rows.items():
        for verb in ("delete", "copy", "usage", *(("new", "edit") if name == "register" else ())):
            tail = "new/" if verb == "new" else f"{verb}/{row.pk}/"
            assert is_gone(browser.post(f"/admin/certificates/{name}/{tail}"))
        for place in ("", *((f"edit/{row.pk}/",) if name != "register" else (f"inspect/{row.pk}/",))):
            html = browser.get(f"/admin/certificates/{name}/{place}").content.decode()
            assert f"delete/{row.pk}" not in html
    assert Certificate.objects.count() == 1
