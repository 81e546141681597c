"""The form and the page of a report: by strangers, wrong, twice, from another site, too often, with false addresses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.accounts.rules import Role
from cms.barriers import actions
from cms.barriers.models import BarrierReport
from cms.newsletter.links import MANAGE, token_for
from cms.pages.models import AccessibilityPage
from tests.factories.accounts import PersonFactory, staff
from tests.factories.barriers import make_report, words
from tests.factories.newsletter import make_subscriber
from tests.factories.site import make_academy
from tests.reading import words_of

pytestmark = pytest.mark.django_db
FORM = "/pl/zglos-bariere/"


@pytest.mark.rule("barriers-3")
def test_from_the_form_to_the_page_of_the_report_without_a_cookie() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert not strict.get(FORM).cookies
    sent = words()
    answers = [strict.post(FORM, sent) for _ in range(2)]
    report = BarrierReport.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [f"{FORM}{report.token}/"] * 2
    page = words_of(strict.get(f"{FORM}{report.token}/"))
    assert report.number in page
    assert "Odpowiedź będzie najpóźniej" in page
    assert "Film nie ma napisów." in page
    assert "Zofia" not in page
    assert "zofia@example.org" not in page
    assert report.language == "pl"


@pytest.mark.parametrize("address", ["/en/report-a-barrier/", FORM])
def test_both_languages_have_the_form_at_their_address(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"] or "no-cache" in answer.headers["Cache-Control"]


@pytest.mark.rule("barriers-2")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"barrier": ""}, "Opisz, co jest niedostępne"),
        ({"place": ""}, "podaj adres albo tytuł strony"),
        ({"kind": ""}, "Wybierz, czy to sygnał, czy żądanie"),
        ({"kind": "prośba"}, "prośba"),
        ({"name": ""}, "są potrzebne w żądaniu"),
        ({"email": ""}, "wybierz inny sposób odpowiedzi"),
        ({"email": "bez-malpy"}, "nazwa@example.org"),
        ({"email": "a@b.pl\r\nBcc: c@d.pl"}, "nazwa@example.org"),
        ({"answer_by": "phone"}, "Wpisz numer telefonu albo"),
        ({"phone": "zadzwoń"}, "cyframi"),
        ({"answer_by": "page"}, "żądanie wymaga kontaktu"),
        ({"barrier": "x" * 4001}, "4001"),
        ({"barrier": "a\x00b"}, "Film albo"),
        ({"key": "nie"}, "nie"),
        ({"website": "https://example.org"}, "nie zostało wysłane"),
    ],
)
def test_wrong_forms_come_back_in_words_with_all_that_was_typed(client: Client, changed: dict, said: str) -> None:
    answer = client.post(FORM, words(remedy="Opis słowny.") | changed)
    page = words_of(answer)
    assert answer.status_code == 200
    assert "Popraw błędy w formularzu" in page or "error-summary" in page
    if said != "Film albo":
        assert said in page
    assert "Opis słowny." in page
    assert not BarrierReport.objects.exists()


@pytest.mark.rule("barriers-3")
def test_the_trap_is_empty_when_the_form_is_sent_again(client: Client) -> None:
    page = client.post(FORM, words(website="https://example.org")).content.decode()
    assert "https://example.org" not in page
    assert 'autocomplete="off"' in page


@pytest.mark.rule("barriers-3")
def test_a_form_of_another_site_and_one_too_many_keep_all_that_was_typed(client: Client, settings) -> None:
    foreign = client.post(FORM, words(), headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert "Film nie ma napisów." in words_of(foreign)
    assert not BarrierReport.objects.exists()
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"barrier": "2/h/ip"}
    answers = [client.post(FORM, words()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Film nie ma napisów." in words_of(answers[-1])
    assert BarrierReport.objects.count() == 2


@pytest.mark.rule("barriers-2")
def test_a_hint_needs_no_contact_and_keeps_none(client: Client) -> None:
    client.post(FORM, words(kind="hint", name="", answer_by="page", email="anna@example.org"))
    report = BarrierReport.objects.get()
    assert (report.name, report.email, report.phone) == ("", "", "")


@pytest.mark.rule("barriers-9")
@pytest.mark.parametrize(
    ("page", "referer", "place"),
    [
        ("/pl/o-projekcie/", "", "/pl/o-projekcie/"),
        ("", "http://testserver/pl/filmy/?q=most", "/pl/filmy/"),
        ("http://testserver/pl/filmy/", "", "/pl/filmy/"),
        ("", "https://example.org/pl/filmy/", ""),
        ("https://example.org/pl/filmy/", "", ""),
        ("//example.org/pl/", "", ""),
        ("/\\example.org/pl/", "", ""),
        ("javascript:alert(1)", "", ""),
        ("/pl/<script>/", "", ""),
        ("/pl/a%0d%0ab/", "", ""),
        ("/pl/%ff/", "", ""),
        ("/pl/" + "x" * 400, "", ""),
        ("http://[", "", ""),
        ("/nie-ma-takiej", "", ""),
        ("/pl/zglos-bariere/", "", ""),
        ("/pl/szukaj/?q=Jan+Kowalski", "", "/pl/szukaj/"),
    ],
)
def test_the_page_that_led_here_is_filled_in_if_it_is_ours(client: Client, page: str, referer: str, place: str) -> None:
    answer = client.get(FORM, {"page": page} if page else {}, headers={"Referer": referer} if referer else {})
    assert answer.context["form"]["place"].value() == place


@pytest.mark.rule("barriers-9")
def test_addresses_that_only_their_owner_may_know_are_not_filled_in(client: Client) -> None:
    report = make_report()
    for path in (
        reverse("cms_newsletter:change-choice", args=[token_for(make_subscriber(), MANAGE)]),
        reverse("cms_barriers:show-report", args=[report.token]),
        reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "set-password"}),
    ):
        assert client.get(FORM, {"page": path}).context["form"]["place"].value() == ""


def test_whoever_is_signed_in_finds_name_and_address_filled_in(client: Client) -> None:
    person = PersonFactory(name="Anna Przykładowa")
    client.force_login(person.user)
    form = client.get(FORM).context["form"]
    assert (form["name"].value(), form["email"].value()) == ("Anna Przykładowa", person.user.email)


@pytest.mark.rule("barriers-7")
def test_the_page_of_a_report_tells_each_state(client: Client) -> None:
    lead = staff(Role.LEAD_EDITORS)
    make_academy()
    report = make_report()
    where = f"{FORM}{report.token}/"
    assert "czeka na odpowiedź" in words_of(client.get(where))
    actions.take(report_id=report.pk, by=lead)
    assert "ktoś się nim zajmuje" in words_of(client.get(where))
    until = timezone.localdate() + timedelta(days=20)
    actions.put_off(report_id=report.pk, until=until, reason="Napisy robi firma.", by=lead)
    assert "Napisy robi firma." in words_of(client.get(where))
    actions.answer(report_id=report.pk, text="<b>Są</b> napisy.", told_by="page", by=lead)
    answered = words_of(client.get(where))
    assert "&lt;b&gt;Są&lt;/b&gt; napisy." in answered
    assert lead.email not in answered
    refused = make_report()
    actions.refuse(report_id=refused.pk, reason="Nie mamy.", alternative="Rozmowa.", told_by="page", by=lead)
    page = words_of(client.get(f"{FORM}{refused.token}/"))
    assert "Rzecznika" in page
    assert "#a11y-procedura" in page
    assert "Rozmowa." in page
    hint = make_report(kind="hint")
    actions.refuse(report_id=hint.pk, reason="Nie mamy.", alternative="Rozmowa.", told_by="page", by=lead)
    assert "Rzecznika" not in words_of(client.get(f"{FORM}{hint.token}/"))
    closed = make_report()
    actions.close(report_id=closed.pk, ending="double", by=lead)
    assert "w innym zgłoszeniu" in words_of(client.get(f"{FORM}{closed.token}/"))


@pytest.mark.rule("barriers-7")
def test_false_and_old_addresses_lead_nowhere(client: Client) -> None:
    report = make_report(settled_at=timezone.now(), state="answered", answer="Są napisy.")
    assert client.get(f"{FORM}{report.token}/").headers["X-Robots-Tag"] == "noindex"
    assert client.post(f"{FORM}{report.token}/").status_code == 405
    assert client.get(f"{FORM}{report.token}x/").status_code == 404
    assert client.get(f"{FORM}%00/").status_code == 404
    actions.forget(report_id=report.pk)
    assert client.get(f"{FORM}{report.token}/").status_code == 404


def test_the_form_and_the_page_cost_few_queries(client: Client) -> None:
    make_academy()
    report = make_report()
    for address in (FORM, f"{FORM}{report.token}/"):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= 4, address


@pytest.mark.rule("barriers-9")
def test_every_page_leads_to_the_form(client: Client) -> None:
    make_academy()
    for page in ("/pl/", "/pl/szukaj/", "/pl/nie-ma-takiej/", "/pl/konto/login/"):
        assert f'href="{FORM}"' in client.get(page).content.decode(), page
    statement = AccessibilityPage.objects.get(locale__language_code="pl")
    page = client.get(statement.get_url()).content.decode()
    assert "Zgłoś barierę w\u00a0formularzu" in page
    assert f'href="{FORM}?page={statement.get_url()}"' in page
