"""Handing pages to translation with wagtail-localize."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.machine_translators import get_machine_translator

from cms.accounts.rules import Role
from tests.factories.accounts import UserFactory
from tests.factories.languages import submit
from tests.factories.pages import make_text_page

pytestmark = pytest.mark.django_db


@pytest.mark.rule("languages-1")
def test_a_translation_of_a_published_page_begins_as_a_draft() -> None:
    page = make_text_page("O programie")
    assert page.live
    submit(page.get_parent())
    submit(page)
    twin = page.get_translations().get()
    assert (twin.live, twin.first_published_at, twin.alias_of_id) == (False, None, None)
    assert twin.get_latest_revision() is not None


@pytest.mark.rule("languages-1")
def test_nothing_mirrors_pages_and_no_machine_gets_texts() -> None:
    assert get_locale_components() == []
    assert get_machine_translator() is None
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False


@pytest.mark.rule("languages-2")
@pytest.mark.parametrize(
    ("role", "answer"),
    [(Role.EDITORS, 200), (Role.LEAD_EDITORS, 200), (Role.COORDINATORS, 302), (Role.ADMINISTRATORS, 302), (None, 403)],
)
def test_editors_submit_and_nobody_else(client: Client, role: Role | None, answer: int) -> None:
    page = make_text_page("O programie")
    client.force_login(UserFactory(roles=[role] if role else []))
    where = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = client.get(where)
    assert response.status_code == answer
    if answer != 200:
        assert client.post(where, {"locales": ["1"]}).status_code == answer
        assert page.get_translations().count() == 0
