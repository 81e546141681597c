"""An editor writes, is stopped, mends and hands in; a lead editor publishes. Text from Word; the guide; two at once."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cms.accounts.rules import Role
from cms.checks.panels import address_of_faults
from cms.films.models import FilmPage
from cms.pages.models import StandardPage
from media.models import Film
from tests.accessibility.inspection import SCRIPT
from tests.browsers import Site
from tests.factories.checks import HERE_LINK, make_text_page
from tests.factories.films import make_film_page
from tests.factories.media import CAPTIONS, FilmFactory

pytestmark = pytest.mark.journey

WORD = Path(__file__).parents[2] / "cms" / "checks" / "files" / "word.html"
PASTE = """([selector, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "x");
  const field = document.querySelector(selector);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def axe(page: Page, within: str) -> list[str]:
    """What axe finds in a part of the page; the frame around it is Wagtail's."""
    page.evaluate(SCRIPT)
    found = page.evaluate("(part) => axe.run(part, {resultTypes: ['violations']})", within)
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found["violations"]]


def press(page: Page, name: str) -> None:
    """Press a button that stands in the menu at the foot of a form, behind the first one or not."""
    button = page.locator(f"footer [name='{name}'], footer [data-workflow-action-name='{name}']").first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target='toggle']").first.click()
    button.click()


@pytest.mark.rule("check-3", "editor-1")
def test_a_film_page_goes_from_a_missing_caption_to_readers(site: Site, desk_of: Callable[..., Page]) -> None:
    film = FilmFactory(bare=True, live=False, title="Zapotrzebowanie krok po kroku")
    film.save_revision()
    draft = make_film_page(film=film, live=False, title="Jak zgłosić zapotrzebowanie")
    editor = desk_of(Role.EDITORS)

    editor.goto(site.at(reverse("wagtailadmin_home")))
    expect(editor.get_by_text("jeszcze bez napisów")).to_be_visible()
    editor.goto(site.at(reverse("wagtailsnippets_media_film:edit", args=[film.pk])))
    press(editor, "action-publish")
    expect(editor.get_by_text("napisów").first).to_be_visible()
    assert not Film.objects.get().live

    editor.locator("#id_tracks-ADD").click()
    vtt = {"name": "napisy.vtt", "mimeType": "text/vtt", "buffer": io.BytesIO(CAPTIONS.encode()).getvalue()}
    editor.locator("#id_tracks-0-file").set_input_files(vtt)
    press(editor, "action-publish")
    editor.wait_for_url(f"**{reverse('wagtailsnippets_media_film:list')}")
    assert Film.objects.get().live

    editor.goto(site.at(reverse("wagtailadmin_pages:edit", args=[draft.pk])))
    expect(editor.locator("button[name='action-publish']")).to_have_count(0)
    press(editor, "action-submit")
    expect(editor.locator(".messages .success")).to_be_visible()

    lead = desk_of(Role.LEAD_EDITORS)
    lead.goto(site.at(reverse("wagtailadmin_home")))
    lead.get_by_role("link", name="Jak zgłosić zapotrzebowanie").first.click()
    lead.goto(site.at(reverse("wagtailadmin_pages:edit", args=[draft.pk])))
    press(lead, "approve")
    expect(lead.locator(".messages .success")).to_be_visible()
    page = FilmPage.objects.get(pk=draft.pk)
    assert page.live
    reader = lead.context.browser.new_context().new_page()
    reader.goto(site.at(page.get_url()))
    expect(reader.get_by_role("heading", level=1, name="Jak zgłosić zapotrzebowanie")).to_be_visible()
    reader.context.close()


@pytest.mark.rule("editor-2")
def test_text_from_word_comes_in_clean_with_a_note(site: Site, desk_of: Callable[..., Page]) -> None:
    page = make_text_page("<p></p>")
    editor = desk_of(Role.EDITORS)
    editor.goto(site.at(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    field = "[data-contentpath='body'] [contenteditable='true']"
    editor.locator(field).first.wait_for()
    editor.evaluate(PASTE, [field, WORD.read_text(encoding="utf-8")])
    note = editor.locator(".word-paste-note")
    expect(note).to_contain_text("Wklejono z Worda. Pominięto:")
    told = note.inner_text().replace("\xa0", " ")
    assert all(word in told for word in ("kolory i kroje pisma", "komentarze", "tabele", "obrazki"))
    expect(editor.locator(field).first).to_contain_text("podmiot ekonomii")
    # What was typed is handed to the form a moment later.
    editor.wait_for_timeout(800)
    editor.locator("footer button[type='submit']").first.click()
    expect(editor.locator(".messages .success")).to_be_visible()
    html = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object().body[0].value.source
    plain = html.replace("\xa0", " ")
    assert "Kto może złożyć ofertę</h2>" in plain
    assert '<a href="https://example.org/regulamin">regulaminu naboru</a>' in plain
    assert ">podmiot ekonomii społecznej</b>" in plain
    assert plain.count("<ul>") == 1
    assert plain.count("<ol>") == 1
    assert plain.count("<li") == 4
    assert "Tryb – Kwota" in plain
    assert not any(left in plain for left in ("·", "AK1", "Sprawdzić", "Mso", "style=", "<span", "1."))


@pytest.mark.rule("editor-3")
def test_the_guide_and_the_faults_are_for_everybody(site: Site, desk_of: Callable[..., Page]) -> None:
    page = make_text_page(HERE_LINK, "<h3>Za nisko</h3>")
    lead = desk_of(Role.LEAD_EDITORS)
    for address in (reverse("cms_checks_guide", args=["sprawdzanie"]), address_of_faults(page)):
        lead.goto(site.at(address))
        assert axe(lead, "main .nice-padding") == []
    lead.goto(site.at(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    expect(lead.locator(".faults")).to_be_visible()
    assert axe(lead, ".faults") == []
    lead.locator(".faults").get_by_role("link", name="Przejdź do tego miejsca").first.click()
    assert "#block-" in lead.url


@pytest.mark.rule("editor-4")
def test_the_second_of_two_editors_is_told(site: Site, desk_of: Callable[..., Page]) -> None:
    page = make_text_page("<p>Tekst.</p>")
    address = site.at(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    first, second = desk_of(Role.EDITORS), desk_of(Role.EDITORS)
    first.goto(address)
    expect(first.locator("#id_title")).to_be_visible()
    first.wait_for_timeout(1500)
    second.goto(address)
    expect(second.locator("#w-editing-sessions li")).to_have_count(1)
    first.locator("#id_title").fill("Tytuł pierwszej osoby")
    first.locator("footer button[type='submit']").first.click()
    expect(first.locator(".messages .success")).to_be_visible()
    expect(second.locator(".w-editing-sessions__session--saved")).to_be_visible(timeout=25_000)
