"""One's own certificates: list, page, PDF; and what strangers get of them."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from certificates import actions
from certificates.models import Award, Certificate
from cms.accounts.models import Person, User
from cms.pages.models import SiteTexts
from tests.certificates.conftest import signed_in
from tests.certificates.test_verify import page
from tests.factories.catalogue import make_course, make_home
from tests.factories.certificates import make_award, make_certificate, make_person
from tests.factories.learning import make_completion

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _site(db: None) -> None:
    make_home()
    make_home("en")


@pytest.fixture
def printed(certificate: Certificate) -> Certificate:
    return actions.make_paper(certificate_id=certificate.pk)


def at(name: str, language: str = "en", **kwargs: Any) -> str:
    with translation.override(language):
        return reverse(name, kwargs=kwargs)


def own(certificate: Certificate, tail: str = "", language: str = "en") -> str:
    return at("certificates_own:list-mine", language) + f"{certificate.pk}/{tail}"


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


# --- The page ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-10")
def test_the_page_holds_every_word_of_the_paper(printed: Certificate, holder: Person) -> None:
    response = signed_in(holder).get(own(printed))
    shown = page(response).replace("\u00a0", " ")
    words = printed.snapshot
    for expected in (
        printed.number,
        printed.holder_name,
        words["course_title"],
        words["hours_text"],
        words["issuer"]["name"],
        words["signatory"]["function"],
        words["not_note"],
        words["verify_url"],
        *(part["title"] for part in words["programme"]),
        "Valid, issued on",
        "Download PDF",
        "If something is wrong",
    ):
        assert expected in shown, expected
    assert "\u200b" not in response.content.decode()
    assert 'src="data:image/svg+xml;base64,' in response.content.decode()
    assert "2 pages," in shown


def test_what_is_quoted_from_the_paper_says_its_language(printed: Certificate, holder: Person) -> None:
    html = signed_in(holder).get(own(printed)).content.decode()
    assert "This certificate was issued in Polish." in html
    twin = html[html.index('<div class="section__body stack--wide" lang="pl">') : html.index('id="mistake"')]
    labels = re.findall(r"<dt>(.*?)</dt>", twin)
    assert "Wystawiono" in labels
    assert not {"Issued", "Issuer", "Code"} & set(labels), "one list speaks one language"
    assert "was issued in" not in signed_in(holder).get(own(printed, language="pl")).content.decode()


@pytest.mark.rule("certificate-10")
def test_the_text_has_the_headings_of_the_paper(printed: Certificate, holder: Person) -> None:
    html = signed_in(holder).get(own(printed, language="pl")).content.decode()
    levels = re.findall(r"<h([34])[^>]*>(.*?)</h[34]>", html)
    words = printed.snapshot["labels"]
    expected = [("3", words["programme"])]
    outcomes = [
        ("4", words[kind]) for kind in ("knowledge", "skills", "social") if printed.snapshot["outcomes"].get(kind)
    ]
    expected += [("3", words["outcomes"]), *outcomes] if outcomes else []
    expected += [("3", words["verification_heading"])]
    assert levels == expected


def test_what_is_wrong_is_told_in_one_place(printed: Certificate, holder: Person) -> None:
    html = signed_in(holder).get(own(printed, language="pl")).content.decode()
    assert '<a href="#mistake">' in html
    assert '<section class="section" id="mistake">' in html
    letters = re.findall(r'href="(mailto:[^"]*subject=[^"]*)"', html)
    assert len(letters) == 1
    assert "%C2%A0" not in letters[0], "a subject holds ordinary blanks"


def test_a_wrong_name_is_answered_with_a_way_on(printed: Certificate, holder: Person) -> None:
    from wagtail.models import Site

    SiteTexts.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"contact_email": "koordynacja@example.org"}
    )
    from django.core.cache import cache

    cache.clear()
    html = signed_in(holder).get(own(printed)).content.decode()
    assert "mailto:koordynacja@example.org?subject=" in html
    assert "Correct the name in the profile" in html


def test_without_an_address_of_the_site_no_letter_is_offered(printed: Certificate, holder: Person) -> None:
    from django.core.cache import cache

    SiteTexts.objects.all().delete()
    from wagtail.models import Site

    SiteTexts.objects.create(site=Site.objects.get(is_default_site=True), contact_email="")
    cache.clear()
    assert "mailto:" not in signed_in(holder).get(own(printed)).content.decode()


def test_a_page_before_the_paper_is_made_says_so(certificate: Certificate, holder: Person) -> None:
    response = signed_in(holder).get(own(certificate))
    assert "The PDF is being prepared." in page(response)
    assert "/pdf/" not in response.content.decode()


def test_a_flaw_of_the_paper_does_not_break_the_page(certificate: Certificate, holder: Person) -> None:
    snapshot = certificate.snapshot | {"course_title": "Kurs \u202e odwrócony 🙂"}
    Certificate.objects.filter(pk=certificate.pk).update(snapshot=snapshot)
    assert signed_in(holder).get(own(certificate)).status_code == 200


def test_a_replaced_one_leads_to_the_new_one(printed: Certificate, holder: Person, coordinator: User) -> None:
    new = actions.reissue(certificate_id=printed.pk, name="Żaneta Nowa", by=coordinator, now=NOW)
    response = signed_in(holder).get(own(printed))
    assert "Replaced on" in page(response)
    assert f'href="{own(new)}"' in response.content.decode()


@pytest.mark.rule("certificate-11")
def test_a_revoked_one_tells_its_holder_the_reason(printed: Certificate, holder: Person, coordinator: User) -> None:
    reason = "Pomyłka <b>osoby</b>"
    actions.revoke(certificate_id=printed.pk, reason=reason, by=coordinator, now=NOW)
    response = signed_in(holder).get(own(printed))
    assert "Revoked on" in page(response)
    assert "Pomyłka &lt;b&gt;osoby" in response.content.decode()
    assert "Download PDF" not in page(response)


@pytest.mark.rule("certificate-22")
def test_a_revoked_one_leads_to_the_one_issued_again(printed: Certificate, holder: Person, coordinator: User) -> None:
    actions.revoke(certificate_id=printed.pk, reason="Pomyłka", by=coordinator, now=NOW)
    new = actions.issue_again(certificate_id=printed.pk, reason="Nie ta osoba", by=coordinator, now=NOW)
    shown = signed_in(holder).get(own(printed)).content.decode()
    assert f'href="{own(new)}"' in shown
    assert "Nie ta osoba" not in shown


# --- The name ---------------------------------------------------------------------------------------------------------


def asks_for(award: Award) -> str:
    return at("certificates_own:confirm-name", course=award.course.code)


@pytest.mark.rule("certificate-21")
def test_the_learner_confirms_the_name_on_the_last_page_of_the_course(award: Award, on_commit: Callable) -> None:
    person = make_person("Jan Przykładowy", confirmed=False)
    make_completion(person, award.course)
    browser = signed_in(person)
    course = at("courses_learning:enter-course", course=award.course.code)
    mine = at("courses_learning:list-mine")
    asked = browser.get(course).content.decode()
    assert f'action="{asks_for(award)}"' in asked
    assert 'name="name" value="Jan Przykładowy"' in asked
    assert f'href="{course}"' in browser.get(mine).content.decode()
    with on_commit():
        answer = browser.post(asks_for(award), {"name": "Jan Przykładowy"})
    assert (answer.status_code, answer["Location"]) == (302, course)
    done = browser.get(course).content.decode()
    assert asks_for(award) not in done
    certificate = Certificate.objects.get()
    assert own(certificate, "pdf/") in done
    assert browser.get(asks_for(award))["Location"] == course, "nothing is asked any more"


@pytest.mark.rule("certificate-21")
def test_the_name_is_corrected_in_the_same_place(award: Award) -> None:
    person = make_person("Jan Przykladowy", confirmed=False)
    make_completion(person, award.course)
    browser = signed_in(person)
    assert 'value="Jan Przykladowy"' in browser.get(asks_for(award)).content.decode()
    refused = browser.post(asks_for(award), {"name": "Jan 🙂"})
    assert refused.status_code == 400
    assert "field--error" in refused.content.decode()
    assert browser.post(asks_for(award), {"name": "Jan Przykładowy"}).status_code == 302
    person.refresh_from_db()
    assert person.name == "Jan Przykładowy"


@pytest.mark.rule("certificate-21")
def test_while_it_is_being_prepared_my_learning_says_so(award: Award) -> None:
    person = make_person("Jan Przykładowy")
    make_completion(person, award.course)
    browser = signed_in(person)
    shown = page(browser.get(at("courses_learning:list-mine")))
    assert "Your certificate is being prepared:" in shown
    assert "When you finish a course" not in shown


@pytest.mark.rule("certificate-21")
def test_only_who_takes_a_course_with_a_certificate_is_asked(award: Award) -> None:
    stranger = make_person("Obca Osoba", confirmed=False)
    assert signed_in(stranger).get(asks_for(award)).status_code == 404
    assert signed_in(stranger).post(asks_for(award), {"name": "Kto Inny"}).status_code == 404
    plain = make_course(lessons=1)
    make_completion(stranger, plain)
    course = at("courses_learning:enter-course", course=plain.code)
    assert "name-title" not in signed_in(stranger).get(course).content.decode()
    stranger.refresh_from_db()
    assert stranger.name == "Obca Osoba"


# --- The list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(
    holder: Person, count: int, django_assert_num_queries: Callable
) -> None:
    for _ in range(count):
        actions.make_paper(certificate_id=make_certificate(holder, award=make_award()).pk)
    browser = signed_in(holder)
    address = own(Certificate.objects.first()).rpartition("/")[0].rpartition("/")[0] + "/"
    browser.get(address)
    with django_assert_num_queries(3):  # the account, its person, the certificates
        response = browser.get(address)
    assert response.content.decode().count("Download PDF") == count


def test_an_empty_list_says_what_will_be_there(holder: Person) -> None:
    response = signed_in(holder).get("/en/my-certificates/")
    assert "No certificate yet" in page(response)


# --- The PDF ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-10")
def test_the_holder_downloads_the_paper(printed: Certificate, holder: Person) -> None:
    response = signed_in(holder).get(own(printed, "pdf/"))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    number = printed.number.replace("/", "-")
    assert response["Content-Disposition"] == f'attachment; filename="{number}_Golebiowska-Sliwinska.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    text = PdfReader(BytesIO(body(response))).pages[0].extract_text()
    assert "Gołębiowska" in text


@pytest.mark.rule("certificate-9")
def test_before_the_paper_is_made_the_download_explains(certificate: Certificate, holder: Person) -> None:
    response = signed_in(holder).get(own(certificate, "pdf/"))
    assert response.status_code == 202
    assert response["Cache-Control"] == "private, no-store"
    assert "It usually takes less than a minute." in page(response)
    assert f'href="{own(certificate, "pdf/")}"' in response.content.decode()
    Certificate.objects.filter(pk=certificate.pk).update(render_error="glyph: x")
    assert "The coordinators see this" in page(signed_in(holder).get(own(certificate, "pdf/")))


@pytest.mark.rule("certificate-9")
def test_a_lost_file_is_made_again(printed: Certificate, holder: Person, on_commit: Callable) -> None:
    printed.pdf.storage.delete(printed.pdf.name)
    with on_commit():
        assert signed_in(holder).get(own(printed, "pdf/")).status_code == 202
    assert signed_in(holder).get(own(printed, "pdf/")).status_code == 200


# --- Strangers --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-10")
@pytest.mark.parametrize("tail", ["", "pdf/"])
def test_strangers_get_nothing_by_any_number(printed: Certificate, coordinator: User, tail: str) -> None:
    stranger = make_person("Obca Osoba")
    other = make_certificate(stranger, award=printed.award)
    actions.make_paper(certificate_id=other.pk)
    for browser in (signed_in(stranger), signed_in(coordinator.person)):
        answers = [browser.get(own(printed, tail)), browser.get(f"/en/my-certificates/999999/{tail}")]
        assert [answer.status_code for answer in answers] == [404, 404]
        bodies = [re.sub(r"(my-certificates|moje-zaswiadczenia)/\d+/", "", body(answer).decode()) for answer in answers]
        assert bodies[0] == bodies[1], "what is not one's own does not exist"
    assert signed_in(stranger).get(own(other, tail)).status_code == 200


@pytest.mark.rule("certificate-10")
@pytest.mark.parametrize("tail", ["", "pdf/"])
def test_visitors_are_asked_to_sign_in(client: Client, printed: Certificate, tail: str) -> None:
    response = client.get(own(printed, tail))
    assert response.status_code == 302
    assert "next=" in response["Location"]
    assert client.get(own(printed, tail).replace(str(printed.pk), "999999")).status_code == 302


def test_only_reading_is_offered(printed: Certificate, holder: Person) -> None:
    browser = signed_in(holder)
    assert [browser.post(own(printed, tail)).status_code for tail in ("", "pdf/")] == [405, 405]


def test_the_private_file_has_no_public_address(printed: Certificate, client: Client) -> None:
    for guess in (f"/media/{printed.pdf.name}", f"/documents/{printed.pk}/{printed.pdf.name}", printed.pdf.url):
        assert client.get(guess).status_code == 404


def test_after_erasure_the_page_is_gone_with_the_account(
    printed: Certificate, holder: Person, award: Award, settings: Any
) -> None:
    from cms.accounts.actions import erase_account

    browser = signed_in(holder)
    erase_account(person_id=holder.pk)
    assert browser.get(own(printed)).status_code == 302
    printed.refresh_from_db()
    assert printed.holder_name == "Żaneta Gołębiowska-Śliwińska", "the register keeps it"
