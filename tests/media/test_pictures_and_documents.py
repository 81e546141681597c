"""Pictures and documents in the editors' side: words for who does not see, drawings that only draw, honest names."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from cms.accounts.rules import Role
from media.models import CustomDocument, CustomImage
from tests.factories.accounts import UserFactory
from tests.factories.files import pdf
from tests.factories.media import PIXEL, DocumentFactory, ImageFactory

pytestmark = pytest.mark.django_db

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">{}</svg>'


@pytest.fixture
def editor() -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(UserFactory(roles=[Role.EDITORS]))
    return client


@pytest.fixture
def disk(settings: Any, tmp_path: Path) -> None:
    """Files on a disk, as they are in use: Wagtail hands documents out from there."""
    options = {"location": str(tmp_path), "base_url": "/media/"}
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "media.storage.WholeFileStorage", "OPTIONS": options}
    }


def upload(content: bytes | str, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def picture(width: int = 2, height: int = 2, kind: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("L", (width, height)).save(file, kind, **options)
    return file.getvalue()


def add_image(editor: Client, content: bytes | str = PIXEL, name: str = "Zdjęcie Anny.png", **values: Any) -> Any:
    data = {"title": "Zdjęcie", "description": "Biały kwadrat", "tags": "", "file": upload(content, name), **values}
    return editor.post(reverse("wagtailimages:add"), {key: value for key, value in data.items() if value is not None})


def add_document(editor: Client, content: bytes | str, name: str) -> Any:
    data = {"title": "Dokument", "language": "pl", "tags": "", "file": upload(content, name)}
    return editor.post(reverse("wagtaildocs:add"), data)


def read(response: Any) -> bytes:
    """What a streaming response sends; closes its file as a server does."""
    sent = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return sent


def stored(*folders: str) -> set[str]:
    return {name for folder in folders if default_storage.exists(folder) for name in default_storage.listdir(folder)[1]}


def codes(response: Any, field: str) -> list[str]:
    assert response.status_code == 200
    return [error.code for error in response.context["form"].errors.as_data().get(field, [])]


# --- Pictures ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("media-10", "media-11")
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PIXEL, "Zdjęcie Anny Przykładowej.PNG"),
        (DRAWING.format('<path d="M0 0h9"/>'), "rysunek.svg"),
        (picture(kind="JPEG"), "a.jpeg"),
        (picture(kind="WEBP"), "a.webp"),
    ],
)
def test_a_described_picture_is_kept(editor: Client, content: bytes, name: str) -> None:
    assert add_image(editor, content, name).status_code == 302
    image = CustomImage.objects.get()
    assert image.default_alt_text == "Biały kwadrat"
    assert "anny" not in image.file.name.lower()
    assert image.file_size == len(content)
    assert image.width
    assert image.get_rendition("width-1").url.startswith("/media/images/")


@pytest.mark.rule("media-18")
def test_a_picture_without_words_is_refused_unless_it_is_decorative(editor: Client) -> None:
    for blank in ("", "   "):
        assert codes(add_image(editor, description=blank), "description") == ["no_alternative_text"]
    assert codes(add_image(editor, is_decorative="on"), "is_decorative") == ["described_decoration"]
    assert not CustomImage.objects.exists()
    assert add_image(editor, description="", is_decorative="on").status_code == 302
    image = CustomImage.objects.get()
    assert image.is_decorative
    assert image.default_alt_text == ""


@pytest.mark.rule("media-18")
def test_words_cannot_be_taken_away_later(editor: Client) -> None:
    image = ImageFactory()
    address = reverse("wagtailimages:edit", args=[image.pk])
    response = editor.post(address, {"title": "Bez słów", "description": "", "tags": ""})
    assert codes(response, "description") == ["no_alternative_text"]
    assert editor.post(address, {"title": "Słowa", "description": "Nowy opis", "tags": ""}).status_code == 302
    image.refresh_from_db()
    assert (image.title, image.description) == ("Słowa", "Nowy opis")


@pytest.mark.rule("media-10")
@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<script>alert(1)</script>", "svg_script"),
        ('<path onload="alert(1)"/>', "svg_handler"),
        ("<foreignObject/>", "svg_foreign"),
        ('<image href="https://example.org/a.png"/>', "svg_reference"),
        ("<style>@import 'a.css'</style>", "svg_style"),
        ("<unclosed>", "svg_broken"),
    ],
)
def test_a_drawing_that_acts_is_refused_at_its_field(editor: Client, inside: str, code: str) -> None:
    before = stored("original_images")
    response = add_image(editor, DRAWING.format(inside), "rysunek.SVG")
    assert codes(response, "file") == [code]
    assert "<script>alert(1)</script>" not in response.content.decode()
    assert stored("original_images") == before


@pytest.mark.rule("media-10")
@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("<html><script>alert(1)</script></html>", "obraz.png"),
        ("<html><script>alert(1)</script></html>", "obraz.svg"),
        (DRAWING.format("<script/>"), "obraz.png"),
        (picture(kind="GIF"), "obraz.png"),
        (PIXEL, "obraz.html"),
        (PIXEL, "obraz.svg"),
        (b"", "obraz.png"),
        (PIXEL[:30], "obraz.png"),
        (b"GIF89a/*<script>alert(1)</script>*/", "obraz.gif"),
    ],
)
def test_what_is_not_the_picture_that_its_name_says(editor: Client, content: bytes, name: str) -> None:
    before = stored("original_images")
    assert codes(add_image(editor, content, name), "file")
    assert not CustomImage.objects.exists()
    assert stored("original_images") == before


@pytest.mark.rule("media-10")
def test_a_picture_with_too_many_pixels(editor: Client, settings: Any) -> None:
    # 30 000 × 30 000 pixels in 110 kB.
    huge = picture(30_000, 30_000, optimize=False, compress_level=9)
    assert codes(add_image(editor, huge, "wielki.png"), "file")[0] in {"file_too_many_pixels", "invalid_image"}
    assert not CustomImage.objects.exists()


@pytest.mark.rule("media-18", "media-10")
def test_the_uploader_of_many_asks_for_words_too(editor: Client) -> None:
    address = reverse("wagtailimages:add_multiple")

    def send(content: bytes | str, name: str) -> dict[str, Any]:
        found: dict[str, Any] = editor.post(
            address,
            {"title": "Zdjęcie", "files[]": upload(content, name)},
            headers={"X-Requested-With": "XMLHttpRequest"},
        ).json()
        return found

    assert "script" in send(DRAWING.format("<script/>"), "a.svg")["error_message"]
    answer = send(PIXEL, "a.png")
    assert answer["success"]
    assert "uploaded_file_id" in answer
    assert not CustomImage.objects.exists()
    number = answer["uploaded_file_id"]
    prefix = f"uploaded-image-{number}"
    finish = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    without = {f"{prefix}-title": "Zdjęcie", f"{prefix}-description": "", f"{prefix}-tags": ""}
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    assert not editor.post(finish, without, headers=ajax).json()["success"]
    assert editor.post(finish, without | {f"{prefix}-description": "Opis"}, headers=ajax).json()["success"]
    assert CustomImage.objects.get().description == "Opis"


@pytest.mark.rule("media-14")
def test_a_full_disk_is_said_at_the_field_of_a_picture(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Any, name: str, content: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(InMemoryStorage, "_save", full)
    response = add_image(editor)
    assert codes(response, "file") == ["not_stored"]
    assert response.context["form"]["description"].value() == "Biały kwadrat"
    assert codes(add_document(editor, "Treść", "lista.txt"), "file") == ["not_stored"]
    monkeypatch.undo()
    assert add_image(editor).status_code == 302


@pytest.mark.rule("media-11")
def test_a_replaced_picture_leaves_no_old_file(editor: Client) -> None:
    image = ImageFactory()
    old = [image.file.name, image.get_rendition("width-1").file.name]
    data = {"title": "Nowy", "description": "Nowy", "tags": "", "file": upload(picture(3, 3), "nowy.png")}
    assert editor.post(reverse("wagtailimages:edit", args=[image.pk]), data).status_code == 302
    image = CustomImage.objects.get()
    assert (image.width, image.height) == (3, 3)
    assert image.file.name not in old
    assert not default_storage.exists(old[0])
    assert not image.renditions.exists()


# --- Documents ---------------------------------------------------------------------------------------------------


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


@pytest.mark.usefixtures("disk")
@pytest.mark.rule("media-19")
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf("Umowa"), "umowa.pdf"),
        ("Treść", "lista.txt"),
        ("a;b\r\n1;2".encode("cp1250"), "dane.csv"),
        (archive("word/document.xml", "[Content_Types].xml"), "pismo.docx"),
        (archive("xl/workbook.xml"), "arkusz.XLSX"),
        (archive("ppt/presentation.xml"), "pokaz.pptx"),
        (archive("mimetype"), "pismo.odt"),
        (archive("META-INF/container.xml"), "ksiazka.epub"),
        (archive("a.txt"), "paczka.zip"),
    ],
)
def test_documents_are_kept_and_downloaded_never_shown(editor: Client, content: bytes, name: str) -> None:
    assert add_document(editor, content, name).status_code == 302
    document = CustomDocument.objects.get()
    response = Client().get(document.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert document.filename in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response["Content-Type"].startswith("text/html")
    assert read(response) == (content.encode() if isinstance(content, str) else content)


@pytest.mark.rule("media-19")
@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("<html><script>alert(1)</script></html>", "umowa.pdf"),
        (b"MZ\x90\0", "umowa.pdf"),
        (b"a\0b", "lista.txt"),
        ("zwykły tekst", "pismo.docx"),
        (archive("a.txt"), "pismo.docx"),
        (archive("word/document.xml"), "arkusz.xlsx"),
        (archive("word/document.xml")[:-10], "pismo.docx"),
        (b"", "lista.txt"),
        ("<html></html>", "strona.html"),
        ("#!/bin/sh", "program.sh"),
        ("x", "bez-rozszerzenia"),
    ],
)
def test_what_is_not_the_document_that_its_name_says(editor: Client, content: bytes, name: str) -> None:
    before = stored("documents")
    assert codes(add_document(editor, content, name), "file")
    assert not CustomDocument.objects.exists()
    assert stored("documents") == before


@pytest.mark.rule("media-19")
def test_a_document_that_is_too_large(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media.checks.DOCUMENT_MAX_BYTES", 10)
    assert codes(add_document(editor, "12345678901", "lista.txt"), "file")[0] == "document_too_large"


@pytest.mark.usefixtures("disk")
@pytest.mark.rule("media-19")
def test_a_document_in_a_closed_collection_is_not_for_everybody(client: Client) -> None:
    closed = Collection.get_first_root_node().add_child(name="Zamknięte")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    document = DocumentFactory(collection=closed)
    assert client.get(document.url).status_code == 302
    assert client.get(f"/media/{document.file.name}", follow=True).status_code == 404
    assert client.get(reverse("wagtaildocs_serve", args=[document.pk, "zgadnieta.txt"])).status_code == 404
    client.force_login(UserFactory())
    assert read(client.get(document.url)) == "Treść".encode()
