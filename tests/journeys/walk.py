"""The way of a learner, step by step, from the front door to the certificate and its verification."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from courses.learning.views.quizzes import SECOND_PRESS
from tests.browsers import Site, address, widths
from tests.factories.site import QUESTIONS, Academy
from tests.journeys.hands import Keyboard, Mouse

NAME = "Żaneta Gołębiowska-Śliwińska"
SURNAME = "Gołębiowska-Śliwińska"
EMAIL = "zaneta@example.org"
PASSWORD = "obiad-dla-40-osob"


class Walk:
    """One learner in one browser. Each step begins where the one before it ended, and looks at what it finds there."""

    def __init__(self, site: Site, academy: Academy, page: Page, hand: Mouse | Keyboard) -> None:
        self.site = site
        self.academy = academy
        self.page = page
        self.hand = hand
        self.number = ""
        self.code = ""

    # --- Finding one's way -------------------------------------------------------------------------------------------

    def at(self, name: str, **kwargs: Any) -> str:
        """The path of a view in Polish."""
        return address(name, **kwargs)

    def arrived(self, path: str) -> None:
        """The page with this path is shown, with one h1, and nothing stands out at its side."""
        self.page.wait_for_url(lambda url: urlsplit(url).path == path)
        self.looks_right()

    def looks_right(self) -> None:
        """What holds for every page."""
        expect(self.page.locator("h1")).to_have_count(1)
        expect(self.page.locator("html")).to_have_attribute("lang", "pl")
        content, window = widths(self.page)
        assert content <= window, f"{self.page.url} is {content} px wide in a window of {window} px"

    def link(self, path: str) -> Locator:
        """The visible link to a path, whatever follows in its query."""
        return self.page.locator(f'a[href="{path}"]:visible, a[href^="{path}?"]:visible').first

    def button(self, path: str) -> Locator:
        """The button of the form that posts to a path."""
        return self.page.locator(f'form[action="{path}"] button').first

    def of_step(self, name: str, step: Any, **kwargs: Any) -> str:
        """The path of a view of a step."""
        return self.at(f"courses_learning:{name}", **self.academy.address(step), **kwargs)

    # --- People ------------------------------------------------------------------------------------------------------

    def sign_up(self) -> None:
        """From the home page by the link to sign in to the form of a new account."""
        self.page.goto(self.site.at("/pl/"))
        self.looks_right()
        self.hand.press(self.page.locator(".site-header__corner a:visible"))
        self.arrived(self.at("account_login"))
        self.hand.press(self.link(self.at("account_signup")))
        self.arrived(self.at("account_signup"))
        self.hand.fill(self.page.locator('[name="name"]'), NAME)
        self.hand.fill(self.page.locator('[name="email"]'), EMAIL)
        self.hand.fill(self.page.locator('[name="password1"]'), PASSWORD)
        self.hand.choose(self.page.locator('[name="terms"]'))
        self.hand.press(self.page.locator('form:has([name="password1"]) button[type="submit"]'))
        self.arrived(self.at("account_email_verification_sent"))
        expect(self.page.locator("main")).to_contain_text(EMAIL)

    def verify_by_mail(self) -> None:
        """By the link of the letter, which asks once more and then lets one in."""
        letter = [message for message in mail.outbox if message.to == [EMAIL]][-1]
        found = re.search(rf"{re.escape(self.site.url)}/\S+", letter.body)
        assert found, letter.body
        self.page.goto(found[0])
        self.looks_right()
        self.hand.press(self.page.locator("main form button[type=submit]"))
        self.arrived(self.at("courses_learning:list-mine"))

    def sign_out(self) -> None:
        """From "my learning"."""
        self.page.goto(self.site.at(self.at("courses_learning:list-mine")))
        self.hand.press(self.link(self.at("account_logout")))
        self.arrived(self.at("account_logout"))
        self.hand.press(self.page.locator("main form button[type=submit]"))
        self.arrived(self.at("account_login"))
        cookies = {cookie.get("name") for cookie in self.page.context.cookies()}
        assert not cookies & {"signed_in", "sessionid"}, cookies

    def sign_in(self) -> None:
        """Fill in the form that stands there; "my learning" follows, or what was asked for before."""
        self.arrived(self.at("account_login"))
        self.hand.fill(self.page.locator('[name="login"]'), EMAIL)
        self.hand.fill(self.page.locator('[name="password"]'), PASSWORD)
        self.hand.press(self.page.locator('form:has([name="password"]) button[type="submit"]'))
        self.page.wait_for_url(lambda url: urlsplit(url).path != self.at("account_login"))
        self.looks_right()

    # --- Learning ----------------------------------------------------------------------------------------------------

    def enrol(self) -> None:
        """From the home page by the list of courses and the course page, which ask for the one action."""
        self.page.goto(self.site.at("/pl/"))
        menu = self.page.locator("[data-menu-button]")
        if menu.is_visible():
            self.hand.press(menu)
        self.hand.press(self.link("/pl/szkolenia/"))
        self.arrived("/pl/szkolenia/")
        self.hand.press(self.link("/pl/szkolenia/narzedzie/"))
        self.arrived("/pl/szkolenia/narzedzie/")
        path = self.at("courses_learning:enrol", course=self.academy.course.code)
        self.hand.press(self.page.locator(".action-card").locator("a, button").first)
        self.arrived(path)
        self.hand.press(self.page.locator("main form button[type=submit]"))
        self.arrived(self.of_step("open-step", self.academy.lesson))
        expect(self.page.locator(".alert").first).to_be_visible()

    def check_yourself(self) -> None:
        """A wrong and a right answer to the question in the lesson, with the words that belong to each."""
        feedback = self.page.locator(".check__feedback")
        for number, words in ((0, "Z tej nazwy nikt nie wie"), (1, "Nazwa mówi, co i dla kogo")):
            self.hand.choose(self.page.locator(".check input[type=radio]").nth(number))
            self.hand.press(self.page.locator(".check button"))
            expect(feedback).to_contain_text(words)
        expect(feedback).not_to_contain_text("Z tej nazwy")

    def read_lesson(self) -> None:
        """The lesson is read and marked, the mark taken back and set again; each time the next step opens."""
        self.looks_right()
        self.check_yourself()
        lesson, film = self.academy.lesson, self.academy.film
        self.hand.press(self.button(self.of_step("complete-step", lesson)))
        self.arrived(self.of_step("open-step", film))
        self.hand.press(self.page.locator("#bottom-bar a[rel=prev]"))
        self.arrived(self.of_step("open-step", lesson))
        self.hand.press(self.button(self.of_step("undo-step", lesson)))
        self.arrived(self.of_step("open-step", lesson))
        expect(self.page.locator("#bottom-bar a[rel=next]")).to_have_count(0)
        self.hand.press(self.button(self.of_step("complete-step", lesson)))
        self.arrived(self.of_step("open-step", film))

    def next_step(self, step: Any) -> None:
        """On by the bar at the foot."""
        self.hand.press(self.page.locator("#bottom-bar a[rel=next]"))
        self.arrived(self.of_step("open-step", step))

    def read_transcript(self) -> None:
        """The other way to finish a film. The transcript of six seconds is read in less than four."""
        expect(self.page.locator(".film__transcript")).to_contain_text("Pokażę dwa kroki")
        self.page.wait_for_timeout(4000)
        self.hand.press(self.button(self.of_step("complete-by-transcript", self.academy.film)))
        self.arrived(self.of_step("open-step", self.academy.quiz))

    # --- Quiz --------------------------------------------------------------------------------------------------------

    def start_quiz(self) -> None:
        """Begin an attempt; the same button begins the second one."""
        self.hand.press(self.button(self.of_step("start-quiz", self.academy.quiz)))
        self.arrived(self.question_path(1))

    def question_path(self, position: int) -> str:
        """The path of a question."""
        return self.of_step("show-question", self.academy.quiz, position=position)

    def answer(self, *, right: bool) -> None:
        """Answer the question that is shown, whichever it is. Wrong means: one wrong option and nothing else."""
        prompt = self.page.locator(".question__prompt").inner_text().replace("\u00a0", " ")
        options = next(options for _kind, asked, options, *_english in QUESTIONS if asked == prompt)
        wanted = [text for text, correct in options if correct is right]
        boxes = self.page.locator("#question-form input[name=answer]")
        for box in [boxes.nth(place) for place in range(boxes.count())]:
            text = box.locator("xpath=..").inner_text().strip().replace("\u00a0", " ")
            if text in (wanted if right else wanted[:1]):
                self.hand.choose(box)

    def go_on_to(self, position: int) -> None:
        """To the next question, or with 0 to the list of answers."""
        self.hand.press(self.page.locator("#bottom-bar .bottom-bar__side--next button"))
        self.arrived(self.question_path(position) if position else self.of_step("show-summary", self.academy.quiz))

    def send_quiz(self, attempt: int) -> None:
        """Send what the summary shows, which takes a moment to read; the result is shown."""
        self.page.wait_for_timeout(1000 * SECOND_PRESS)
        self.hand.press(self.button(self.of_step("submit-quiz", self.academy.quiz)))
        self.arrived(self.of_step("show-result", self.academy.quiz, number=attempt))

    def take_quiz(self, *, attempt: int, right: bool) -> None:
        """A whole attempt."""
        self.start_quiz()
        for position in range(1, len(QUESTIONS) + 1):
            self.answer(right=right)
            self.go_on_to(position + 1 if position < len(QUESTIONS) else 0)
        self.send_quiz(attempt)

    def failed(self) -> None:
        """The result says what was wrong and offers another attempt, and holds the right answers back."""
        expect(self.page.locator(".status--revoked, [data-state=revoked]").first).to_be_visible()
        expect(self.page.locator(".review__option--right")).to_have_count(0)
        expect(self.button(self.of_step("start-quiz", self.academy.quiz))).to_be_visible()

    def passed(self) -> None:
        """The result explains each question."""
        expect(self.page.locator(".review__item")).to_have_count(len(QUESTIONS))
        expect(self.page.locator(".review__option--wrong")).to_have_count(0)
        expect(self.page.locator(".review__why")).to_have_count(len(QUESTIONS))

    # --- Certificate -------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """The course is completed: its last page shows the certificate, and so does "my learning"."""
        course = self.at("courses_learning:enter-course", course=self.academy.course.code)
        self.hand.press(self.page.locator(".player__body").locator(f'a[href="{course}"]'))
        self.arrived(course)
        # Before it is issued, the learner says that the name is right.
        expect(self.page.locator(".certificate-row")).to_have_count(0)
        confirm = self.page.locator(
            f'form[action="{self.at("certificates_own:confirm-name", course=self.academy.course.code)}"]'
        )
        expect(confirm.locator("xpath=..")).to_contain_text(NAME)
        self.hand.press(confirm.locator("button"))
        self.arrived(course)
        expect(self.page.locator(".certificate-row")).to_have_count(1)
        self.hand.press(
            self.page.locator(".player__body").locator(f'a[href="{self.at("courses_learning:list-mine")}"]')
        )
        self.arrived(self.at("courses_learning:list-mine"))
        expect(self.page.locator(".certificate-row")).to_have_count(1)

    def download(self, folder: Path) -> None:
        """The PDF: a real one, with the name in its right letters and the number."""
        with self.page.expect_download() as waiting:
            self.hand.press(self.page.locator(".certificate-row a[href$='/pdf/']"))
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.suffix == ".pdf"
        assert path.read_bytes().startswith(b"%PDF-")
        assert path.stat().st_size > 20_000
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
        assert NAME in text
        found = re.search(r"AW/\d{4}/\d{5}", text)
        assert found, text
        self.number = found[0]

    def open_twin(self) -> None:
        """The same as a page, with the code for checking."""
        self.hand.press(self.page.locator(".certificate-row .link-title"))
        self.page.wait_for_url(re.compile(r"/\d+/$"))
        self.looks_right()
        expect(self.page.locator("main")).to_contain_text(self.number)
        shown = self.page.locator("main dl.facts a[href*='/c/']").first.get_attribute("href") or ""
        self.code = shown.rstrip("/").rpartition("/")[2]
        assert len(self.code) >= 22


def verify(site: Site, page: Page, hand: Mouse | Keyboard, *, code: str, number: str) -> None:
    """Somebody else checks the certificate: by its code, then by number and surname."""
    check = address("certificates:check")
    for fields in ({"code": " ".join(code[at : at + 4] for at in range(0, len(code), 4)).lower()}, {"number": number}):
        page.goto(site.at(check))
        if "number" in fields:
            fields["surname"] = SURNAME
        for name, text in fields.items():
            hand.fill(page.locator(f'[name="{name}"]'), text)
        hand.press(page.locator(f'form:has([name="{name}"]) button[type=submit]'))
        expect(page.locator(".answer--valid")).to_be_visible()
        expect(page.locator("main")).to_contain_text(number)
        # Nobody learns the name from it who does not know it.
        expect(page.locator("main")).not_to_contain_text(SURNAME)
        content, window = widths(page)
        assert content <= window
    assert not [cookie for cookie in page.context.cookies() if cookie.get("name") == "sessionid"]
