"""The editors' side in a browser needs Wagtail's own static files, too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import BrowserContext, Page

from tests.browsers import Site, real_static, sign_in
from tests.factories.accounts import staff


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All static files, those of the editors' side with them."""
    folder = tmp_path_factory.mktemp("static-of-editors")
    with override_settings(STORAGES=real_static(), STATIC_ROOT=str(folder)):
        call_command("collectstatic", verbosity=0, interactive=False)
    return folder


@pytest.fixture
def desk_of(site: Site, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """``desk_of(Role.EDITORS)``: the signed-in browser of somebody with this role, on a page of its own."""

    def opened(*roles: object, **options: object) -> Page:
        context = new_context(**({"viewport": {"width": 1280, "height": 900}, "locale": "pl-PL"} | options))
        sign_in(context, site, staff(*roles))
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    return opened
