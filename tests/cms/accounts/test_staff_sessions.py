"""How long sessions live without a request."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.rules import Role
from tests.factories.accounts import PASSWORD, PersonFactory, staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("account-22")]


def signed_in(email: str) -> Client:
    client = Client()
    assert client.post(reverse("account_login"), {"login": email, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("cms_accounts:show-profile")).status_code == 200


def test_staff_are_out_after_hours_and_learners_after_days(settings) -> None:
    # Redis counts its own time, which no test moves; what ends a session is the date in its row.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    editor, learner = staff(Role.EDITORS), PersonFactory().user
    with time_machine.travel(timezone.now().timestamp(), tick=False) as clock:
        idle, busy, other = signed_in(editor.email), signed_in(editor.email), signed_in(learner.email)
        for _part in range(3):
            clock.shift(timedelta(hours=5))
            assert is_in(busy)
        assert not is_in(idle)
        assert is_in(other)
        clock.shift(timedelta(hours=12, seconds=1))
        assert not is_in(busy)
        clock.shift(timedelta(days=12))
        assert is_in(other)
        clock.shift(timedelta(days=2))
        assert not is_in(other)


def test_a_session_that_was_opened_before_the_role_is_shortened_on_the_way_in(settings) -> None:
    settings.STAFF_SESSION_HOURS = 2
    user = PersonFactory().user
    client = signed_in(user.email)
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    user.groups.add(*staff(Role.EDITORS).groups.all())
    client.get(reverse("wagtailadmin_home"))
    assert client.session.get_expiry_age() == 2 * 3600
    kept = Session.objects.get(session_key=client.session.session_key)
    assert kept.expire_date < timezone.now() + timedelta(hours=2, seconds=1)


def test_a_session_in_use_is_written_seldom() -> None:
    client = signed_in(staff(Role.EDITORS).email)
    before = client.session["staff_seen"]
    with time_machine.travel((timezone.now() + timedelta(minutes=4)).timestamp()):
        is_in(client)
        assert client.session["staff_seen"] == before
    with time_machine.travel((timezone.now() + timedelta(minutes=6)).timestamp()):
        is_in(client)
        assert client.session["staff_seen"] > before
