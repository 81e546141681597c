"""The tag library of the look: icons, text filters and fields, and the style guide in both languages."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django import forms, template
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from cms.pages.styleguide import sample_context
from cms.pages.templatetags import look

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
STYLES = Path(__file__).resolve().parents[3] / "cms" / "static" / "css"


def rendered(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def test_an_icon_is_hidden_unless_it_has_a_name() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "done" %}')
    named = rendered('{% icon "done" label=words %}', words='"<x>')
    assert 'role="img" aria-label="&quot;&lt;x&gt;"' in named
    assert "aria-hidden" not in named


@pytest.mark.parametrize("name", ["no-such-icon", "../mark", ""])
def test_an_unknown_icon_is_an_error(name: str) -> None:
    with pytest.raises(template.TemplateSyntaxError):
        look.icon(name)


def test_every_icon_of_the_folder_can_be_drawn() -> None:
    for path in look.ICONS.glob("*.svg"):
        assert look.icon(path.stem).startswith("<svg")


def test_polish_keeps_escaping_as_it_was() -> None:
    assert rendered("{{ words|polish }}", words="<b> w domu</b>") == "&lt;b&gt; w\u00a0domu&lt;/b&gt;"
    assert rendered("{{ words|polish }}", words=mark_safe("<b>w domu</b>")) == "<b>w\u00a0domu</b>"
    assert rendered("{{ words|polish }}", words=None) == ""


def test_filters_follow_the_language_of_the_page() -> None:
    moment = datetime.datetime(2026, 12, 14, 8, 41, tzinfo=datetime.UTC)
    source = '{{ m|minutes }}|{{ s|seconds }}|{{ s|timecode }}|{{ t|date_words:"short" }}'
    source += "|{{ t|hour_words }}|{{ t|month_weekday }}"
    with translation.override("pl"):
        polish = rendered(source, m=168, s=97, t=moment)
    with translation.override("en"):
        english = rendered(source, m=168, s=97, t=moment)
    assert polish.replace("\u00a0", " ") == "2 godz. 48 min|1 min 37 s|1:37|14 grudnia|9.41|grudnia, poniedziałek"
    assert english.replace("\u00a0", " ") == "2 h 48 min|1 min 37 s|1:37|14 December|9:41|December, Monday"
    assert rendered(source.replace('"', "'"), m="", s=None, t="") == "|||||"


def test_ids_of_drawings_differ_on_one_page() -> None:
    page = rendered(
        '{% cover "course" "A" shape="arch" %}{% cover "course" "A" shape="arch" %}{% hero %}{% door "courses" %}'
    )
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 5


class OneOfEach(forms.Form):
    """A field of each kind."""

    use_required_attribute = False
    name = forms.CharField(help_text="hint")
    secret = forms.CharField(widget=forms.PasswordInput)
    role = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    terms = forms.BooleanField()


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = OneOfEach(data={})
    page = render_to_string("components/field.html", {"field": form["name"]})
    assert '<label class="field__label" for="id_name">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert page.index("field__label") < page.index("field__hint") < page.index("field__error") < page.index("<input")


def test_a_password_can_be_shown_and_radios_are_a_group() -> None:
    form = OneOfEach()
    assert "data-reveal" in render_to_string("components/field.html", {"field": form["secret"]})
    group = render_to_string("components/field.html", {"field": form["role"]})
    assert "<fieldset" in group
    assert group.count('type="radio"') == 2


def test_the_error_summary_leads_to_the_first_control_of_a_group() -> None:
    page = render_to_string("components/error_summary.html", {"form": OneOfEach(data={})})
    assert re.findall(r'href="#([^"]+)"', page) == ["id_name", "id_secret", "id_role_0", "id_terms"]
    assert render_to_string("components/error_summary.html", {"form": OneOfEach()}).strip() == ""


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_style_guide_shows_every_component(language: str) -> None:
    with translation.override(language):
        page = render_to_string("styleguide/index.html", sample_context())
    assert 'class="bottom-bar"' in page
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)


def test_a_server_error_can_be_shown_without_anything() -> None:
    page = render_to_string("500.html")
    assert "<h1>" in page
    assert "</html>" in page


def test_every_stylesheet_is_imported() -> None:
    sheets = ("site.css", "pages.css")
    imported = [
        name
        for sheet in sheets
        for name in re.findall(r'@import url\("([^"]+)"\)', (STYLES / sheet).read_text(encoding="utf-8"))
    ]
    # The administration loads its own.
    parts = {str(path.relative_to(STYLES)) for path in STYLES.rglob("*.css") if not path.name.startswith("admin_")}
    assert sorted(imported) == sorted(parts - set(sheets))
    order = {(STYLES / sheet).read_text(encoding="utf-8").partition("@layer ")[2].partition(";")[0] for sheet in sheets}
    assert len(order) == 1, "both must order the layers alike, whichever comes first"


def test_moments_are_told_in_polish_time_also_when_a_letter_keeps_them_as_texts() -> None:
    source = "{{ at|moment_words }}|{{ at|hour_words }}"
    for moment in (datetime.datetime(2026, 11, 24, 6, 1, tzinfo=datetime.UTC), "2026-11-24T06:01:00+00:00"):
        with translation.override("pl"):
            told = Template(source).render(Context({"at": moment})).replace("\u00a0", " ")
        assert told == "24 listopada 2026 r. o 7.01|7.01"
    assert Template("{{ at|moment_words }}").render(Context({"at": ""})) == ""


def test_a_condition_that_is_met_says_so_where_the_others_say_their_minutes() -> None:
    both = {"lang": "", "reason": ""}
    rows = [
        {"state": "done", "word": "zrobione", "text": "B1", "minutes": 0, **both},
        {"state": "todo", "word": "do zrobienia", "text": "B2", "minutes": 22, **both},
    ]
    done, todo = render_to_string("components/conditions.html", {"conditions": rows}).split("</li>")[:2]
    assert '<p class="conditions__minutes">zrobione</p>' in done
    assert "visually-hidden" not in done
    assert '<span class="visually-hidden">do zrobienia: </span>B2' in todo
    assert '<p class="conditions__minutes">22\u00a0min</p>' in todo
