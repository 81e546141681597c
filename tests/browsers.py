"""A real browser before the real site: chromium, a server on loopback, and a watch over everything the browser does."""

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test import Client, override_settings
from django.test.testcases import QuietWSGIRequestHandler
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError, expect

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--mute-audio",
    # No name but the site's own is found, so that even a browser that wanted to could not leave the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


# A busy machine may need longer than the five seconds that are usual.
expect.set_options(timeout=15_000)


def address(name: str, language: str = "pl", **kwargs: Any) -> str:
    """The path of a view in a language."""
    with translation.override(language):
        return reverse(name, kwargs=kwargs or None)


# --- What a browser did ----------------------------------------------------------------------------------------------


@dataclass
class Watch:
    """Notes what a browser must not do: words in the console, errors, foreign requests, answers of 400 and more."""

    origin: str
    allowed: set[tuple[str, int]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    requests: int = 0

    def over(self, context: BrowserContext) -> None:
        """Watch this context, too."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def allow(self, path: str, status: int) -> None:
        """Expect this answer, and the line that the browser itself writes about it."""
        self.allowed.add((path, status))

    def _console(self, message: ConsoleMessage) -> None:
        place = urlsplit(str(message.location.get("url", ""))).path
        status = re.search(r"status of (\d+)", message.text)
        if status and (place, int(status[1])) in self.allowed:
            return
        self.faults.append(f"console.{message.type}: {message.text} ({place})")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"error in a script: {error.error}")

    def _request(self, request: Request) -> None:
        self.requests += 1
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.faults.append(f"request to another host: {request.url}")

    def _failed(self, request: Request) -> None:
        # A browser breaks off what it no longer needs: the rest of a film, the picture of a page that was left.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.faults.append(f"request failed: {request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        if response.status >= 400 and (path, response.status) not in self.allowed:
            self.faults.append(f"status {response.status}: {response.request.method} {response.url}")

    def check(self) -> None:
        """Fail with everything that was noted."""
        assert not self.faults, "\n".join(self.faults)


def free_port() -> int:
    """A port on loopback that nobody uses at the moment."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def widths(page: Page) -> tuple[int, int]:
    """How wide the content of the page is, and how wide the window."""
    found = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return found[0], found[1]


def wait_until(page: Page, expression: str, *, seconds: float = 20) -> None:
    """Wait until the expression is true. Playwright's own way runs text as script, which the site's policy forbids."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, f"not within {seconds} s on {page.url}: {expression}"
        page.wait_for_timeout(50)


# --- Fixtures; a folder's conftest.py takes them over ----------------------------------------------------------------


@dataclass(frozen=True)
class Site:
    """The running site."""

    url: str

    def at(self, path: str) -> str:
        """The whole address of a path."""
        return self.url + path


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: addresses are always whole. (Pytest warns of the way in which the plugin's own fixture is written.)"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's chromium; nothing is downloaded."""
    # Playwright's loop runs in this thread, which Django would take for a program that must not wait for a database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("there is no chromium on this machine")
    return {**browser_type_launch_args, "executable_path": found, "args": FLAGS}


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as visitors get them; those of the editors' side are left out."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STORAGES=real_static(), STATIC_ROOT=str(folder)):
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["wagtail*", "admin"])
    return folder


def real_static() -> dict[str, dict[str, Any]]:
    """The storages of the tests, but the project's own one for static files."""
    return {**settings.STORAGES, "staticfiles": {"BACKEND": "cms.static_storage.JoinedManifestStorage"}}


@pytest.fixture
def site(transactional_db: None, settings: Any, collected_static: Path) -> Iterator[Site]:
    """Serve the site from a thread, with real transactions and the stylesheet as it is published.

    Not pytest-django's ``live_server``: that one takes everything below ``MEDIA_URL`` for plain files, and our films
    and captions are served there by views.
    """
    settings.STORAGES = real_static()
    settings.STATIC_ROOT = str(collected_static)
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler, allow_reuse_address=False)
    settings.SITE_URL = f"http://127.0.0.1:{server.server_port}"
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Site(settings.SITE_URL)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def sign_in(context: BrowserContext, site: Site, user: Any) -> None:
    """Sign somebody in without the form, which has its own journey."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url, "httpOnly": True},
            {"name": "signed_in", "value": "1", "url": site.url},
        ]
    )


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """The watch over all contexts of the test; what it noted fails the test at the end."""
    watch = Watch(site.url)
    yield watch
    watch.check()


@pytest.fixture
def open_context(new_context: Callable[..., BrowserContext], watch: Watch) -> Callable[..., BrowserContext]:
    """``open_context(viewport=PHONE, java_script_enabled=False)``: a watched browser without a past."""

    def opened(**options: Any) -> BrowserContext:
        defaults = {"viewport": DESK, "locale": "pl-PL", "timezone_id": "Europe/Warsaw"}
        context = new_context(**(defaults | options))
        context.set_default_timeout(15_000)
        watch.over(context)
        return context

    return opened
