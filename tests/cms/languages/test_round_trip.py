"""Every kind of block and every child of a page goes to translation and comes back whole."""

import json
import re
from typing import Any

import pytest
from django.apps import apps
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import StringSegment

from cms.pages.models import BasePage
from tests.factories.blocks import stream_child
from tests.factories.catalogue import locale, make_home
from tests.factories.languages import submit, translate_all
from tests.factories.media import FilmFactory
from tests.factories.pages import make_text_page

pytestmark = pytest.mark.django_db
MARK = "Zzz: "


def streams() -> list[tuple[str, str, str]]:
    """Each kind of page, each stream of it, each kind of block that stands in it."""
    return [
        (model._meta.label, field.name, name)
        for model in apps.get_models()
        if issubclass(model, BasePage)
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
        for name in field.stream_block.child_blocks
    ]


def make_page(model: Any, **fields: Any) -> Any:
    """A page of this kind with what the database demands of it."""
    needed: dict[str, Any] = {"title": "Strona", "slug": "strona-do-tlumaczenia"}
    for field in model._meta.get_fields():
        if getattr(field, "null", True) or not hasattr(field, "has_default") or field.has_default() or field.blank:
            continue
        if field.name == "film":
            needed["film"] = FilmFactory()
        elif field.get_internal_type() == "DateField":
            needed[field.name] = "2026-10-01"
        elif field.name == "year":
            needed["year"] = 2026
        elif field.model is model and field.get_internal_type() in {"CharField", "TextField", "EmailField"}:
            needed[field.name] = "tekst@example.org"
    page = model(**needed | fields, locale=locale("pl"))
    Page.objects.get(pk=make_home().pk).add_child(instance=page)
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def translated_twin(page: Any, commit: Any) -> Any:
    """The page's translation with each sentence marked, published."""
    translation = submit(page)
    twin = page.get_translation(locale("en"))
    translate_all(twin, MARK.strip(" :"))
    with commit(execute=True):
        translation.save_target(publish=True)
    return type(page).objects.get(pk=twin.pk)


def without_mark(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False).replace(MARK, ""))


def texts(value: Any) -> list[str]:
    """All words in a stored value, apart from ids, addresses, kinds and days."""
    if isinstance(value, dict):
        return [text for name, inner in value.items() if name not in {"id", "type"} for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) and re.search(r"Słowo|Zdanie", value) else []


@pytest.mark.rule("languages-3")
@pytest.mark.parametrize(("label", "field", "name"), streams())
def test_a_block_comes_back_whole(label: str, field: str, name: str, django_capture_on_commit_callbacks: Any) -> None:
    model: Any = apps.get_model(label)
    submit(make_home())
    block = model._meta.get_field(field).stream_block.child_blocks[name]
    stored = [stream_child(name, block), stream_child(name, block)]
    page = make_page(model, **{field: json.dumps(stored)}) if label != "cms_pages.HomePage" else make_home()
    if label == "cms_pages.HomePage":
        setattr(page, field, json.dumps(stored))
        page.save_revision().publish()
        translation = submit(page)
        translation.source.update_from_db()
    twin = translated_twin(page, django_capture_on_commit_callbacks)
    original, come_back = (list(getattr(one, field).raw_data) for one in (page, twin))
    assert without_mark(come_back) == original, "nothing is lost, moved or added"
    assert texts(original) or name == "film"
    # Two of each block, and in each the address of a film on another site.
    addresses = 2 * json.dumps(original[0], ensure_ascii=False).count('"address": "Słowo')
    untranslated = [text for text in texts(come_back) if MARK not in text]
    assert len(untranslated) == addresses, "each text is translated, addresses are not"


@pytest.mark.rule("languages-3")
def test_a_page_with_empty_streams_is_translated(django_capture_on_commit_callbacks: Any) -> None:
    submit(make_home())
    page = make_text_page("Pusta")
    twin = translated_twin(page, django_capture_on_commit_callbacks)
    assert (twin.title, twin.live, list(twin.body)) == (f"{MARK}Pusta", True, [])
    assert twin.slug != page.slug


def test_every_sentence_of_rich_text_is_one_to_translate() -> None:
    submit(make_home())
    page = make_text_page("Zdania", body=[("text", "<p>Raz. Dwa.</p><ul><li>Trzy</li></ul>")])
    translation = submit(page)
    words = [
        s.string.data
        for s in StringSegment.objects.filter(source=translation.source, context__path__contains="body").order_by(
            "order"
        )
    ]
    assert words == ["Raz. Dwa.", "Trzy"]
