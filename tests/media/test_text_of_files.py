"""The text of documents: what is read, what is refused, and that a file cannot harm the worker."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.rules import Role
from media import actions, isolated, tasks, text_of_files
from media.checks import DOCUMENT_MAX_BYTES, check_document_file
from media.events import document_read
from media.models import CustomDocument, DocumentPage, DocumentReading
from media.text_of_files import clean
from tests.factories.accounts import UserFactory
from tests.factories.files import PARAGRAPH, blank_pdf, docx, epub, locked_pdf, odt, packed, pdf
from tests.factories.media import DocumentFactory

State = DocumentReading.State
LOCKED_EPUB = b"<e><m Algorithm='http://www.w3.org/2001/04/xmlenc#aes256'/></e>"
LOCKED_ODT = b"<m><encryption-data/></m>"
SECOND = "Druga strona mówi o dotacji."


def document(content: bytes, name: str) -> CustomDocument:
    return DocumentFactory(file=ContentFile(content, name=name))  # type: ignore[return-value]


def read(content: bytes, name: str) -> CustomDocument:
    made = document(content, name)
    actions.read_document(document_id=made.pk, now=timezone.now())
    return CustomDocument.objects.get(pk=made.pk)


def chapter(heading: str, words: str) -> str:
    return (
        f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title><style>p{{}}</style></head>'
        f"<body><h1>{heading}</h1><p>{words}</p><script>bad()</script></body></html>"
    )


@pytest.mark.rule("media-20")
@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (lambda: pdf(PARAGRAPH, SECOND), "a.pdf", [(1, "", PARAGRAPH), (2, "", SECOND)]),
        (lambda: locked_pdf(password=""), "a.pdf", [(1, "", PARAGRAPH)]),
        (
            lambda: epub(chapter("Zakupy", PARAGRAPH), chapter("Dotacje", "Organizacja składa ofertę &amp; czeka.")),
            "a.epub",
            [(1, "Zakupy", f"Zakupy {PARAGRAPH}"), (2, "Dotacje", "Dotacje Organizacja składa ofertę & czeka.")],
        ),
        (
            lambda: odt(("p", "Wstęp do wzoru umowy."), ("h", "Paragraf 1"), ("p", PARAGRAPH)),
            "a.odt",
            [(1, "", "Wstęp do wzoru umowy."), (2, "Paragraf 1", f"Paragraf 1 {PARAGRAPH}")],
        ),
        (lambda: docx(("Nagwek1", "Umowa"), ("Normal", PARAGRAPH)), "a.docx", [(1, "Umowa", f"Umowa {PARAGRAPH}")]),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_text_is_taken_page_by_page(content: Callable[[], bytes], name: str, expected: list[Any]) -> None:
    found = read(content(), name)
    assert found.reading.state == State.READ
    assert [(page.number, page.heading, page.text) for page in found.text_pages.all()] == expected


@pytest.mark.rule("media-20")
@pytest.mark.parametrize(
    ("content", "name", "state"),
    [
        (lambda: blank_pdf(), "a.pdf", State.WITHOUT_TEXT),
        (lambda: pdf("1", "2", "3"), "a.pdf", State.WITHOUT_TEXT),
        (lambda: epub(chapter("", "")), "a.epub", State.WITHOUT_TEXT),
        (lambda: locked_pdf(password="tajne"), "a.pdf", State.ENCRYPTED),
        (lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF", "a.pdf", State.BROKEN),
        (lambda: pdf()[:500], "a.pdf", State.BROKEN),
        (lambda: b"PK\x03\x04" + bytes(50), "a.epub", State.BROKEN),
        (lambda: packed({"a": b"a"}), "a.epub", State.BROKEN),
        (lambda: epub(chapter("A", PARAGRAPH), extra={"OPS/text/c 0.xhtml": b""}), "a.epub", State.WITHOUT_TEXT),
        (lambda: epub(extra={"META-INF/encryption.xml": LOCKED_EPUB}), "a.epub", State.ENCRYPTED),
        (lambda: packed({"content.xml": b"<a/>", "META-INF/manifest.xml": LOCKED_ODT}), "a.odt", State.ENCRYPTED),
        (lambda: packed({"content.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}), "a.odt", State.BROKEN),
        (lambda: packed({"xl/workbook.xml": b""}), "a.xlsx", State.OTHER),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_what_cannot_be_read_says_why(content: Callable[[], bytes], name: str, state: str) -> None:
    found = read(content(), name)
    assert found.reading.state == state
    assert not found.text_pages.exists()


@pytest.mark.rule("media-21")
@pytest.mark.django_db
def test_of_a_thousand_pages_the_beginning_is_read() -> None:
    found = read(pdf(*(f"Strona {number}. {PARAGRAPH}" for number in range(1, 1001))), "a.pdf")
    assert found.reading.state == State.TOO_LONG
    assert found.reading.pages == 1000
    assert found.text_pages.count() == text_of_files.MOST_PAGES
    assert "1000 stron" in found.reading_in_words


@pytest.mark.rule("media-21")
@pytest.mark.django_db
def test_a_bomb_is_not_unpacked() -> None:
    zeros = bytes(60_000_000)
    began = time.monotonic()
    bomb = read(epub(chapter("A", PARAGRAPH), extra={"OPS/text/c 0.xhtml": zeros, "OPS/x": zeros}), "a.epub")
    assert bomb.reading.state == State.BROKEN
    many = read(packed({f"{number}": b"" for number in range(6000)} | {"META-INF/container.xml": b"<c/>"}), "b.epub")
    assert many.reading.state == State.BROKEN
    assert time.monotonic() - began < 30


@pytest.mark.rule("media-21")
@pytest.mark.django_db
def test_a_reader_that_dies_or_hangs_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "READING_SECONDS", 0)
    assert read(pdf(), "a.pdf").reading.state == State.BROKEN


def test_a_program_that_takes_too_long_or_fails_says_so() -> None:
    with pytest.raises(isolated.IsolatedError, match="longer than"), isolated.run("http.server", "0", seconds=1):
        pass
    with pytest.raises(isolated.IsolatedError, match="ended with"), isolated.run("media.no_such", seconds=20):
        pass


@pytest.mark.rule("media-22")
@pytest.mark.django_db
def test_reading_is_repeated_only_for_a_new_file() -> None:
    heard: list[int] = []
    document_read.connect(hear := lambda document_id, **_more: heard.append(document_id))
    try:
        with_commit = read(pdf(), "a.pdf")
        assert actions.read_document(document_id=with_commit.pk, now=timezone.now()) is None
        assert DocumentPage.objects.count() == 1
        with_commit.file = ContentFile(pdf("Nowa treść dokumentu.", "I druga strona."), name="b.pdf")  # type: ignore[assignment]
        with_commit.save()
        assert "oczekiwanie" in CustomDocument.objects.get().reading_in_words
        tasks.read_missing.call()
        assert [page.text for page in DocumentPage.objects.all()] == ["Nowa treść dokumentu.", "I druga strona."]
        tasks.read_missing.call()
    finally:
        document_read.disconnect(hear)
    assert DocumentReading.objects.get().tries == 1
    assert actions.read_document(document_id=0, now=timezone.now()) is None


@pytest.mark.rule("media-22")
@pytest.mark.django_db(transaction=True)
def test_search_hears_of_a_text_after_commit() -> None:
    heard: list[int] = []
    hear = lambda document_id, **_more: heard.append(DocumentPage.objects.filter(document=document_id).count())  # noqa: E731
    document_read.connect(hear)
    try:
        read(pdf(), "a.pdf")
    finally:
        document_read.disconnect(hear)
    assert heard == [1]


@pytest.mark.rule("media-22")
@pytest.mark.django_db
def test_a_file_on_which_the_worker_dies_is_given_up_and_a_storage_that_is_away_is_not_blamed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = document(pdf(), "a.pdf")

    def killed(*_arguments: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_text_of", lambda *_a, **_k: (_ for _ in ()).throw(OSError("away")))
        for _time in range(10):
            with pytest.raises(OSError, match="away"):
                actions.read_document(document_id=made.pk, now=timezone.now())
    assert DocumentReading.objects.get().tries == 0
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_text_of", killed)
        for _time in range(5):
            with pytest.raises(KeyboardInterrupt):
                actions.read_document(document_id=made.pk, now=timezone.now())
    tasks.read_missing.call()
    assert DocumentReading.objects.get().state == State.BROKEN
    tasks.read_missing.call()
    assert DocumentReading.objects.get().tries == 6


@pytest.mark.rule("media-20")
@pytest.mark.django_db(transaction=True)
def test_an_upload_is_read_and_its_list_and_form_say_how(client: Client) -> None:
    client.force_login(UserFactory(roles=[Role.EDITORS]))
    for content, name in ((pdf(tagged=False), "a.pdf"), (blank_pdf(), "b.pdf")):
        data = {"title": name, "language": "pl", "tags": "", "file": SimpleUploadedFile(name, content)}
        assert client.post(reverse("wagtaildocs:add"), data).status_code == 302
    shown = client.get(reverse("wagtaildocs:index")).content.decode()
    assert "odczytany (1 strona)" in shown
    assert "bez tekstu" in shown
    narrowed = client.get(reverse("wagtaildocs:index_results") + "?state=without_text").content.decode()
    assert "b.pdf" in narrowed
    assert "a.pdf" not in narrowed
    assert "a.pdf" not in client.get(reverse("wagtaildocs:index_results") + "?state=waiting").content.decode()
    form = client.get(reverse("wagtaildocs:edit", args=[CustomDocument.objects.get(title="a.pdf").pk]))
    assert "Plik ich nie ma" in form.content.decode()


@pytest.mark.rule("media-19")
@pytest.mark.django_db
def test_a_pdf_that_is_none_and_one_of_300_mb_are_refused_at_the_field(client: Client) -> None:
    client.force_login(UserFactory(roles=[Role.EDITORS]))

    def refused(content: bytes) -> str:
        data = {"title": "a", "language": "pl", "tags": "", "file": SimpleUploadedFile("a.pdf", content)}
        return str(client.post(reverse("wagtaildocs:add"), data).context["form"].errors["file"])

    assert "to plik innego rodzaju" in refused(b"To nie jest PDF")
    assert "ucięty" in refused(pdf()[:-2000])
    huge = SimpleUploadedFile("a.pdf", b"%PDF-")
    huge.size = 300_000_000
    with pytest.raises(ValidationError) as refusal:
        check_document_file(huge, "a.pdf")
    assert "300\u00a0MB" in refusal.value.messages[0]
    assert DOCUMENT_MAX_BYTES == 50_000_000
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spół-\ndzielnia", "spółdzielnia"),
        ("sp\u00adółdzielnia", "spółdzielnia"),
        ("biało-\nCzerwoni", "biało- Czerwoni"),
        ("e\ufb01r\x00 \ud800\ue000a", "efir a"),
        ("o\u0301smy  \t dzień", "ósmy dzień"),
    ],
)
def test_text_is_cleaned(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_every_reader_is_called_in_this_process_too(tmp_path: Path) -> None:
    made = {
        "pdf": pdf(),
        "epub": epub(chapter("A", PARAGRAPH)),
        "odt": odt(("p", PARAGRAPH)),
        "docx": docx(("Normal", PARAGRAPH)),
    }
    for kind, content in made.items():
        (tmp_path / kind).write_bytes(content)
        assert text_of_files.read(tmp_path / kind, kind).state == "read"
    assert text_of_files.read(tmp_path / "pdf", "txt").state == "other"
