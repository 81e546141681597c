"""The language switch leads to this site only."""

from urllib.parse import urlsplit

import pytest
from django.test import RequestFactory

from cms.pages.languages import language_switch


@pytest.mark.rule("page-9")
@pytest.mark.parametrize("address", ["//evil.example/pl/", "///evil.example/", "//evil.example/pl/konto/login/?a=b"])
def test_an_address_with_two_slashes_names_no_host(address: str) -> None:
    request = RequestFactory().get("/")
    request.path = request.path_info = address.partition("?")[0]
    for entry in language_switch(request):
        assert not urlsplit(entry["url"]).netloc
        assert entry["url"].startswith("/evil.example/")


def test_the_switch_leads_to_the_same_page() -> None:
    urls = {
        entry["code"]: entry["url"] for entry in language_switch(RequestFactory().get("/pl/konto/login/?next=/pl/"))
    }
    assert urls["pl"] == "/pl/konto/login/?next=/pl/"
    assert urls["en"].startswith("/en/")
    assert urls["en"].endswith("/login/?next=/pl/")
