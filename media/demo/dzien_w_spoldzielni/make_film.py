"""Make the film "Dzień w spółdzielni" from narration.yaml and the slides drawn here.

Run from the root of the repository: python -m media.demo.dzien_w_spoldzielni.make_film
With --slides FOLDER it only draws each slide as a PNG, with --times it only says how long each chapter speaks.
"""

from __future__ import annotations

import math
from pathlib import Path

from media.demo.kit import Drawn, arch, box, disc, line_of, path, text
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
from media.demo.scenes import bowl, cake, clock, door, gable, jug, laid_table, pot, spoon, table, tree, van
from media.demo.stage import GROUND, Show, Slide, run, water

COOP, OFFICE, CARE, NEXT = "art-brick", "art-river", "art-moss", "art-amber"
TILES = ("art-brick", "art-blush", "art-amber", "art-river", "art-sage", "art-moss")


def corner(css: str, inside: str) -> str:
    """What stands on the left of a plate: an open door with something in it."""
    return disc(225, GROUND, 290, "f-art-cream") + door(70, 310, css, inside)


def coop_corner() -> str:
    return corner(COOP, pot(225, GROUND, 1.15))


def letter_sheet(x: float) -> str:
    """The office's message: an envelope with its flap."""
    flap = path(f"M{x - 75} 420L{x} 482L{x + 75} 420", "f-art-sky s-art-river", 5)
    return box(x - 75, 420, 150, 110, "f-page s-art-river", 2, 5) + flap


def letter_corner() -> str:
    return corner(OFFICE, letter_sheet(225))


def box_corner() -> str:
    """A box for a dish, with its label."""
    lid = box(132, 452, 186, 22, "f-art-ink", 4)
    return corner(CARE, box(142, 474, 166, GROUND - 474, "f-art-brick") + lid + box(176, 500, 98, 66, "f-page"))


def large_cake(x: float) -> str:
    return f'<g transform="translate({x:g} {GROUND}) scale(1.5)">{cake(0, 0)}</g>'


def round_table() -> Drawn:
    """Twelve arches round a table: everybody has a place of the same size."""
    svg = sky("art-cream") + orbit(640, 330, 224, 40, "art-amber", 20)
    for place in range(12):
        turn = math.radians(30 * place)
        x, y = 640 + 430 * math.sin(turn), 330 - 215 * math.cos(turn)
        svg += arch(x - 30, y - 42, 60, 84, f"f-{TILES[place % 6]}")
    return Drawn(svg + disc(640, 330, 130, "f-art-sand") + disc(640, 330, 46, "f-art-amber") + water(), 1280, 720)


def clock_corner(hour: int, minute: int) -> str:
    """The clock of the day; the planet goes round with the hour."""
    angle = 90 - 30 * (hour % 12 + minute / 60)
    svg = orbit(225, 300, 194, angle, "art-brick", 18) + clock(225, 300, 150, hour, minute)
    return svg + box(213, 494, 24, GROUND - 494, "f-art-ink")


def time_plate(hour: int, minute: int, words: str, edge: str) -> Drawn:
    return beside(clock_corner(hour, minute), said(big(f"{hour}.{minute:02}"), text(words)), edge)


def kitchen(light: bool, cooking: bool = True) -> Drawn:
    """The kitchen: two windows, a lamp, shelves, a stove with pots. Without light it is night."""
    wall, pane = ("art-cream", "art-sky") if light else ("art-ink", "art-river")
    svg = sky(wall)
    for x in (140, 930):
        svg += arch(x, 110, 210, 300, f"f-{'art-sand' if light else 'art-river'}")
        svg += arch(x + 24, 152, 162, 258, f"f-{pane if light else 'art-ink'}")
        svg += disc(x + 130, 320, 30 if light else 22, "f-art-amber" if light else "f-art-cream")
    svg += box(637, 0, 6, 96, "f-art-ink" if light else "f-art-river")
    svg += path("M560 160a80 70 0 0 1 160 0z", "f-art-brick") + disc(
        640, 166, 24, "f-art-amber" if light else "f-art-sand"
    )
    if light:
        svg += disc(640, 166, 60, "none s-art-orbit", 2.5) + disc(640, 166, 104, "none s-art-orbit", 2.5)
    svg += box(400, 440, 480, GROUND - 440, "f-art-river" if light else "f-art-moss")
    svg += "".join(box(x, 474, 136, GROUND - 500, f"f-{'art-sky' if light else 'art-river'}") for x in (424, 572, 720))
    svg += box(388, 426, 504, 16, "f-art-ink" if light else "f-art-sand")
    svg += pot(500, 426, 0.9, steaming=light and cooking) + pot(760, 426, 0.9, "art-amber", steaming=light and cooking)
    return Drawn(svg + jug(634, 426) + water(), 1280, 720)


def twelve() -> Drawn:
    """Twelve arches for the twelve people who work here."""
    svg = sky("art-cream") + line_of("12 osób", 640, 56, 88, "display", "middle")
    for place in range(12):
        x = 58 + place * 98
        svg += arch(x, 250, 86, GROUND - 250, f"f-{TILES[place % 6]}") + arch(
            x + 23, 440, 40, GROUND - 440, "f-art-cream"
        )
    return Drawn(svg + water(), 1280, 720)


def set_table() -> str:
    return f'<g transform="scale(.8)">{laid_table(-170, 340, 30)}</g>'


def task_pictures() -> Drawn:
    """Three sheets on the wall, each with a drawing and a clock."""
    svg = sky("art-sand")
    drawings = (bowl(0, 0, 70, "art-moss", "art-sage"), pot(0, 0, 1, steaming=False), set_table())
    hours = ((9, 0), (11, 30), (12, 0))
    for place, (drawing, (hour, minute)) in enumerate(zip(drawings, hours, strict=True)):
        middle = 230 + place * 410
        svg += box(middle - 175, 70, 350, 470, "f-page s-art-ink", 4, 4) + disc(middle, 70, 12, "f-art-brick")
        svg += clock(middle, 190, 78, hour, minute)
        svg += f'<g transform="translate({middle} 486)">{drawing}</g>'
    return Drawn(svg + water(), 1280, 720)


def quiet() -> Drawn:
    """A small table by the window, and the long one farther off."""
    svg = sky("art-sand") + arch(140, 90, 260, 360, "f-art-cream") + arch(168, 140, 204, 310, "f-art-sky")
    svg += disc(300, 330, 36, "f-art-amber")
    svg += bowl(300, GROUND - 156, 44, "art-moss", "art-sage") + table(190, 220)
    return Drawn(svg + laid_table(700, 480) + water(), 1280, 720)


def served(spoons: int) -> Drawn:
    """The laid table in the office's hall; the spoons are missing, then they are there."""
    svg = sky("art-sand")
    svg += "".join(arch(x, 60, 150, 250, "f-art-sky") for x in (175, 435, 695, 955))
    top = GROUND - 156
    for place, full in enumerate(("art-amber", "art-amber", "art-sage", "art-amber", "art-amber")):
        x = 236 + place * 202
        svg += bowl(x, top, 56, "art-moss" if full == "art-sage" else "art-brick", full)
        svg += (spoon(x + 84, top, "art-ink") if spoons == 2 else spoon(x + 84, top, "", empty=True)) if spoons else ""
    return Drawn(svg + table(130, 1020) + water(), 1280, 720)


def on_the_way() -> str:
    """The van on the road, as the drawing of a plate."""
    return disc(225, GROUND, 290, "f-art-cream") + gable(30, 150, 330, "art-sand") + tree(356, 64, 270) + van(36, 380)


def opening(tags: bool) -> Drawn:
    art = disc(930, GROUND, 320, "f-art-cream") + orbit(930, 330, 250, 64, "art-brick", 20)
    art += arch(748, 196, 364, GROUND - 196, "f-art-brick") + arch(802, 320, 256, GROUND - 320, "f-art-cream")
    art += pot(930, GROUND, 1.2) + tree(1160, 76, 230)
    return title_card(("Dzień", "w spółdzielni"), art, ("Treść przykładowa", "lektor syntetyczny") if tags else ())


def slides() -> dict[str, Slide]:
    """Every slide by its name in the narration."""
    coop, letter = coop_corner(), letter_corner()
    check = corner(CARE, bowl(225, GROUND, 78, "art-river", "art-amber"))
    following = corner(NEXT, large_cake(225))
    plan = [
        item(COOP, "", words)
        for words in ("do 9.00: zakupy, warzywa", "do 11.30: gotowanie, pakowanie", "na 12.00: obiad dla urzędu")
    ]
    need = [item(OFFICE, "", words) for words in ("obiad dla 40 osób", "6 porcji wegańskich, dowóz")]
    costs = [
        item(COOP, "", words, bold=words.startswith("razem"))
        for words in ("produkty: 800 zł", "praca: 900 zł", "dowóz: 100 zł", "razem 1800 zł")
    ]
    order = [item(OFFICE, "", words, size="text") for words in ("liczba porcji", "miejsce", "godzina i cena")]
    checks = [
        item(CARE, str(place), words)
        for place, words in enumerate(("produkty: świeże?", "potrawy: osobno, z podpisem?", "dowóz: danie ciepłe?"), 1)
    ]
    accept = [item(CARE, "", words, size="text") for words in ("odbiór", "faktura", "zapłata w terminie")]
    tomorrow = [
        item(NEXT, str(place), words)
        for place, words in enumerate(("opinia o usłudze", "karta usługi, co kwartał", "w styczniu plan zamówień"), 1)
    ]
    asked = said("„Czy w budynku jest winda?”")
    answered = said("„Czy w budynku jest winda?”", "„Tak, przy wejściu od podwórza”")
    card = said("Karta usługi", "catering, 20–80 osób", "także wegański, dowóz w Toruniu")
    firm = said("Spółdzielnia socjalna", "wspólna firma", "członkowie sami w niej pracują")
    chosen = said("Ceny i wybór", "według regulaminu urzędu", text("„Piernik”", bold=True))
    talk = said("Co poszło dobrze?", heading("Co poprawiamy?"))
    return {
        "opening-1": opening(False),
        "opening-2": opening(True),
        "name": beside(coop, said("Spółdzielnia Socjalna „Piernik”", "wymyślona"), COOP),
        "clock-0630": time_plate(6, 30, "kuchnia", COOP),
        "kitchen-0": kitchen(True),
        "kitchen-1": kitchen(False),
        "kitchen-2": kitchen(True, cooking=False),
        "twelve": twelve(),
        "what-1": beside(coop, said("Spółdzielnia socjalna", "wspólna firma"), COOP, firm),
        "what-2": beside(coop, firm, COOP),
        "aim": beside(coop, said("Cel", "powrót do pracy i do życia wśród ludzi"), COOP),
        "again": beside(coop, said("Praca", "nauka na nowo"), COOP),
        **growing("plan", coop, "Plan dnia", plan, COOP),
        "pictures": task_pictures(),
        "quiet": quiet(),
        "card-2": chapter_card("", ("Zlecenie", "z urzędu"), OFFICE, letter_sheet(330)),
        "back": beside(letter, said("Obiad dla urzędu", "miesiąc wcześniej"), OFFICE),
        **growing("need", letter, "Zapotrzebowanie", need, OFFICE),
        "read": beside(letter, said("Czytaj dwa razy", "co, dla kogo i na kiedy?"), OFFICE),
        "ask-1": beside(letter, asked, OFFICE, answered),
        "ask-2": beside(letter, answered, OFFICE),
        **growing("sum", coop, "Koszty", costs, COOP),
        "cover": beside(coop, said("Cena", "musi pokryć koszty"), COOP),
        "not-yet": beside(letter, heading("Zapotrzebowanie to jeszcze nie umowa."), OFFICE),
        "choose-1": beside(letter, said("Ceny i wybór", "według regulaminu urzędu"), OFFICE, chosen),
        "choose-2": beside(letter, chosen, OFFICE),
        **growing("order", letter, "W zleceniu", order, OFFICE),
        "sale": beside(coop, said("To nie dotacja.", "To zapłata za usługę."), COOP),
        "card-3": chapter_card("", ("Jakość",), CARE, bowl(330, GROUND, 78, "art-river", "art-amber")),
        "clock-0900": time_plate(9, 0, "gotowanie", CARE),
        **growing("checks", check, "Trzy sprawdzenia", checks, CARE),
        "other": beside(check, said("Sprawdza ktoś inny", "niż ten, kto gotował"), CARE),
        "label": beside(box_corner(), said("Na pojemniku", "nazwa dania, lista składników"), CARE),
        "clock-1130": beside(on_the_way(), said(big("11.30"), "samochód rusza"), CARE),
        "served": served(0),
        "spoons-1": served(1),
        "spoons-2": served(2),
        "spoons-3": beside(check, said("Lista na następny raz", text("łyżki", bold=True)), CARE),
        **growing("accept", check, "Na koniec", accept, CARE),
        "card-4": chapter_card("", ("Co dalej?",), NEXT, large_cake(330)),
        "clock-1400": time_plate(14, 0, "narada", NEXT),
        "talk-1": beside(following, said("Co poszło dobrze?"), NEXT, talk),
        "talk-2": beside(following, talk, NEXT),
        "round": round_table(),
        **growing("next", following, "Na jutro", tomorrow, NEXT),
        "card-text-1": beside(following, said("Karta usługi", "catering, 20–80 osób"), NEXT, card),
        "card-text-2": beside(following, card, NEXT),
    }


SHOW = Show(
    folder=Path(__file__).parent,
    slides=slides,
    poster=lambda: opening(True),
    scale=PLATE,
    large=LARGE,
    keyframe_seconds=4,
)


if __name__ == "__main__":
    run(SHOW)
