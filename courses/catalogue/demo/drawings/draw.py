"""Draw the screens of the IT tool that illustrate the demo course.

Each becomes two files: <name>.svg (wide) and <name>-narrow.svg (for phones).
Run from the root of the repository: PYTHONPATH=. python courses/catalogue/demo/drawings/draw.py
Needs fonttools and brotli, for the letters that each drawing carries; the program itself does without them.
The same script gives the same bytes. Everything on the screens is made up: organisations, people, needs and figures.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from media.demo.controls import (
    DOTS,
    button,
    choice,
    field,
    labelled,
    link,
    logo,
    mark_of,
    marked,
    note,
    table,
    window,
)
from media.demo.figures import bridge, code_square, picture, table_with_food
from media.demo.kit import (
    NARROW,
    WIDE,
    Drawn,
    Part,
    Place,
    arch,
    box,
    framed,
    nothing,
    one_of,
    panel,
    row,
    rule,
    stack,
    text,
)
from media.demo.letters import with_letters

HERE = Path(__file__).parent
OFFICE = "Wydział Przykładowy UMT"
COOP = "Spółdzielnia Socjalna „Piernik”"
NEED = "Catering na spotkanie, 40 osób"


def heading(words: str) -> Part:
    return text(words, size="title")


def small(words: str) -> Part:
    return text(words, size="small", tone="muted")


def buttons(*parts: Part) -> Part:
    """Buttons and links at their own width from the left, in a narrow drawing one under the other."""
    return one_of(row(*parts, nothing, weights=(0,) * len(parts) + (1,), align="middle"), stack(*parts))


def sign_in() -> Part:
    form = stack(
        heading("Zaloguj się"),
        field("Adres e-mail", "anna@example.org"),
        field("Hasło", DOTS, kind="password"),
        buttons(framed(button("Zaloguj się")), link("Nie pamiętam hasła")),
    )
    return one_of(row(form, picture(bridge(), 320, 320), weights=(0.64, 0.36), align="middle", gap=44), form)


def account_kinds() -> Part:
    kinds = (
        ("Osoba fizyczna", "Osoby mieszkające w mieście i prowadzące firmę.", "art-sky", "art-river", False),
        ("Podmiot ekonomii społecznej", "Organizacje, które pokazują swoje usługi.", "art-blush", "art-brick", True),
        ("Administracja lokalna", "Osoby pracujące w Urzędzie Miasta Torunia.", "art-sage", "art-moss", False),
    )

    def card(name: str, words: str, outer: str, inner: str, on: bool) -> Part:
        wide = stack(logo(outer, inner, 52), choice(name, on=on, round_=True, bold=True), small(words), gap=14)
        narrow = stack(choice(name, on=on, round_=True, bold=True), small(words), gap=6)
        drawn = panel(one_of(wide, narrow), "f-tint-river s-river" if on else "f-page s-edge", pad=16)
        return framed(drawn) if on else drawn

    return stack(
        heading("Jakie konto zakładasz?"), row(*(card(*kind) for kind in kinds), align="stretch"), button("Dalej")
    )


def organisation(extra: Part) -> Part:
    """The row of one result: sign, name, what it does, and what can be done with it."""
    words = stack(
        text(COOP, bold=True), small("Toruń, catering i sprzątanie"), small("aktualizacja: wrzesień 2026 r."), gap=2
    )
    return one_of(row(logo(), words, extra, weights=(0, 1, 0), align="middle"), stack(words, extra))


def search() -> Part:
    name, town = field("Nazwa", "piernik"), field("Miejscowość", "Toruń")
    form = one_of(
        row(name, town, button("Szukaj"), weights=(0.65, 0.35, 0), align="end"),
        stack(row(name, town, keep=True, gap=10), button("Szukaj")),
    )
    return stack(
        form,
        stack(small("1 wynik"), rule(), gap=8),
        organisation(framed(button("Dołącz do organizacji", second=True))),
        rule(),
        buttons(text("Nie ma Twojej organizacji?"), link("Dodaj organizację")),
    )


def second_factor() -> Part:
    words = small("Zeskanuj kod w aplikacji uwierzytelniającej.")
    code = picture(code_square(), 200, 200)
    confirm = stack(
        text("Wpisz kod, który pokazuje aplikacja. Nowy kod pojawia się co 30 sekund."),
        field("Kod z aplikacji", "482 017", hint="6 cyfr", now=True),
        buttons(framed(button("Potwierdź")), link("Anuluj")),
    )
    wide = row(stack(code, words, gap=12), confirm, weights=(0.3, 0.7), gap=48)
    narrow = stack(stack(row(code, nothing, weights=(0.6, 0.4), keep=True), words, gap=12), confirm)
    return stack(heading("Włącz drugi składnik"), one_of(wide, narrow))


def profile() -> Part:
    head = row(
        logo(width=44),
        stack(text(COOP, bold=True), small("Profil organizacji"), gap=2),
        weights=(0, 1),
        align="middle",
        keep=True,
    )
    return stack(
        head,
        row(
            field("Forma prawna", "spółdzielnia socjalna", kind="select"), field("Obszar działania", "Toruń i okolice")
        ),
        framed(field("Kontakt służbowy", "piernik@example.org", hint="Adres organizacji, nie prywatny.")),
        button("Zapisz"),
    )


def service_card() -> Part:
    return stack(
        field("Nazwa usługi", "Catering na spotkania, także wegański"),
        row(field("Dla kogo", "urząd, szkoły, organizacje"), field("Ile", "od 20 do 80 osób")),
        row(field("Termin", "zamówienie 3 dni wcześniej"), field("Cena lub sposób wyceny", "za osobę, według menu")),
        buttons(framed(button("Opublikuj")), button("Zapisz szkic", second=True)),
    )


def photo() -> Part:
    file = stack(
        picture(table_with_food(), 400, 260),
        stack(text("stol.jpg", bold=True), small("obraz JPG, 1,2 MB"), gap=0),
        gap=10,
    )
    description = field(
        "Opis zdjęcia (tekst alternatywny)", "Stół z trzema półmiskami i dwoma dzbankami wody.", lines=3
    )
    form = stack(
        framed(description), small("Opisz to, co widać. Opis przeczyta czytnik ekranu."), button("Zapisz zdjęcie")
    )
    return stack(heading("Zdjęcie usługi"), row(file, form, weights=(0.42, 0.58), gap=40))


def review() -> Part:
    def service(name: str, changed: str, fresh: bool, extra: Part | None = None) -> Part:
        words = stack(text(name, bold=True), small(f"ostatnia zmiana: {changed}"), gap=2)
        state = marked("done", "aktualna", bold=False) if fresh else marked("late", "do sprawdzenia")
        last = stack(state, extra, gap=20) if extra else state
        return one_of(row(words, last, weights=(0.58, 0.42), align="middle"), stack(words, last, gap=10))

    return stack(
        heading("Przegląd usług"),
        rule(),
        service("Catering na spotkania", "3 tygodnie temu", True),
        rule(),
        service("Sprzątanie biur", "7 miesięcy temu", False, framed(button("Potwierdź aktualność"))),
        rule(),
        service("Pielęgnacja zieleni", "2 miesiące temu", True),
    )


def new_need() -> Part:
    return stack(
        field("Tytuł", NEED),
        field("Czego potrzebujemy", "Obiad dla 40 osób, w tym 6 porcji wegańskich. Dowóz i odbiór naczyń.", lines=2),
        row(field("Kiedy", "14 stycznia 2027 r., godz. 12.00"), field("Gdzie", "Toruń, ul. Przykładowa 1")),
        row(
            field("Do kiedy odpowiedzi", "18 grudnia 2026 r., godz. 15.00"),
            buttons(framed(button("Zapisz szkic")), button("Podgląd", second=True)),
            align="end",
        ),
    )


def publication() -> Part:
    facts = (
        ("Czego potrzebujemy", "obiad, w tym 6 porcji wegańskich"),
        ("Kiedy", "14 stycznia 2027 r., godz. 12.00"),
        ("Do kiedy odpowiedzi", "18 grudnia 2026 r., godz. 15.00"),
    )
    return stack(
        stack(small(OFFICE), heading(NEED), marked("todo", "szkic"), gap=6),
        stack(*(labelled(*fact) for fact in facts), gap=8),
        note("To rozeznanie, nie\u00a0umowa."),
        buttons(framed(button("Opublikuj")), button("Wróć do edycji", second=True)),
    )


def answer() -> Part:
    need = panel(
        stack(text(NEED, bold=True), small(OFFICE), small("odpowiedzi do 18 grudnia 2026 r."), gap=4), "f-bar", pad=18
    )
    pair = row(button("Zadaj pytanie", second=True), button("Odpowiedz"), weights=(0, 0), gap=20)
    return stack(
        need,
        stack(text("Odpowiadasz jako", bold=True), text(COOP), gap=2),
        field(
            "Treść",
            "Przygotujemy obiad dla 40 osób, także 6 porcji wegańskich. Cena za osobę, z dowozem.",
            lines=2,
            now=True,
        ),
        buttons(framed(pair), small("Pytania widzą wszyscy.")),
    )


def states() -> Part:
    done = ("szkic", "opublikowane", "zgłoszenia PES")
    ends = ("zrealizowane", "zamknięte bez realizacji")

    def step(kind: str, words: str) -> Part:
        def draw(place: Place) -> Drawn:
            side, middle = 56.0, place.x + place.width / 2
            css = {"done": "f-moss", "now": "f-page s-brick", "todo": "f-sand"}[kind]
            svg = arch(middle - side / 2, place.y, side, 68, css, 4 if kind == "now" else 0)
            svg += mark_of(kind, middle, place.y + 42, 28) if kind != "todo" else ""
            drawn = text(words, bold=kind == "now", middle=True, size="small")(place.at(place.x, place.y + 80))
            return Drawn(svg + drawn.svg, place.width, 80 + drawn.height)

        return draw

    def with_thread(part: Part) -> Part:
        def draw(place: Place) -> Drawn:
            drawn = part(place)
            return replace(drawn, svg=box(place.x + 20, place.y + 64, drawn.width - 40, 4, "f-edge") + drawn.svg)

        return draw

    last = stack(small("na końcu jeden z dwóch:"), *(marked("todo", words, bold=False) for words in ends), gap=10)
    now = framed(step("now", "w rozmowach"))
    strip = row(*(step("done", words) for words in done), now, weights=(0.55, 1.1, 1, 1.1), gap=16)
    wide = row(with_thread(strip), last, weights=(0.72, 0.28), gap=32)
    names = [marked("done", words, bold=False) for words in done] + [framed(marked("now", "w rozmowach"))]
    narrow = stack(*names, last)
    about = stack(
        text("Stan sprawy: w rozmowach", bold=True),
        text("Termin odpowiedzi minął. Urząd rozmawia na równych zasadach ze wszystkimi, którzy odpowiedzieli."),
        gap=4,
    )
    return stack(heading(NEED), one_of(wide, narrow), rule(), about)


def comment() -> Part:
    def entry(head: str, words: str, last: Part) -> Part:
        return stack(stack(small(head), text(words), gap=6), last, gap=20)

    report = framed(button("Zgłoś naruszenie", second=True))
    return stack(
        stack(heading("Catering na spotkania"), small(COOP), gap=4),
        rule(),
        entry(
            "Wydział Przykładowy UMT, 3 listopada 2026 r.",
            "Dowóz punktualny, porcje zgodne z zamówieniem.",
            link("Odpowiedz"),
        ),
        rule(),
        entry(
            "Konto przykładowe, 5 listopada 2026 r.",
            "Pani Przykładowa z kuchni jest ostatnio często chora.",
            buttons(report, link("Odpowiedz")),
        ),
    )


def notifications() -> Part:
    boxes = (
        ("nowe zapotrzebowanie w mojej dziedzinie", True),
        ("pytanie albo odpowiedź w mojej sprawie", True),
        ("komentarz pod moją usługą", False),
    )
    return stack(
        heading("Powiadomienia"),
        text("Kiedy wysłać Ci e-mail?", bold=True),
        stack(*(choice(words, on=on) for words, on in boxes)),
        small("Wiadomości wysyłamy na adres anna@example.org"),
        framed(button("Zapisz ustawienia")),
    )


def filters() -> Part:
    def need(name: str, date: str) -> Part:
        words = stack(text(name, bold=True), small(date), gap=2)
        return one_of(
            row(words, marked("done", "zrealizowane", bold=False), weights=(0.72, 0.28), align="middle"),
            stack(words, marked("done", "zrealizowane", bold=False), gap=6),
        )

    fields = (
        field("Rok", "2026", kind="select"),
        field("Wydział", "Przykładowy", kind="select"),
        field("Stan", "zrealizowane", kind="select"),
    )
    found = (
        ("Poczęstunek na konsultacje, 25 osób", "marzec 2026 r."),
        ("Druk ulotek, 500 sztuk", "maj 2026 r."),
        ("Sprzątanie po pikniku", "czerwiec 2026 r."),
    )
    rows = [part for item in found for part in (need(*item), rule())]
    return stack(
        heading("Zapotrzebowania"),
        row(*fields, framed(button("Filtruj")), weights=(0.22, 0.39, 0.39, 0), align="end"),
        stack(text("3 wyniki", tone="muted"), rule(), *rows, gap=12),
    )


def export() -> Part:
    columns = (("tytuł", True), ("wydział", True), ("stan", True), ("liczba odpowiedzi", True))
    ticks = [choice(words, on=on) for words, on in columns]
    return stack(
        heading("Eksport zestawienia"),
        row(field("Zakres: od", "1 stycznia 2026 r."), field("do", "31 października 2026 r.")),
        stack(text("Kolumny", bold=True), row(*ticks, weights=(0.8, 1, 0.8, 1.5), gap=12), gap=12),
        stack(
            text("Format", bold=True),
            row(choice("CSV", on=True, round_=True), choice("arkusz XLSX", round_=True), weights=(0.25, 0.75), gap=12),
            gap=12,
        ),
        buttons(framed(button("Pobierz CSV")), small("Plik bez danych osobowych.")),
    )


def indicators() -> Part:
    rows = (
        ("Opublikowane zapotrzebowania", "18", "27"),
        ("Zapotrzebowania z odpowiedzią PES", "11", "21"),
        ("Zapotrzebowania zrealizowane", "7", "14"),
        ("PES z aktualną kartą usługi", "9", "16"),
    )
    return stack(
        stack(heading("Wskaźniki programu"), small("Dane przykładowe, stan na 31 października 2026 r."), gap=4),
        one_of(
            table(("Wskaźnik", "2025", "2026"), rows, (0.68, 0.16, 0.16)),
            table(("Wskaźnik", "2025", "2026"), rows, (0.56, 0.22, 0.22)),
        ),
        framed(button("Pobierz zestawienie")),
    )


# Name: title of the drawing, address line of the window, content.
SCREENS: dict[str, tuple[str, str, Part]] = {
    "logowanie": ("Logowanie do narzędzia", "Narzędzie IT: logowanie", sign_in()),
    "wybor-konta": ("Wybór rodzaju konta", "Nowe konto", account_kinds()),
    "szukaj-organizacji": ("Wyszukiwanie organizacji w bazie PES", "Baza PES", search()),
    "drugi-skladnik": ("Włączanie drugiego składnika logowania", "Konto: bezpieczeństwo", second_factor()),
    "profil": ("Profil organizacji", "Profil organizacji", profile()),
    "karta-uslugi": ("Formularz karty usługi", "Nowa karta usługi", service_card()),
    "zdjecie-alt": ("Zdjęcie usługi z opisem", "Karta usługi: zdjęcie", photo()),
    "przeglad-uslug": ("Przegląd usług organizacji", "Moje usługi", review()),
    "nowe-zapotrzebowanie": ("Formularz zapotrzebowania", "Nowe zapotrzebowanie", new_need()),
    "publikacja": ("Podgląd zapotrzebowania przed publikacją", "Podgląd", publication()),
    "odpowiedz-pes": ("Odpowiedź PES na zapotrzebowanie", "Odpowiedź", answer()),
    "stany-sprawy": ("Stany sprawy", "Stan sprawy", states()),
    "komentarz": ("Komentarze pod usługą", "Komentarze", comment()),
    "powiadomienia": ("Ustawienia powiadomień", "Konto: powiadomienia", notifications()),
    "filtry": ("Lista zapotrzebowań z filtrami", "Lista zapotrzebowań", filters()),
    "eksport": ("Eksport zestawienia", "Zestawienia: eksport", export()),
    "wskazniki": ("Tabela wskaźników programu", "Zestawienia: wskaźniki", indicators()),
}


def main() -> None:
    for name, (title, address, content) in SCREENS.items():
        for suffix, scale in (("", WIDE), ("-narrow", NARROW)):
            svg = window(title, address, content, Place(0, 0, scale.width, scale))
            (HERE / f"{name}{suffix}.svg").write_text(with_letters(svg), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
