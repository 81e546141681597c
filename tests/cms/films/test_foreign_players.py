"""Players of others: a placeholder that says what is sent to whom, and a policy that lets in one host on one page."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Site

from cms.films.models import ForeignPlayers
from cms.films.queries import peertube_hosts
from cms.pages.blocks import ForeignPlayerBlock
from tests.factories.films import make_film_page
from tests.reading import words_of

pytestmark = pytest.mark.django_db

POLICY = "Content-Security-Policy"
KEY = "dQw4w9WgXcQ"


def _frames(answer: Any) -> str:
    found = re.search(r"frame-src ([^;]*)", answer[POLICY])
    return found.group(1) if found else ""


def _body(address: str) -> list[Any]:
    return [("foreign_player", {"address": address, "title": "Film obcy <b>"})]


@pytest.mark.rule("film-10")
def test_a_page_lets_in_the_one_host_that_it_names_also_from_the_cache(client: Client) -> None:
    plain = make_film_page()
    page = make_film_page(body=_body(f"https://youtu.be/{KEY}"))
    first, second = client.get(page.get_url()), client.get(page.get_url())
    for answer in (first, second):
        assert _frames(answer) == "'self' https://www.youtube-nocookie.com"
        assert "script-src 'self'" in answer[POLICY]
        text = words_of(answer)
        assert "Twoja przeglądarka połączy się z www.youtube-nocookie.com" in text
        assert "Film obcy &lt;b&gt;" in text
        # Nothing is fetched: there is no frame, and the address is only a link to press.
        assert "<iframe" not in text
        assert f'href="https://www.youtube.com/watch?v={KEY}"' in text
    assert first["ETag"] == second["ETag"]
    assert _frames(client.get(plain.get_url())) == ""


@pytest.mark.rule("film-10")
def test_words_cannot_pretend_to_be_a_placeholder(client: Client) -> None:
    forged = '<aw-foreign-player class="x" data-host="evil.example.org">'
    page = make_film_page(summary=forged, body=_body("https://vimeo.com/76979871"))
    assert _frames(client.get(page.get_url())) == "'self' https://player.vimeo.com"


@pytest.mark.rule("film-9", "film-10")
def test_peertube_is_shown_from_the_hosts_that_editors_name(client: Client) -> None:
    address = "https://peertube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv"
    page = make_film_page(body=_body(address))
    assert "nie jest już tutaj pokazywany" in words_of(client.get(page.get_url()))
    block = ForeignPlayerBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"address": address, "title": "Film"}))
    setting = ForeignPlayers(site=Site.objects.get(), peertube_hosts="peertube.example.org\n")
    setting.full_clean()
    setting.save()
    assert peertube_hosts() == {"peertube.example.org"}
    assert block.clean(block.to_python({"address": address, "title": "Film"}))["address"] == address
    cache.clear()
    assert _frames(client.get(page.get_url())) == "'self' https://peertube.example.org"
    setting.peertube_hosts = "localhost *.example.org"
    with pytest.raises(ValidationError, match="localhost"):
        setting.full_clean()
