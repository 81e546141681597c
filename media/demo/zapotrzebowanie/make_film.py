"""Make the film "Zapotrzebowanie w 4 krokach" from narration.yaml and the slides drawn here.

Run from the root of the repository: python -m media.demo.zapotrzebowanie.make_film
Needs espeak-ng, ffmpeg and chromium. It writes the film, its poster, captions and chapters in Polish and English,
transcript and film.yaml beside this file. With --slides FOLDER it only draws each slide as a PNG, for looking at them.
"""

from __future__ import annotations

from pathlib import Path

from media.demo.controls import DOTS, button, field, logo, marked, note
from media.demo.figures import bridge, picture
from media.demo.kit import (
    Drawn,
    Part,
    Place,
    Scale,
    arch,
    box,
    disc,
    line_of,
    named,
    nothing,
    panel,
    row,
    rule,
    stack,
    text,
    tick,
)
from media.demo.stage import GROUND, Show, Slide, run, water

HERE = Path(__file__).parent

# No letter is lower than 32 px, and the lowest sixth of the picture is left to the captions.
FILM = Scale(
    width=1280, least=720, pad=44, text=35, small=34, title=45, control=72, gap=24, outset=11, frame=8, stroke=3
)
STEPS = (("Logowanie", "brick"), ("Opis", "river"), ("Publikacja", "amber"), ("Odpowiedzi", "ink"))
# Type that only title cards use: class, size, weight.
LARGE = (("display", 84, 790), ("numeral", 78, 790), ("step", 110, 790), ("large", 48, 700), ("figure", 40, 700))
NEED = "Catering na spotkanie, 40 osób"
OFFICE = "Wydział Przykładowy"
COOP, FOUNDATION = "Spółdzielnia Socjalna „Piernik”", "Fundacja „Most nad Wisłą”"


def scenery(top: float) -> str:
    """Sky, a pale disc, the water, and a sun with one orbit that rises behind a sheet whose edge is at the top."""
    sky = box(0, 0, 1280, 720, "f-art-sky") + disc(724, GROUND, 640, "f-art-cream")
    orbit = disc(724, top, 132, "none s-art-orbit", 2.5) + disc(631, top - 93, 14, "f-art-brick")
    return sky + orbit + disc(724, top, 66, "f-art-amber") + water()


def steps_at_the_side(now: int) -> str:
    """Four arches one over the other: the steps done, the step now, the steps to come."""
    svg = ""
    for number in range(1, 5):
        y = 62 + (number - 1) * 138
        if number < now:
            svg += arch(72, y, 92, 112, "f-moss") + tick(118, y + 68, 32, "s-on-moss")
            continue
        css = "f-page s-brick" if number == now else "f-sand"
        svg += arch(72, y, 92, 112, css, 6 if number == now else 0)
        svg += line_of(str(number), 118, y + 40, 40, "figure" if number == now else "figure f-muted", "middle")
    return svg


def sheet(step: int, part: Part, whole: Part | None = None) -> Drawn:
    """A slide with the screen of the tool: a white sheet with a brick edge that stands on the water.

    It is as high as its content, or as the whole where the content grows from slide to slide.
    """
    x, width = 232, 984
    inside = Place(x + FILM.pad, 0, width - 2 * FILM.pad, FILM)
    top = GROUND - 36 - (whole or part)(inside).height - 46
    if top < 40:
        raise ValueError(f"a slide of step {step} is {40 - top:.0f} too high")
    white = box(x, top, width, GROUND - top, "f-page") + box(x, top, width, 10, "f-art-brick")
    drawn = part(inside.at(inside.x, top + 46))
    return Drawn(scenery(top) + steps_at_the_side(step) + white + drawn.svg, 1280, 720, drawn.spots)


def heading(words: str) -> Part:
    return text(words, size="title")


def opening(tags: bool) -> Drawn:
    """The title card; also the poster."""
    words = line_of("Zapotrzebowanie", 72, 120, 84, "display") + line_of("w 4 krokach", 72, 214, 84, "display")
    name = line_of("Akademia Współpracy", 72, 62, 33, "bold f-brick")
    for y, label in ((380, "Treść przykładowa"), (462, "lektor syntetyczny")) if tags else ():
        edge = box(72, y, 330, 62, "f-page s-ink dashed", 3, 3)
        words += edge + line_of(label, 237, y + 9, 33, "bold", "middle")
    # The bridge of the drawings, three times as large, with its water on the water of the slide.
    scale, x = 1.95, 640
    sign = f'<g transform="translate({x} {GROUND - 250 * scale}) scale({scale})">{bridge()}</g>'
    return Drawn(box(0, 0, 1280, 720, "f-art-sky") + sign + water() + name + words, 1280, 720)


def four_steps(done: bool) -> Drawn:
    svg = box(0, 0, 1280, 720, "f-art-sky") + disc(640, GROUND, 640, "f-art-cream") + water()
    for number, (label, css) in enumerate(STEPS):
        middle = 190 + number * 300
        svg += arch(middle - 105, 200, 210, 320, f"f-art-{css}") + disc(middle, 400, 62, "f-page")
        figure = line_of(str(number + 1), middle, 347, 78, "numeral", "middle")
        svg += tick(middle, 402, 60, "s-moss") if done else figure
        svg += line_of(label, middle, 536, 36, "bold", "middle")
    return Drawn(svg + line_of("Cztery kroki", 640, 72, 64, "display", "middle"), 1280, 720)


def step_card(number: int) -> Drawn:
    """The card that opens a step: its arch with its number, and its name."""
    label, css = STEPS[number - 1]
    svg = box(0, 0, 1280, 720, "f-art-sky") + disc(640, GROUND, 640, "f-art-cream") + water()
    svg += disc(350, 330, 236, "none s-art-orbit", 2.5) + disc(183, 163, 18, "f-art-amber")
    svg += arch(210, 150, 280, GROUND - 150, f"f-art-{css}") + disc(350, 420, 84, "f-page")
    svg += line_of(str(number), 350, 346, 110, "step", "middle")
    svg += line_of(f"Krok {number}", 650, 290, 48, "bold f-muted large") + line_of(label, 650, 352, 84, "display")
    return Drawn(svg, 1280, 720)


def start() -> Part:
    head = row(
        logo(width=52),
        heading("Narzędzie IT"),
        named("sign-in", button("Zaloguj się")),
        weights=(0, 1, 0),
        align="middle",
    )
    art = row(nothing, picture(bridge(), 320, 320), nothing, weights=(0.3, 0.4, 0.3))
    return stack(head, rule(), art)


def sign_in() -> Part:
    fields = stack(field("Adres e-mail", "anna@example.org"), field("Hasło", DOTS))
    return stack(heading("Zaloguj się"), named("fields", fields), named("button", button("Zaloguj się")))


def code() -> Part:
    return stack(
        heading("Drugi składnik"), field("Kod z telefonu", "482 017", now=True), named("button", button("Potwierdź"))
    )


def desk() -> Part:
    account = stack(heading(OFFICE), text("konto: administracja lokalna", tone="muted"), gap=4)
    head = row(logo("art-sage", "art-moss", 84), account, weights=(0, 1), align="middle", gap=36)
    return stack(head, rule(), named("new", button("Nowe zapotrzebowanie")), gap=36)


def form_a(filled: int) -> Part:
    title = field("Tytuł", NEED if filled else "", now=filled == 1)
    words = "Obiad dla 40 osób, w tym 6 porcji wegańskich, z dowozem."
    what = field("Czego potrzebujemy", words if filled > 1 else "", lines=2, now=filled == 2)
    return stack(heading("Nowe zapotrzebowanie"), named("title", title), named("what", what))


def form_b(filled: int) -> Part:
    when = field("Kiedy", "14 stycznia, godz. 12.00" if filled else "", lines=2, now=filled == 1)
    where = field("Gdzie", "Toruń, ul. Przykładowa 1" if filled > 1 else "", lines=2, now=filled == 2)
    until = field("Do kiedy odpowiedzi", "18 grudnia, godz. 15.00" if filled > 2 else "", now=filled == 3)
    last = row(named("until", until), named("save", button("Zapisz szkic")), weights=(1, 0), align="end", gap=40)
    return stack(heading("Nowe zapotrzebowanie"), row(named("when", when), named("where", where), gap=32), last)


def result(number: int) -> Part:
    title = heading("Wynik, a nie wykonawca")
    wrong = (marked("no", "nazwa firmy"), marked("no", "warunek, który wskazuje jednego wykonawcę"))
    instead = stack(text("Zamiast", tone="muted"), marked("no", "kuchnia obok urzędu"), gap=10)
    better = stack(text("piszę", tone="muted"), marked("done", "danie ciepłe w chwili podania"), gap=10)
    if number == 1:
        return stack(title, *(panel(part, "f-bar") for part in wrong))
    return stack(title, panel(instead, "f-bar"), panel(better, "f-tint-moss"))


def reader(asked: bool) -> Part:
    person = row(logo(width=72), heading("Szkic czyta osoba spoza wydziału"), weights=(0, 1), align="middle", gap=32)
    questions = (
        panel(text("Co trzeba zrobić?", bold=True), "f-tint-river"),
        panel(text("Na kiedy?", bold=True), "f-tint-river"),
    )
    return stack(person, *(questions if asked else ()))


def preview() -> Part:
    facts = (
        ("Czego potrzebujemy", "obiad z dowozem"),
        ("Kiedy", "14 stycznia, godz. 12.00"),
        ("Do kiedy odpowiedzi", "18 grudnia, godz. 15.00"),
    )
    rows = stack(*(row(text(a, tone="muted"), text(b), weights=(0.45, 0.55)) for a, b in facts), gap=0)
    return stack(
        stack(heading(NEED), named("state", marked("todo", "szkic")), gap=4),
        named("facts", rows),
        named("note", note("To rozeznanie, nie umowa.")),
        named("publish", button("Opublikuj")),
        gap=22,
    )


def purchase(both: bool) -> Part:
    first = panel(
        stack(text("Zapotrzebowanie", bold=True), text("rozeznanie, kto potrafi to zrobić"), gap=4), "f-tint-river"
    )
    words = "według regulaminu albo Prawa zamówień publicznych"
    second = panel(stack(text("Zakup", bold=True), text(words), gap=4), "f-tint-amber")
    return stack(heading("Publikacja to nie zakup"), first, *((second,) if both else ()))


def states(number: int) -> Part:
    names = ("szkic", "opublikowane", "zgłoszenia PES", "w rozmowach")
    shown = [
        named("now", marked("now", name)) if place == number else marked("done", name, bold=False)
        for place, name in enumerate(names[: number + 1])
    ]
    if number < len(names):
        return stack(heading("Stan sprawy"), *shown)
    ends = [
        named(f"end-{i}", marked("todo", name))
        for i, name in enumerate(("zrealizowane", "zamknięte bez realizacji"), 1)
    ]
    return stack(heading("Stan sprawy"), stack(*shown, gap=6), rule(), stack(*ends, gap=28))


def question(number: int) -> Part:
    asked = [text(FOUNDATION, bold=True)] + ([text("Czy potrzebne są porcje bez glutenu?")] if number > 1 else [])
    answer = stack(text(OFFICE, bold=True), text("Tak, 2 porcje. Opis jest uzupełniony."), gap=6)
    cards = [panel(stack(*asked, gap=6), "f-bar"), named("answer", panel(answer, "f-tint-moss"))]
    return stack(heading("Pytania"), *cards[: 1 + (number == 3)])


def answers(number: int) -> Part:
    rows = ((COOP, "art-blush", "art-brick"), (FOUNDATION, "art-sky", "art-river"))
    lines = [
        row(logo(outer, inner, 72), text(name, bold=True), weights=(0, 1), align="middle", gap=32)
        for name, outer, inner in rows
    ]
    return stack(heading("Odpowiedzi PES"), *(part for line in lines[:number] for part in (rule(), line)))


def remember() -> Part:
    return stack(
        heading("Zapamiętaj"),
        panel(text("Zapotrzebowanie to rozeznanie, nie\u00a0umowa.", size="title"), "f-tint-amber", pad=40),
    )


def slides() -> dict[str, Slide]:
    """Every slide by its name in the narration."""
    screens: dict[str, tuple[int, Part, Part | None]] = {
        "start": (1, start(), None),
        "sign-in": (1, sign_in(), None),
        "code": (1, code(), None),
        "desk": (2, desk(), None),
        **{f"form-a-{n}": (2, form_a(n), None) for n in range(3)},
        **{f"result-{n}": (2, result(n), result(2)) for n in (1, 2)},
        **{f"form-b-{n}": (2, form_b(n), None) for n in range(4)},
        **{f"reader-{n}": (3, reader(n == 1), reader(True)) for n in (0, 1)},
        "preview": (3, preview(), None),
        **{f"purchase-{n}": (3, purchase(n == 2), purchase(True)) for n in (1, 2)},
        "states-1": (3, states(1), states(3)),
        **{f"question-{n}": (4, question(n), question(3)) for n in (1, 2, 3)},
        **{f"answers-{n}": (4, answers(n), answers(2)) for n in range(3)},
        **{f"states-{n}": (4, states(n), states(3)) for n in (2, 3)},
        "states-4": (4, states(4), None),
        "remember": (4, remember(), None),
    }
    drawn = {name: sheet(*screen) for name, screen in screens.items()}
    cards = {f"step-{number}": step_card(number) for number in range(1, 5)}
    cards |= {"opening-1": opening(False), "opening-2": opening(True)}
    return {**cards, "four-steps": four_steps(False), **drawn, "four-steps-done": four_steps(True)}


SHOW = Show(folder=HERE, slides=slides, poster=lambda: opening(True), scale=FILM, large=LARGE)


if __name__ == "__main__":
    run(SHOW)
