"""Make the film "Trzy drogi do jednego pikniku" from narration.yaml and the slides drawn here.

Run from the root of the repository: python -m media.demo.trzy_drogi.make_film
With --slides FOLDER it only draws each slide as a PNG, with --times it only says how long each chapter speaks.
"""

from __future__ import annotations

from pathlib import Path

from media.demo.kit import Drawn, Part, arch, box, disc, line_of, text
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
from media.demo.scenes import bowl, cake, door, gable, garland, jug, laid_table, loudspeaker, podium, steam, table, tree
from media.demo.stage import GROUND, Show, Slide, run, water

# Each road has its colour through the whole film.
GRANT, INITIATIVE, PURCHASE = "art-brick", "art-river", "art-amber"
ROADS = (("Mały grant", GRANT), ("Inicjatywa lokalna", INITIATIVE), ("Zakup usługi", PURCHASE))
LAMPS = ("art-amber", "art-brick", "art-cream", "art-river")


def grant_sign(x: float, y: float, size: float = 1) -> str:
    """The association: an arch in an arch, and a sun for what it gets."""
    svg = (
        arch(-52, -150, 104, 150, "f-art-blush")
        + arch(-26, -84, 52, 84, "f-art-brick")
        + disc(0, -196, 26, "f-art-amber")
    )
    return f'<g transform="translate({x} {y}) scale({size})">{svg}</g>'


def together_sign(x: float, y: float, size: float = 1) -> str:
    """Two sides that meet: half discs on one axis."""
    left = "M-6 -150a60 60 0 0 0 0 120z"
    right = "M6 -120a60 60 0 0 1 0 120z"
    svg = f'<path class="f-art-river" d="{left}"/><path class="f-art-brick" d="{right}"/>'
    svg += disc(0, -196, 20, "f-art-amber")
    return f'<g transform="translate({x} {y}) scale({size})">{svg}</g>'


def meal_sign(x: float, y: float, size: float = 1) -> str:
    svg = bowl(0, 0, 62, "art-brick", "art-amber") + steam(0, -118)
    return f'<g transform="translate({x} {y}) scale({size})">{svg}</g>'


def law_sign(x: float) -> str:
    """The letter i that stands for the law on the whole site, as two shapes."""
    return disc(x, GROUND - 232, 24, "f-art-moss") + box(x - 20, GROUND - 184, 40, 150, "f-art-moss")


SIGNS = (grant_sign, together_sign, meal_sign)


def street() -> str:
    svg = sky() + disc(980, 190, 92, "f-art-amber") + orbit(980, 190, 150, 130)
    svg += gable(-70, 250, 400, "art-sand", "art-cream") + gable(170, 210, 330, "art-blush")
    svg += gable(1010, 230, 360, "art-brick") + gable(1225, 200, 300, "art-sand")
    return svg + tree(388, 84, 250) + tree(926, 84, 220)


def party() -> str:
    lamps = garland(330, 150, 330, 54, 7, LAMPS) + garland(660, 150, 370, 54, 8, LAMPS)
    return street() + lamps + laid_table(480, 360) + loudspeaker(856)


def street_scene(full: bool) -> Drawn:
    return Drawn((party() if full else street()) + water(), 1280, 720)


def corner(css: str, inside: str) -> str:
    """What stands on the left of a plate: the door of the road with its sign."""
    return disc(225, GROUND, 290, "f-art-cream") + door(70, 310, css, inside)


def road_corner(number: int) -> str:
    return corner(ROADS[number][1], SIGNS[number](225, GROUND, 1.12))


def three_roads(shown: int) -> Drawn:
    svg = sky() + disc(640, GROUND, 640, "f-art-cream")
    for number, (name, css) in enumerate(ROADS):
        middle = 226 + number * 414
        if number < shown:
            svg += door(middle - 130, 260, css, SIGNS[number](middle, GROUND, 0.95), top=170)
            svg += line_of(name, middle, 92, 44, "road", "middle")
        else:
            svg += arch(middle - 130, 170, 260, GROUND - 170, "f-art-sand")
    return Drawn(svg + water(), 1280, 720)


def opening(tags: bool) -> Drawn:
    doors = door(662, 180, GRANT, grant_sign(752, GROUND, 0.72), 348)
    doors += door(858, 180, INITIATIVE, together_sign(948, GROUND, 0.7), 348)
    doors += door(1054, 180, PURCHASE, meal_sign(1144, GROUND, 0.66), 348)
    art = disc(948, GROUND, 250, "f-art-cream") + orbit(948, GROUND, 292, 28, "art-brick", 19) + doors
    labels = ("Treść przykładowa", "lektor syntetyczny") if tags else ()
    return title_card(("Trzy drogi", "do jednego pikniku"), art, labels)


def neighbours(number: int) -> Drawn:
    svg = sky() + disc(980, 170, 80, "f-art-amber") + orbit(980, 170, 132, 130)
    svg += (
        gable(-60, 240, 380, "art-blush") + gable(1090, 250, 400, "art-sand") + tree(196, 84, 220) + tree(1004, 84, 230)
    )
    if number > 0:
        svg += podium(330, 290)
        svg += (
            cake(740, GROUND - 156) + cake(890, GROUND - 156)
            if number > 1
            else cake(396, GROUND - 84) + cake(548, GROUND - 84)
        )
    if number > 1:
        svg += table(660, 320) + loudspeaker(240)
    return Drawn(svg + water(), 1280, 720)


def hours(both: bool) -> Drawn:
    """Ten arches, each with four discs: ten people, four hours."""
    svg = sky("art-cream")
    for place in range(10):
        x = 96 + place * 110
        svg += arch(x, 250, 96, GROUND - 250, "f-art-river")
        svg += "".join(disc(x + 48, 390 + 54 * hour, 19, "f-art-amber") for hour in range(4))
    svg += line_of("10 osób po 4 godziny", 640, 60, 62, "title", "middle")
    if both:
        svg += line_of("razem 40 godzin", 640, 138, 62, "title f-river", "middle")
    return Drawn(svg + water(), 1280, 720)


def office_front() -> str:
    svg = sky() + disc(640, GROUND, 500, "f-art-cream") + orbit(640, GROUND, 548, 38, "art-amber", 20)
    svg += gable(430, 420, 480, "art-brick")
    svg += gable(150, 240, 330, "art-sand") + gable(890, 240, 330, "art-sand")
    return svg + tree(60, 84, 230) + tree(1136, 84, 230)


def office_corner() -> str:
    return disc(225, GROUND, 290, "f-art-cream") + gable(60, 330, 460, "art-brick")


def signs_in_a_row(names: tuple[str, ...], css: str) -> list[Part]:
    return [item(css, "", name, size="text") for name in names]


def torun() -> Drawn:
    """A row of gables and the bridge's two arches."""
    svg = sky() + disc(640, GROUND, 500, "f-art-cream") + orbit(640, GROUND, 548, 60, "art-amber", 20)
    svg += gable(90, 206, 300, "art-sand") + gable(296, 226, 400, "art-blush") + gable(764, 226, 380, "art-sand")
    return Drawn(svg + gable(522, 242, 470, "art-brick") + gable(990, 206, 310, "art-blush") + water(), 1280, 720)


def questions(shown: int) -> Drawn:
    rows = (
        ("Organizacja prowadzi zadanie?", "mały grant"),
        ("Mieszkańcy dają coś od siebie?", "inicjatywa lokalna"),
        ("Urząd płaci za usługę?", "zakup"),
    )
    svg = box(0, 0, 1280, 720, "f-paper") + line_of("Jak wybrać? Trzy pytania", 72, 44, 62, "title")
    for number, (question, answer) in enumerate(rows):
        y = 152 + number * 150
        if number >= shown:
            svg += arch(72, y - 8, 96, 130, "f-art-sand")
            continue
        svg += arch(72, y - 8, 96, 130, f"f-{ROADS[number][1]}") + arch(97, y + 46, 46, 76, "f-art-cream")
        svg += line_of(question, 212, y - 2, 50, "") + line_of(answer, 212, y + 60, 50, "bold")
    return Drawn(svg + water(), 1280, 720)


def slides() -> dict[str, Slide]:
    """Every slide by its name in the narration."""
    first, second, third = (road_corner(number) for number in range(3))
    steps = ("uproszczona oferta", "7 dni w urzędzie, uwagi", "umowa i piknik", "sprawozdanie do 30 dni")
    asks = ("zasady i wzór wniosku", "co dają mieszkańcy", "o co prosicie i na kiedy", "umowa i wspólna praca")
    buys = (
        "wynik: 100 ciepłych posiłków na 12.00",
        "te same informacje",
        "wybór według regulaminu",
        "odbiór i zapłata",
    )
    numbered = [
        [item(css, str(place), words) for place, words in enumerate(group, 1)]
        for group, (_name, css) in zip((steps, asks, buys), ROADS, strict=True)
    ]
    limits = [
        item(GRANT, "", words, size="text")
        for words in ("do 10 000 zł", "do 90 dni", "zadanie lokalne albo regionalne")
    ]
    yearly = [
        item(GRANT, "", "jedna organizacja: do 20 000 zł z jednego samorządu"),
        item(GRANT, "", "wszystkie małe granty: do 20 procent planowanych dotacji"),
    ]
    eligible = signs_in_a_row(("stowarzyszenie, fundacja", "spółdzielnia socjalna"), GRANT)
    gifts = signs_in_a_row(("praca", "pieniądze", "rzeczy"), INITIATIVE)
    rules = signs_in_a_row(("regulamin zakupów urzędu", "przepisy o finansach publicznych"), PURCHASE)
    tables = corner("art-moss", jug(225, GROUND - 4, 1.7))
    cards = {
        f"road-{n}": chapter_card(
            ("Droga pierwsza", "Droga druga", "Droga trzecia")[n - 1],
            (("Mały grant",), ("Inicjatywa", "lokalna"), ("Zakup", "usługi"))[n - 1],
            ROADS[n - 1][1],
            SIGNS[n - 1](330, GROUND, 1),
        )
        for n in (1, 2, 3)
    }
    return {
        **cards,
        "opening-1": opening(False),
        "opening-2": opening(True),
        "law": beside(corner("art-moss", law_sign(225)), said("Stan prawny", "24 listopada 2026 roku"), "art-moss"),
        "street-0": street_scene(False),
        "street-1": street_scene(True),
        "cost-1": beside(tables, big("6000 zł"), "art-moss", said(big("6000 zł"), heading("za dwa miesiące"))),
        "cost-2": beside(tables, said(big("6000 zł"), heading("za dwa miesiące")), "art-moss"),
        "question": beside(office_corner(), heading("Jak zrobić to razem z miastem?"), "art-moss"),
        **{f"roads-{shown}": three_roads(shown) for shown in range(4)},
        "podworko": beside(first, said("Stowarzyszenie „Podwórko”", "nazwa wymyślona"), GRANT),
        "grant": beside(first, said("Mały grant", "dotacja bez konkursu"), GRANT),
        **growing("limits", first, "Mały grant", limits, GRANT),
        "fits": beside(first, said(big("6000 zł"), heading("i dwa miesiące"), "mieszczą się w granicach"), GRANT),
        **growing("yearly", first, "Granice roczne", yearly, GRANT),
        **growing("steps-1", first, "Jak to zrobić?", numbered[0], GRANT),
        **growing("eligible", first, "Sama nazwa PES nie wystarczy", eligible, GRANT),
        **{f"neighbours-{number}": neighbours(number) for number in range(3)},
        "together": beside(second, said("Inicjatywa lokalna", "mieszkańcy i miasto robią to razem"), INITIATIVE),
        **growing("gifts", second, "Mieszkańcy dają coś od siebie", gifts, INITIATIVE),
        "no-grant": beside(second, heading("To nie jest dotacja."), INITIATIVE),
        "alone": beside(second, said("Mieszkańcy", "działają sami albo przez organizację"), INITIATIVE),
        **growing("steps-2", second, "Jak to zrobić?", numbered[1], INITIATIVE),
        "hours-1": hours(False),
        "hours-2": hours(True),
        "torun": torun(),
        "early": beside(second, said("Zapytaj od razu", "ile trwa ocena wniosku"), INITIATIVE),
        "office": Drawn(office_front() + water(), 1280, 720),
        "meals": beside(third, said("Potrzeba", "posiłki dla stu osób"), PURCHASE),
        "buys-1": beside(third, said("Zakup", "Urząd kupuje usługę i za nią płaci."), PURCHASE),
        "buys-2": beside(
            third,
            said("Zakup", "Urząd kupuje usługę i za nią płaci.", text("To nie jest dotacja.", bold=True)),
            PURCHASE,
        ),
        "threshold-1": beside(third, said(heading("Próg"), big("170 000 zł"), "netto"), PURCHASE),
        "threshold-2": beside(third, said(big("170 000 zł"), "poniżej: bez Prawa zamówień publicznych"), PURCHASE),
        "since": beside(third, said(big("170 000 zł"), "od 1 stycznia 2026 roku"), PURCHASE),
        "since-2": beside(
            third, said(big("170 000 zł"), "od 1 stycznia 2026 roku", "starsze poradniki: 130 000 zł"), PURCHASE
        ),
        **growing("rules", third, "Poniżej progu", rules, PURCHASE),
        **growing("steps-3", third, "Jak to zrobić?", numbered[2], PURCHASE),
        "piernik": beside(third, said("Spółdzielnia Socjalna „Piernik”", "też wymyślona"), PURCHASE),
        **{f"choose-{shown}": questions(shown) for shown in range(4)},
        "picnic": street_scene(True),
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
