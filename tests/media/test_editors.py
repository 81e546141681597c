"""Films in the editors' side: what is refused, at which field, and what happens on saving."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from cms.accounts.rules import Role
from media.models import CaptionTrack, Film, Transcript
from media.storage import private_storage
from tests.factories.accounts import UserFactory
from tests.factories.media import CAPTIONS, CHAPTERS, FILES, PIXEL, FilmFactory

pytestmark = pytest.mark.django_db

MP4 = (FILES / "six-seconds.mp4").read_bytes()
LIST = "wagtailsnippets_media_film:list"
ADD = "wagtailsnippets_media_film:add"
EDIT = "wagtailsnippets_media_film:edit"


@pytest.fixture
def editor() -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(UserFactory(roles=[Role.EDITORS]))
    return client


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def upload(content: bytes | str, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def row(**values: Any) -> dict[str, Any]:
    return {"language": "pl", "kind": "captions"} | values


def form(tracks: list[dict[str, Any]] = (), transcripts: list[dict[str, Any]] = (), **values: Any) -> dict[str, Any]:
    data = {
        "title": "Jak zgłosić",
        "language": "pl",
        "summary": "",
        "narration": "",
        "poster": "",
        "description_kind": "not_needed",
        "description_reason": "Lektor mówi wszystko, co widać.",
        "description_declared_by": "Zespół Akademii",
        "tracks": inline_formset(tracks),
        "transcripts": inline_formset(transcripts),
        **values,
    }
    return {key: value for key, value in nested_form_data(data).items() if value is not None}


def text(html: str) -> str:
    return rich_text(html, features=["h3", "bold", "italic", "ol", "ul"])


def add(editor: Client, publish: bool = False, **values: Any) -> Any:
    data = form(**({"source": upload(MP4, "Mój film (1).mp4")} | values))
    return editor.post(reverse(ADD), data | ({"action-publish": "1"} if publish else {}))


def stored() -> set[str]:
    storage = private_storage()
    return {name for folder in ("films", "captions") if storage.exists(folder) for name in storage.listdir(folder)[1]}


# --- Saving ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("media-5", "media-7", "media-11")
def test_a_draft_is_saved_with_its_length_and_a_transcript_of_its_own(editor: Client) -> None:
    response = add(
        editor,
        tracks=[row(file=upload(CAPTIONS, "napisy.vtt")), row(kind="chapters", file=upload(CHAPTERS, "rozdzialy.vtt"))],
    )
    film = Film.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse(EDIT, args=[film.pk])
    assert not film.live
    assert film.duration_seconds == pytest.approx(6, abs=0.05)
    assert film.source.name.endswith(".mp4")
    assert "film" not in film.source.name.removeprefix("films/")
    assert film.transcripts.get().text.startswith("<h3>Początek</h3><p>Dzień dobry.")
    page = editor.get(reverse(EDIT, args=[film.pk])).content.decode()
    assert f"/media/films/{film.pk}/source.mp4?draft=1" in page
    assert "transcripts-0-text" in page


@pytest.mark.rule("media-4")
def test_a_complete_film_is_published(editor: Client) -> None:
    add(editor, publish=True, tracks=[row(file=upload(CAPTIONS, "napisy.vtt"))])
    film = Film.objects.get()
    assert film.live
    assert film.transcripts.count() == 1


@pytest.mark.rule("media-7")
def test_a_written_transcript_is_kept_and_an_emptied_one_made_anew(editor: Client) -> None:
    film = FilmFactory()
    transcript = film.transcripts.get()
    tracks = [{"id": t.pk, "language": t.language, "kind": t.kind} for t in film.tracks.all()]

    def save(html: str) -> str:
        data = form(transcripts=[{"id": transcript.pk, "language": "pl", "text": text(html)}])
        data |= nested_form_data({"tracks": inline_formset(tracks, initial=2)})
        data |= nested_form_data({"transcripts-INITIAL_FORMS": "1"}) | {"action-publish": "1", "title": film.title}
        response = editor.post(reverse(EDIT, args=[film.pk]), data)
        assert response.status_code == 302
        return Transcript.objects.get().text

    assert "Ręcznie poprawione." in save("<p>Ręcznie poprawione.</p>")
    assert save("<p></p>").startswith("<h3>Początek</h3>")


@pytest.mark.rule("media-12")
def test_a_change_of_a_published_film_waits_for_its_publication(editor: Client, client: Client) -> None:
    film = FilmFactory()
    before = film.source.name
    tracks = [{"id": t.pk, "language": t.language, "kind": t.kind} for t in film.tracks.all()]
    webm = upload((FILES / "six-seconds.webm").read_bytes(), "nowy.webm")
    data = form(source=webm) | nested_form_data({"tracks": inline_formset(tracks, initial=2)})
    assert editor.post(reverse(EDIT, args=[film.pk]), data).status_code == 302
    film.refresh_from_db()
    assert film.source.name == before
    newest = film.get_latest_revision_as_object()
    assert newest.source.name.endswith(".webm")
    assert newest.source.storage.exists(newest.source.name)


# --- Refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("media-5")
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "film.mp4", "The submitted file is empty"),
        (b"<html><script>alert(1)</script></html>", "film.mp4", "not an MP4 or WebM film"),
        (PIXEL, "film.webm", "not an MP4 or WebM film"),
        (MP4, "film.webm", "Name it .mp4"),
        (MP4, "film.avi", "ending .mp4 or .webm"),
        (MP4[: len(MP4) // 2], "film.mp4", "cut off"),
        (MP4.replace(b"avc1", b"hvc1"), "film.mp4", "hvc1"),
        (MP4.replace(b"vide", b"meta"), "film.mp4", "no picture"),
    ],
)
def test_what_is_no_film_is_refused_at_its_field(editor: Client, content: bytes, name: str, words: str) -> None:
    before = stored()
    response = add(editor, source=upload(content, name))
    assert response.status_code == 200
    assert words in str(response.context["form"].errors["source"])
    assert response.context["form"]["title"].value() == "Jak zgłosić"
    assert not Film.objects.exists()
    assert stored() == before


@pytest.mark.rule("media-5")
def test_a_film_that_is_too_large(editor: Client, settings: Any) -> None:
    settings.FILM_MAX_BYTES = 1000
    assert "At most 1\u00a0kB" in str(add(editor).context["form"].errors["source"])


@pytest.mark.rule("media-6")
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "napisy.vtt", "The submitted file is empty"),
        (CAPTIONS.replace("00:02.000 -->", "00:02,000 -->", 1), "napisy.vtt", "Line 6: write a dot"),
        (CAPTIONS.replace("WEBVTT", ""), "napisy.vtt", "Line 1: a WebVTT file begins"),
        (CAPTIONS.encode("utf-16"), "napisy.vtt", "not encoded in UTF-8"),
        ("WEBVTT\n\n01:00.000 --> 01:01.000\nZ innego filmu\n", "napisy.vtt", "1:00 lies behind the end"),
        (CAPTIONS, "napisy.srt", "“srt” is not allowed"),
        (PIXEL, "napisy.vtt", "Line 1"),
    ],
)
def test_broken_captions_are_refused_at_their_field(editor: Client, content: Any, name: str, words: str) -> None:
    before = stored()
    response = add(
        editor, tracks=[row(file=upload(CAPTIONS, "dobre.vtt")), row(language="en", file=upload(content, name))]
    )
    assert response.status_code == 200
    good, broken = response.context["form"].formsets["tracks"].forms
    assert not good.errors
    assert words in str(broken.errors["file"])
    assert not Film.objects.exists()
    assert stored() == before


@pytest.mark.rule("media-6")
def test_two_files_for_one_place(editor: Client) -> None:
    response = add(editor, tracks=[row(file=upload(CAPTIONS, "a.vtt")), row(file=upload(CAPTIONS, "b.vtt"))])
    assert response.status_code == 200
    assert not Film.objects.exists()


@pytest.mark.rule("media-4")
def test_publishing_without_captions_is_refused_in_words(editor: Client) -> None:
    response = add(editor, publish=True, tracks=[row(language="en", file=upload(CAPTIONS, "en.vtt"))])
    assert response.status_code == 200
    codes = [error.code for error in response.context["form"].non_field_errors().as_data()]
    assert codes == ["film_without_captions", "film_without_transcript"]
    assert "in the language of the film (Polish)" in response.content.decode()
    assert not Film.objects.exists()


@pytest.mark.rule("media-4")
def test_a_written_transcript_does_not_stand_for_captions(editor: Client) -> None:
    response = add(editor, publish=True, transcripts=[{"language": "pl", "text": text("<p>Wszystkie słowa.</p>")}])
    codes = [error.code for error in response.context["form"].non_field_errors().as_data()]
    assert codes == ["film_without_captions"]


@pytest.mark.rule("media-4")
def test_captions_cannot_be_taken_from_a_published_film(editor: Client) -> None:
    film = FilmFactory()
    tracks = [{"id": t.pk, "language": t.language, "kind": t.kind, "DELETE": "1"} for t in film.tracks.all()]
    data = form() | nested_form_data({"tracks": inline_formset(tracks, initial=2)}) | {"action-publish": "1"}
    response = editor.post(reverse(EDIT, args=[film.pk]), data)
    assert response.status_code == 200
    assert CaptionTrack.objects.count() == 2


@pytest.mark.rule("media-14")
@pytest.mark.parametrize("failing", ["films/", "captions/"])
def test_a_full_disk_is_said_at_the_field_and_leaves_nothing(
    editor: Client, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    before = stored()
    saving = InMemoryStorage._save

    def full(self: Any, name: str, content: Any) -> str:
        if name.startswith(failing):
            raise OSError(28, "No space left on device")
        return saving(self, name, content)

    monkeypatch.setattr(InMemoryStorage, "_save", full)
    response = add(editor, tracks=[row(file=upload(CAPTIONS, "napisy.vtt"))])
    assert response.status_code == 200
    page = response.context["form"]
    errors = page.errors["source"] if failing == "films/" else page.formsets["tracks"].forms[0].errors["file"]
    assert "could not be stored" in str(errors)
    assert page["title"].value() == "Jak zgłosić"
    assert not Film.objects.exists()
    assert stored() == before
    monkeypatch.undo()
    assert add(editor, tracks=[row(file=upload(CAPTIONS, "napisy.vtt"))]).status_code == 302


# --- The list, deleting, roles -----------------------------------------------------------------------------------


@pytest.mark.rule("media-16")
def test_the_list(editor: Client) -> None:
    FilmFactory(title="Z napisami", duration_seconds=65)
    FilmFactory(title="Bez napisów", bare=True, live=False, language="en")
    page = editor.get(reverse(LIST)).content.decode()
    assert "Z napisami" in page
    assert "1:05" in page
    for query, shown, hidden in [
        ("q=napisami", "Z napisami", "Bez napisów"),
        ("language=en", "Bez napisów", "Z napisami"),
        ("live=false", "Bez napisów", "Z napisami"),
        ("live=true", "Z napisami", "Bez napisów"),
    ]:
        found = editor.get(f"{reverse(LIST)}?{query}").content.decode()
        assert shown in found, query
        assert hidden not in found, query


@pytest.mark.rule("media-16")
def test_the_list_asks_the_same_for_more_films(editor: Client, django_assert_num_queries: Any) -> None:
    FilmFactory(bare=True)
    editor.get(reverse(LIST))
    with CaptureQueriesContext(connection) as for_one:
        editor.get(reverse(LIST))
    for _number in range(2):
        FilmFactory()
    with django_assert_num_queries(len(for_one)):
        editor.get(reverse(LIST))


@pytest.mark.rule("media-16")
def test_the_list_tells_what_is_planned(editor: Client) -> None:
    film = FilmFactory(title="A", live=False)
    film.go_live_at = timezone.now() + timedelta(days=1)
    film.save_revision().publish()
    other = FilmFactory(title="B")
    shown = editor.get(reverse(LIST)).context["object_list"]
    assert [film.status_string for film in shown] == ["scheduled", "live"]
    assert Film.objects.get(pk=film.pk).approved_schedule
    assert not other.approved_schedule


def test_history_comparison_usage_and_chooser(editor: Client) -> None:
    film = FilmFactory()
    film.save_revision().publish()
    film.source.save("six-seconds.mp4", ContentFile(MP4), save=False)
    film.summary = "Nowy opis"
    film.save_revision()
    first, second = film.revisions.order_by("pk")
    name = "wagtailsnippets_media_film"
    for address in (
        reverse(f"{name}:history", args=[film.pk]),
        reverse(f"{name}:usage", args=[film.pk]),
        reverse(f"{name}:unpublish", args=[film.pk]),
        reverse(f"{name}:revisions_compare", args=[film.pk, first.pk, second.pk]),
        reverse(f"{name}:revisions_revert", args=[film.pk, first.pk]),
        reverse("wagtailsnippetchoosers_media_film:choose"),
    ):
        assert editor.get(address).status_code == 200, address


def test_films_are_saved_only_when_the_editor_says_so(editor: Client) -> None:
    film = FilmFactory()
    for address in (reverse(ADD), reverse(EDIT, args=[film.pk])):
        assert editor.get(address).context["autosave_enabled"] is False


@pytest.mark.rule("media-17")
def test_an_unused_film_is_deleted(editor: Client) -> None:
    film = FilmFactory()
    assert editor.post(reverse("wagtailsnippets_media_film:delete", args=[film.pk])).status_code == 302
    assert not Film.objects.exists()


@pytest.mark.rule("media-17")
@pytest.mark.parametrize("live", [True, False])
def test_a_film_in_use_is_not_deleted_and_unpublishing_is_offered(editor: Client, live: bool, monkeypatch: Any) -> None:
    film = FilmFactory(live=live)
    monkeypatch.setattr("media.wagtail_hooks.is_in_use", lambda film: True)
    address = reverse("wagtailsnippets_media_film:delete", args=[film.pk])
    offered = reverse("wagtailsnippets_media_film:unpublish", args=[film.pk]) if live else reverse(LIST)
    for method in (editor.get, editor.post):
        assert method(address)["Location"] == offered
    bulk = reverse("wagtail_bulk_action", args=["media", "film", "delete"]) + f"?id={film.pk}"
    assert editor.post(bulk).status_code == 302
    assert Film.objects.exists()
    assert "Not deleted, because it is used" in editor.get(reverse(LIST)).content.decode()


@pytest.mark.rule("media-12")
@pytest.mark.parametrize("roles", [[], [Role.COORDINATORS]])
def test_who_is_no_editor_does_not_change_films(client: Client, roles: list[Role]) -> None:
    film = FilmFactory()
    client.force_login(UserFactory(roles=roles))
    for address in (
        reverse(LIST),
        reverse(ADD),
        reverse(EDIT, args=[film.pk]),
        reverse("wagtailsnippets_media_film:delete", args=[film.pk]),
    ):
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code in {302, 403}
            assert response.status_code == 403 or not response["Location"].startswith("/admin/snippets")
    film.refresh_from_db()
    assert film.live


@pytest.mark.rule("media-8")
def test_payloads_in_words_are_escaped(editor: Client) -> None:
    title = "<script>alert('x')</script>"
    FilmFactory(title=title)
    film = FilmFactory(title=title, summary=title, narration=title)
    for address in (reverse(LIST), reverse(EDIT, args=[film.pk])):
        assert title not in editor.get(address).content.decode()


def test_the_file_field_says_what_is_stored(editor: Client) -> None:
    film = FilmFactory()
    page = editor.get(reverse(EDIT, args=[film.pk])).content.decode()
    track = film.tracks.first()
    assert reverse("media:serve-track", args=[film.pk, track.pk]) in page
    track.file.save("x.vtt", ContentFile(CAPTIONS.encode()), save=False)
    film.tracks.add(track)
    film.save_revision()
    page = editor.get(reverse(EDIT, args=[film.pk])).content.decode()
    assert "A file is stored." in page
