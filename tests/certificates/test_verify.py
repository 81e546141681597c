"""Public verification: what anybody sees of a certificate, and what nobody sees."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.html import escape

from certificates import actions
from certificates.models import Certificate, new_code
from cms.accounts.models import Person, User
from tests.factories.certificates import make_award, make_certificate, make_person, make_template

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_pages")]
NOW = timezone.now()
UNKNOWN = "7K4M9QXT2HPD8RWY5NCV3JBFGA"


def page(response: HttpResponse) -> str:
    """The text of a page, tags left out, blanks as one."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("&quot;", '"').replace("&#x27;", "'"))


def address(certificate: Certificate, **query: str) -> str:
    tail = "&".join(f"{key}={value}" for key, value in query.items())
    return f"/c/{certificate.code}/" + (f"?{tail}" if tail else "")


def english(client: Client, certificate: Certificate) -> HttpResponse:
    return client.get(address(certificate, lang="en"))


# --- The answer -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("verify-1", "verify-2", "verify-5")
def test_a_valid_certificate_in_its_first_line_with_its_facts(client: Client, certificate: Certificate) -> None:
    response = english(client, certificate)
    assert response.status_code == 200
    heading = re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert heading is not None
    assert re.sub(r"<[^>]+>|\s+", " ", heading[1]).split()[-1] == "Valid"
    way = re.search(r'<nav class="container breadcrumbs".*?</nav>', response.content.decode(), re.DOTALL)
    assert way is not None
    assert re.sub(r"<[^>]+>|\s+", " ", way[0]).split() == ["Home", "Check", "a", "certificate"]
    shown = page(response)
    words = certificate.snapshot
    for expected in (
        certificate.number,
        words["course_title"],
        words["issuer"]["name"],
        "certificate of course completion",
        "Ż… G…-Ś…",
        "no end date",
    ):
        assert expected in shown
    assert "ołębiowska" not in response.content.decode()
    assert "Żaneta" not in response.content.decode()


@pytest.mark.rule("verify-3")
def test_a_replaced_one_tells_when_and_betrays_no_code(
    client: Client, certificate: Certificate, coordinator: User
) -> None:
    new = actions.reissue(certificate_id=certificate.pk, name="Żaneta Nowa", by=coordinator, now=NOW)
    response = english(client, certificate)
    assert response.status_code == 200
    assert "answer--replaced" in response.content.decode()
    assert "A new certificate was issued on" in page(response)
    for secret in (new.code, new.number, "Nowa"):
        assert secret not in response.content.decode()
    assert "answer--valid" in english(client, new).content.decode()


@pytest.mark.rule("verify-2", "verify-3")
def test_a_revoked_one_tells_when_and_not_why(client: Client, certificate: Certificate, coordinator: User) -> None:
    actions.reissue(certificate_id=certificate.pk, name="Żaneta Nowa", by=coordinator, now=NOW)
    actions.revoke(certificate_id=certificate.pk, reason="Plagiat w zadaniu", by=coordinator, now=NOW)
    response = english(client, certificate)
    assert "answer--revoked" in response.content.decode()
    assert "The issuer revoked this certificate on" in page(response)
    assert "Plagiat" not in response.content.decode()
    assert "Plagiat" not in client.get(f"/c/{certificate.code}.json").content.decode()


@pytest.mark.rule("verify-4")
def test_unknown_and_malformed_codes_are_alike(
    client: Client, certificate: Certificate, django_assert_num_queries: Callable
) -> None:
    english(client, certificate)  # menu and footer are in the cache now
    bodies = []
    codes = (UNKNOWN, "Ż" * 26, "x", "%00", "AW-2026-00001", "🙂", "'; DROP TABLE", "A" * 300, certificate.code + "2")
    for code in codes:
        with django_assert_num_queries(1):
            response = client.get(f"/c/{code}/?lang=en")
        assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
        shown = page(response)
        assert "There is no certificate with this code in the register." in shown
        assert "Compare it with the document" in shown
        for accusing in ("forged", "fake", "false", "fraud"):
            assert accusing not in shown.lower()
        # They differ in what was typed, and in how many signs of it are said.
        body = re.sub(r'value="[^"]*"|\d{1,2}:\d\d', "", response.content.decode())
        body = re.sub(r'<span class="answer__before">.*?</span> ?(?=<span class="answer__word">)', "", body)
        body = re.sub(r"(<textarea[^>]*>).*?</textarea>", r"\1</textarea>", body, flags=re.DOTALL)
        body = re.sub(r"You entered \d+\sch.*? 26\.", "", body)
        body = re.sub(r", letter by letter\. If it is right, ask the person or the issuer\.", ".", body)
        own_address = escape(escape_uri_path(response.wsgi_request.path))
        bodies.append(re.sub(r"\s+", " ", body.replace(f'href="{own_address}?lang=', 'href="?lang=')))
    assert len(set(bodies)) == 1


@pytest.mark.rule("verify-4")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7K4M-9QXT", "You entered 8 characters, but a code has 26."),
        (UNKNOWN, "ask the person or the issuer"),
    ],
)
def test_what_was_typed_stays_and_its_length_is_judged(client: Client, typed: str, said: str) -> None:
    response = client.get("/c/", {"code": typed, "lang": "en"}, follow=True)
    assert response.status_code == 404
    assert said in page(response)
    field = re.search(r"<textarea[^>]*>(.*?)</textarea>", response.content.decode(), re.DOTALL)
    assert field is not None
    in_groups = "7K4M-9QXT" if len(typed) < len(UNKNOWN) else "7K4M-9QXT-2HPD-8RWY-\n5NCV-3JBF-GA"
    assert field[1].strip() == in_groups, "as on the document, whole and in groups"
    heading = re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert heading is not None
    read = re.sub(r"<svg.*?</svg>|<[^>]+>|\s", "", heading[1])
    assert read == "Code" + in_groups.replace("\n", "") + "Notfound"


@pytest.mark.rule("verify-6")
def test_the_two_lines_of_the_field_are_read_as_one_code(client: Client, certificate: Certificate) -> None:
    first, second = certificate.code[:16], certificate.code[16:]
    response = client.get("/c/", {"code": f"{first}-\r\n{second}\r\n", "lang": "en"})
    assert (response.status_code, response["Location"]) == (302, address(certificate, lang="en"))


@pytest.mark.rule("verify-4")
def test_what_is_not_found_leads_to_the_other_way_and_to_people(client: Client, certificate: Certificate) -> None:
    by_code = client.get(f"/c/{UNKNOWN}/?lang=en").content.decode()
    assert 'href="/c/?lang=en#without-code"' in by_code
    assert 'id="without-code"' in client.get("/c/?lang=en").content.decode()
    by_number = client.post("/c/?lang=en", {"number": "aw 2026 77", "surname": "Kowalska"}).content.decode()
    assert re.search(r'<a href="/c/\?lang=en">Check by the code</a>', by_number)
    for shown in (by_code, by_number):
        assert re.search(r'<a href="mailto:[^"]+@[^"]+">Write to us</a>', shown)
    assert "Write to us" not in english(client, certificate).content.decode()


@pytest.mark.rule("verify-7")
def test_a_number_that_was_not_found_stays(client: Client) -> None:
    response = client.post("/c/?lang=en", {"number": "aw 2026 77", "surname": "Kowalska"})
    assert response.status_code == 404
    assert 'value="aw 2026 77"' in response.content.decode()
    assert "Number AW/2026/00077 " in page(response)


def test_what_is_quoted_in_another_language_says_so(client: Client, certificate: Certificate) -> None:
    shown = english(client, certificate).content.decode()
    assert f'<dd lang="pl">{certificate.snapshot["course_title"]}</dd>' in shown
    assert "<dd>online, at your own pace</dd>" in shown
    older = {key: value for key, value in certificate.snapshot.items() if key != "course_form_code"}
    Certificate.objects.filter(pk=certificate.pk).update(snapshot=older)
    assert f'<dd lang="pl">{older["course_form"]}</dd>' in english(client, certificate).content.decode()


def test_a_polish_title_on_an_english_document_says_so(client: Client, award: Any) -> None:
    certificate = make_certificate(make_person(language="en"), award=award)
    assert certificate.language == "en"
    shown = english(client, certificate).content.decode()
    assert f'<dd lang="pl">{certificate.snapshot["course_title"]}</dd>' in shown


@pytest.mark.rule("verify-4")
def test_random_codes_hit_nothing(client: Client, certificate: Certificate) -> None:
    cache.clear()
    assert {client.get(f"/c/{new_code()}/").status_code for _ in range(50)} == {404}


@pytest.mark.rule("verify-6")
@pytest.mark.parametrize("change", [str.lower, lambda code: "-".join(code[at : at + 4] for at in range(0, 26, 4))])
def test_a_code_in_the_address_is_read_as_people_type_it(
    client: Client, certificate: Certificate, change: Callable
) -> None:
    assert client.get(f"/c/{change(certificate.code)}/").status_code == 200


def test_an_address_without_its_last_stroke_leads_on(client: Client, certificate: Certificate) -> None:
    response = client.get(f"/c/{certificate.code}")
    assert (response.status_code, response["Location"]) == (301, f"/c/{certificate.code}/")


@pytest.mark.rule("verify-10")
def test_a_sample_says_so(client: Client) -> None:
    certificate = make_certificate(award=make_award(template=make_template(is_sample=True)))
    assert "This is a sample document" in page(english(client, certificate))
    assert client.get(f"/c/{certificate.code}.json").json()["sample"] is True


@pytest.mark.rule("verify-11")
def test_without_the_holders_name_it_is_still_confirmed(client: Client, certificate: Certificate) -> None:
    actions.forget_holder(certificate_id=certificate.pk)
    for response in (english(client, certificate), client.post(address(certificate, lang="en"), {"surname": "x"})):
        assert response.status_code == 200
        shown = page(response)
        assert "Valid" in shown
        assert "confirmed; the holder's data have been removed" in shown
        assert "Is it this person?" not in shown
    assert client.get(f"/c/{certificate.code}.json").json()["holder_removed"] is True


@pytest.mark.rule("verify-11")
def test_after_the_account_was_deleted_the_register_still_answers(
    client: Client, certificate: Certificate, holder: Person
) -> None:
    from cms.accounts.actions import erase_account

    erase_account(person_id=holder.pk)
    assert "Ż… G…-Ś…" in page(english(client, certificate))


# --- The surname ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("verify-5")
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Gołębiowska-Śliwińska", "It matches."),
        ("golebiowska sliwinska", "It matches."),
        ("  ŚLIWIŃSKA ", "It matches."),
        ("Gołębiowska", "It matches."),
        ("Żaneta Gołębiowska-Śliwińska", "It matches."),
        ("Kowalska", "It does not match."),
        ("Żaneta", "It does not match."),
        ("🙂", "It does not match."),
        ("<script>alert(1)</script>", "It does not match."),
    ],
)
def test_the_surname_is_compared_in_words(client: Client, certificate: Certificate, typed: str, answer: str) -> None:
    response = client.post(address(certificate, lang="en"), {"surname": typed})
    assert response.status_code == 200
    assert answer in page(response)
    assert "<script>alert" not in response.content.decode()
    assert "Żaneta G" not in page(response).replace(typed, "")


@pytest.mark.rule("verify-5")
def test_a_very_long_name_is_compared_to_its_end(client: Client) -> None:
    certificate = make_certificate(make_person("Щ" * 150 + " Ковальська"))
    assert "It matches." in page(client.post(address(certificate, lang="en"), {"surname": "ковальська"}))


def test_an_empty_surname_is_asked_for_again(client: Client, certificate: Certificate) -> None:
    for value in ("", "   ", "a\x00b", "x" * 201):
        response = client.post(address(certificate, lang="en"), {"surname": value})
        assert response.status_code == 200
        assert "field--error" in response.content.decode()
        title = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
        assert title is not None
        assert title[1].strip().startswith("Error: ")
        assert "Valid" not in title[1], "the answer is no error"


def test_a_field_without_a_hint_names_none(client: Client, certificate: Certificate) -> None:
    shown = english(client, certificate).content.decode()
    assert 'id="person_surname"' in shown
    assert "helptext" not in shown


def test_a_surname_needs_the_token_of_the_form(certificate: Certificate) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(certificate), {"surname": "Śliwińska"}).status_code == 403


# --- By number --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("verify-7")
@pytest.mark.parametrize("number", ["{0}", " {0} ", "aw 2026 1"])
def test_number_and_surname_together_answer(client: Client, holder: Person, number: str) -> None:
    with time_machine.travel("2026-11-24 12:00:00+00:00"):
        certificate = make_certificate(holder)
        typed = {"number": number.format(certificate.number), "surname": "sliwinska"}
        response = client.post("/c/?lang=en", typed)
    assert response.status_code == 200
    assert "answer--valid" in response.content.decode()
    assert "It matches." in page(response)
    assert certificate.code not in response.content.decode()


@pytest.mark.rule("verify-7")
def test_a_wrong_number_and_a_wrong_surname_are_alike(
    client: Client, certificate: Certificate, django_assert_num_queries: Callable
) -> None:
    english(client, certificate)
    bodies = []
    for number, surname in (
        (certificate.number, "Kowalska"),
        ("AW/2026/99999", "Śliwińska"),
        ("AW/1999/00001", "Kowalska"),
    ):
        with django_assert_num_queries(1):
            response = client.post("/c/?lang=en", {"number": number, "surname": surname})
        assert response.status_code == 404
        body = re.sub(r'value="[^"]*"|\d{1,2}:\d\d', "", response.content.decode())
        bodies.append(body.replace(number, ""))
    assert len(set(bodies)) == 1
    assert "There is no certificate with this number for this surname" in page(response)


@pytest.mark.rule("verify-7")
@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"number": "AW/2026/00001"},
        {"surname": "Kowalska"},
        {"number": "AW/2026", "surname": "Kowalska"},
        {"number": "x" * 61, "surname": "Kowalska"},
        {"number": "\x00", "surname": "\x00"},
    ],
)
def test_half_of_the_question_is_asked_for_again(client: Client, typed: dict[str, str]) -> None:
    response = client.post("/c/?lang=en", typed)
    assert response.status_code == 400
    assert "error-summary" in response.content.decode()


# --- Asking for a code ------------------------------------------------------------------------------------------------


@pytest.mark.rule("verify-1", "verify-6")
def test_the_form_leads_to_the_answer(client: Client, certificate: Certificate) -> None:
    assert client.get("/c/?lang=en").status_code == 200
    typed = f"https://example.org/c/{certificate.code.lower()}/"
    response = client.get("/c/", {"code": typed, "lang": "en"})
    assert (response.status_code, response["Location"]) == (302, address(certificate, lang="en"))
    assert client.get("/c/", {"code": "abc", "lang": "xx"})["Location"] == "/c/ABC/"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("", "Enter the code from the document"),
        (" - ", "Enter the code from the document"),
        ("AW/2026/00001", "This is the number of a certificate."),
        ("x" * 501, "This is too long for a code."),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_what_is_no_code_is_explained(client: Client, code: str, error: str) -> None:
    response = client.get("/c/", {"code": code, "lang": "en"})
    assert response.status_code == 200
    assert error in page(response)


# --- For programs -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("verify-12")
def test_programs_get_the_same_without_the_holder(client: Client, certificate: Certificate, coordinator: User) -> None:
    response = client.get(f"/c/{certificate.code}.json")
    answer: dict[str, Any] = response.json()
    words = certificate.snapshot
    assert response["Content-Type"] == "application/json"
    assert answer["state"] == "valid"
    assert (answer["number"], answer["course"], answer["minutes"]) == (
        certificate.number,
        words["course_title"],
        words["minutes"],
    )
    assert (answer["issued_on"], answer["replaced_on"], answer["revoked_on"]) == (words["issued_on"], None, None)
    assert "Ż" not in json.dumps(answer, ensure_ascii=False)
    assert certificate.code not in response.content.decode()
    actions.revoke(certificate_id=certificate.pk, reason="Pomyłka", by=coordinator, now=NOW)
    assert client.get(f"/c/{certificate.code}.json").json()["state"] == "revoked"
    assert client.post(f"/c/{certificate.code}.json").status_code == 405


@pytest.mark.rule("verify-4", "verify-12")
@pytest.mark.parametrize("code", [UNKNOWN, "x", "%00"])
def test_programs_are_told_of_unknown_codes_alike(client: Client, code: str) -> None:
    response = client.get(f"/c/{code}.json")
    assert response.status_code == 404
    assert set(response.json()) == {"state", "checked_at"}
    assert response.json()["state"] == "not_found"
