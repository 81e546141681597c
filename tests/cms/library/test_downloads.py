"""The report of downloads, and the newest publications for the home page."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.rules import Role
from cms.library.actions import count_download
from cms.library.models import MadeFile, PublicationFile
from tests.factories.accounts import UserFactory, staff
from tests.factories.catalogue import make_home
from tests.factories.library import make_publication

pytestmark = pytest.mark.django_db
REPORT = "cms_library_downloads_report"


@pytest.mark.rule("library-14")
def test_editors_see_downloads_by_day_and_file_and_take_them_along(client: Client) -> None:
    page = make_publication(files=1, title="Poradnik zakupów")
    made = MadeFile.objects.create(publication=page, format="epub")
    for key in (PublicationFile.objects.get().key, made.key, made.key):
        count_download(key=key, day=date(2026, 11, 24))
    client.force_login(UserFactory())
    assert client.get(reverse(REPORT)).status_code in {302, 403}
    client.force_login(staff(Role.EDITORS))
    shown = client.get(reverse(REPORT)).content.decode()
    assert "Poradnik zakupów" in shown
    assert PublicationFile.objects.get().document.title in shown
    none = client.get(reverse(f"{REPORT}_results"), {"day_from": "2026-11-25"}).content.decode()
    assert "Poradnik zakupów" not in none
    assert "Poradnik" in client.get(reverse(f"{REPORT}_results"), {"title": "zakup"}).content.decode()
    exported = client.get(reverse(REPORT), {"export": "csv"})
    rows = b"".join(exported.streaming_content).decode()
    assert "2026-11-24,Poradnik zakupów,epub,2" in rows


@pytest.mark.rule("library-14")
def test_the_report_costs_as_many_queries_for_many_files(client: Client) -> None:
    client.force_login(staff(Role.EDITORS))
    asked = []
    for total in (1, 3):
        while PublicationFile.objects.count() < total:
            make_publication(files=1)
        for file in PublicationFile.objects.all():
            count_download(key=file.key, day=date(2026, 11, 24))
        client.get(reverse(REPORT))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(REPORT))
        asked.append(len(queries))
    assert len(set(asked)) == 1


@pytest.mark.rule("library-7")
def test_the_newest_publications_are_read_once() -> None:
    home = make_home()
    words = Template(
        "{% load library %}{% newest_publications home 2 as rows %}{% for row in rows %}{{ row.title }};{% endfor %}"
    )
    asked = []
    for total in (1, 3):
        for number in range(total):
            make_publication(files=2, title=f"P{total}{number}")
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            shown = words.render(Context({"request": RequestFactory().get("/"), "home": home}))
        asked.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            words.render(Context({"request": RequestFactory().get("/"), "home": home}))
        assert len(queries) <= 4
    assert shown.count(";") == 2
    assert asked[0] == asked[1] <= 7
