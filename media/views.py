"""Handing out files: films in ranges of bytes, captions, and the pictures of the site."""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import Storage, default_storage
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from media import film_files
from media.models import Film
from media.queries import TYPES, film_kind, get_film_for, get_track_for
from media.rules import RangeNotSatisfiable, byte_range

BLOCK = 64 * 1024
# A range longer than this is answered with its beginning; the player then asks for the next. So no viewer holds one of
# the few threads for as long as a film runs.
LONGEST_RANGE = 4 * 1024 * 1024

PICTURE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
# The names that storage.py and Wagtail give; nothing else is served, whatever lies there.
PICTURE_PATH = re.compile(r"(?:original_images|images)/[A-Za-z0-9_-][A-Za-z0-9_.-]*\.([a-z]{3,4})")
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
FOR_A_YEAR = "public, max-age=31536000, immutable"


class _Part:
    """The bytes of an open file from ``start`` on, ``length`` of them; closes the file when all is sent or given up."""

    def __init__(self, file: File, start: int, length: int) -> None:
        self.file, self.start, self.length = file, start, length

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.start)
        left = self.length
        while left > 0 and (block := self.file.read(min(BLOCK, left))):
            left -= len(block)
            yield block

    def close(self) -> None:
        self.file.close()


@require_safe
def stream_film(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The file of a film, whole or one range of it, for whoever may see the film; for everybody else there is none."""
    film = get_film_for(request.user, pk, draft="draft" in request.GET)
    if kind not in TYPES or film_kind(film) != kind:
        raise Http404
    return _stream(request, film.source, TYPES[kind], name=_download_name(request, film, "", kind))


@require_safe
def stream_part(request: HttpRequest, pk: int, part: str, kind: str) -> HttpResponseBase:
    """What was made of a film or belongs to it: a smaller film, its sound, the one with audio description or in sign
    language, its poster; for whoever may see the film. ``?download=1`` saves it under a readable name."""
    film = get_film_for(request.user, pk, draft="draft" in request.GET)
    file = film_files.file_of(film, part)
    if file is None or film_files.kind_of(file) != kind or kind not in film_files.TYPES:
        raise Http404
    return _stream(request, file, film_files.TYPES[kind], name=_download_name(request, film, part, kind))


def _download_name(request: HttpRequest, film: Film, part: str, kind: str) -> str:
    """The name under which the file is saved; empty where it is only played."""
    if "download" not in request.GET:
        return ""
    title = slugify(anyascii(film.title))[:80].strip("-") or "film"
    return f"{title}-{part}.{kind}" if part else f"{title}.{kind}"


def _stream(request: HttpRequest, file: FieldFile, content_type: str, *, name: str) -> HttpResponseBase:
    _keep_uncompressed(request)
    if settings.FILM_ACCEL_PREFIX:
        response: HttpResponseBase = _by_proxy(file.name or "", content_type)
    else:
        response = _from_storage(request, file.storage, file.name or "", content_type)
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Disposition"] = (content_disposition_header(True, name) if name else "") or "inline"
    return response


@require_safe
def serve_track(request: HttpRequest, pk: int, track_pk: int) -> HttpResponseBase:
    """A caption file of a film, for whoever may see the film."""
    track = get_track_for(request.user, pk, track_pk)
    response = _whole(request, track.file.storage, track.file.name or "", "text/vtt; charset=utf-8")
    response["Cache-Control"] = "private, max-age=3600"
    if name := _download_name(request, track.film, f"{track.kind}-{track.language}", "vtt"):
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def hand_out(request: HttpRequest, file: FieldFile, *, name: str, content_type: str) -> HttpResponseBase:
    """A stored file under a readable ``name``, for a view that has made sure that the reader may have it.

    Nobody between keeps a copy. The file is saved, never shown within the site, whatever it holds.
    """
    _keep_uncompressed(request)
    response = _whole(request, file.storage, file.name or "", content_type)
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def show_picture(request: HttpRequest, file: FieldFile) -> HttpResponseBase:
    """A private WebP picture within a page, for a view that has made sure that the reader may see it."""
    _keep_uncompressed(request)
    response = _whole(request, file.storage, file.name or "", PICTURE_TYPES["webp"])
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Disposition"] = "inline"
    return response


@require_safe
def serve_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture of the site. Only pictures under the names that the site gives; in production the proxy does this."""
    match = PICTURE_PATH.fullmatch(path)
    content_type = PICTURE_TYPES.get(match.group(1), "") if match else ""
    if not content_type:
        raise Http404
    if content_type != "image/svg+xml":
        _keep_uncompressed(request)
    response = _whole(request, default_storage, path, content_type)
    response["Cache-Control"] = FOR_A_YEAR
    if content_type == "image/svg+xml":
        response["Content-Security-Policy"] = DRAWING_POLICY
    return response


def _keep_uncompressed(request: HttpRequest) -> None:
    """No compression on the way: it is of no use for what is compressed, and ranges are of the bytes as stored."""
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"


def _by_proxy(name: str, content_type: str) -> HttpResponse:
    """The proxy in front sends the file itself, ranges included; the application has only said that it may."""
    response = HttpResponse(content_type=content_type)
    response["X-Accel-Redirect"] = f"{settings.FILM_ACCEL_PREFIX.rstrip('/')}/{name}"
    return response


def _from_storage(request: HttpRequest, storage: Storage, name: str, content_type: str) -> HttpResponseBase:
    """The film, or the part of it that was asked for."""
    found = _Stored(storage, name)
    if early := found.early_answer(request):
        return early
    start, length, status = 0, found.size, 200
    if wanted := found.range_header(request):
        try:
            part = byte_range(wanted, found.size, longest=LONGEST_RANGE)
        except RangeNotSatisfiable:
            headers = {"Content-Range": f"bytes */{found.size}", "Accept-Ranges": "bytes"}
            return HttpResponse(status=416, content_type="text/plain", headers=headers)
        if part:
            start, length, status = part[0], part[1] - part[0] + 1, 206
    response = found.answer(request, start, length, content_type)
    response.status_code = status
    response["Accept-Ranges"] = "bytes"
    if status == 206:
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{found.size}"
    return response


def _whole(request: HttpRequest, storage: Storage, name: str, content_type: str) -> HttpResponseBase:
    found = _Stored(storage, name)
    return found.early_answer(request) or found.answer(request, 0, found.size, content_type)


class _Stored:
    """A stored file with its size and validators. A name never gets another content, so the name makes the tag."""

    def __init__(self, storage: Storage, name: str) -> None:
        self.storage, self.name = storage, name
        try:
            self.size = storage.size(name)
            self.modified = storage.get_modified_time(name).astimezone(UTC).replace(microsecond=0)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, SuspiciousFileOperation) as error:
            raise Http404 from error
        self.etag = quote_etag(hashlib.sha256(f"{name}:{self.size}".encode()).hexdigest()[:32])

    def early_answer(self, request: HttpRequest) -> HttpResponseBase | None:
        """304 or 412, where the reader's copy makes the file itself needless."""
        early: HttpResponseBase | None = get_conditional_response(request, self.etag, int(self.modified.timestamp()))
        return early and self._validated(early)

    def range_header(self, request: HttpRequest) -> str:
        """The range asked for, unless it was meant for another version of the file (RFC 9110, 13.1.5)."""
        known = request.headers.get("If-Range", "").strip()
        if known and known not in (self.etag, http_date(self.modified.timestamp())):
            return ""
        return request.headers.get("Range", "")

    def answer(self, request: HttpRequest, start: int, length: int, content_type: str) -> HttpResponseBase:
        response: HttpResponseBase
        if request.method == "HEAD":
            response = HttpResponse(content_type=content_type)
        else:
            file = self.storage.open(self.name, "rb")
            response = StreamingHttpResponse(_Part(file, start, length), content_type=content_type)
        response["Content-Length"] = str(length)
        response["X-Content-Type-Options"] = "nosniff"
        return self._validated(response)

    def _validated(self, response: HttpResponseBase) -> HttpResponseBase:
        response["ETag"] = self.etag
        response["Last-Modified"] = http_date(self.modified.timestamp())
        return response
