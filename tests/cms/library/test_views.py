"""The list of publications, a publication's page, its files and citations."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.accounts.rules import Role
from cms.library.models import DownloadCount, PublicationFile, PublicationPage
from tests.factories.accounts import UserFactory, staff
from tests.factories.library import make_library, make_publication, make_topic
from tests.factories.media import DocumentFactory
from tests.factories.pages import nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def _at(file: PublicationFile) -> str:
    return reverse("cms_library:open-file", args=[file.key])


# --- The list ----------------------------------------------------------------------------------------------------


def test_an_empty_list_says_so(client: Client) -> None:
    answer = client.get(make_library().get_url())
    assert "Nie ma tu jeszcze publikacji." in words_of(answer)
    assert 'name="kind"' not in words_of(answer)


@pytest.mark.rule("library-6")
def test_the_list_is_narrowed_by_its_address_and_each_filter_is_removed_alone(client: Client) -> None:
    topic = make_topic()
    make_publication(title="Poradnik zakupów", topics=(topic,))
    make_publication(title="Raport zakupów", kind="report", topics=(topic,))
    make_publication(title="Raport roczny", kind="report", year=2014)
    where = make_library().get_url()
    both = words_of(client.get(where, {"kind": "report", "topic": "zakupy"}))
    assert "Raport zakupów" in both
    assert "Raport roczny" not in both
    assert "Poradnik zakupów" not in both
    assert 'href="?topic=zakupy#results"' in both
    assert 'href="?kind=report#results"' in both
    assert '<meta name="robots" content="noindex">' in both
    neither = words_of(client.get(where, {"kind": "report", "topic": "zakupy", "year": "2014"}))
    assert "Żadna publikacja nie pasuje do wszystkich filtrów." in neither


@pytest.mark.parametrize(
    "query",
    [
        "kind=nowhere", "kind=%00", "kind='--", "year=99999999999999999999", "page=10000000000000000000",
        "page=-1", "page=x", "sort=x", "topic=" + "a" * 3000, "&".join(f"kind=x{n}" for n in range(300)),
    ],
)  # fmt: skip
def test_a_senseless_address_shows_the_whole_list(client: Client, query: str) -> None:
    make_publication(title="Poradnik zakupów")
    answer = client.get(f"{make_library().get_url()}?{query}")
    assert answer.status_code == 200
    assert "Poradnik zakupów" in words_of(answer)


@pytest.mark.rule("library-7")
@pytest.mark.parametrize("address", ["", "?kind=guide", "?kind=guide&page=2&sort=title"])
def test_a_long_list_costs_as_many_queries_as_a_short_one(client: Client, address: str) -> None:
    topic = make_topic()
    where = make_library().get_url() + address
    asked = []
    for total in (1, 3, 60):
        while PublicationFile.objects.count() < total:
            make_publication(files=1, topics=(topic,))
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 12


def test_drafts_and_closed_publications_are_not_listed(client: Client) -> None:
    make_publication(title="Szkic", live=False)
    closed = make_publication(title="Zamknięta")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_publication(title="Otwarta")
    cache.clear()
    text = words_of(client.get(make_library().get_url()))
    assert "Otwarta" in text
    assert "Szkic" not in text
    assert "Zamknięta" not in text


# --- The page ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("library-3")
def test_what_is_replaced_leads_to_what_replaces_it(client: Client) -> None:
    old = make_publication(title="Stary poradnik", year=2014)
    new = make_publication(title="Nowy poradnik", replaces=old)
    make_publication(title="Szkic trzeci", replaces=old, live=False)
    assert "Jest nowsza publikacja" in words_of(client.get(old.get_url()))
    assert new.get_url() in words_of(client.get(old.get_url()))
    assert "Jest nowsza publikacja" not in words_of(client.get(new.get_url()))
    assert "Zastępuje:" in words_of(client.get(new.get_url()))


@pytest.mark.rule("library-5")
@pytest.mark.parametrize(("form", "begins"), [("bib", "@book{"), ("ris", "TY  - BOOK")])
def test_a_citation_is_taken_along(client: Client, form: str, begins: str) -> None:
    page = make_publication(title="Poradnik", authors="Kowal, Jan\nCISTOR")
    answer = client.get(reverse("cms_library:cite-publication", args=[page.pk, form]))
    assert answer.content.decode().startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="{page.slug}.{form}"'
    assert client.get(reverse("cms_library:cite-publication", args=[page.pk, "doc"])).status_code == 404
    draft = make_publication(live=False)
    assert client.get(reverse("cms_library:cite-publication", args=[draft.pk, form])).status_code == 404


@pytest.mark.rule("library-7")
def test_a_page_costs_as_many_queries_among_others_and_with_more_files(client: Client) -> None:
    topic = make_topic()
    old = make_publication(files=1)
    asked = []
    for files in (1, 10):
        page = make_publication(files=files, topics=(topic,), replaces=old)
        make_publication(files=files, topics=(topic,), replaces=page)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.get_url()).status_code == 200
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 20


@pytest.mark.rule("library-8")
def test_a_draft_is_previewed_as_it_will_stand(client: Client) -> None:
    client.force_login(staff(Role.LEAD_EDITORS))
    page = make_publication(files=1, topics=(make_topic(),), live=False, title="Szkic poradnika", language="en")
    page.save_revision()
    shown = words_of(client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])))
    assert '<h1 lang="en">Szkic poradnika</h1>' in shown
    assert '<html lang="pl">' in shown
    assert "TXT" in shown


def form_of_a_publication(**fields: Any) -> dict[str, Any]:
    """The form of a publication as the browser sends it."""
    empty = ("abstract", "authors", "institution", "place", "isbn", "doi", "phase", "funding_notice", "legal_as_of")
    return nested_form_data(
        dict.fromkeys((*empty, "replaces"), "")
        | {"title": "Nowa publikacja", "slug": "nowa", "summary": "Jedno zdanie.", "kind": "guide", "year": "2026"}
        | {"licence": "cc-by-4.0", "language": "pl", "files": inline_formset([]), "chapters": streamfield([])}
        | nothing_beside()
        | fields
    )


@pytest.mark.rule("library-8")
def test_a_publication_is_previewed_while_it_is_typed(client: Client) -> None:
    make_publication(title="Inna")
    client.force_login(staff(Role.LEAD_EDITORS))
    preview = reverse("wagtailadmin_pages:preview_on_add", args=["cms_library", "publicationpage", make_library().pk])
    form = form_of_a_publication(topics=[make_topic().pk])
    assert client.post(preview, form).json()["is_valid"]
    shown = words_of(client.get(preview))
    assert "<h1>Nowa publikacja</h1>" in shown
    assert "Jest nowsza publikacja" not in shown


@pytest.mark.rule("library-4")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"isbn": "978-83-940662-0-9"}, "To nie jest numer ISBN."),
        ({"doi": "182"}, "To nie jest numer DOI."),
        ({"year": "26"}, "Upewnij się, że ta wartość jest większa lub równa 1900."),
    ],
)
def test_a_record_that_is_wrong_is_refused_at_its_field(client: Client, fields: dict, words: str) -> None:
    client.force_login(staff(Role.LEAD_EDITORS))
    add = reverse("wagtailadmin_pages:add", args=["cms_library", "publicationpage", make_library().pk])
    assert words in words_of(client.post(add, form_of_a_publication(**fields) | {"action-publish": "1"}))
    assert not PublicationPage.objects.filter(live=True).exists()
    assert client.post(add, form_of_a_publication() | {"action-publish": "1"}).status_code == 302
    assert PublicationPage.objects.filter(live=True).exists()


# --- Files -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("library-1")
def test_a_file_for_everybody_is_saved_under_its_name(client: Client) -> None:
    file = make_publication(files=1).files.get()
    answer = client.get(_at(file))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).decode() == "Treść"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.rule("library-1")
def test_a_file_for_people_who_are_signed_in_leads_a_stranger_to_the_door(client: Client) -> None:
    file = make_publication(files=1, access={"access": "signed_in"}).files.get()
    answer = client.get(_at(file))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={_at(file)}"
    client.force_login(UserFactory())
    assert client.get(_at(file)).status_code == 200


@pytest.mark.rule("library-1")
def test_a_file_that_opens_later_says_when(client: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = make_publication(files=1, access={"opens_on": tomorrow})
    answer = client.get(_at(page.files.get()))
    assert answer.status_code == 403
    assert "Ten plik nie jest jeszcze dostępny" in words_of(answer)
    assert page.get_url() in words_of(answer)
    page.files.update(opens_on=timezone.localdate())
    assert client.get(_at(page.files.get())).status_code == 200


@pytest.mark.rule("library-1")
def test_a_file_of_a_page_that_a_visitor_may_not_see_is_not_there(client: Client) -> None:
    page = make_publication(files=1)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(_at(page.files.get())).status_code == 404
    client.force_login(UserFactory())
    assert client.get(_at(page.files.get())).status_code == 200
    draft = make_publication(files=1, live=False)
    assert client.get(_at(draft.files.get())).status_code == 404
    assert client.get(reverse("cms_library:open-file", args=[UUID(int=1)])).status_code == 404


@pytest.mark.rule("library-1")
@pytest.mark.parametrize("signed_in", [False, True])
def test_the_document_behind_a_closed_file_has_no_other_door(client: Client, signed_in: bool) -> None:
    document = DocumentFactory()
    tomorrow = timezone.localdate() + timedelta(days=1)
    file = make_publication(files=1, document=document, access={"opens_on": tomorrow}).files.get()
    if signed_in:
        client.force_login(UserFactory())
    answer = client.get(document.url)
    assert (answer.status_code, answer["Location"]) == (302, _at(file))
    assert client.get(_at(file)).status_code == 403
    assert client.get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.rule("library-1")
@pytest.mark.parametrize(("access", "closes"), [({}, False), ({"access": "signed_in"}, True)])
def test_a_draft_takes_no_document_away_but_one_that_it_closes(client: Client, access: dict, closes: bool) -> None:
    document = DocumentFactory()
    file = make_publication(files=1, document=document, live=False, access=access).files.get()
    assert (client.get(document.url).headers.get("Location") == _at(file)) is closes


@pytest.mark.rule("library-2")
def test_downloads_are_counted_by_file_and_day_without_anybody_in_them(client: Client) -> None:
    file = make_publication(files=1).files.get()
    for _number in range(2):
        first = client.get(_at(file))
    client.head(_at(file))
    client.get(_at(file), headers={"If-None-Match": first["ETag"]})
    row = DownloadCount.objects.get()
    assert (row.key, row.day, row.count) == (file.key, timezone.localdate(), 2)
    assert {field.name for field in DownloadCount._meta.fields} == {"id", "key", "day", "count"}


@pytest.mark.rule("library-2")
def test_a_refused_file_is_not_counted(client: Client) -> None:
    client.get(_at(make_publication(files=1, access={"access": "signed_in"}).files.get()))
    client.get(_at(make_publication(files=1, access={"opens_on": date(2099, 1, 1)}).files.get()))
    assert not DownloadCount.objects.exists()
