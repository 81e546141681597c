"""What a first view costs: requests and bytes of the real content, from the real server, with an empty cache."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from cms.accounts.models import Person
from courses.catalogue.models import Course
from courses.learning.queries import standing_of
from tests.browsers import DESK, PHONE, Site, address, free_port, sign_in
from tests.factories.learning import enrol, finish
from tests.processes import running, wait_for

pytestmark = pytest.mark.journey
MOST_REQUESTS = 10
MOST_BYTES = 120 * 1024


@pytest.fixture
def site(transactional_db: None, settings: Any, collected_static: Path, tmp_path: Path) -> Iterator[Site]:
    """The demonstration, served by gunicorn from compressed files as a visitor gets them."""
    port = free_port()
    site = Site(f"http://127.0.0.1:{port}")
    settings.SITE_URL = site.url
    # The sessions that the test opens are the server's, too.
    variables = {"SITE_URL": site.url, "SECRET_KEY": settings.SECRET_KEY}
    (tmp_path / "static").symlink_to(collected_static)
    log = tmp_path / "log.txt"
    with ExitStack() as stack:
        demo = stack.enter_context(running("manage.py", "demo", log=log, **variables))
        assert demo.wait(timeout=180) == 0, log.read_text()
        assert " ERROR " not in log.read_text(), log.read_text()
        served = ("-m", "gunicorn", "cms.wsgi:application", "--bind", f"127.0.0.1:{port}", "--threads", "4")
        stack.enter_context(running(*served, "--no-control-socket", log=log, **variables))
        wait_for(lambda: "Listening at" in log.read_text(), log=log)
        yield site


class Meter:
    """Counts what comes over the wire for one page, the film left out."""

    def __init__(self, page: Page) -> None:
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)

    def _sent(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if not url.startswith(("data:", "blob:")) and "/source." not in url:
            self.addresses[event["requestId"]] = url

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.addresses:
            self.bytes[self.addresses[event["requestId"]]] = int(event["encodedDataLength"])


@pytest.mark.rule("page-8")
def test_a_first_view_is_small(site: Site, open_context: Callable[..., BrowserContext]) -> None:
    course = Course.objects.get(code="narzedzie-it")
    enrolment = enrol(Person.objects.get(user__email="nauka@example.org"), course)
    kinds = [step.kind.value for step in standing_of(enrolment).outline.steps]
    # Far enough for one step of each kind to be open.
    standing = finish(enrolment, steps=max(map(kinds.index, ("lesson", "film", "quiz"))))
    steps = [standing.outline.steps[kinds.index(kind)] for kind in ("lesson", "film", "quiz")]
    visitors = ["/pl/", "/pl/szkolenia/narzedzie-it/"]
    learners = [address("courses_learning:open-step", course=course.code, key=step.key) for step in steps]
    too_much = []
    for window in (DESK, PHONE):
        for path in visitors + learners:
            context = open_context(viewport=window)
            if path in learners:
                sign_in(context, site, enrolment.person.user)
            page = context.new_page()
            meter = Meter(page)
            answer = page.goto(site.at(path), wait_until="networkidle")
            assert answer is not None
            assert answer.ok
            requests, size = len(meter.addresses), sum(meter.bytes.values())
            # The page itself, its style and its type: less than that has not been measured.
            assert requests >= 4
            if requests > MOST_REQUESTS or size > MOST_BYTES:
                too_much.append(f"{path} at {window['width']} px: {requests} requests, {size} bytes: {meter.bytes}")
            context.close()
    assert not too_much, "\n".join(too_much)
