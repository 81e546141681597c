"""Make the film "Zamówienie zastrzeżone bez strachu" from narration.yaml and the slides drawn here.

Run from the root of the repository: python -m media.demo.zamowienie_zastrzezone.make_film
With --slides FOLDER it only draws each slide as a PNG, with --times it only says how long each chapter speaks.
"""

from __future__ import annotations

from pathlib import Path

from media.demo.kit import Drawn, arch, box, disc, line_of, text
from media.demo.plates import (
    LARGE,
    PLATE,
    beside,
    big,
    chapter_card,
    growing,
    heading,
    item,
    orbit,
    said,
    sky,
    title_card,
)
from media.demo.scenes import door, gable, table, tree
from media.demo.stage import GROUND, Show, Slide, run, water

MYTHS, LAW, EXAMPLE, LIST = "art-brick", "art-river", "art-moss", "art-amber"
TILES = ("art-brick", "art-river", "art-amber", "art-moss")
CHECKS = (
    "Potrzeba jest opisana jako wynik",
    "Znam wartość zakupu",
    "Znam rynek, wszyscy dostali te same pytania",
    "Zastrzeżenie i wskaźnik są w ogłoszeniu",
    "Kryteria są jasne i dają się policzyć",
    "Wiem, o jakie dowody proszę i o jakie nie",
    "Zapisuję podstawę prawną i datę sprawdzenia",
)


def corner(css: str, inside: str) -> str:
    """What stands on the left of a plate: an open door with something in it."""
    return disc(225, GROUND, 290, "f-art-cream") + door(70, 310, css, inside)


def law_sign(x: float, foot: float = GROUND) -> str:
    """The letter i that stands for the law on the whole site, as two shapes."""
    return disc(x, foot - 232, 24, "f-art-moss") + box(x - 20, foot - 184, 40, 150, "f-art-moss")


def sheet(x: float, lines: int, css: str) -> str:
    """A page of paper with so many lines, the first in colour."""
    svg = box(x - 82, GROUND - 236, 164, 206, "f-page s-art-ink", 2, 4)
    for line in range(lines):
        svg += box(
            x - 58, GROUND - 206 + 38 * line, 116 if line % 2 == 0 else 84, 14, f"f-{css if line == 0 else 'art-sand'}"
        )
    return svg


def people(x: float, of_groups: int, total: int = 12) -> str:
    """Arches for the people who work in a co-operative; those of the named groups in colour."""
    svg = ""
    for place in range(total):
        row, column = divmod(place, 4)
        css = "art-brick" if place < of_groups else "art-sand"
        svg += arch(x - 116 + 60 * column, GROUND - 250 + 80 * row, 50, 70, f"f-{css}")
    return svg


def square(x: float, css: str) -> str:
    """A small park: a lawn with a tree and a bench."""
    return box(x - 120, GROUND - 46, 240, 46, f"f-{css}") + tree(x - 40, 80, 210) + table(x + 20, 80)


def town(full: bool) -> Drawn:
    svg = sky() + disc(640, GROUND, 500, "f-art-cream") + orbit(640, GROUND, 548, 55, "art-amber", 20)
    svg += gable(70, 220, 360, "art-sand") + gable(990, 220, 360, "art-blush") + gable(500, 280, 470, "art-brick")
    if full:
        svg += "".join(square(x, "art-sage") for x in (170, 440, 840, 1110))
    return Drawn(svg + water(), 1280, 720)


def opening(tags: bool) -> Drawn:
    art = disc(948, GROUND, 250, "f-art-cream") + orbit(948, GROUND, 292, 28, "art-brick", 19)
    art += door(828, 240, LAW, law_sign(948, GROUND - 20))
    labels = ("Treść przykładowa", "lektor syntetyczny") if tags else ()
    return title_card(("Zamówienie", "zastrzeżone", "bez strachu"), art, labels)


def four_doors() -> Drawn:
    """Four closed doors, one for each myth."""
    svg = sky() + disc(640, GROUND, 640, "f-art-cream") + line_of("Cztery mity", 640, 64, 88, "display", "middle")
    for number, css in enumerate(TILES):
        x = 116 + 272 * number
        svg += arch(x, 210, 232, GROUND - 210, f"f-{css}")
        dark = "f-page" if css != "art-amber" else ""
        svg += line_of(str(number + 1), x + 116, 370, 112, f"amount {dark}".strip(), "middle")
    return Drawn(svg + water(), 1280, 720)


def myth(number: int, words: str, answer: str | None, *more: str) -> Drawn:
    """A myth, and under it what is true."""
    css = TILES[number - 1]
    sign = line_of(str(number), 225, GROUND - 270, 112, "amount", "middle")
    top = text(f"Mit {number}: „{words}”", size="title")
    whole = said(top, text(answer or "", bold=True), *more) if answer else None
    return beside(corner(css, sign), whole or said(top), css)


def three_articles(shown: int) -> Drawn:
    rows = (("94", "kto może złożyć ofertę"), ("95", "kiedy umowa o pracę"), ("96", "wymagania społeczne"))
    svg = box(0, 0, 1280, 720, "f-paper") + line_of("Trzy artykuły", 72, 44, 62, "title")
    for number, (article, words) in enumerate(rows):
        y = 152 + number * 150
        css = TILES[number] if number < shown else "art-sand"
        svg += arch(72, y - 8, 116, 130, f"f-{css}")
        if number < shown:
            dark = " f-page" if css != "art-amber" else ""
            svg += line_of(article, 130, y + 42, 50, f"bold{dark}", "middle") + line_of(words, 232, y + 32, 50, "")
    return Drawn(svg + water(), 1280, 720)


def offers(shown: int, chosen: bool) -> Drawn:
    """Two offers as arches as high as their points."""
    svg = sky("art-cream") + line_of("Wybór ofert", 640, 56, 88, "display", "middle")
    for number, height in enumerate((300, 240)):
        x = 330 + 360 * number
        css = ("art-moss" if chosen else "art-river") if number == 0 else "art-river"
        if number < shown:
            svg += arch(x, GROUND - height, 260, height, f"f-{css}")
    return Drawn(svg + water(), 1280, 720)


def checklist(shown: int, done: bool = False) -> Drawn:
    """Seven arches in a row, lit one by one, and the point at hand above them."""
    svg = box(0, 0, 1280, 720, "f-paper") + line_of("Lista kontrolna", 72, 44, 62, "title")
    words = (
        "Siedem razy „tak”: możesz działać"
        if done
        else (CHECKS[shown - 1] if shown else "Siedem punktów: tak albo nie")
    )
    svg += line_of(words, 72, 190, 50, "bold")
    for number in range(7):
        css = (EXAMPLE if done else TILES[number % 4]) if number < shown else "art-sand"
        x = 72 + 164 * number
        svg += arch(x, GROUND - 260, 144, 260, f"f-{css}")
        dark = " f-page" if number < shown and css != "art-amber" else ""
        svg += line_of(str(number + 1), x + 72, GROUND - 140, 62, f"bold{dark}", "middle")
    return Drawn(svg + water(), 1280, 720)


def slides() -> dict[str, Slide]:
    """Every slide by its name in the narration."""
    law, example = corner(LAW, law_sign(225)), corner(EXAMPLE, sheet(225, 4, "art-moss"))
    who = [
        item(LAW, "", words)
        for words in (
            "zakład pracy chronionej",
            "spółdzielnia socjalna",
            "inny wykonawca, którego celem jest integracja",
        )
    ]
    notice = [
        item(EXAMPLE, str(n), words)
        for n, words in enumerate(
            (
                "zastrzeżenie i wskaźnik 30 procent",
                "wynik: trawa skoszona co 2 tygodnie",
                "kryteria: cena i plan pracy",
            ),
            1,
        )
    ]
    proof = [
        item(EXAMPLE, "", words)
        for words in (
            "oświadczenie: dwie liczby i data",
            "bez nazwisk i danych o zdrowiu",
            "jakość sprawdzana przy odbiorze",
        )
    ]
    count = lambda shown: corner(EXAMPLE, people(225, 4 if shown > 1 else 0))  # noqa: E731
    return {
        "opening-1": opening(False),
        "opening-2": opening(True),
        "law": beside(corner(EXAMPLE, law_sign(225)), said("Stan prawny", "24 listopada 2026 roku"), "art-moss"),
        "what": beside(
            law, said("Zamówienie zastrzeżone", "zakup, o który mogą się starać tylko niektórzy wykonawcy"), LAW
        ),
        "myths": four_doors(),
        "myth-1-0": myth(1, "Tego nie wolno", None),
        "myth-1-1": myth(1, "Tego nie wolno", "Wolno.", "Artykuł 94 Prawa zamówień publicznych."),
        "myth-2-0": myth(2, "To prezent dla spółdzielni", None),
        "myth-2-1": myth(2, "To prezent dla spółdzielni", "Nie.", "Miasto kupuje usługę i płaci za wynik."),
        "myth-3-0": myth(3, "Wystarczy być PES", None),
        "myth-3-1": myth(3, "Wystarczy być PES", "Nie wystarczy.", "Liczą się cel i zatrudnienie."),
        "myth-4-0": myth(4, "Potrzeba 50 procent", None),
        "myth-4-1": myth(4, "Potrzeba 50 procent", "Tak było dawniej.", "Dziś najmniejszy wskaźnik to 30 procent."),
        "card-2": chapter_card("Trzy pytania", ("Artykuł 94",), LAW, law_sign(330)),
        **growing("who", law, "Kto może złożyć ofertę?", who, LAW),
        "unit": beside(law, said("Kto może złożyć ofertę?", "także wyodrębniona jednostka wykonawcy"), LAW),
        "rate-0": beside(law, heading("Jaki wskaźnik?"), LAW),
        "rate-1": beside(
            law, said(heading("Jaki wskaźnik?"), big("30 procent"), "co najmniej tylu zatrudnionych"), LAW
        ),
        "rate-2": beside(law, said(big("30 procent"), "osób z grup wskazanych w artykule 94"), LAW),
        "rate-3": beside(
            law, said(big("30 procent"), "Wskaźnik stoi w ogłoszeniu.", "Może być wyższy, nie może być niższy."), LAW
        ),
        "when-0": beside(law, heading("Kiedy to działa?"), LAW),
        "when-1": beside(law, said(heading("Kiedy to działa?"), big("170 000 zł"), "netto i więcej"), LAW),
        "when-2": beside(law, said(big("170 000 zł"), "próg od 1 stycznia 2026 roku"), LAW),
        "when-3": beside(
            law, said(big("170 000 zł"), "próg od 1 stycznia 2026 roku", "wcześniejsze postępowania: 130 000 zł"), LAW
        ),
        "below-1": beside(law, said("Poniżej progu", "sam artykuł 94 nie wystarczy"), LAW),
        "below-2": beside(law, said("Poniżej progu", "regulamin zakupów urzędu"), LAW),
        "below-3": beside(
            law,
            said(
                "Poniżej progu",
                "regulamin zakupów urzędu",
                "pierwszeństwo dla przedsiębiorstwa społecznego: czy i do jakiej kwoty",
            ),
            LAW,
        ),
        **{f"three-{shown}": three_articles(shown) for shown in range(4)},
        "card-3": chapter_card("Nazwy wymyślone", ("Przykład",), EXAMPLE, sheet(330, 4, "art-moss")),
        "city": town(False),
        "parks": town(True),
        "value-1": beside(example, said(big("240 000 zł"), "netto"), EXAMPLE),
        "value-2": beside(example, said(big("240 000 zł"), "netto", "więcej niż próg: stosuje się ustawę"), EXAMPLE),
        "market-1": beside(example, said("Krok 1", "rozeznanie rynku"), EXAMPLE),
        "market-2": beside(
            example, said("Krok 1", "rozeznanie rynku", "te same pytania do wszystkich, zapisane odpowiedzi"), EXAMPLE
        ),
        "market-3": beside(
            example, said("Krok 1", "rozeznanie rynku", text("3 podmioty spełniają warunki", bold=True)), EXAMPLE
        ),
        "count-0": beside(count(0), said("Krok 2", "policzenie wskaźnika"), EXAMPLE),
        "count-1": beside(count(1), said("Krok 2", "12 osób"), EXAMPLE),
        "count-2": beside(count(2), said("Krok 2", "12 osób", "4 ze wskazanych grup"), EXAMPLE),
        "count-3": beside(count(3), said("Krok 2", "4 : 12 to", big("33 procent")), EXAMPLE),
        **growing("notice", example, "Ogłoszenie", notice, EXAMPLE),
        "offers-0": offers(0, False),
        "offers-2": offers(2, False),
        "offers-3": offers(2, True),
        **growing("proof", example, "Dowody", proof, EXAMPLE),
        **{f"list-{shown}": checklist(shown) for shown in range(8)},
        "all-yes": checklist(7, done=True),
        "advice": beside(law, said("Film nie jest poradą prawną.", "Zapytaj osobę od zamówień w swoim urzędzie."), LAW),
    }


SHOW = Show(
    folder=Path(__file__).parent,
    slides=slides,
    poster=lambda: opening(True),
    scale=PLATE,
    large=(*LARGE, ("road", 44, 700)),
    keyframe_seconds=4,
)


if __name__ == "__main__":
    run(SHOW)
