"""The browser's voice: a button only where a voice of the computer itself speaks the language of the page."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browsers import Site
from tests.factories.pages import make_text_page

VOICES = """
  const heard = []; window.heard = heard;
  const speech = {
    addEventListener() {}, removeEventListener() {}, pause() { heard.push("pause"); }, resume() { heard.push("on"); },
    cancel() { heard.push("stop"); }, getVoices: () => [%s],
    speak(said) {
      heard.push(said.text);
      if (heard.length < 5) setTimeout(() => said.dispatchEvent(new Event("end")), 0);
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
"""
LOCAL = '{ lang: "pl-PL", localService: true, default: true }'
REMOTE = '{ lang: "pl-PL", localService: false }, { lang: "en-GB", localService: true }'


def open_page(context: BrowserContext, site: Site, voices: str) -> Page:
    page = make_text_page("Zasady", slug="zasady", lead="Zdanie pierwsze.", body=[("text", "<p>Zdanie drugie.</p>")])
    context.add_init_script(VOICES % voices)
    tab = context.new_page()
    tab.goto(f"{site.url}{page.get_url()}")
    return tab


@pytest.mark.journey
@pytest.mark.rule("page-31")
def test_a_local_voice_reads_pauses_and_stops(open_context, site: Site) -> None:
    tab = open_page(open_context(locale="pl-PL"), site, LOCAL)
    tab.get_by_role("button", name="Czytaj na głos").click()
    tab.wait_for_function("window.heard.length >= 4")
    assert tab.evaluate("window.heard.slice(1, 4)") == ["Zasady", "Zdanie pierwsze.", "Zdanie drugie."]


@pytest.mark.journey
@pytest.mark.rule("page-31")
def test_no_button_without_a_voice_of_this_computer(open_context, site: Site) -> None:
    tab = open_page(open_context(locale="pl-PL"), site, REMOTE)
    expect(tab.get_by_role("heading", name="Zasady")).to_be_visible()
    expect(tab.get_by_role("button", name="Czytaj na głos")).to_have_count(0)
