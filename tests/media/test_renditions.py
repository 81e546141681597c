"""The files that jobs make from films: made once, made again, and what fails says why."""

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.rules import Role
from media import ffmpeg, renditions
from media.actions import publish_film, remove_unused_files
from media.film_files import films_in_words, parts_of
from media.models import Film, FilmRendition
from media.renditions import make_rendition, request_missing, request_renditions
from tests.factories.accounts import UserFactory, staff
from tests.factories.media import FILES, FilmFactory, six_seconds
from tests.reading import words_of

pytestmark = pytest.mark.django_db

State = FilmRendition.State


def _make_all(film: Film) -> dict[str, FilmRendition]:
    for row in request_renditions(film=film):
        make_rendition(rendition_id=row.pk)
    return {row.kind: row for row in film.renditions.all()}


def _converted(tmp_path: Path, *arguments: str, name: str = "odd.mp4") -> ContentFile:
    target = tmp_path / name
    command = [ffmpeg.program(), "-v", "error", "-i", str(FILES / "six-seconds.mp4"), *arguments, str(target)]
    subprocess.run(command, check=True)
    return ContentFile(target.read_bytes(), name=name)


@pytest.mark.rule("film-5")
def test_a_film_gets_a_small_one_its_sound_and_a_poster(django_capture_on_commit_callbacks: Any) -> None:
    film = FilmFactory()
    with django_capture_on_commit_callbacks(execute=True):
        publish_film(film=film)
    rows = {row.kind: row for row in film.renditions.all()}
    assert {kind: row.state for kind, row in rows.items()} == {
        "small": State.DONE,
        "full": State.NOT_NEEDED,
        "audio": State.DONE,
        "poster": State.DONE,
    }
    assert films_in_words(rows.values()) == "gotowe"
    parts = parts_of(film)
    assert {name: part.kind for name, part in parts.items()} == {"small": "mp4", "audio": "m4a", "poster": "webp"}
    assert parts["small"].height <= ffmpeg.SMALL_HEIGHT
    assert rows["small"].percent == 100
    # Once more, and nothing happens.
    names = {row.file.name for row in rows.values()}
    assert request_renditions(film=film) == []
    make_rendition(rendition_id=rows["small"].pk)
    assert {row.file.name for row in film.renditions.all()} == names


@pytest.mark.rule("film-5")
def test_a_new_file_of_the_film_puts_the_old_ones_out_of_use() -> None:
    film = FilmFactory()
    _make_all(film)
    old = film.renditions.get(kind="small").file.name
    film.source = six_seconds("six-seconds.webm")
    film.save()
    assert parts_of(film) == {}
    rows = _make_all(film)
    assert rows["full"].state == State.DONE
    assert rows["small"].file.name != old
    assert set(parts_of(film)) == {"small", "full", "audio", "poster"}


@pytest.mark.rule("film-5")
def test_work_for_a_file_that_was_replaced_meanwhile_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    film = FilmFactory()
    row = next(row for row in request_renditions(film=film) if row.kind == "poster")
    real = ffmpeg.run

    def replaced(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        FilmRendition.objects.filter(pk=row.pk).update(source_name="films/newer.mp4", state=State.WAITING)

    monkeypatch.setattr(ffmpeg, "run", replaced)
    before = set(film.source.storage.listdir("films")[1])
    make_rendition(rendition_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.file.name) == (State.WAITING, "")
    assert set(film.source.storage.listdir("films")[1]) == before


@pytest.mark.rule("film-5")
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"no film at all", "unreadable"),
        (b"", "unreadable"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n", "unreadable"),
    ],
)
def test_what_is_no_film_says_so_and_is_not_tried_again(content: bytes, problem: str) -> None:
    film = FilmFactory(source=ContentFile(content, name="film.mp4"))
    rows = _make_all(film)
    assert {(row.state, row.problem) for row in rows.values()} == {(State.FAILED, problem)}
    assert "/" not in rows["small"].detail.replace("#", "")
    assert films_in_words(rows.values()).startswith("błąd: ")


@pytest.mark.rule("film-5")
def test_a_film_that_breaks_off_is_refused(tmp_path: Path) -> None:
    whole = _converted(tmp_path, "-c", "copy", "-movflags", "+faststart").read()
    film = FilmFactory(source=ContentFile(whole[: len(whole) // 2], name="film.mp4"))
    row = next(row for row in request_renditions(film=film) if row.kind == "small")
    make_rendition(rendition_id=row.pk)
    row.refresh_from_db()
    assert row.state == State.FAILED
    assert row.problem in {"cut_short", "broken"}


@pytest.mark.rule("film-5", "film-6")
def test_a_film_without_sound_has_none_to_listen_to(tmp_path: Path) -> None:
    film = FilmFactory(source=_converted(tmp_path, "-an", "-c:v", "copy"), has_sound=False)
    rows = _make_all(film)
    assert (rows["audio"].state, rows["audio"].problem) == (State.NOT_NEEDED, "no_sound")
    assert rows["small"].state == State.DONE


@pytest.mark.rule("film-5")
def test_odd_codecs_become_what_every_browser_plays(tmp_path: Path) -> None:
    odd = _converted(tmp_path, "-c:v", "mpeg4", "-c:a", "mp3", "-t", "2")
    film = FilmFactory(source=odd)
    rows = _make_all(film)
    assert rows["full"].state == State.DONE
    made = tmp_path / "made.mp4"
    made.write_bytes(rows["full"].file.read())
    assert ffmpeg.plays_everywhere(ffmpeg.probe(made))


@pytest.mark.rule("film-5")
def test_a_full_disk_is_noted_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    film = FilmFactory()
    row = next(row for row in request_renditions(film=film) if row.kind == "poster")
    with monkeypatch.context() as full:
        full.setattr(InMemoryStorage, "_save", lambda *args: (_ for _ in ()).throw(OSError(28, "No space left")))
        with pytest.raises(OSError):
            make_rendition(rendition_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.problem) == (State.FAILED, "no_room")
    make_rendition(rendition_id=row.pk)
    row.refresh_from_db()
    assert row.state == State.DONE


@pytest.mark.rule("film-5")
def test_one_who_is_at_it_is_left_alone_and_one_who_fell_silent_is_replaced(
    django_capture_on_commit_callbacks: Any,
) -> None:
    film, now = FilmFactory(), timezone.now()
    rows = {row.kind: row for row in request_renditions(film=film)}
    film.renditions.exclude(kind="poster").delete()
    poster = rows["poster"]
    FilmRendition.objects.filter(pk=poster.pk).update(state=State.RUNNING, percent=40, updated_at=now)
    make_rendition(rendition_id=poster.pk)
    poster.refresh_from_db()
    assert (poster.state, poster.percent) == (State.RUNNING, 40)
    assert films_in_words([poster]) == "w\u00a0trakcie, 40%"
    assert request_missing(now=now) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert request_missing(now=now + timedelta(minutes=5)) == 1
    poster.refresh_from_db()
    assert poster.state == State.DONE


@pytest.mark.rule("film-5")
def test_a_job_that_is_interrupted_leaves_the_row_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    film = FilmFactory()
    row = request_renditions(film=film)[0]

    def interrupted(path: Path) -> None:
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr(ffmpeg, "probe", interrupted)
        with pytest.raises(SystemExit):
            make_rendition(rendition_id=row.pk)
    row.refresh_from_db()
    assert row.state == State.WAITING


@pytest.mark.rule("film-5")
def test_ffmpeg_is_ended_when_its_time_is_over(tmp_path: Path) -> None:
    source = FILES / "six-seconds.mp4"
    endless = ["-re", "-stream_loop", "-1", *ffmpeg.read_from(source), "-f", "null", "-"]
    with pytest.raises(ffmpeg.FfmpegError) as refusal:
        ffmpeg.run(endless, source, limit=1, progress=lambda seconds: None)
    assert refusal.value.code == "too_slow"


@pytest.mark.rule("film-5")
@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Input #0, mov\n  Duration: 01:02:03.50, start: 0\n  Stream #0:0[0x1](und): Video: h264 (Main) (avc1), "
            "yuv420p(tv, bt709), 1280x720, 61 kb/s, 12 fps\n  Stream #0:1[0x2](und): Audio: aac (LC), 44100 Hz, mono",
            ffmpeg.Probe(3723.5, "h264", "yuv420p", 1280, 720, "aac"),
        ),
        (
            "  Duration: N/A\n  Stream #0:0: Audio: mp3, 44100 Hz\n"
            "  Stream #0:1: Video: png, rgb24, 300x300 (attached pic)",
            ffmpeg.Probe(0.0, "", "", 0, 0, "mp3"),
        ),
        ("", ffmpeg.Probe()),
    ],
)
def test_what_ffmpeg_tells_is_read(told: str, expected: ffmpeg.Probe) -> None:
    assert ffmpeg.read_probe(told) == expected


def test_nothing_that_a_film_needs_is_tidied_away() -> None:
    film = FilmFactory(sign_file=six_seconds(), description_kind="track", description_file=six_seconds())
    _make_all(film)
    later = timezone.now() + timedelta(days=3)
    made = {row.file.name for row in film.renditions.all() if row.file}
    # What other tests left behind goes now.
    gone = set(remove_unused_files(now=later, storage=film.source.storage))
    assert gone.isdisjoint({film.source.name, film.sign_file.name, film.description_file.name, *made})
    film.renditions.all().delete()
    assert set(remove_unused_files(now=later, storage=film.source.storage)) == made


# --- In the administration -----------------------------------------------------------------------------------------


@pytest.mark.rule("film-5")
def test_editors_see_why_and_ask_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    film = FilmFactory(source=ContentFile(b"no film", name="film.mp4"))
    _make_all(film)
    where = reverse("media_films:show-files", args=[film.pk])
    client.force_login(UserFactory())
    assert client.get(where).status_code in {302, 403, 404}
    client.force_login(staff(Role.EDITORS))
    assert where in words_of(client.get(reverse(Film.snippet_viewset.get_url_name("list"))))
    assert "Tego pliku nie da się odczytać jako filmu." in words_of(client.get(where))
    monkeypatch.setattr(renditions, "queue_on_commit", lambda *args: None)
    assert client.post(where).status_code == 302
    assert set(film.renditions.values_list("state", flat=True)) == {State.WAITING}
    assert "Pliki już powstają." in words_of(client.post(where, follow=True))
    assert client.get(reverse("media_films:show-files", args=[film.pk + 1]), follow=True).status_code == 404
