"""Names of files, and files that are whole or not there."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile

from media.models import CustomImage
from media.storage import WholeFileStorage, caption_path, document_name, document_path, film_path, image_path

NASTY = ["../../etc/passwd.mp4", "Jan Kowalski - umowa.MP4", "a\0b.mp4", "żółć.mp4", "." * 200 + ".mp4", "CON.mp4", ""]


@pytest.mark.rule("media-11")
@pytest.mark.parametrize("given", NASTY)
def test_names_say_nothing_of_the_upload(given: str) -> None:
    for path in (film_path(None, given), caption_path(None, given), image_path(given)):
        assert re.fullmatch(r"(films|captions|original_images)/[0-9a-f]{24}(\.mp4)?", path)
        assert path != film_path(None, given)


@pytest.mark.rule("media-11")
@pytest.mark.parametrize(
    ("given", "downloaded"),
    [
        ("Karta usługi – LISTA (2).PDF", "karta-uslugi-lista-2.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("плик.pdf", "plik.pdf"),
        ("   .pdf", "plik.pdf"),
        ("a" * 300 + ".docx", "a" * 50 + ".docx"),
        ("strona.html?x=.exe\r\nX: y", "strona-html-x"),
    ],
)
def test_documents_keep_a_readable_name(given: str, downloaded: str) -> None:
    path = document_path(None, given)
    assert re.fullmatch(r"documents/[0-9a-f]{24}-[a-z0-9.-]+", path)
    assert len(path) <= 100
    assert document_name(path) == downloaded


@pytest.mark.django_db
@pytest.mark.rule("media-11")
def test_pictures_use_it() -> None:
    assert re.fullmatch(r"original_images/[0-9a-f]{24}\.png", CustomImage().get_upload_to("Zdjęcie Anny.png"))


@pytest.fixture
def storage(tmp_path: Path) -> WholeFileStorage:
    return WholeFileStorage(location=tmp_path)


def read(storage: WholeFileStorage, name: str) -> bytes:
    with storage.open(name) as file:
        return file.read()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_files_are_kept_and_never_overwritten(storage: WholeFileStorage, tmp_path: Path) -> None:
    first = storage.save("films/a.mp4", ContentFile(b"one"))
    second = storage.save("films/a.mp4", ContentFile(b"two"))
    assert first == "films/a.mp4"
    assert second != first
    assert [read(storage, name) for name in (first, second)] == [b"one", b"two"]
    assert len(names(tmp_path)) == 2


def test_a_large_upload_is_moved_into_place(storage: WholeFileStorage, tmp_path: Path) -> None:
    upload = TemporaryUploadedFile("film.mp4", "video/mp4", 3, None)
    upload.write(b"abc")
    upload.flush()
    assert read(storage, storage.save("films/b.mp4", upload)) == b"abc"
    upload.close()
    assert names(tmp_path) == ["b.mp4"]


@pytest.mark.rule("media-14")
def test_a_full_disk_leaves_no_half_file(storage: WholeFileStorage, tmp_path: Path) -> None:
    class Breaking(ContentFile):
        def chunks(self, chunk_size: int | None = None):
            yield b"half"
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        storage.save("films/c.mp4", Breaking(b"half and half"))
    assert names(tmp_path) == []
    assert storage.save("films/c.mp4", ContentFile(b"whole")) == "films/c.mp4"


@pytest.mark.rule("media-14")
def test_a_name_that_appears_meanwhile_is_left_alone(storage: WholeFileStorage, tmp_path: Path) -> None:
    """Another process stores the same name while this one still writes."""

    class Slow(ContentFile):
        def chunks(self, chunk_size: int | None = None):
            (tmp_path / "films" / "d.mp4").write_bytes(b"other")
            yield b"ours"

    name = storage.save("films/d.mp4", Slow(b"ours"))
    assert name != "films/d.mp4"
    assert (tmp_path / "films" / "d.mp4").read_bytes() == b"other"
    assert read(storage, name) == b"ours"
