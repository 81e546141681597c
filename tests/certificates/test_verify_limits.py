"""Verification: what surrounds the answer, and how often one may ask."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from certificates.models import Certificate
from certificates.rules import SURNAMES_OF_CERTIFICATE
from cms.accounts.models import Person
from tests.certificates.conftest import signed_in
from tests.certificates.test_verify import UNKNOWN, address, english, page
from tests.factories.certificates import make_certificate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_pages")]


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
