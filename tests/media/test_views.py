"""Handing out films, captions and pictures."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils.http import http_date

from media.models import Film
from media.storage import private_storage
from media.views import LONGEST_RANGE
from tests.factories.accounts import UserFactory
from tests.factories.media import CAPTIONS, FILES, PIXEL, FilmFactory, ImageFactory

pytestmark = pytest.mark.django_db

CONTENT = (FILES / "six-seconds.mp4").read_bytes()
SIZE = len(CONTENT)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>alert(1)</script></svg>'


@pytest.fixture
def learner(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


@pytest.fixture
def editor() -> Client:
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="change_film"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def film() -> Film:
    return FilmFactory()


def source(film: Film, kind: str = "mp4") -> str:
    return reverse("media:stream-film", args=[film.pk, kind])


def body(response: Any) -> bytes:
    return response.getvalue() if response.streaming else response.content


# --- Films -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("media-3")
def test_a_whole_film(learner: Client, film: Film) -> None:
    response = learner.get(source(film))
    assert response.status_code == 200
    assert body(response) == CONTENT
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(SIZE)
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "private, max-age=3600"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "inline"
    assert response["ETag"].startswith('"')


@pytest.mark.rule("media-3")
@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-", 0, SIZE),
        ("bytes=100-199", 100, 200),
        ("bytes=-50", SIZE - 50, SIZE),
        ("bytes=5-999999999", 5, SIZE),
    ],
)
def test_a_part_of_a_film(learner: Client, film: Film, header: str, start: int, end: int) -> None:
    # Compression would make the numbers of bytes untrue.
    response = learner.get(source(film), headers={"Range": header, "Accept-Encoding": "gzip"})
    assert response.status_code == 206
    assert body(response) == CONTENT[start:end]
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert response["Content-Length"] == str(end - start)
    assert "Content-Encoding" not in response


@pytest.mark.rule("media-3")
def test_a_film_in_parts_is_the_film(learner: Client, film: Film) -> None:
    parts = [
        body(learner.get(source(film), headers={"Range": f"bytes={start}-{start + 9_999}"}))
        for start in range(0, SIZE, 10_000)
    ]
    assert b"".join(parts) == CONTENT


@pytest.mark.rule("media-3")
@pytest.mark.parametrize("header", ["bytes=0-1,4-5", "items=0-5", "bytes=9-2", "nonsense", "bytes=" + "1-2," * 5000])
def test_other_ranges_are_ignored(learner: Client, film: Film, header: str) -> None:
    response = learner.get(source(film), headers={"Range": header})
    assert (response.status_code, body(response)) == (200, CONTENT)


@pytest.mark.rule("media-3")
@pytest.mark.parametrize("header", [f"bytes={SIZE}-", "bytes=-0", "bytes=99999999999-"])
def test_a_range_behind_the_end(learner: Client, film: Film, header: str) -> None:
    response = learner.get(source(film), headers={"Range": header})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert body(response) == b""


@pytest.mark.rule("media-3")
def test_a_long_range_is_answered_with_its_beginning(learner: Client, film: Film) -> None:
    content = bytes(range(256)) * (LONGEST_RANGE // 256 + 10)
    film.source.save("long.mp4", ContentFile(content))
    response = learner.get(source(film), headers={"Range": "bytes=0-"})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes 0-{LONGEST_RANGE - 1}/{len(content)}"
    assert len(body(response)) == LONGEST_RANGE


@pytest.mark.rule("media-3")
def test_head_sends_no_bytes(learner: Client, film: Film) -> None:
    whole = learner.head(source(film))
    part = learner.head(source(film), headers={"Range": "bytes=0-9"})
    assert (whole.status_code, whole["Content-Length"], body(whole)) == (200, str(SIZE), b"")
    assert (part.status_code, part["Content-Length"], part["Content-Range"]) == (206, "10", f"bytes 0-9/{SIZE}")


@pytest.mark.rule("media-3")
def test_validators(learner: Client, film: Film) -> None:
    first = learner.get(source(film))
    body(first)
    tag, date = first["ETag"], first["Last-Modified"]
    assert learner.get(source(film), headers={"If-None-Match": tag}).status_code == 304
    assert learner.get(source(film), headers={"If-Modified-Since": date}).status_code == 304
    assert learner.get(source(film), headers={"If-None-Match": tag})["ETag"] == tag
    assert learner.get(source(film), headers={"If-Match": '"other"'}).status_code == 412
    for known, status in [(tag, 206), (date, 206), ('"other"', 200), (http_date(0), 200), (f"W/{tag}", 200)]:
        response = learner.get(source(film), headers={"Range": "bytes=0-9", "If-Range": known})
        assert response.status_code == status
        body(response)


@pytest.mark.rule("media-3")
def test_another_file_has_another_tag(learner: Client, film: Film) -> None:
    before = learner.head(source(film))["ETag"]
    film.source.save("six-seconds.mp4", ContentFile(CONTENT))
    assert learner.head(source(film))["ETag"] != before


@pytest.mark.rule("media-12")
@pytest.mark.parametrize("method", ["get", "head"])
def test_strangers_get_nothing(client: Client, film: Film, method: str) -> None:
    draft = FilmFactory(live=False)
    track = film.tracks.first()
    addresses = [
        source(film),
        source(film, "webm"),
        source(draft),
        "/media/films/0/source.mp4",
        reverse("media:serve-track", args=[film.pk, track.pk]),
    ]
    assert {getattr(client, method)(address).status_code for address in addresses} == {404}
    client.force_login(UserFactory())
    assert getattr(client, method)(source(draft)).status_code == 404
    hidden = draft.tracks.first()
    for film_pk in (draft.pk, film.pk):
        assert getattr(client, method)(reverse("media:serve-track", args=[film_pk, hidden.pk])).status_code == 404


@pytest.mark.rule("media-12")
def test_editors_see_drafts(editor: Client, learner: Client, film: Film) -> None:
    assert editor.head(source(FilmFactory(live=False))).status_code == 200
    film.source.save("six-seconds.webm", ContentFile((FILES / "six-seconds.webm").read_bytes()), save=False)
    film.save_revision()
    assert editor.head(source(film, "webm") + "?draft=1")["Content-Type"] == "video/webm"
    assert editor.head(source(film))["Content-Type"] == "video/mp4"
    assert learner.head(source(film, "webm") + "?draft=1").status_code == 404


@pytest.mark.rule("media-12")
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading(learner: Client, film: Film, method: str) -> None:
    track = film.tracks.first()
    for address in (source(film), reverse("media:serve-track", args=[film.pk, track.pk]), "/media/images/a.png"):
        assert getattr(learner, method)(address).status_code == 405


def test_a_film_whose_file_is_gone_or_missing(learner: Client, film: Film) -> None:
    film.source.storage.delete(film.source.name)
    assert learner.get(source(film)).status_code == 404
    Film.objects.update(source="")
    assert learner.get(source(film)).status_code == 404
    Film.objects.update(source="films/odd.avi")
    assert learner.get(source(film, "avi")).status_code == 404


@pytest.mark.rule("media-12")
def test_the_proxy_sends_the_file_where_there_is_one(
    learner: Client, client: Client, film: Film, settings: Any
) -> None:
    settings.FILM_ACCEL_PREFIX = "/internal/private/"
    response = learner.get(source(film), headers={"Range": "bytes=0-9"})
    assert response["X-Accel-Redirect"] == f"/internal/private/{film.source.name}"
    assert (response.status_code, body(response), response["Content-Type"]) == (200, b"", "video/mp4")
    assert Client().get(source(film)).status_code == 404


# --- Captions ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("media-12", "media-8")
def test_captions(learner: Client, film: Film) -> None:
    track = film.tracks.get(kind="captions")
    response = learner.get(reverse("media:serve-track", args=[film.pk, track.pk]))
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body(response).decode() == CAPTIONS
    assert (
        learner.get(
            reverse("media:serve-track", args=[film.pk, track.pk]), headers={"If-None-Match": response["ETag"]}
        ).status_code
        == 304
    )


# --- Pictures ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("media-13")
def test_pictures_are_for_everybody(client: Client) -> None:
    image = ImageFactory()
    for url in (image.file.url, image.get_rendition("width-1").url):
        response = client.get(url)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/png"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in response
        assert body(response).startswith(PIXEL[:8])
    assert client.head(image.file.url)["Content-Length"] == str(len(PIXEL))
    assert client.get(image.file.url, headers={"If-None-Match": response["ETag"]}).status_code in {200, 304}


@pytest.mark.rule("media-13", "media-10")
def test_a_drawing_runs_nothing_even_if_it_got_in(client: Client) -> None:
    name = default_storage.save("original_images/evil.svg", ContentFile(DRAWING))
    response = client.get(f"/media/{name}")
    assert response["Content-Type"] == "image/svg+xml"
    assert (
        response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body(response) == DRAWING


@pytest.mark.rule("media-13")
@pytest.mark.parametrize(
    "path",
    [
        "images/",
        "",
        "images",
        "images/none.png",
        "images/page.html",
        "images/page.png.html",
        "images/evil.svgz",
        "images/.png",
        "images/sub/secret.png",
        "images/../documents/secret.txt",
        "images/..%2fdocuments%2fsecret.png",
        "images/%2e%2e/documents/secret.png",
        "images/..\\documents\\secret.png",
        "images//etc/passwd.png",
        "images/a%00.png",
        "images/a.png%0d%0aX-Y:1",
        "documents/secret.txt",
        "documents/secret.png",
        "films/secret.mp4",
        "captions/secret.vtt",
        "wagtail_uploads/secret.png",
        "original_images/żółć.png",
        "../settings.py",
        "/etc/passwd",
    ],
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    for name in (
        "documents/secret.txt",
        "documents/secret.png",
        "wagtail_uploads/secret.png",
        "images/page.html",
        "images/sub/secret.png",
    ):
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(b"for-nobody"))
    if not private_storage().exists("films/secret.mp4"):
        private_storage().save("films/secret.mp4", ContentFile(b"for-nobody"))
    response = client.get(f"/media/{path}", follow=True)
    assert response.status_code == 404
    assert b"for-nobody" not in body(response)


@pytest.mark.rule("media-13")
def test_a_raster_with_script_in_it_stays_a_picture(client: Client) -> None:
    """A file that is a picture and a page at once is served as the picture that its name says, and never guessed at."""
    name = default_storage.save("images/polyglot.gif", ContentFile(b"GIF89a/*<script>alert(1)</script>*/=1"))
    response = client.get(f"/media/{name}")
    body(response)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/gif", "nosniff")
