"""Awards and templates on the coordinators' side."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from certificates.models import Award, Certificate, CertificateTemplate
from cms.accounts.rules import Role
from tests.certificates.conftest import signed_in
from tests.certificates.test_register import INDEX, NOW, is_gone
from tests.certificates.test_verify import page
from tests.factories.catalogue import make_course
from tests.factories.certificates import make_award, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_pages")]


# --- Awards and templates ---------------------------------------------------------------------------------------------


def award_form(award: Award, **changes: Any) -> dict[str, Any]:
    values = {
        "course": award.course_id,
        "template": award.template_id,
        "active": "on" if award.active else "",
        "not_before": timezone.localtime(award.not_before).strftime("%Y-%m-%d %H:%M"),
    } | changes
    return {key: value for key, value in values.items() if value != ""}


@pytest.mark.rule("certificate-2")
def test_switching_on_does_not_reach_back_unless_told(desk: Client, award: Award) -> None:
    address = f"/admin/certificates/awards/edit/{award.pk}/"
    since = award.not_before
    assert desk.post(address, award_form(award, active="")).status_code == 302
    award.refresh_from_db()
    assert (award.active, award.not_before) == (False, since), "what was not touched stays to the second"
    assert desk.post(address, award_form(award, active="on")).status_code == 302
    award.refresh_from_db()
    assert award.active
    assert award.not_before > NOW
    Award.objects.filter(pk=award.pk).update(active=False)
    award.refresh_from_db()
    desk.post(address, award_form(award, active="on", not_before="2026-01-01 00:00"))
    award.refresh_from_db()
    assert timezone.localtime(award.not_before).isoformat() == "2026-01-01T00:00:00+01:00", "told on purpose"


@pytest.mark.rule("certificate-19")
def test_the_course_of_a_given_award_stays(desk: Client, certificate: Certificate) -> None:
    other = make_course(lessons=1)
    award = certificate.award
    response = desk.post(f"/admin/certificates/awards/edit/{award.pk}/", award_form(award, course=other.pk))
    assert response.status_code == 200
    assert "Certificates were issued for this course." in page(response)
    award.refresh_from_db()
    assert award.course != other
    fresh = make_award()
    desk.post(f"/admin/certificates/awards/edit/{fresh.pk}/", award_form(fresh, course=other.pk))
    fresh.refresh_from_db()
    assert fresh.course == other


def test_a_coordinator_adds_an_award(desk: Client, award: Award) -> None:
    course = make_course(lessons=1)
    form = award_form(award, course=course.pk)
    assert desk.post("/admin/certificates/awards/new/", form).status_code == 302
    assert Award.objects.filter(course=course, kind="completion").count() == 1
    again = desk.post("/admin/certificates/awards/new/", form)
    assert (again.status_code, "This course has an award already." in page(again)) == (200, True)
    assert course.title("pl") in page(desk.get("/admin/certificates/awards/"))


TEMPLATE_FORM = {
    "name": "Nowy szablon",
    "series": "AW",
    "issuer_name": "Akademia",
    "issuer_address": "",
    "issuer_contact": "",
    "signatory_name": "Jan Przykładowy",
    "signatory_function_pl": "",
    "signatory_function_en": "",
    "issued_place": "Toruń",
    "funding_note_pl": "",
    "funding_note_en": "",
}


@pytest.mark.rule("certificate-19")
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, ""),
        ({"signatory_name": "", "signatory_function_pl": "Koordynacja", "signatory_function_en": "Coordination"}, ""),
        ({"signatory_name": ""}, "Say who signs"),
        ({"signatory_name": "", "signatory_function_pl": "Koordynacja"}, "Say who signs"),
        ({"series": "a-1"}, "Use capital letters"),
        ({"issuer_name": "Akademia 🙂"}, "The paper has no letter for “🙂”."),
        ({"issuer_contact": "a\u202eb"}, "a character that cannot be seen"),
        ({"issuer_address": "Bardzo długi adres " * 10, "issuer_name": "Akademia " * 22}, "too long together"),
    ],
)
def test_a_template_is_tried_on_the_paper(desk: Client, changes: dict[str, str], refusal: str) -> None:
    response = desk.post("/admin/certificates/templates/new/", TEMPLATE_FORM | changes)
    if refusal:
        assert response.status_code == 200
        assert refusal in page(response)
        assert not CertificateTemplate.objects.exists()
    else:
        assert response.status_code == 302
        assert CertificateTemplate.objects.get().name == "Nowy szablon"


def test_the_sample_of_a_template_is_shown_to_coordinators(desk: Client, award: Award) -> None:
    listed = desk.get("/admin/certificates/templates/").content.decode()
    for language in ("pl", "en"):
        address = f"/admin/certificates/templates/sample/{award.template_id}/{language}/"
        assert address in listed
        assert desk.get(address).content.startswith(b"%PDF-")
        assert signed_in(make_person()).get(address).status_code in (302, 403)
    assert is_gone(desk.get(f"/admin/certificates/templates/sample/{award.template_id}/de/"))
    CertificateTemplate.objects.update(issuer_name="🙂")
    assert desk.get(address).status_code == 302


def test_every_flaw_of_a_paper_has_words() -> None:
    from certificates.documents import DocumentError
    from certificates.forms import refusal

    assert "something else" in refusal(DocumentError("typst", "something else"))


def test_the_menu_is_there_for_coordinators_alone(desk: Client) -> None:
    assert INDEX in desk.get("/admin/").content.decode()
    editor = signed_in(make_person("Ewa Redakcyjna", roles=(Role.EDITORS,)))
    assert INDEX not in editor.get("/admin/").content.decode()


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "certificates", check=True, dry_run=True, verbosity=0)
