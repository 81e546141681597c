"""The site's look in templates: icons, drawings, films, parts of forms. Loaded for every template by the settings."""

import functools
import json
import re
from collections.abc import Iterable
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_noop

from cms.pages import art, covers, drawings
from cms.pages.languages import language_switch
from cms.pages.layout import layout_facts
from media.queries import player_facts

register = template.Library()

ICONS = Path(__file__).resolve().parents[2] / "static" / "img" / "icons"
_SVG = re.compile(r'<svg [^>]*?viewBox="(?P<box>[^"]+)"(?: class="(?P<css>[^"]+)")?>(?P<inner>.*)</svg>', re.S)


@functools.cache
def _icon(name: str) -> tuple[str, str, str]:
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise template.TemplateSyntaxError(f"{name!r} is no name of an icon")
    try:
        found = _SVG.search((ICONS / f"{name}.svg").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise template.TemplateSyntaxError(f"There is no icon {name!r} in {ICONS}") from None
    if found is None:
        raise template.TemplateSyntaxError(f"{name}.svg has a form that is not known here")
    return found["box"], found["css"] or "", found["inner"]


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An icon from ``img/icons``. Decorative unless ``label`` says in words what it means."""
    return _drawn(name, css, label)


@functools.lru_cache(maxsize=512)
def _drawn(name: str, css: str, label: str) -> SafeString:
    box, own_css, inner = _icon(name)
    classes = " ".join(part for part in ("icon", own_css, css) if part)
    # The drawing comes from a file of ours; whatever a template passes in is escaped.
    drawing = mark_safe(inner)  # noqa: S308
    if label:
        return format_html(
            '<svg class="{}" viewBox="{}" width="24" height="24" role="img" aria-label="{}">{}</svg>',
            classes, box, label, drawing,
        )  # fmt: skip
    return format_html(
        '<svg class="{}" viewBox="{}" width="24" height="24" aria-hidden="true" focusable="false">{}</svg>',
        classes, box, drawing,
    )  # fmt: skip


def _number_on_page(context: template.Context) -> str:
    """A number that is different for each drawing of one page, for ids inside SVG."""
    counter: dict[str, int] = context.render_context.setdefault("look_drawings", {"count": 0})
    counter["count"] += 1
    return str(counter["count"])


@register.simple_tag
def mark(variant: str = "") -> SafeString:
    """The mark; ``{% mark "one" %}`` draws it in the current colour alone."""
    return mark_safe(art.mark(variant))  # noqa: S308


@register.simple_tag(takes_context=True)
def cover(
    context: template.Context,
    kind: str,
    title: str,
    width: int = 0,
    height: int = 0,
    seed: int | str | None = None,
    motif: str = "",
    palette: int | str | None = None,
    shape: str = "",
) -> SafeString:
    """The generated cover of a course, film or publication."""
    chosen = int(palette) if palette not in (None, "") else None
    uid = f"cover{_number_on_page(context)}" if shape else ""
    return mark_safe(covers.cover(kind, str(title), int(width), int(height), seed, motif, chosen, shape, uid))  # noqa: S308


@register.simple_tag(takes_context=True)
def hero(context: template.Context) -> SafeString:
    """The drawing of the front page: two arches, a pier they share, orbits over it."""
    return mark_safe(drawings.hero(f"hero{_number_on_page(context)}"))  # noqa: S308


@register.simple_tag
def hero_water() -> SafeString:
    """The water that runs across the whole window under the front page's drawing."""
    return mark_safe(drawings.hero_water())  # noqa: S308


@register.simple_tag(takes_context=True)
def door(context: template.Context, kind: str) -> SafeString:
    """One of the doors of the front page: ``courses``, ``sessions`` or ``conference``."""
    return mark_safe(drawings.door(kind, f"door{_number_on_page(context)}"))  # noqa: S308


@register.simple_tag
def arch(text: str | int, tint: str = "sand", css: str = "") -> SafeString:
    """A small arch that carries a module's code or a step's number."""
    return format_html(
        '<span class="arch arch--{} {}">{}<span class="arch__text">{}</span></span>',
        tint, css, mark_safe(drawings.arch_ground()), text,  # noqa: S308
    )  # fmt: skip


@register.simple_tag
def arch_step(state: str, here: bool = False) -> SafeString:
    """One arch of the progress arcade: ``done``, ``now``, or anything else for what is not done yet.

    ``here`` outlines the one whose step is open, whatever its state.
    """
    return mark_safe(drawings.arch_step(state, here=here))  # noqa: S308


@register.simple_tag
def arch_built(done: int, total: int) -> SafeString:
    """An arch that is built stone by stone: one stone for each step of a course."""
    return mark_safe(drawings.arch_built(int(done), int(total)))  # noqa: S308


@register.simple_tag
def certificate_drawing(title: str = "", label: str = "") -> SafeString:
    """A small picture of a certificate."""
    return mark_safe(drawings.certificate(title, label))  # noqa: S308


@register.simple_tag
def coverage_strip(duration: float, covered: Any, marks: Any = ()) -> SafeString:
    """The strip of a film: what was seen is solid, what was not is hatched; chapters are ticks."""
    seen = [(float(start), float(end)) for start, end in covered or ()]
    ticks = [float(at) for at in marks or ()]
    return mark_safe(drawings.coverage_strip(float(duration or 0), seen, ticks))  # noqa: S308


STEP_WORDS = {
    "done": gettext_noop("Done:"),
    "now": gettext_noop("Now:"),
    "todo": gettext_noop("To do:"),
    "locked": gettext_noop("Not yet available:"),
}


@register.filter
def step_word(state: str) -> str:
    """What stands before the title of a step for those who do not see its icon."""
    return _step_word(state, get_language() or "pl")


@functools.lru_cache
def _step_word(state: str, language: str) -> SafeString:
    return escape(gettext(STEP_WORDS[state]))


@register.simple_tag
def contact_email() -> str:
    """The address at which the people of this site are reached, for letters, which know no request."""
    known = str(layout_facts(get_language() or "pl").get("contact_email") or "")
    return known or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


@register.filter
def widget_kind(bound_field: Any) -> str:
    """What a form field is for the reader: text, password, textarea, select, checkbox(es), radios, file or hidden."""
    return {
        "CheckboxInput": "checkbox",
        "RadioSelect": "radios",
        "CheckboxSelectMultiple": "checkboxes",
        "Select": "select",
        "NullBooleanSelect": "select",
        "SelectMultiple": "select",
        "Textarea": "textarea",
        "PasswordInput": "password",
        "FileInput": "file",
        "ClearableFileInput": "file",
        "HiddenInput": "hidden",
    }.get(_widget_name(bound_field.field.widget), "text")


def _widget_name(widget: Any) -> str:
    """The first name in the widget's ancestry that Django itself gave, so that derived widgets are known, too."""
    for cls in type(widget).__mro__:
        if cls.__module__ == "django.forms.widgets":
            return str(cls.__name__)
    return ""


@register.filter
def first_control_id(bound_field: Any) -> str:
    """The id that a link to a field leads to: of its control, or of the first box or radio of a group."""
    if widget_kind(bound_field) in ("radios", "checkboxes"):
        for first in bound_field:
            return str(first.id_for_label)
    return str(bound_field.id_for_label or bound_field.auto_id)


@register.simple_tag
def control(bound_field: Any, hint: Any = "", errors: Any = ()) -> SafeString:
    """The bare control of a field, tied to its hint and its error by id."""
    attrs: dict[str, Any] = {}
    described = [bound_field.auto_id + "_helptext"] if str(hint or "").strip() else []
    if errors:
        described.append(bound_field.auto_id + "_error")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    own, bound_field.help_text = bound_field.help_text, str(hint or "").strip()
    try:  # Django ties a control to the field's own help, which is not on the page where it has another hint or none.
        return mark_safe(str(bound_field.as_widget(attrs=attrs)))  # noqa: S308
    finally:
        bound_field.help_text = own


@register.filter
def as_json(value: Any) -> str:
    """A list as JSON for a data attribute; escaped like any other text."""
    return json.dumps(value if value is not None else [])


@register.filter
def span(ranges: Any) -> float:
    """Seconds that stretches of a film have together."""
    return sum(end - start for start, end in ranges or ())


@register.simple_tag
def film_chapters(chapters: Any, duration: float, missing: Any = ()) -> list[dict[str, Any]]:
    """The chapters of a film with what is missing of each: ``{start, title, missing, state}``."""
    rows = list(chapters or ())
    ends = [*(float(row["start"]) for row in rows[1:]), float(duration or 0)][: len(rows)]
    out = []
    for row, end in zip(rows, ends, strict=True):
        start = float(row["start"])
        lost = sum(max(0.0, min(b, end) - max(a, start)) for a, b in missing or ())
        out.append(
            {"start": row["start"], "title": row["title"], "missing": lost, "state": "done" if lost < 1 else "todo"}
        )
    return out


@register.filter
def as_list(value: Any) -> list[Any]:
    """One thing as a list of one, for components that take lists."""
    return list(value) if isinstance(value, list | tuple) else [value]


@register.simple_tag(takes_context=True)
def language_homes(context: dict[str, Any]) -> list[Any]:
    """The language switch of a page that stands in no language: it leads to the home pages. None without a request."""
    request = context.get("request")
    return list(language_switch(request, {})) if request else []


@register.filter
def under(cells: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """The cells of a row, each with the heading of its column: a text, or a column of Wagtail's typed table."""
    headings = (column["heading"] if isinstance(column, dict) else column for column in columns)
    return list(zip(headings, cells, strict=False))


@register.simple_tag
def certificate_strip() -> SafeString:
    """The brick strip at the edge of a certificate's picture."""
    return mark_safe(drawings.certificate_strip())  # noqa: S308


@register.simple_tag
def certificate_art() -> SafeString:
    """The band of arches of a certificate's picture."""
    return mark_safe(drawings.certificate_art())  # noqa: S308


@register.simple_tag
def film_facts(film: Any, block_id: str = "") -> dict[str, Any]:
    """All that ``components/film.html`` shows of a film, in the language of the page; a block has ids of its own."""
    facts = player_facts(film, get_language() or "pl")
    return facts | {"anchor": f"film-{block_id}"} if block_id else facts


@register.filter
def words(value: str) -> list[str]:
    """A text split at its blanks."""
    return str(value).split()
