"""Names and addresses, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.accounts import rules
from cms.accounts.rules import NameFault

ACCEPTED = [
    "Anna Przykładowa",
    "Żółć-Ługowska",
    "O'Neil",
    "Shaun O’Neil",
    "J. R. R. Tolkien",
    "محمد بن علي",
    "नरेन्द्र मोदी",
    "陈小明",
    "Łukasz d’Arc",
    "می\u200cخواهم ناصر",
    "Ż" * 200,
]
REFUSED = [
    ("", NameFault.EMPTY),
    ("Ż" * 201, NameFault.TOO_LONG),
    ("Anna 😀", NameFault.EMOJI),
    ("Jan ⚘", NameFault.EMOJI),
    ("👨\u200d👩\u200d👧", NameFault.EMOJI),
    ("Jan 3", NameFault.DIGIT),
    ("Jan Ⅲ", NameFault.DIGIT),
    ("١٢٣ Anna", NameFault.DIGIT),
    ("Anna\u202eawok", NameFault.INVISIBLE),
    ("Anna\u2066x", NameFault.INVISIBLE),
    ("Anna\x00", NameFault.INVISIBLE),
    ("Anna \u200d Nowak", NameFault.INVISIBLE),
    ("<b>Anna</b>", NameFault.SIGN),
    ("=HYPERLINK", NameFault.SIGN),
    ("Anna, mgr", NameFault.SIGN),
    ("Anna_Nowak", NameFault.SIGN),
    ("- . '", NameFault.NO_LETTERS),
    ("A", NameFault.NO_LETTERS),
    ("a\u0300\u0301\u0302\u0303\u0304b", NameFault.STACKED_MARKS),
    ("\u0301Anna", NameFault.STACKED_MARKS),
]


@pytest.mark.rule("account-1")
@pytest.mark.parametrize("name", ACCEPTED)
def test_names_of_people_are_accepted(name: str) -> None:
    assert rules.name_problem(rules.normalise_name(name)) is None


@pytest.mark.rule("account-1")
@pytest.mark.parametrize(("name", "fault"), REFUSED)
def test_what_is_no_name_is_refused_with_its_fault(name: str, fault: NameFault) -> None:
    problem = rules.name_problem(rules.normalise_name(name))
    assert problem is not None
    assert problem.fault == fault


@pytest.mark.rule("account-1")
def test_a_refusal_names_the_sign() -> None:
    assert rules.name_problem("Anna 😀") == rules.NameProblem(NameFault.EMOJI, "😀")


@pytest.mark.rule("account-2")
@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  Anna \u00a0\t Nowak\n", "Anna Nowak"),
        ("A\u0301nna", "Ánna"),
        ("Z\u0307o\u0301łc\u0301", "Żółć"),
        ("\ufeffAnna\u200b Nowak\u00ad", "Anna Nowak"),
        ("Anna Nowak–Kowalska", "Anna Nowak-Kowalska"),
        ("O`Neil", "O’Neil"),
        ("\u200fمحمد", "محمد"),
    ],
)
def test_a_name_is_kept_in_one_form(pasted: str, kept: str) -> None:
    assert rules.normalise_name(pasted) == kept


@pytest.mark.rule("account-2")
@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = rules.normalise_name(text)
    assert rules.normalise_name(once) == once


@pytest.mark.rule("account-1", "account-3")
@given(st.text(max_size=300))
def test_any_text_gets_an_answer_and_keys_that_fit(text: str) -> None:
    name = rules.normalise_name(text)
    rules.name_problem(name)
    assert len(rules.search_name(name)) <= 250
    assert len(rules.sort_name(name)) <= 250
    assert rules.search_name(name).isascii()


@pytest.mark.rule("account-3")
@pytest.mark.parametrize(
    ("name", "found_by"),
    [
        ("Żółć-Ługowska Anna", "zolc lugowska anna"),
        ("Shaun O’Neil", "shaun oneil"),
        ("ŁUKASZ", "lukasz"),
        ("  Anna  ", "anna"),
    ],
)
def test_names_are_found_without_diacritics(name: str, found_by: str) -> None:
    assert rules.search_name(name) == found_by


@pytest.mark.rule("account-3")
def test_names_are_sorted_as_in_polish() -> None:
    in_order = ["Adam Ćma", "Ewa Lis", "Jan Lizak", "Ala Łoś", "Ola Mak", "Iza Zet", "Iza Źdźbło", "Ada Żak", "Ewa Żak"]
    shuffled = in_order[4:] + in_order[:4]
    assert sorted(shuffled, key=rules.sort_name) == in_order


@pytest.mark.rule("account-16")
def test_organisations_compare_without_case_and_extra_blanks() -> None:
    assert rules.fold_organisation("  SPÓŁDZIELNIA  Żółw ") == rules.fold_organisation("Spółdzielnia żółw")


@pytest.mark.rule("account-21")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anna@gmial.com", "anna@gmail.com"),
        ("anna@gmail.co", "anna@gmail.com"),
        ("Anna@ggmail.com", "anna@gmail.com"),
        ("anna@interia.pk", "anna@interia.pl"),
        ("anna@gmail.com", ""),
        ("anna@example.org", ""),
        ("anna@op.pl", ""),
        ("anna@wp.pl", ""),
        ("anna", ""),
        ("@gmial.com", ""),
    ],
)
def test_a_slip_in_the_host_is_seen(typed: str, meant: str) -> None:
    assert rules.likely_address(typed) == meant


@pytest.mark.rule("account-10")
@pytest.mark.parametrize(
    ("signs", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/128.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Safari/537.36 Edg/128.0",
            "Edge, Windows",
        ),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
    ],
)
def test_devices_are_called_as_people_call_them(signs: str, name: str) -> None:
    assert rules.device_name(signs) == name
