"""Films without sound, with audio description and in sign language, in the editors' form."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms.accounts.rules import Role
from media import ffmpeg
from media.models import Film
from tests.factories.accounts import UserFactory
from tests.factories.media import CAPTIONS, FILES
from tests.media.test_editors import MP4, add, row, text, upload
from tests.reading import words_of

pytestmark = pytest.mark.django_db

M4A = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42"


@pytest.fixture
def editor() -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(UserFactory(roles=[Role.EDITORS]))
    return client


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    target: Path = tmp_path_factory.mktemp("films") / "silent.mp4"
    source = str(FILES / "six-seconds.mp4")
    subprocess.run([ffmpeg.program(), "-v", "error", "-i", source, "-an", "-c:v", "copy", str(target)], check=True)
    return target.read_bytes()


@pytest.mark.rule("film-6")
def test_a_film_without_sound_needs_the_reason_and_a_transcript_but_no_captions(editor: Client, silent: bytes) -> None:
    told = {
        "source": upload(silent, "film.mp4"),
        "transcripts": [{"language": "pl", "text": text("<p>Widać most.</p>")}],
    }
    refused = words_of(add(editor, publish=True, **told))
    assert "The film has no sound. Say why" in refused
    assert "Add captions" not in refused
    told["source"] = upload(silent, "film.mp4")
    add(editor, publish=True, silence_reason="Same drawings.", **told)
    film = Film.objects.get(live=True)
    assert film.has_sound is False
    assert "Add a transcript" in words_of(
        add(editor, publish=True, source=upload(silent, "film.mp4"), silence_reason="Same drawings.")
    )


@pytest.mark.rule("film-6")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"description_kind": "track"}, "Add the file with the audio description."),
        ({"description_kind": "not_needed", "description_reason": ""}, "Say why no audio description is needed."),
        ({"description_kind": "not_needed", "description_declared_by": ""}, "Say who decided that."),
        ({"description_kind": "track", "description_file": ("ad.mp3", b"no sound at all")}, "This is not a sound"),
        ({"description_kind": "track", "description_file": ("ad.txt", b"words")}, "Choose a film"),
        ({"sign_file": ("pjm.mp4", b"no film")}, "This is not an MP4 or WebM film"),
        ({"sign_file": ("pjm.avi", MP4)}, "avi"),
    ],
)
def test_half_a_decision_is_refused_at_its_field(editor: Client, fields: dict[str, Any], words: str) -> None:
    sent = {name: upload(value[1], value[0]) if isinstance(value, tuple) else value for name, value in fields.items()}
    captions = [row(file=upload(CAPTIONS, "napisy.vtt"))]
    assert words in words_of(add(editor, publish=True, tracks=captions, **sent))
    assert not Film.objects.filter(live=True).exists()


@pytest.mark.rule("film-6")
def test_all_versions_are_stored(editor: Client) -> None:
    sent = {
        "description_kind": "track",
        "description_file": upload(M4A, "ad.m4a"),
        "sign_file": upload(MP4, "pjm.mp4"),
    }
    add(editor, publish=True, tracks=[row(file=upload(CAPTIONS, "napisy.vtt"))], **sent)
    film = Film.objects.get(live=True)
    assert film.description_file.name.endswith(".m4a")
    assert film.sign_file.read() == MP4
    page = words_of(editor.get(reverse("wagtailsnippets_media_film:edit", args=[film.pk])))
    assert f"/media/films/{film.pk}/described.m4a?draft=1" in page
    assert editor.get(f"/media/films/{film.pk}/sign.mp4?draft=1").status_code == 200
