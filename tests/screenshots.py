"""``make screenshots``: build the demonstration in a folder of its own and take the pictures in ``docs/screenshots``.

The main screens, each at 1280 and 360 px, in Polish and in light colours.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from datetime import timedelta
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
        from django.core.management import call_command

        django.setup()
        call_command("reindex", verbosity=0)
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
    """The screens, each with its name, its path and who looks at it: nobody, somebody on the way, or at the end."""
    from django.utils import timezone

    from certificates.actions import confirm_name, issue, make_paper
    from cms.accounts.actions import create_account
    from cms.accounts.models import Person
    from cms.films.models import FilmPage
    from cms.glossary.models import GlossaryPage
    from cms.library.models import LibraryPage, PublicationPage
    from cms.news.models import NewsIndexPage
    from cms.pages.models import StandardPage
    from courses.assessment.actions import save_open_answer, start_attempt
    from courses.assessment.models import Quiz
    from courses.catalogue.models import Course, CoursePage
    from courses.catalogue.queries import outline_facts
    from courses.learning.models import Completion, Enrolment
    from tests.browsers import address
    from tests.factories.assessment import right_keys
    from tests.factories.learning import enrol, finish

    now = timezone.now()
    course_page = CoursePage.objects.filter(locale__language_code="pl").first()
    course = Course.objects.get(code=course_page.code)

    def learner(who: str, steps: int | None) -> tuple[Person, Enrolment]:
        """Somebody who has done so many steps, or all of them."""
        email = f"obraz-{who}@example.org"
        person = create_account(email=email, password="most-nad-wisla", name="Anna Przykładowa")
        enrolment = enrol(person, course)
        finish(enrolment, steps=steps)
        return person, enrolment

    graduate, finished = learner("koniec", None)
    confirm_name(person_id=graduate.pk, name=graduate.name, now=now)
    certificate = issue(completion_id=Completion.objects.get(enrolment=finished).pk, now=now)
    assert certificate is not None
    make_paper(certificate_id=certificate.pk)

    steps = outline_facts(finished.outline_version).steps
    kinds = [step.kind.value for step in steps]
    film, quiz = kinds.index("film"), kinds.index("quiz")
    reader, _enrolment = learner("lekcja", 2)
    viewer, _enrolment = learner("film", film)
    answering, _enrolment = learner("quiz", quiz)
    attempt = start_attempt(
        person=answering, quiz=Quiz.objects.get(pk=steps[quiz].target_id), language="pl", now=now - timedelta(minutes=2)
    )
    for minutes, item in enumerate(attempt.items.order_by("position")[:2], start=-1):
        save_open_answer(
            person=answering,
            quiz_id=attempt.quiz_id,
            position=item.position,
            chosen=right_keys(item),
            now=now + timedelta(minutes=minutes),
        )

    def page_of(model: type, **which: str) -> str:
        return model.objects.filter(live=True, locale__language_code="pl", **which).first().get_url()

    def step_address(name: str, step: int, **more: int) -> str:
        return address(f"courses_learning:{name}", course=course.code, key=steps[step].key, **more)

    return [
        ("home", "/pl/", None),
        ("course", course_page.get_url(), None),
        ("sign-up", address("account_signup"), None),
        ("lesson", step_address("open-step", 2), reader),
        ("film", step_address("open-step", film), viewer),
        ("quiz", step_address("show-question", quiz, position=2), answering),
        ("quiz-summary", step_address("show-summary", quiz), answering),
        ("my-learning", address("courses_learning:list-mine"), viewer),
        ("certificate", address("certificates_own:show-certificate", pk=certificate.pk), graduate),
        ("verification", f"/c/{certificate.code}/?lang=pl", None),
        ("publications", page_of(LibraryPage), None),
        ("publication", page_of(PublicationPage, slug__startswith="mapa"), None),
        ("public-film", page_of(FilmPage, film__title__startswith="Trzy drogi"), None),
        ("search", f"{address('cms_search:search-site')}?q=spoldzielnie", None),
        ("news", page_of(NewsIndexPage), None),
        ("glossary", page_of(GlossaryPage), None),
        ("project", page_of(StandardPage, slug="o-projekcie"), None),
        ("newsletter", address("cms_newsletter:subscribe"), None),
    ]


if __name__ == "__main__":
    sys.exit(main())
