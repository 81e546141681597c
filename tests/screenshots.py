"""``make screenshots``: build the demonstration in a folder of its own and take the pictures in ``docs/screenshots``.

Ten main screens, each at 1280 and 360 px, in Polish and in light colours.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
WIDTHS = {1280: 900, 360: 740}


def main() -> int:
    """Build, serve, walk, take pictures."""
    folder = Path(tempfile.mkdtemp(prefix="akademia-screenshots-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ |= {
        "VAR_DIR": str(folder),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "cms.settings",
        # Playwright's loop runs in this thread, which Django would take for a program that must not wait.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    try:
        subprocess.run([sys.executable, str(ROOT / ".ci" / "prepare.py")], check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        take_all(port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def take_all(port: int) -> None:
    """Serve the site on ``port`` and take each picture in each width."""
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.core.wsgi import get_wsgi_application
    from django.test.testcases import QuietWSGIRequestHandler
    from playwright.sync_api import sync_playwright

    from tests.browsers import BROWSERS, FLAGS, Site, sign_in

    server = ThreadedWSGIServer(("127.0.0.1", port), QuietWSGIRequestHandler, allow_reuse_address=False)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = Site(f"http://127.0.0.1:{port}")
    screens = walk()
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        for width, height in WIDTHS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="pl-PL", reduced_motion="reduce"
            )
            page = context.new_page()
            for number, (name, path, person) in enumerate(screens, start=1):
                context.clear_cookies()
                if person is not None:
                    sign_in(context, site, person.user)
                answer = page.goto(site.at(path), wait_until="networkidle")
                if answer is None or answer.status != 200:
                    raise SystemExit(f"{path} cannot be shown")
                page.screenshot(path=PICTURES / f"{number:02}-{name}-{width}.png")
        browser.close()
    server.shutdown()
    server.server_close()


def walk() -> list[tuple]:
    """The screens, each with its name, its path and who looks at it: nobody, somebody half-way, or at the end."""
    from django.utils import timezone

    from certificates.actions import confirm_name, issue, make_paper
    from cms.accounts.actions import create_account
    from courses.assessment.actions import start_attempt
    from courses.assessment.models import Quiz
    from courses.catalogue.models import Course, CoursePage
    from courses.learning.models import Completion
    from courses.learning.queries import standing_of
    from tests.browsers import address
    from tests.factories.learning import enrol, finish

    now = timezone.now()
    course_page = CoursePage.objects.filter(locale__language_code="pl").first()
    course = Course.objects.get(code=course_page.code)
    graduate = create_account(email="obraz-koniec@example.org", password="most-nad-wisla", name="Anna Przykładowa")
    finished = enrol(graduate, course)
    finish(finished)
    confirm_name(person_id=graduate.pk, name=graduate.name, now=now)
    certificate = issue(completion_id=Completion.objects.get(enrolment=finished).pk, now=now)
    assert certificate is not None
    make_paper(certificate_id=certificate.pk)

    person = create_account(email="obraz-nauka@example.org", password="most-nad-wisla", name="Anna Przykładowa")
    enrolment = enrol(person, course)
    steps = standing_of(enrolment).outline.steps
    film = next(step for step in steps if step.kind.value == "film")
    finish(enrolment, steps=list(steps).index(film))
    before = [step for step in steps[: list(steps).index(film)] if step.kind.value == "lesson"]
    quiz = next(step for step in steps if step.kind.value == "quiz")
    start_attempt(person=person, quiz=Quiz.objects.get(pk=quiz.target_id), language="pl", now=now)

    def step_address(name: str, step: object, **more: int) -> str:
        return address(f"courses_learning:{name}", course=course.code, key=step.key, **more)

    return [
        ("home", "/pl/", None),
        ("course", course_page.get_url(), None),
        ("sign-up", address("account_signup"), None),
        ("lesson", step_address("open-step", before[1]), person),
        ("film", step_address("open-step", film), person),
        ("quiz", step_address("show-question", quiz, position=1), person),
        ("quiz-summary", step_address("show-summary", quiz), person),
        ("my-learning", address("courses_learning:list-mine"), person),
        ("certificate", address("certificates_own:show-certificate", pk=certificate.pk), graduate),
        ("verification", f"/c/{certificate.code}/?lang=pl", None),
    ]


if __name__ == "__main__":
    sys.exit(main())
