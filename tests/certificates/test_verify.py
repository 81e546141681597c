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
from django.utils import timezone, translation
from django.utils.encoding import escape_uri_path
from django.utils.html import escape

from certificates import actions
from certificates.models import Certificate, new_code
from certificates.rules import SURNAMES_OF_CERTIFICATE
from cms.accounts.models import Person, User
from tests.certificates.conftest import signed_in
from tests.factories.catalogue import make_home
from tests.factories.certificates import make_award, make_certificate, make_person, make_template

pytestmark = pytest.mark.django_db
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


@pytest.fixture(autouse=True)
def _site(db: None) -> None:
    make_home()
    make_home("en")


# --- The answer -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("verify-1", "verify-2", "verify-5")
def test_a_valid_certificate_in_its_first_line_with_its_facts(client: Client, certificate: Certificate) -> None:
    response = english(client, certificate)
    assert response.status_code == 200
    heading = re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert heading is not None
    assert re.sub(r"<[^>]+>|\s+", " ", heading[1]).split()[-1] == "Valid"
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
    assert f'value="{typed.replace("-", "")}"' in response.content.decode()
    assert said in page(response)


@pytest.mark.rule("verify-7")
def test_a_number_that_was_not_found_stays(client: Client) -> None:
    response = client.post("/c/?lang=en", {"number": "aw 2026 77", "surname": "Kowalska"})
    assert response.status_code == 404
    assert 'value="aw 2026 77"' in response.content.decode()
    assert "Certificate with this number:" in page(response)


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
        assert "<title>Error:" in response.content.decode()


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
        bodies.append(re.sub(r'value="[^"]*"|\d{1,2}:\d\d', "", response.content.decode()))
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


# --- What surrounds the answer ----------------------------------------------------------------------------------------


@pytest.mark.rule("verify-9")
def test_nobody_stores_or_indexes_an_answer(client: Client, certificate: Certificate) -> None:
    for path in ("/c/", address(certificate), f"/c/{UNKNOWN}/", f"/c/{certificate.code}.json"):
        response = client.get(path)
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert "Accept-Language" in response["Vary"]


@pytest.mark.rule("verify-9")
@pytest.mark.parametrize(
    ("query", "accepted", "language", "afterwards"),
    [
        ("", "pl", "pl", "pl"),
        ("", "en-GB,en;q=0.9", "en", "en"),
        ("", "de", "pl", "pl"),
        ("?lang=en", "pl", "en", "pl"),
        ("?lang=pl", "en", "pl", "en"),
        ("?lang=de", "en", "en", "en"),
        ("?lang=%00", "en", "en", "en"),
    ],
)
def test_the_language_follows_the_address_then_the_browser(
    client: Client, certificate: Certificate, query: str, accepted: str, language: str, afterwards: str
) -> None:
    response = client.get(address(certificate) + query, HTTP_ACCEPT_LANGUAGE=accepted)
    assert f'<html lang="{language}">' in response.content.decode()
    assert response["Content-Language"] == language
    other = "pl" if language == "en" else "en"
    assert f'href="/c/{certificate.code}/?lang={other}"' in response.content.decode()
    assert translation.get_language() == afterwards, "what the page chose for itself ends with it"


@pytest.mark.rule("verify-1")
def test_no_session_is_opened_and_nobody_is_asked_for(
    certificate: Certificate, holder: Person, django_assert_num_queries: Callable
) -> None:
    browser = signed_in(holder)
    browser.get(address(certificate))
    for path in (address(certificate), f"/c/{UNKNOWN}/", f"/c/{certificate.code}.json"):
        with django_assert_num_queries(1) as captured:
            response = browser.get(path)
        assert "django_session" not in str(captured.captured_queries)
        assert not hasattr(response.wsgi_request, "_cached_user")
        assert response.wsgi_request.session.accessed is False
    fresh = Client()
    fresh.get(address(certificate))
    assert set(fresh.cookies) <= {"csrftoken"}


@pytest.mark.rule("verify-13")
def test_a_verification_costs_at_most_six_queries(
    client: Client, certificate: Certificate, django_assert_max_num_queries: Callable
) -> None:
    client.get("/c/")  # menu and footer are in the cache now, as they are for all pages
    for ask in (
        lambda: client.get(address(certificate)),
        lambda: client.post(address(certificate), {"surname": "x"}),
        lambda: client.post("/c/", {"number": certificate.number, "surname": "Śliwińska"}),
    ):
        with django_assert_max_num_queries(6):
            assert ask().status_code == 200


def test_other_methods_are_refused(client: Client, certificate: Certificate) -> None:
    assert client.put(address(certificate)).status_code == 405
    assert client.delete(address(certificate)).status_code == 405
    assert client.head(address(certificate)).status_code == 200


# --- Limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("verify-8")
def test_a_visitor_looks_up_sixty_a_minute(client: Client, certificate: Certificate, settings: Any) -> None:
    with time_machine.travel("2026-11-24 12:00:10+00:00", tick=False) as clock:
        seen = [client.get(f"/c/{certificate.code}.json").status_code for _ in range(61)]
        assert seen == [200] * 60 + [429]
        refused = client.get(address(certificate, lang="en"))
        assert (refused.status_code, refused["Retry-After"]) == (429, "50")
        assert "Too many checks in a short time" in page(refused)
        assert client.get("/c/?lang=en").status_code == 200, "the form alone asks for nothing"
        other = Client(REMOTE_ADDR="203.0.113.9")
        assert other.get(address(certificate)).status_code == 200
        clock.shift(50)
        assert client.get(address(certificate)).status_code == 200


@pytest.mark.rule("verify-8")
def test_a_header_of_the_visitors_own_changes_nothing(client: Client, certificate: Certificate) -> None:
    with time_machine.travel("2026-11-24 12:00:10+00:00", tick=False):
        for number in range(60):
            client.get(f"/c/{certificate.code}.json", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
        refused = client.get(f"/c/{certificate.code}.json", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert refused.status_code == 429
    assert refused.json() == {"state": "too_many", "retry_after": 50}


@pytest.mark.rule("verify-8")
def test_ten_surnames_in_ten_minutes(client: Client, award: Any) -> None:
    first, second = (make_certificate(make_person(), award=award) for _ in range(2))
    with time_machine.travel("2026-11-24 12:00:10+00:00", tick=False) as clock:
        for number in range(10):
            assert client.post(address(first), {"surname": f"Osoba{number}"}).status_code == 200
        refused = client.post(address(second, lang="en"), {"surname": "Przykładowa"})
        assert (refused.status_code, refused["Retry-After"]) == (429, "590")
        assert "Wait about 10 minutes" in page(refused)
        assert client.post("/c/", {"number": second.number, "surname": "Przykładowa"}).status_code == 429
        assert client.get(address(second)).status_code == 200, "checking goes on"
        clock.shift(590)
        assert client.post(address(second), {"surname": "Przykładowa"}).status_code == 200


@pytest.mark.rule("verify-8")
def test_a_surname_that_matches_does_not_count(client: Client, certificate: Certificate) -> None:
    with time_machine.travel("2026-11-24 12:00:10+00:00", tick=False):
        for _ in range(12):
            assert client.post(address(certificate), {"surname": "Śliwińska"}).status_code == 200
            way = {"number": certificate.number, "surname": "Śliwińska"}
            assert client.post("/c/", way).status_code == 200
        for number in range(10):
            assert client.post(address(certificate), {"surname": f"Osoba{number}"}).status_code == 200
        assert client.post(address(certificate), {"surname": "Śliwińska"}).status_code == 429


@pytest.mark.rule("verify-8")
def test_one_certificate_takes_ten_surnames_from_everybody_together(certificate: Certificate) -> None:
    with time_machine.travel("2026-11-24 12:00:10+00:00", tick=False):
        for number in range(SURNAMES_OF_CERTIFICATE.count):
            browser = Client(REMOTE_ADDR=f"203.0.113.{number}")
            way = {"number": certificate.number, "surname": f"Osoba{number}"}
            assert browser.post("/c/", way).status_code == 404
        fresh = Client(REMOTE_ADDR="198.51.100.1")
        assert fresh.post(address(certificate), {"surname": "Śliwińska"}).status_code == 429
        unknown = {"number": "AW/2026/99999", "surname": "Śliwińska"}
        assert fresh.post("/c/", unknown).status_code == 404, "other numbers are not touched"


@pytest.mark.rule("verify-8")
def test_a_cache_that_is_away_refuses_nobody(
    client: Client, certificate: Certificate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    english(client, certificate)

    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionError("no cache")

    monkeypatch.setattr("certificates.limits.cache.add", away)
    assert english(client, certificate).status_code == 200
    assert "could not be counted" in caplog.text
