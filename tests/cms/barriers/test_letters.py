"""What the letters about a report say: both parts, both languages, and no more than their reader may know."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from cms.accounts.rules import Role
from cms.barriers import actions
from tests.factories.accounts import staff
from tests.factories.barriers import make_report, words
from tests.factories.site import make_academy

pytestmark = pytest.mark.django_db
ENGLISH = {"pl": False, "en": True}


def parts(message) -> tuple[str, str]:
    """The text and the HTML of a letter, each as one line."""
    html = next(content for content, kind in message.alternatives if kind == "text/html")
    return tuple(re.sub(r"\s+", " ", part.replace("&nbsp;", " ")) for part in (message.body, html))


def sent_to(address: str):
    return [message for message in outbox.outbox if message.to == [address]]


@pytest.mark.rule("barriers-7")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_whoever_reports_gets_number_day_address_and_answer(language: str, on_commit) -> None:
    make_academy()
    lead = staff(Role.LEAD_EDITORS)
    answer = "Dodaliśmy napisy & opis.\nDziękujemy."
    with on_commit():
        report = actions.receive(language=language, **words())
        refused = actions.receive(language=language, **words(email="jan@example.org"))
        until = timezone.localdate() + timedelta(days=20)
        actions.put_off(report_id=report.pk, until=until, reason="Napisy robi firma.", by=lead)
        actions.answer(report_id=report.pk, text=answer, told_by="email", by=lead)
        actions.refuse(report_id=refused.pk, reason="Nie mamy pliku.", alternative="Opis.", told_by="email", by=lead)
    first, later, last = sent_to("zofia@example.org")
    path = "/pl/zglos-bariere/" if language == "pl" else "/en/report-a-barrier/"
    day = f"{report.deadline.day}\u00a0"
    for part in parts(first):
        assert report.number in part
        assert f"{path}{report.token}/" in part
    assert day in first.body
    for part in parts(later):
        assert "Napisy robi firma." in part
    text, html = parts(last)
    assert "napisy & opis. Dziękujemy." in text
    assert "napisy &amp; opis.<br>Dziękujemy." in html
    refusal = sent_to("jan@example.org")[-1]
    for part in parts(refusal):
        assert "Nie mamy pliku." in part
        assert "Opis." in part
        assert "#a11y-procedura" in part
        assert ("Commissioner for Human Rights" if language == "en" else "Rzecznika Praw Obywatelskich") in part
    for message in outbox.outbox:
        assert message.subject
        assert message.alternatives
        assert "{" not in message.body
        assert "r.." not in message.body


@pytest.mark.rule("barriers-7")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_those_who_answer_learn_nothing_of_the_person_by_letter(language: str, on_commit) -> None:
    lead = staff(Role.LEAD_EDITORS, language=language)
    with on_commit():
        report = actions.receive(language="pl", **words())
        for left in (2, 0, -1):
            actions.remind(now=timezone.now() + timedelta(days=7 - left))
    told = sent_to(lead.email)
    assert len(told) == 4
    assert len({message.subject for message in told}) == 4
    for message in told:
        for part in parts(message):
            assert report.number in part
            assert f"/admin/barriers/inspect/{report.pk}/" in part
            for secret in ("Zofia", "zofia@", report.token, "Napisy albo tekst"):
                assert secret not in part


@pytest.mark.rule("barriers-7")
@pytest.mark.parametrize(("ending", "number"), [("withdrawn", 1), ("double", 1), ("no_report", 0)])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_closed_report_is_told_of_unless_it_was_none(language: str, ending: str, number: int, on_commit) -> None:
    report = make_report(language=language)
    with on_commit():
        actions.close(report_id=report.pk, ending=ending, by=staff(Role.LEAD_EDITORS))
    assert len(sent_to("zofia@example.org")) == number


@pytest.mark.rule("barriers-7")
def test_a_hint_without_an_address_gets_no_letter_and_nobody_to_tell_means_the_address_of_the_site(on_commit) -> None:
    make_academy()
    with on_commit():
        actions.receive(language="pl", **words(kind="hint", name="", email="", answer_by="page"))
    assert [message.to for message in outbox.outbox] == [["akademia@example.org"]]
