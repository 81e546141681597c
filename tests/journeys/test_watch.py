"""The watch notices what a browser must not do; one that never fails would show nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.browsers import Site, Watch
from tests.factories.catalogue import make_home

pytestmark = pytest.mark.journey


def test_everything_amiss_is_noticed(site: Site, new_context: Callable[..., BrowserContext]) -> None:
    make_home()
    watch = Watch(site.url)
    context = new_context()
    watch.over(context)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(site.at("/pl/"))
    assert not watch.faults
    page.goto(site.at("/pl/nie-ma/"))
    page.evaluate("console.warn('uwaga')")
    page.evaluate("setTimeout(() => { throw new Error('pomyłka') })")
    page.set_content('<img src="http://foreign.example.org/p.png">')
    page.wait_for_timeout(500)
    said = "\n".join(watch.faults)
    for words in ("status 404", "console.warning: uwaga", "pomyłka", "another host: http://foreign.example.org/p.png"):
        assert words in said, said


def test_what_is_expected_is_not_noted(site: Site, new_context: Callable[..., BrowserContext]) -> None:
    make_home()
    watch = Watch(site.url)
    watch.allow("/pl/nie-ma/", 404)
    context = new_context()
    watch.over(context)
    context.new_page().goto(site.at("/pl/nie-ma/"))
    assert not watch.faults
