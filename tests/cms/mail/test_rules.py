"""Tries, refusals and subjects, without a database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.mail import rules


@pytest.mark.rule("mail-2")
def test_the_delay_grows_and_the_sixth_try_is_the_last() -> None:
    delays = [rules.delay_after(tries) for tries in range(1, rules.MAX_TRIES)]
    assert delays == sorted(set(delays))
    assert delays[0] == timedelta(minutes=2)
    assert [rules.is_last_try(tries) for tries in (1, 5, 6, 7)] == [False, False, True, True]
    assert rules.delay_after(99) == rules.delay_after(5)


@pytest.mark.rule("mail-2")
@pytest.mark.parametrize(
    ("code", "final"), [(550, True), (553, True), (599, True), (450, False), (421, False), (250, False)]
)
def test_only_refusals_for_good_are_final(code: int, final: bool) -> None:
    assert rules.is_final_refusal(code) is final


@pytest.mark.rule("mail-3")
def test_the_message_id_follows_from_the_key() -> None:
    assert rules.message_id("certificate:7", "example.org") == rules.message_id("certificate:7", "example.org")
    assert rules.message_id("certificate:7", "example.org") != rules.message_id("certificate:8", "example.org")
    assert rules.message_id("x", "example.org").endswith("@example.org>")


@pytest.mark.rule("mail-5")
@pytest.mark.parametrize(
    ("text", "subject", "body"),
    [
        ("Subject: Dzień dobry\n\nTreść", "Dzień dobry", "Treść\n"),
        ("\n\nSubject:  a \t b \x00 c \n\nx\n", "a b c", "x\n"),
    ],
)
def test_the_subject_is_one_line(text: str, subject: str, body: str) -> None:
    assert rules.split_subject(text) == (subject, body)


@pytest.mark.rule("mail-5")
@pytest.mark.parametrize("text", ["", "Treść", "Subject:\n\nTreść"])
def test_a_letter_without_a_subject_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[Ss]ubject"):
        rules.split_subject(text)


@pytest.mark.rule("mail-5")
@given(st.text())
def test_no_value_makes_a_second_header(value: str) -> None:
    subject, _body = rules.split_subject(f"Subject: x {value}")
    assert subject.isprintable()


@pytest.mark.rule("mail-6")
def test_the_first_link_of_a_text() -> None:
    assert rules.first_link("Otwórz http://127.0.0.1:8000/pl/x/. Potem https://b/") == "http://127.0.0.1:8000/pl/x/"
    assert rules.first_link("nic") == ""


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("SMTPRecipientsRefused: {'x@example.org': (550, b'no such user')}", rules.Trouble.ADDRESS),
        ("SMTPDataError: (554, b'spam')", rules.Trouble.REFUSED),
        ("SMTPAuthenticationError: (535, b'no')", rules.Trouble.SIGN_IN),
        ("ConnectionRefusedError: [Errno 111] Connection refused", rules.Trouble.AWAY),
        ("gaierror: [Errno -2] Name or service not known", rules.Trouble.AWAY),
        ("TimeoutError: timed out", rules.Trouble.AWAY),
        ("AccountSuspended: the account is suspended", rules.Trouble.SUSPENDED),
        ("TemplateDoesNotExist: mail/x.pl.txt", rules.Trouble.OTHER),
        ("550 no such user", rules.Trouble.OTHER),
    ],
)
@pytest.mark.rule("mail-8")
def test_an_error_tells_what_kind_of_trouble_it_is(error: str, trouble: rules.Trouble) -> None:
    assert rules.trouble_of(error) is trouble
