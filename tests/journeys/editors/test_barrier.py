"""A barrier is reported with the keyboard and answered in the administration; whoever reported it reads the answer."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, expect

from cms.accounts.rules import Role
from cms.barriers.models import BarrierReport
from tests.browsers import DESK, PHONE, Site, Watch, sign_in
from tests.factories.accounts import staff
from tests.factories.site import make_academy
from tests.journeys.hands import Keyboard

pytestmark = pytest.mark.journey
ADDRESS = "zofia@example.org"


@pytest.mark.rule("barriers-3", "barriers-7")
@pytest.mark.parametrize(("window", "script"), [(DESK, True), (PHONE, False)])
def test_from_the_report_to_the_answer(
    site: Site,
    watch: Watch,
    open_context: Callable[..., BrowserContext],
    new_context: Callable[..., BrowserContext],
    window: dict,
    script: bool,
) -> None:
    make_academy()
    lead = staff(Role.LEAD_EDITORS)
    page = open_context(viewport=window, java_script_enabled=script, reduced_motion="reduce").new_page()
    page.goto(site.at("/pl/"))
    page.get_by_role("contentinfo").get_by_role("link", name="Zgłoś barierę", exact=True).click()
    expect(page.locator('[name="place"]')).to_have_value("/pl/")
    send = page.get_by_role("button", name="Wyślij zgłoszenie")
    send.click()
    expect(page.locator(".error-summary")).to_be_visible()
    words = {"barrier": "Film nie ma napisów.", "name": "Zofia Słuchowa", "email": ADDRESS}
    if script:
        hand = Keyboard(page)
        hand.fill(page.locator('[name="barrier"]'), words["barrier"])
        hand.choose(page.locator('[name="kind"][value="demand"]'))
        hand.fill(page.locator('[name="name"]'), words["name"])
        hand.fill(page.locator('[name="email"]'), words["email"])
        hand.press(send)
        hand.check()
    else:
        for name, text in words.items():
            page.locator(f'[name="{name}"]').fill(text)
        page.locator('[name="kind"][value="demand"]').check()
        send.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mamy Twoje zgłoszenie")
    report = BarrierReport.objects.get()
    receipt = next(message for message in mail.outbox if message.to == [ADDRESS])
    assert report.number in receipt.subject
    assert any(message.to == [lead.email] for message in mail.outbox)
    desk = new_context(viewport=DESK, java_script_enabled=False, locale="pl-PL")
    sign_in(desk, site, lead)
    room = desk.new_page()
    room.set_default_timeout(20_000)
    room.goto(site.at(f"/admin/barriers/inspect/{report.pk}/"))
    room.get_by_role("button", name="Przejmij").click()
    room.get_by_role("link", name="Odpowiedz…").click()
    room.locator('[name="text"]').fill("Film ma już napisy.")
    room.get_by_role("button", name="Zapisz odpowiedź").click()
    expect(room.get_by_text("Film ma już napisy.").first).to_be_visible()
    answer = [message for message in mail.outbox if message.to == [ADDRESS]][-1]
    assert "Film ma już napisy." in answer.body
    link = re.search(r"https?://\S+/zglos-bariere/\S+", answer.body)
    assert link
    page.goto(link[0])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jest odpowiedź")
    expect(page.get_by_text("Film ma już napisy.")).to_be_visible()
    assert not watch.faults
