"""The demonstration's film, pictures and documents."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from media.demo import build_document, build_film, build_image
from media.models import CustomDocument, CustomImage, Film
from media.queries import player_facts
from media.rules import publishable
from tests.factories.media import PIXEL

pytestmark = pytest.mark.django_db


@pytest.mark.rule("media-15")
def test_the_film_is_complete_and_built_once() -> None:
    film = build_film()
    assert film.live
    assert film.is_sample
    assert film.duration_seconds == pytest.approx(270, abs=5)
    edited = film.transcripts.get(language="pl")
    edited.text = edited.text.replace("Dzień dobry.", "Witamy.")
    edited.save()
    version = film.latest_revision_id
    again = build_film()
    assert (again.pk, again.latest_revision_id) == (film.pk, version)
    assert "Witamy." in again.transcripts.get(language="pl").text
    assert (Film.objects.count(), CustomImage.objects.count()) == (1, 1)


@pytest.mark.rule("media-15", "media-9")
def test_its_player_has_everything() -> None:
    facts = player_facts(build_film(), "pl")
    assert {(t["kind"], t["language"]) for t in facts["tracks"]} == {("captions", "pl"), ("subtitles", "en")}
    assert [chapter["title"] for chapter in facts["chapters"]] == ["Logowanie", "Opis", "Publikacja", "Odpowiedzi"]
    assert [cue["chapter"] for cue in facts["cues"] if cue["chapter"]] == [c["title"] for c in facts["chapters"]]
    starts = [cue["start"] for cue in facts["cues"]]
    assert len(starts) > 20
    assert starts == sorted(starts)
    assert len(set(starts)) > 0.9 * len(starts)
    assert facts["poster"]


@pytest.mark.rule("media-15", "media-9")
def test_its_chapters_are_english_for_readers_of_english() -> None:
    facts = player_facts(build_film(), "en")
    titles = [chapter["title"] for chapter in facts["chapters"]]
    assert titles == ["Signing in", "Description", "Publication", "Answers"]
    assert [cue["chapter"] for cue in facts["cues"] if cue["chapter"]] == titles
    assert facts["transcript_language"] == "en"


@pytest.mark.rule("media-15")
def test_pictures_are_known_by_their_content(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PIXEL)
    image = build_image(path, title="A", description="Biały kwadrat")
    assert (image.width, image.height, image.file_size, image.is_decorative) == (1, 1, len(PIXEL), False)
    assert build_image(path, title="B", description="") == image
    evil = tmp_path / "b.svg"
    evil.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', encoding="utf-8")
    with pytest.raises(ValidationError):
        build_image(evil, title="C", description="C")
    assert CustomImage.objects.count() == 1


@pytest.mark.rule("media-15")
def test_documents_are_known_by_their_title(tmp_path: Path) -> None:
    path = tmp_path / "Lista (1).txt"
    path.write_text("jeden", encoding="utf-8")
    document = build_document(path, title="Lista", language="pl")
    assert document.filename == "lista-1.txt"
    assert build_document(path, title="Lista", language="pl") == document
    old = document.file.name
    path.write_text("dwa", encoding="utf-8")
    document = build_document(path, title="Lista", language="pl")
    assert CustomDocument.objects.get() == document
    assert document.file.read() == b"dwa"
    assert not document.file.storage.exists(old)
    path.write_bytes(b"\0")
    with pytest.raises(ValidationError):
        build_document(path, title="Inna", language="pl")


def test_nothing_forbids_the_film(db: None) -> None:
    from media.queries import film_facts

    assert publishable(film_facts(build_film())) == []
