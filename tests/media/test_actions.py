"""Transcripts from captions, publication, and files that nobody needs."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from media.actions import (
    build_transcript,
    fill_empty_transcripts,
    publish_film,
    remove_unused_files,
    set_source,
    set_track,
)
from media.models import CaptionTrack, Film, Transcript
from media.storage import WholeFileStorage, private_storage
from media.tasks import tidy_files
from tests.factories.media import CAPTIONS, CHAPTERS, FilmFactory, TrackFactory, six_seconds

pytestmark = pytest.mark.django_db

MADE = (
    "<h3>Początek</h3><p>Dzień dobry. To jest film próbny. Pokażę dwa kroki.</p>"
    "<h3>Koniec</h3><p>Dziękuję za uwagę.</p>"
)


@pytest.fixture(autouse=True)
def _empty_storage() -> None:
    """The storage of the tests outlives each of them."""
    storage = private_storage()
    for folder in ("films", "captions"):
        for name in storage.listdir(folder)[1] if storage.exists(folder) else ():
            storage.delete(f"{folder}/{name}")


def vtt(text: str = CAPTIONS) -> ContentFile:
    return ContentFile(text.encode(), name="napisy.vtt")


def new_film() -> Film:
    film = Film(title="Nowy film", language="pl")
    set_source(film=film, file=six_seconds(), name="six-seconds.mp4")
    return film


@pytest.mark.rule("media-5")
def test_set_source_reads_the_length() -> None:
    film = new_film()
    assert film.duration_seconds == pytest.approx(6, abs=0.05)
    assert film.source.storage.exists(film.source.name)


@pytest.mark.rule("media-5")
def test_set_source_refuses_what_is_no_film() -> None:
    film = Film(title="x")
    with pytest.raises(ValidationError) as caught:
        set_source(film=film, file=ContentFile(b"<html>"), name="film.mp4")
    assert caught.value.code == "film_unknown"
    assert not film.source
    assert not private_storage().exists("films") or private_storage().listdir("films")[1] == []


@pytest.mark.rule("media-6")
def test_set_track_replaces_its_twin_and_refuses_a_late_one() -> None:
    film = new_film()
    set_track(film=film, language="pl", kind="captions", file=vtt())
    set_track(film=film, language="pl", kind="captions", file=vtt(CAPTIONS.replace("próbny", "drugi")))
    set_track(film=film, language="pl", kind="chapters", file=vtt(CHAPTERS))
    assert [(track.language, track.kind) for track in film.tracks.all()] == [("pl", "captions"), ("pl", "chapters")]
    late = vtt("WEBVTT\n\n00:01:07.000 --> 00:01:08.000\nZ innego filmu\n")
    with pytest.raises(ValidationError) as caught:
        set_track(film=film, language="en", kind="subtitles", file=late)
    assert caught.value.code == "vtt_after_end"
    assert "1:07" in caught.value.messages[0]


@pytest.mark.rule("media-7")
def test_a_transcript_is_made_from_captions_and_chapters() -> None:
    film = FilmFactory(bare=True)
    TrackFactory(film=film)
    TrackFactory(film=film, kind="chapters", content=CHAPTERS)
    assert build_transcript(film=film, language="en") is None
    for _again in range(2):
        made = build_transcript(film=film, language="pl")
        assert made is not None
        assert made.text == MADE
        film.save()
        assert list(Transcript.objects.values_list("language", "text")) == [("pl", MADE)]


@pytest.mark.rule("media-7")
def test_only_empty_transcripts_are_filled() -> None:
    film = FilmFactory(bare=True)
    TrackFactory(film=film)
    TrackFactory(film=film, language="en", kind="subtitles", content=CAPTIONS)
    film.transcripts.add(Transcript(language="pl", text="<p>Poprawione ręcznie.</p>"))
    film.transcripts.add(Transcript(language="en", text='<p data-block-key="a"> </p>'))
    assert fill_empty_transcripts(film=film) == ["en"]
    assert fill_empty_transcripts(film=film) == []
    film.save()
    texts = dict(Transcript.objects.values_list("language", "text"))
    assert texts["pl"] == "<p>Poprawione ręcznie.</p>"
    assert texts["en"].startswith("<p>Dzień dobry.")


@pytest.mark.rule("media-7")
def test_unreadable_captions_make_no_transcript() -> None:
    film = FilmFactory(bare=True)
    broken = TrackFactory(film=film, content="WEBVTT\n")
    assert fill_empty_transcripts(film=film) == []
    broken.file.storage.delete(broken.file.name)
    assert build_transcript(film=film, language="pl") is None


@pytest.mark.rule("media-4")
def test_publishing() -> None:
    film = new_film()
    set_track(film=film, language="pl", kind="captions", file=vtt())
    for _again in range(2):
        film = publish_film(film=film)
    stored = Film.objects.get()
    assert stored.live
    assert (stored.tracks.count(), stored.transcripts.count()) == (1, 1)


@pytest.mark.rule("media-4")
def test_publishing_refuses_with_all_reasons_and_saves_nothing() -> None:
    with pytest.raises(ValidationError) as caught:
        publish_film(film=Film(title="Pusty", language="pl"))
    assert [error.code for error in caught.value.error_list] == [
        "film_without_source",
        "film_without_captions",
        "film_without_transcript",
    ]
    film = new_film()
    set_track(film=film, language="en", kind=CaptionTrack.Kind.SUBTITLES, file=vtt())
    with pytest.raises(ValidationError) as caught:
        publish_film(film=film)
    assert [error.code for error in caught.value.error_list] == ["film_without_captions", "film_without_transcript"]
    assert not Film.objects.exists()


@pytest.mark.rule("media-14")
def test_files_that_nothing_points_at_are_removed_after_a_day() -> None:
    storage = private_storage()
    film = FilmFactory()
    # The file of a draft that stands in a version of the film alone.
    film.source.save("six-seconds.mp4", six_seconds(), save=False)
    drafted = film.source.name
    film.save_revision()
    lost = [storage.save("films/lost.mp4", ContentFile(b"x")), storage.save("captions/lost.vtt", ContentFile(b"x"))]
    now = timezone.now()
    assert remove_unused_files(now=now + timedelta(hours=23)) == []
    assert sorted(remove_unused_files(now=now + timedelta(hours=25))) == sorted(lost)
    assert remove_unused_files(now=now + timedelta(hours=25)) == []
    kept = {Film.objects.get().source.name, drafted, *CaptionTrack.objects.values_list("file", flat=True)}
    assert all(storage.exists(name) for name in kept)


@pytest.mark.rule("media-14")
def test_the_sweep_runs_as_a_job() -> None:
    name = private_storage().save("films/young.mp4", ContentFile(b"x"))
    tidy_files.enqueue()
    assert private_storage().exists(name)


@pytest.mark.rule("media-14")
def test_the_sweep_of_an_empty_disk(tmp_path: Path) -> None:
    storage = WholeFileStorage(location=tmp_path)
    assert remove_unused_files(now=timezone.now(), storage=storage) == []
    storage.save("films/lost.mp4", ContentFile(b"x"))
    assert remove_unused_files(now=timezone.now() + timedelta(days=2), storage=storage) == ["films/lost.mp4"]
