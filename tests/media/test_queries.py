"""Who gets a film, and what its player shows."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.http import Http404
from django.utils.safestring import SafeString

from cms.accounts.models import User
from media.models import Film, Transcript
from media.queries import get_film_for, get_track_for, is_in_use, player_facts
from tests.factories.accounts import UserFactory
from tests.factories.media import CAPTIONS, FilmFactory, ImageFactory, TrackFactory, six_seconds

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def editor() -> User:
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="change_film"))
    return user


@pytest.mark.rule("media-12")
def test_who_gets_a_film(learner: User, editor: User) -> None:
    film, draft = FilmFactory(), FilmFactory(live=False)
    assert get_film_for(learner, film.pk) == film
    assert get_film_for(editor, draft.pk) == draft
    for user, pk in [(AnonymousUser(), film.pk), (learner, draft.pk), (learner, 0), (AnonymousUser(), draft.pk)]:
        with pytest.raises(Http404):
            get_film_for(user, pk)


@pytest.mark.rule("media-12")
def test_the_newest_version_is_for_editors(learner: User, editor: User) -> None:
    film = FilmFactory()
    film.source.save("six-seconds.webm", six_seconds("six-seconds.webm"), save=False)
    film.save_revision()
    assert get_film_for(editor, film.pk, draft=True).source.name.endswith(".webm")
    assert get_film_for(editor, film.pk).source.name.endswith(".mp4")
    with pytest.raises(Http404):
        get_film_for(learner, film.pk, draft=True)


@pytest.mark.rule("media-12")
def test_who_gets_captions(learner: User) -> None:
    film, draft = FilmFactory(), FilmFactory(live=False)
    track, hidden = film.tracks.first(), draft.tracks.first()
    assert get_track_for(learner, film.pk, track.pk) == track
    for user, film_pk, pk in [
        (AnonymousUser(), film.pk, track.pk),
        (learner, draft.pk, hidden.pk),
        (learner, film.pk, hidden.pk),
        (learner, film.pk, 0),
    ]:
        with pytest.raises(Http404):
            get_track_for(user, film_pk, pk)


@pytest.mark.rule("media-9")
def test_facts_of_the_player(django_assert_max_num_queries: Any) -> None:
    film = FilmFactory(narration="lektor syntetyczny", poster=ImageFactory())
    TrackFactory(film=film, language="en", kind="subtitles")
    player_facts(Film.objects.get(), "pl")
    stored = Film.objects.get()
    with django_assert_max_num_queries(3):
        facts = player_facts(stored, "pl")
    assert facts["title"] == film.title
    assert facts["src"].startswith(f"/media/films/{film.pk}/source.mp4?v=")
    assert facts["type"] == "video/mp4"
    assert facts["poster"].endswith(".webp")
    assert facts["duration"] == 6
    assert [(t["kind"], t["language"], t["label"], t["default"]) for t in facts["tracks"]] == [
        ("captions", "pl", "Polski", False),
        ("subtitles", "en", "English", False),
    ]
    assert [(c["start"], c["end"], c["title"]) for c in facts["chapters"]] == [(0, 3.9, "Początek"), (3.9, 6, "Koniec")]
    assert facts["cues"] == [
        {"start": 0, "end": 2, "text": "Dzień dobry. To jest film próbny.", "chapter": "Początek"},
        {"start": 2, "end": 4, "text": "Pokażę dwa kroki.", "chapter": ""},
        {"start": 4, "end": 6, "text": "Dziękuję za uwagę.", "chapter": "Koniec"},
    ]
    assert facts["transcript_language"] == "pl"
    assert facts["about"].startswith("6 s.")
    assert "lektor syntetyczny" in facts["about"]


@pytest.mark.rule("media-9")
def test_a_drawn_poster_stays_a_drawing() -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9" width="16" height="9"><path d="M0 0h9"/></svg>'
    )
    film = FilmFactory(poster=ImageFactory(file=ContentFile(drawing, name="plakat.svg")))
    assert player_facts(film, "pl")["poster"].endswith(".svg")
    assert player_facts(Film.objects.get(), "pl")["poster"].endswith(".svg")


@pytest.mark.rule("media-9")
def test_facts_in_another_language() -> None:
    film = FilmFactory()
    TrackFactory(film=film, language="en", kind="subtitles", content="WEBVTT\n\n00:00.000 --> 00:05.000\nHello there\n")
    assert player_facts(film, "en")["transcript_language"] == "pl"
    film.transcripts.add(Transcript(language="en", text="<p>Hello there</p>"))
    facts = player_facts(film, "en")
    assert [(t["language"], t["default"]) for t in facts["tracks"]] == [("pl", False), ("en", True)]
    assert facts["cues"] == [{"start": 0, "end": 6, "text": "Hello there", "chapter": ""}]
    assert facts["about"] == "6 s. Captions in Polish and English."
    assert [c["title"] for c in facts["chapters"]] == ["Początek", "Koniec"]
    assert facts["chapters_language"] == "pl"
    assert player_facts(film, "pl")["chapters_language"] == ""
    TrackFactory(film=film, language="en", kind="chapters", content="WEBVTT\n\n00:00.000 --> 00:06.000\nAll\n")
    facts = player_facts(film, "en")
    assert ([c["title"] for c in facts["chapters"]], facts["chapters_language"]) == (["All"], "")


@pytest.mark.rule("media-9", "page-14")
def test_who_speaks_is_said_in_the_words_of_the_film() -> None:
    film = FilmFactory(narration="lektor <b>syntetyczny</b>.")
    assert player_facts(film, "pl")["about"].endswith("Czyta: lektor &lt;b&gt;syntetyczny&lt;/b&gt;.")
    english = player_facts(film, "en")["about"]
    assert english.endswith('Narration: <span lang="pl">lektor &lt;b&gt;syntetyczny&lt;/b&gt;</span>.')


@pytest.mark.rule("media-9")
def test_what_only_the_picture_shows_stands_at_the_time_before_it() -> None:
    film = FilmFactory()
    transcript = film.transcripts.get()
    transcript.text = (
        "<p>Dzień dobry. To jest film próbny.</p><ol><li>Widać biały ekran.</li><li>Pokażę dwa kroki.</li></ol>"
    )
    film.transcripts.add(transcript)
    assert [(c["start"], c["text"]) for c in player_facts(film, "pl")["cues"]] == [
        (0, "Dzień dobry. To jest film próbny."),
        (0, "Widać biały ekran."),
        (2, "Pokażę dwa kroki."),
    ]
    transcript.text = "<p>Zupełnie inny tekst.</p>"
    film.transcripts.add(transcript)
    facts = player_facts(film, "pl")
    assert facts["cues"] == []
    assert facts["transcript_html"] == "<p>Zupełnie inny tekst.</p>"


@pytest.mark.rule("media-8")
def test_a_transcript_carries_no_markup_of_its_own() -> None:
    film = FilmFactory()
    transcript = film.transcripts.get()
    transcript.text = '<h1>A</h1><p onclick="x()">B <a href="javascript:x()">C</a><script>alert(1)</script></p>'
    film.transcripts.add(transcript)
    html = player_facts(film, "pl")["transcript_html"]
    assert isinstance(html, SafeString)
    assert html == "A<p>B C</p>"


@pytest.mark.rule("media-6")
def test_a_film_whose_files_are_broken_or_gone_still_has_a_player() -> None:
    poster = ImageFactory()
    film = FilmFactory(poster=poster)
    poster.file.storage.delete(poster.file.name)
    chapters = film.tracks.get(kind="chapters")
    chapters.file.save("x.vtt", ContentFile(b"broken"), save=True)
    captions = film.tracks.get(kind="captions")
    captions.file.storage.delete(captions.file.name)
    facts = player_facts(Film.objects.get(), "pl")
    assert (facts["poster"], facts["chapters"], facts["cues"]) == ("", [], [])
    assert facts["transcript_html"].startswith("<h3>Początek</h3>")


def test_a_bare_film() -> None:
    facts = player_facts(FilmFactory(bare=True, duration_seconds=None), "pl")
    assert (facts["tracks"], facts["chapters"], facts["cues"], facts["transcript_html"]) == ([], [], [], "")
    assert (facts["duration"], facts["about"]) == (0, "")


def test_captions_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    film = FilmFactory()
    first = player_facts(film, "pl")
    monkeypatch.setattr("media.queries.read_cues", lambda content: pytest.fail("read again"))
    assert player_facts(Film.objects.get(), "pl") == first
    cache.clear()
    assert CAPTIONS


@pytest.mark.rule("media-17")
def test_what_a_film_is_used_by() -> None:
    from tests.factories.catalogue import make_course, make_course_page, make_lesson

    unused, step, shown = FilmFactory(), FilmFactory(bare=True), FilmFactory(bare=True)
    assert not is_in_use(unused)
    make_course(lessons=1, targets=[step])
    assert is_in_use(step)
    make_lesson(make_course_page(), body=[("film", {"film": shown})])
    assert is_in_use(shown)
    assert not is_in_use(unused)
