"""The whole way with a mouse and JavaScript, in Polish, on a desk."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms.accounts.actions import create_account
from tests.browsers import Site, Watch, sign_in, wait_until
from tests.factories.learning import enrol, finish
from tests.factories.site import make_academy
from tests.journeys.hands import Mouse
from tests.journeys.walk import EMAIL, NAME, PASSWORD, Walk, verify

pytestmark = pytest.mark.journey
NOW = "document.querySelector('video').currentTime"
PRESS_AT = """(second) => document.querySelector("video").addEventListener("timeupdate", function press() {
  if (this.currentTime < second) return;
  this.removeEventListener("timeupdate", press);
  document.querySelector("[data-plyr=play]").click();
})"""


@pytest.mark.rule("page-1", "page-2", "progress-7", "progress-15", "progress-16")
def test_from_the_front_door_to_a_verified_certificate(
    site: Site, open_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = open_context().new_page()
    walk = Walk(site, make_academy(), page, Mouse(page))
    walk.sign_up()
    walk.verify_by_mail()
    walk.enrol()
    walk.read_lesson()
    a_film_goes_on_where_it_stopped(page)
    a_film_counts_what_was_played(page)
    walk.next_step(walk.academy.quiz)
    an_attempt_survives_a_reload_and_signing_out(walk)
    walk.failed()
    walk.take_quiz(attempt=2, right=True)
    walk.passed()
    walk.finish()
    walk.download(tmp_path)
    walk.open_twin()
    stranger = open_context().new_page()
    verify(site, stranger, Mouse(stranger), code=walk.code, number=walk.number)


@pytest.mark.rule("progress-16", "quiz-8")
def test_a_session_that_ends_in_the_middle_of_a_quiz(
    site: Site, watch: Watch, open_context: Callable[..., BrowserContext]
) -> None:
    academy = make_academy()
    person = create_account(email=EMAIL, password=PASSWORD, name=NAME)
    enrolment = enrol(person, academy.course)
    finish(enrolment, steps=2)
    context = open_context()
    sign_in(context, site, person.user)
    page = context.new_page()
    walk = Walk(site, academy, page, Mouse(page))
    page.goto(site.at(walk.of_step("open-step", academy.quiz)))
    walk.start_quiz()
    walk.answer(right=True)
    walk.go_on_to(2)
    context.clear_cookies(name="sessionid")
    watch.allow(walk.question_path(2), 401)
    walk.answer(right=True)
    trouble = page.locator("[data-save-trouble]")
    expect(trouble).to_be_visible()
    # Said on the spot, loud and lasting, with the way back; the answer stands as it was given.
    expect(page.locator("#question-form input:checked")).not_to_have_count(0)
    trouble.locator("a").click()
    walk.sign_in()
    walk.arrived(walk.question_path(2))
    walk.answer(right=True)
    expect(page.locator("[data-save-state][data-state=saved]:visible")).to_be_visible()
    page.goto(site.at(walk.question_path(1)))
    expect(page.locator("#question-form input:checked")).not_to_have_count(0)


def a_film_goes_on_where_it_stopped(page: Page) -> None:
    """From the second chapter for a second; after a reload the film stands three seconds before, muted or not."""
    page.locator("[data-plyr=mute]").click()
    assert page.evaluate("document.querySelector('video').muted")
    # Pressed by a script, because a busy machine may be late, and the second chapter has two seconds only.
    page.evaluate(PRESS_AT, 4.4)
    with page.expect_response(re.compile("film")) as waiting:
        page.locator(".chapters [data-film-seek]").nth(1).click()
    assert waiting.value.json()["percent"] > 0
    stopped = page.evaluate(NOW)
    page.reload()
    wait_until(page, f"Math.abs({NOW} - {stopped - 3}) < 0.3")
    # What was played before is still counted.
    expect(page.locator(".strip__seen, [data-strip-seen] rect").first).to_be_attached()


def a_film_counts_what_was_played(page: Page) -> None:
    """From the beginning to the end, really playing; then the step is done without a reload."""
    expect(page.locator("#bottom-bar .bottom-bar__done")).to_have_count(0)
    page.locator("[data-plyr=mute]").click()
    page.locator(".chapters [data-film-seek]").first.click()
    wait_until(page, "document.querySelector('video').ended")
    expect(page.locator("#bottom-bar .bottom-bar__done")).to_be_visible()
    expect(page.locator("[data-film-watched]")).to_contain_text("100")


def an_attempt_survives_a_reload_and_signing_out(walk: Walk) -> None:
    """Each answer is saved as it is given: it is there after a reload, and after signing out and in again."""
    page = walk.page
    saved = page.locator("[data-save-state][data-state=saved]:visible")
    missing = page.locator("[data-unanswered] [data-answered]:visible")
    walk.start_quiz()
    expect(missing).to_contain_text("3 pytania nie mają odpowiedzi")
    walk.answer(right=False)
    expect(saved).to_be_visible()
    expect(missing).to_contain_text("2 pytania nie mają odpowiedzi")
    page.reload()
    expect(page.locator("#question-form input:checked")).to_have_count(1)
    walk.go_on_to(2)
    walk.answer(right=False)
    expect(saved).to_be_visible()
    walk.sign_out()
    walk.sign_in()
    walk.arrived(walk.at("courses_learning:list-mine"))
    page.locator(".panel__action a").click()
    walk.arrived(walk.of_step("open-step", walk.academy.quiz))
    walk.link(walk.question_path(1)).click()
    walk.arrived(walk.question_path(1))
    for position in (1, 2):
        expect(page.locator("#question-form input:checked")).to_have_count(1)
        walk.go_on_to(position + 1)
    expect(page.locator("#question-form input:checked")).to_have_count(0)
    walk.answer(right=False)
    expect(missing).to_have_count(0)
    walk.go_on_to(0)
    walk.send_quiz(1)
    assert EMAIL not in page.content()
