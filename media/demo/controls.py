"""Controls of the drawn IT tool: fields, buttons, boxes to tick, states, tables and the browser window round them."""

from __future__ import annotations

from media.demo.kit import (
    LEADING,
    Drawn,
    Part,
    Place,
    arch,
    box,
    disc,
    document,
    line_of,
    measure,
    one_of,
    path,
    row,
    rule,
    stack,
    text,
    tick,
    wrap,
)

DOTS = "••••••••••••"


def mark_of(kind: str, x: float, y: float, size: float) -> str:
    """The shape of a state, its middle at the point: done, now, late, no, or an empty ring."""
    half, stroke = size / 2, size / 10
    if kind == "done":
        return disc(x, y, half, "f-moss") + tick(x, y, size * 0.5, "s-on-moss")
    if kind == "now":
        return disc(x, y, half - stroke, "none s-brick", stroke * 1.4) + disc(x, y, size * 0.2, "f-brick")
    if kind == "no":
        arm = half * 0.42
        cross = f"M{x - arm:g} {y - arm:g}l{2 * arm:g} {2 * arm:g}m0 {-2 * arm:g}l{-2 * arm:g} {2 * arm:g}"
        square = box(x - half, y - half, size, size, "f-brick", 2)
        return square + path(cross, "none s-on-river", stroke * 1.4)
    if kind == "late":
        hands = f"M{x:g} {y - half * 0.5:g}V{y:g}h{half * 0.45:g}"
        return disc(x, y, half - stroke, "none s-ink", stroke * 1.2) + path(hands, "none s-ink", stroke * 1.2)
    return disc(x, y, half - stroke, "none s-edge", stroke * 1.2)


def marked(kind: str, words: str, *, bold: bool = True, size: str = "text") -> Part:
    """A state: its shape and its word."""

    def draw(place: Place) -> Drawn:
        units = getattr(place.scale, size)
        side = units * 1.15
        drawn = text(words, bold=bold, size=size)(
            place.at(place.x + side + units * 0.5, place.y, place.width - side - units * 0.5)
        )
        shape = mark_of(kind, place.x + side / 2, place.y + units * LEADING / 2, side)
        return Drawn(shape + drawn.svg, drawn.width + side + units * 0.5, drawn.height)

    return draw


def control(words: str, place: Place, y: float, lines: int, css: str, room: float = 0) -> tuple[str, float]:
    """The white box of a field with its value; room is kept free at the right end."""
    scale = place.scale
    inset, leading = scale.control * 0.3, scale.text * LEADING
    value = wrap(words, place.width - 2 * inset - room, scale.text) if words else []
    height = scale.control + (max(lines, len(value)) - 1) * leading
    top = y + (scale.control - leading) / 2
    edge = scale.stroke * (1.4 if css == "river" else 1)
    svg = box(place.x, y, place.width, height, f"f-page s-{css}", 5, edge)
    svg += "".join(line_of(line, place.x + inset, top + i * leading, scale.text, "") for i, line in enumerate(value))
    return svg, height


def field(label: str, value: str = "", *, lines: int = 1, hint: str = "", kind: str = "", now: bool = False) -> Part:
    """A labelled field. Kinds: select has an arrow, password a link that shows the letters. Now: being written in."""

    def draw(place: Place) -> Drawn:
        scale = place.scale
        head = stack(text(label, bold=True), *([text(hint, size="small", tone="muted")] if hint else []), gap=0)(place)
        y = place.y + head.height + scale.gap * 0.3
        room = (
            measure("Pokaż", scale.text, bold=True) + 8
            if kind == "password"
            else scale.control * 0.5
            if kind == "select"
            else 0
        )
        svg, height = control(value, place, y, lines, "river" if now else "edge", room)
        end, middle = place.x + place.width - scale.control * 0.3, y + scale.control / 2
        if kind == "password":
            svg += line_of("Pokaż", end, middle - scale.text * LEADING / 2, scale.text, "bold f-river", "end")
        if kind == "select":
            arm = scale.text * 0.32
            svg += path(
                f"M{end - 2 * arm:g} {middle - arm / 2:g}l{arm:g} {arm:g}l{arm:g} {-arm:g}",
                "none s-ink",
                scale.stroke * 1.2,
            )
        return Drawn(head.svg + svg, place.width, y + height - place.y)

    return draw


def button(words: str, *, second: bool = False) -> Part:
    """A button as wide as its words, in a narrow drawing as its place. The second kind has an outline only."""

    def draw(place: Place) -> Drawn:
        scale = place.scale
        width = place.width if scale.narrow else measure(words, scale.text, bold=True) + scale.control * 0.8
        if width > place.width or measure(words, scale.text, bold=True) > width - scale.control * 0.3:
            raise ValueError(f"button {words!r} does not fit into {place.width:.0f} units")
        edge = scale.stroke if second else 0
        svg = box(place.x, place.y, width, scale.control, "f-page s-ink" if second else "f-river", 5, edge)
        y = place.y + (scale.control - scale.text * LEADING) / 2
        svg += line_of(words, place.x + width / 2, y, scale.text, "bold" if second else "bold f-on-river", "middle")
        return Drawn(svg, width, scale.control)

    return draw


def link(words: str, *, size: str = "text") -> Part:
    """Words of a link with the line under them."""

    def draw(place: Place) -> Drawn:
        drawn = text(words, tone="river", size=size)(place)
        # The real width depends on the face, so the line is the text's own decoration.
        return Drawn(drawn.svg.replace("<text ", '<text text-decoration="underline" '), drawn.width, drawn.height)

    return draw


def choice(words: str, *, on: bool = False, round_: bool = False, bold: bool = False) -> Part:
    """A box to tick, or a round one of several, with its words."""

    def draw(place: Place) -> Drawn:
        scale = place.scale
        side = scale.text * 1.25
        x, y = place.x + side / 2, place.y + scale.text * LEADING / 2
        edge = "s-river" if on else "s-edge"
        if round_:
            svg = disc(x, y, side / 2, f"f-page {edge}", scale.stroke) + (
                disc(x, y, side * 0.25, "f-river") if on else ""
            )
        else:
            svg = box(place.x, y - side / 2, side, side, f"{'f-river' if on else 'f-page'} {edge}", 3, scale.stroke)
            svg += tick(x, y, side * 0.5, "s-on-river") if on else ""
        gap = scale.text * 0.6
        drawn = text(words, bold=bold)(place.at(place.x + side + gap, place.y, place.width - side - gap))
        return Drawn(svg + drawn.svg, side + gap + drawn.width, drawn.height)

    return draw


def labelled(term: str, words: str) -> Part:
    """A term and what is said of it, side by side or in a narrow drawing in two lines."""
    said = text(words)
    return one_of(
        row(text(term, tone="muted"), said, weights=(0.3, 0.7), gap=12),
        stack(text(term, size="small", tone="muted"), said, gap=0),
    )


def note(words: str, *, tint: str = "tint-amber") -> Part:
    """A tinted callout with the arch that carries an i."""

    def draw(place: Place) -> Drawn:
        scale = place.scale
        pad, side = scale.gap * 0.75, scale.text * 1.2
        drawn = text(words, bold=True)(
            place.at(
                place.x + pad + side + scale.text * 0.7, place.y + pad, place.width - 2 * pad - side - scale.text * 0.7
            )
        )
        x, y, height = place.x + pad, place.y + pad + scale.text * LEADING / 2 - side * 0.6, drawn.height + 2 * pad
        stem = box(x + side * 0.43, y + side * 0.62, side * 0.14, side * 0.4, "f-on-river") + disc(
            x + side / 2, y + side * 0.42, side * 0.1, "f-on-river"
        )
        svg = (
            box(place.x, place.y, place.width, height, f"f-{tint}", 4) + arch(x, y, side, side * 1.2, "f-river") + stem
        )
        return Drawn(svg + drawn.svg, place.width, height)

    return draw


def logo(outer: str = "art-blush", inner: str = "art-brick", width: float = 0) -> Part:
    """An organisation's sign: an arch in an arch."""

    def draw(place: Place) -> Drawn:
        side = width or place.scale.text * 2.8
        height, small = side * 1.5, side * 0.48
        svg = arch(place.x, place.y, side, height, f"f-{outer}")
        svg += arch(place.x + (side - small) / 2, place.y + height - small * 2, small, small * 2, f"f-{inner}")
        return Drawn(svg, side, height)

    return draw


def table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], weights: tuple[float, ...]) -> Part:
    """A table whose first column is the row header; the other columns are numbers and stand at the right."""

    def cells(values: tuple[str, ...], bold: bool) -> Part:
        def draw(place: Place) -> Drawn:
            first = text(values[0], bold=bold)(place.at(place.x, place.y, place.width * weights[0] / sum(weights)))
            svg, end, units = first.svg, place.x + place.width, place.scale.text
            for value, weight in zip(reversed(values[1:]), reversed(weights[1:]), strict=True):
                svg += line_of(value, end, place.y, units, "bold" if bold else "", "end")
                end -= place.width * weight / sum(weights)
            return Drawn(svg, place.width, first.height)

        return draw

    lines = [part for values in rows for part in (cells(values, False), rule())]
    return lambda place: stack(cells(header, True), rule("f-ink", 2.5), *lines, gap=place.scale.gap * 0.45)(place)


def window(title: str, address: str, content: Part, place: Place) -> str:
    """A browser window as one SVG file: sand bar with the address, white page with the content."""
    scale = place.scale
    bar = scale.control * (0.8 if scale.narrow else 1.05)
    drawn = content(place.at(scale.pad, bar + scale.pad * 0.9, scale.width - 2 * scale.pad))
    height = max(scale.least, round(bar + drawn.height + scale.pad * 1.9))
    if measure(f"{address} przykład", scale.small) > scale.width - 2 * scale.pad:
        raise ValueError(f"address {address!r} leaves no room in the bar")
    middle = bar / 2 - scale.small * LEADING / 2
    head = path(f"M1 {bar:g}V7a6 6 0 0 1 6-6H{scale.width - 7}a6 6 0 0 1 6 6V{bar:g}z", "f-bar")
    if not scale.narrow:
        head += (
            disc(34, bar / 2, 8, "f-edge")
            + disc(62, bar / 2, 8, "f-edge")
            + box(96, bar * 0.24, scale.width * 0.5, bar * 0.52, "f-page", 3)
        )
    head += line_of(address, scale.pad if scale.narrow else 112, middle, scale.small, "small")
    head += line_of("przykład", scale.width - scale.pad, middle, scale.small, "small f-muted", "end")
    edge = box(1, 1, scale.width - 2, height - 2, "none s-line", 6, 1.5)
    page = box(1, 1, scale.width - 2, height - 2, "f-page", 6)
    return document(title, f"{page}{head}{edge}\n{drawn.svg}", scale.width, height, scale)
