"""Sample data for the style guide: every component once, with words long enough to show how it breaks its lines.

Everything here is made up and looks so; the page that shows it is for those who build the site and for its tests.
"""

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.pages.covers import MOTIFS, PALETTES

TITLES = ("Mapa trybów współpracy", "Karta usługi PES", "Trzy drogi do pikniku", "Partner obok")


class SampleForm(forms.Form):
    """One field of each kind."""

    use_required_attribute = False

    name = forms.CharField()
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    kind = forms.ChoiceField()
    role = forms.ChoiceField(widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    terms = forms.BooleanField()

    def __init__(self, words: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = words[name][:2]
            if len(words[name]) > 2:
                field.choices = [(str(number), text) for number, text in enumerate(words[name][2])]  # type: ignore[attr-defined]
            field.error_messages = {"required": words["required"] % {"field": field.label}}


FORM_WORDS: dict[str, dict[str, Any]] = {
    "pl": {
        "name": ("Imię i nazwisko", "Takie, jak ma być na zaświadczeniu."),
        "email": ("Adres e-mail", "Wyślemy na niego potwierdzenie."),
        "password": ("Hasło", "Co najmniej 8 znaków. Możesz je wkleić."),
        "kind": ("Rodzaj organizacji", "", ["Podmiot ekonomii społecznej", "Administracja lokalna", "Inna"]),
        "role": ("Kto korzysta z konta?", "", ["Osoba z podmiotu ekonomii społecznej", "Osoba z urzędu", "Ktoś inny"]),
        "topics": (
            "O czym chcesz dostawać wiadomości?",
            "Zaznacz dowolną liczbę.",
            ["Nowe szkolenia", "Zmiany terminów"],
        ),
        "note": ("Uwagi", "Nie podawaj tu danych innych osób."),
        "terms": ("Znam i akceptuję regulamin serwisu.", ""),
        "required": "Uzupełnij pole „%(field)s”",
    },
    "en": {
        "name": ("Name and surname", "As they should stand on the certificate."),
        "email": ("E-mail address", "We send a confirmation to it."),
        "password": ("Password", "At least 8 characters. You may paste it."),
        "kind": ("Kind of organisation", "", ["Social economy entity", "Local administration", "Other"]),
        "role": (
            "Who uses the account?",
            "",
            ["Somebody from a social economy entity", "Somebody from the city hall", "Somebody else"],
        ),
        "topics": ("What would you like to hear about?", "Tick as many as you like.", ["New courses", "Changed dates"]),
        "note": ("Remarks", "Please give no data of other people here."),
        "terms": ("I know and accept the terms of use.", ""),
        "required": "Fill in “%(field)s”",
    },
}


def _both(polish: str, english: str) -> str:
    return polish if (get_language() or "pl").startswith("pl") else english


def _rich(polish: str, english: str) -> SafeString:
    # Written above and below in this file, by nobody else.
    return mark_safe(_both(polish, english))  # noqa: S308


def sample_context() -> dict[str, Any]:
    """Everything that ``styleguide/index.html`` shows, in the language of the page."""
    words = FORM_WORDS["pl" if (get_language() or "pl").startswith("pl") else "en"]
    invalid = SampleForm(words, data={"email": "zaneta@example.org", "role": "1"}, prefix="wrong")
    invalid.is_valid()
    return {
        "form": SampleForm(words, initial={"role": "0", "topics": ["0"]}),
        "invalid_form": invalid,
        "states": _states(),
        "motifs": [{"name": name, "seed": name, "palette": index} for index, name in enumerate(MOTIFS)],
        "palettes": [{"number": index, "name": "–".join(colours)} for index, colours in enumerate(PALETTES)],
        "titles": TITLES,
        "texts": _texts(),
        "modules": _modules(),
        "outline": _outline(),
        "conditions": _conditions(),
        "film": _film(),
        "cards": [
            {
                "title": title,
                "summary": _both(
                    "Jedno lub dwa zdania o tym, co będzie można zrobić potem.",
                    "One or two sentences: what one can do after it.",
                ),
                "minutes": 95,
            }
            for title in TITLES[:3]
        ],
        "days": [datetime.date(2026, 12, 1), datetime.date(2026, 12, 9)],
        "page_obj": Paginator(range(60), 20).page(2),
        "facts": [
            {
                "label": _both("Szkolenie", "Course"),
                "value": _both("Narzędzie IT programu współpracy – obsługa", "The cooperation tool in use"),
            },
            {"label": _both("Data wydania", "Issued on"), "value": _both("11 grudnia 2026 r.", "11 December 2026")},
        ],
        "breadcrumbs": [
            {"label": _both("Start", "Start"), "url": "/"},
            {"label": _both("Szkolenia", "Courses"), "url": "/"},
            {"label": _both("Części interfejsu", "Components")},
        ],
        "table": {
            "caption": _both("Czas modułów szkolenia", "Time of the modules of a course"),
            "header": [_both("Moduł", "Module"), _both("Temat", "Topic"), _both("Minuty", "Minutes")],
            "rows": [
                ["B1", _both("Konto i role", "Account and roles"), "30"],
                ["B2", _both("Wizytówka i katalog usług", "Profile and services"), "30"],
            ],
        },
        "check_options": [
            {"text": _both("od dodania usługi", "by adding a service")},
            {
                "text": _both(
                    "od sprawdzenia, czy organizacja jest już w bazie", "by checking whether the organisation is there"
                ),
                "checked": True,
            },
        ],
    }


def _states() -> list[dict[str, str]]:
    names = (
        ("done", "Ukończone", "Done"),
        ("now", "Teraz", "Now"),
        ("todo", "Do zrobienia", "To do"),
        ("locked", "Nie można jeszcze zacząć", "Cannot be started yet"),
        ("valid", "Ważne", "Valid"),
        ("replaced", "Zastąpione", "Replaced"),
        ("revoked", "Unieważnione", "Revoked"),
        ("expired", "Wygasło", "Expired"),
        ("missing", "Nie znaleziono", "Not found"),
    )
    return [{"state": state, "word": _both(polish, english)} for state, polish, english in names]


def _texts() -> dict[str, Any]:
    return {
        "enrol": _both("Zapisz się na szkolenie", "Enrol in the course"),
        "check": _both("Sprawdź i wyślij", "Check and send"),
        "closed": _both("Zapisy zamknięte", "Enrolment closed"),
        "closed_why": _both("Następna edycja zacznie się w marcu.", "The next edition begins in March."),
        "all_courses": _both("Wszystkie szkolenia", "All courses"),
        "term": _both("Podwójny wpis", "Double entry"),
        "meaning": _rich(
            "<p>Dwa profile tej samej organizacji. Urzędnik nie wie, który jest aktualny.</p>",
            "<p>Two profiles of the same organisation. An official cannot tell which is current.</p>",
        ),
        "note": _rich(
            "<p>Zapotrzebowanie to rozeznanie, nie umowa.</p>",
            "<p>A need is a survey of the market, not a contract.</p>",
        ),
        "law": _rich(
            "<p>Katalog podmiotów ekonomii społecznej określa art. 2 pkt 5 ustawy o ekonomii społecznej.</p>",
            "<p>The list of social economy entities stands in art. 2(5) of the Social Economy Act.</p>",
        ),
        "law_day": datetime.date(2026, 11, 24),
        "saved": _both("Zapisano.", "Saved."),
        "saved_more": _both("Możesz zamknąć stronę.", "You may close the page."),
        "failed": _both("Nie zapisano odpowiedzi.", "The answer was not saved."),
        "failed_more": _both("Sprawdź połączenie i spróbuj ponownie.", "Check the connection and try again."),
        "how": _both("Jak to zrobić", "How to do it"),
        "steps": [
            {
                "text": _rich(
                    "<p><strong>Otwórz „Bazę PES”.</strong> Dwa słowa wystarczą.</p>",
                    "<p><strong>Open the base of entities.</strong> Two words will do.</p>",
                )
            },
            {
                "text": _rich(
                    "<p><strong>Zawęź wyniki do Torunia.</strong> Sprawdź też dawną nazwę.</p>",
                    "<p><strong>Narrow it to Toruń.</strong> Try the former name, too.</p>",
                )
            },
        ],
        "compare": _both("Jak szukać", "How to search"),
        "weak": _both("Słabo", "Weak"),
        "weak_text": _rich("<p>Długa nazwa ze skrótami.</p>", "<p>A long name with abbreviations.</p>"),
        "good": _both("Dobrze", "Good"),
        "good_text": _rich(
            "<p>Jedno charakterystyczne słowo i miejscowość.</p>", "<p>One telling word and the town.</p>"
        ),
        "case": _both("Wpis po kimś, kto odszedł", "An entry left behind"),
        "situation": _rich(
            "<p>Ewa Przykładowa zaczyna pracę w fundacji i nie znajduje jej w bazie.</p>",
            "<p>Ewa Przykładowa joins a foundation and does not find it.</p>",
        ),
        "solution": _rich(
            "<p>Skraca zapytanie do jednego słowa i porównuje adresy.</p>",
            "<p>She shortens the query to one word and compares addresses.</p>",
        ),
        "conclusion": _rich("<p>Fundacja nadal ma jeden wpis.</p>", "<p>The foundation still has one entry.</p>"),
        "questions": [
            {
                "title": _both("Widzę dwa wpisy naszej organizacji", "I see two entries of ours"),
                "text": _rich("<p>Zgłoś oba pomocy.</p>", "<p>Report both to the help desk.</p>"),
            },
            {
                "title": _both("Wpis jest nasz, ale dane są stare", "The entry is ours but old"),
                "text": _rich("<p>Dołącz do organizacji i popraw je.</p>", "<p>Join it and correct it.</p>"),
            },
        ],
        "quote": _both("Jedna organizacja ma w bazie jeden wpis.", "One organisation has one entry in the base."),
        "quote_source": _both("Zasada przykładowa", "A sample rule"),
        "question": _both("Od czego zaczyna przedstawiciel PES?", "How does somebody from an entity begin?"),
        "feedback": _both("Podwójne wpisy psują wyniki wyszukiwania.", "Double entries spoil the search."),
        "verify_before": _both("Zaświadczenie nr AW/2026/00042 jest", "Certificate no. AW/2026/00042 is"),
        "verify_sentence": _both(
            "Dokument nie został zastąpiony ani unieważniony.", "The document was neither replaced nor revoked."
        ),
        "empty": _both("Nie ma tu jeszcze żadnego zaświadczenia.", "There is no certificate here yet."),
        "empty_more": _both("Pojawi się po ukończeniu szkolenia.", "It appears when a course is finished."),
        "previous": {"title": _both("B1.2 Trzy rodzaje kont", "B1.2 Three kinds of accounts"), "url": "#previous"},
        "next": {"title": _both("B1.4 Bezpieczne hasło", "B1.4 A safe password"), "url": "#next"},
        "session": _both("Pokaz na żywo: narzędzie IT", "Live demonstration of the tool"),
        "session_more": _both("17.00–17.45, zdalnie, czas w Polsce", "17:00–17:45, online, time in Poland"),
        "seats": _both("Zostało 6 miejsc", "6 places left"),
    }


def _modules() -> list[dict[str, Any]]:
    steps = [
        {"title": _both("B1.1 Po co to narzędzie", "B1.1 What the tool is for"), "minutes": 5, "kind": "lesson"},
        {"title": _both("B1.2 Trzy rodzaje kont", "B1.2 Three kinds of accounts"), "minutes": 7, "kind": "lesson"},
    ]
    rows = (
        ("B1", "Konto i role", "Account and roles", "blush"),
        ("B2", "Wizytówka i katalog usług", "Profile and services", "sky"),
    )
    return [
        {
            "code": code,
            "title": _both(polish, english),
            "aim": _both(
                "Zakładasz właściwe konto i nie dublujesz organizacji.",
                "You set up the right account and double nothing.",
            ),
            "minutes": 30,
            "tint": tint,
            "summary": _both("4 lekcje i quiz", "4 lessons and a quiz"),
            "steps": steps,
        }
        for code, polish, english, tint in rows
    ]


def _outline() -> list[dict[str, Any]]:
    reason = _both("Najpierw ukończ lekcję B1.3.", "First finish lesson B1.3.")
    rows = (
        ("B1.1", "Po co to narzędzie", "What the tool is for", "done"),
        ("B1.2", "Trzy rodzaje kont", "Three kinds of accounts", "done"),
        ("B1.3", "Sprawdź, czy organizacja już jest w bazie", "Check whether the organisation is there", "now"),
        ("B1.4", "Bezpieczne hasło", "A safe password", "locked"),
    )
    steps = [
        {
            "title": f"{code} {_both(polish, english)}",
            "minutes": 5 + number,
            "state": state,
            "is_current": state == "now",
            "url": f"#step-{number}" if state != "locked" else "",
            "reason": reason if state == "locked" else "",
            "number": number,
        }
        for number, (code, polish, english, state) in enumerate(rows, start=1)
    ]
    return [
        {
            "code": "B1",
            "title": _both("Konto i role", "Account and roles"),
            "minutes": 30,
            "is_current": True,
            "is_done": False,
            "locked_reason": "",
            "steps": steps,
        },
        {
            "code": "B2",
            "title": _both("Wizytówka i katalog usług", "Profile and services"),
            "minutes": 30,
            "is_current": False,
            "is_done": False,
            "locked_reason": reason,
            "steps": [],
        },
    ]


def _conditions() -> list[dict[str, Any]]:
    return [
        {
            "state": "done",
            "word": _both("gotowe", "done"),
            "text": _both("B1. Konto i role", "B1. Account and roles"),
            "lang": "",
            "minutes": 0,
            "reason": "",
        },
        {
            "state": "now",
            "word": _both("w trakcie", "in progress"),
            "text": _both("B2. Wizytówka", "B2. Profile"),
            "lang": "",
            "minutes": 22,
            "reason": "",
        },
        {
            "state": "locked",
            "word": _both("jeszcze zamknięte", "not open yet"),
            "text": _both("B3. Zapotrzebowania", "B3. Needs"),
            "lang": "",
            "minutes": 35,
            "reason": _both("Najpierw ukończ moduł B2.", "First finish module B2."),
        },
    ]


def _film() -> dict[str, Any]:
    lines = (
        (
            0.0,
            40.0,
            "Dzień dobry. Pokażę, jak urząd zgłasza zapotrzebowanie.",
            "Hello. I show how the city hall reports a need.",
            _both("Logowanie", "Signing in"),
        ),
        (40.0, 70.0, "Pierwsze pole to tytuł.", "The first field is the title.", _both("Opis", "Description")),
        (70.0, 120.0, "Nie podaję nazwy firmy.", "I give no company's name.", ""),
    )
    return {
        "title": _both("Zapotrzebowanie w 4 krokach", "A need in four steps"),
        # Without a file the frame and the words still show how the component looks.
        "src": "",
        "type": "",
        "poster": "",
        "duration": 120.0,
        "tracks": [],
        "chapters": [
            {"start": 0.0, "title": _both("Logowanie", "Signing in")},
            {"start": 40.0, "title": _both("Opis", "Description")},
        ],
        "cues": [
            {"start": start, "end": end, "text": _both(polish, english), "chapter": chapter}
            for start, end, polish, english, chapter in lines
        ],
        "covered": [[0.0, 40.0], [60.0, 97.0]],
        "missing": [[40.0, 60.0], [97.0, 120.0]],
        "percent": 64,
        "needed": 90,
    }
