"""The pages of the second step of signing in: setting it up, its recovery codes, and where it is asked for."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.accessibility.inspection import Inspection
from tests.browsers import sign_in
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.axe
SUBMIT = "main form button[type=submit]"


def prove(inspection: Inspection) -> None:
    """Give the password again where it is asked for."""
    if inspection.page.locator("[name=password]").count():
        inspection.page.fill("[name=password]", PASSWORD)
        inspection.page.click(SUBMIT)
        inspection.page.wait_for_load_state()


@pytest.mark.rule("page-6", "page-7")
def test_the_second_step(inspection: Inspection) -> None:
    person = PersonFactory(user__email="krok@example.org")
    page = inspection.page
    sign_in(page.context, inspection.site, person.user)
    inspection.visit("password asked for again", inspection.at("mfa_activate_totp"))
    inspection.visit("password asked for again, wrong", inspection.at("mfa_activate_totp"), press=SUBMIT)
    prove(inspection)
    inspection.visit("set-up", inspection.at("mfa_activate_totp"))
    inspection.visit("set-up with errors", inspection.at("mfa_activate_totp"), press=SUBMIT)
    key = page.locator(".account-key").inner_text()
    page.fill("[name=code]", format_hotp_value(hotp_value(key, int(time.time()) // 30)))
    page.click(SUBMIT)
    page.wait_for_url(f"**{inspection.at('mfa_view_recovery_codes')}")
    inspection.look("recovery codes")
    for name in ("mfa_index", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        inspection.visit(name, inspection.at(name))
    page.context.clear_cookies()
    page.goto(inspection.site.at(inspection.at("account_login")))
    page.fill("[name=login]", "krok@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click('form:has([name="password"]) button[type="submit"]')
    page.wait_for_url(f"**{inspection.at('mfa_authenticate')}*")
    inspection.look("code asked for")
    inspection.visit("code asked for, wrong", inspection.at("mfa_authenticate"), press=SUBMIT)
