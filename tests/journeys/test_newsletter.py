"""Somebody subscribes to the newsletter, confirms, gets an issue and leaves, on a phone, with and without script."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from cms.newsletter.models import ConsentEvent, Subscriber
from cms.newsletter.sending import release_issue
from tests.browsers import PHONE, Site, Watch
from tests.factories.newsletter import make_issue, make_topic
from tests.factories.site import make_academy

pytestmark = pytest.mark.journey
ADDRESS = "zofia.nowa@example.org"


def letter(number: int) -> EmailMessage:
    """The letters to the subscriber, by their order."""
    return [message for message in mail.outbox if message.to == [ADDRESS]][number]


def open_link(page: Page, site: Site, message: EmailMessage, part: str) -> None:
    """Follow the link of a letter whose address holds ``part``."""
    links = re.findall(r"https?://\S+", message.body)
    page.goto(re.sub(r"^https?://[^/]+", site.url, next(link for link in links if part in link)))


@pytest.mark.rule("newsletter-1")
@pytest.mark.parametrize("script", [True, False])
def test_from_the_form_to_the_farewell(
    site: Site, watch: Watch, open_context: Callable[..., BrowserContext], script: bool
) -> None:
    make_academy()
    make_topic()
    page = open_context(viewport=PHONE, java_script_enabled=script).new_page()
    page.goto(site.at("/pl/"))
    page.get_by_role("link", name="Zapisz się na newsletter").click()
    page.get_by_role("button", name="Zapisz").click()
    expect(page.locator("#error-summary, .error-summary").first).to_be_visible()
    page.locator('[name="email"]').fill(ADDRESS)
    page.locator('[name="consent"]').check()
    page.get_by_role("button", name="Zapisz").click()
    expect(page).to_have_url(re.compile(r"/newsletter/[^/]+/$"))
    assert Subscriber.objects.get().state == "pending"
    open_link(page, site, letter(-1), "/newsletter/")
    assert Subscriber.objects.get().state == "pending", "programs that look through letters open links, too"
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_load_state()
    assert Subscriber.objects.get().state == "active"
    issue = make_issue(title="Pierwszy numer")
    release_issue(issue_id=issue.pk, by=None)
    received = letter(-1)
    assert "Pierwszy numer" in received.subject
    assert received.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page.goto(site.at(issue.get_url()))
    expect(page.get_by_role("heading", level=1)).to_have_text("Pierwszy numer")
    leave = re.search(r"<([^>]+)>", received.extra_headers["List-Unsubscribe"])
    assert leave
    page.goto(re.sub(r"^https?://[^/]+", site.url, leave[1]))
    assert Subscriber.objects.get().state == "active", "opening the link asks first"
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_load_state()
    assert Subscriber.objects.get().state == "unsubscribed"
    kinds = list(ConsentEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["asked", "confirmed", "unsubscribed"]
    assert not watch.faults
