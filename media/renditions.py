"""Making the files of a film: the rows that ask for them, the work itself, and what finds what was left undone.

A row belongs to the one file that it names. Work done for another file is thrown away, work done twice changes nothing,
and what fails says why in the row, where editors see it and can ask again.
"""

import logging
import math
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import PIL.Image
from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from media import ffmpeg
from media.events import film_files_changed
from media.ffmpeg import FfmpegError, Probe
from media.jobs import queue_on_commit
from media.models import Film, FilmRendition

logger = logging.getLogger(__name__)

KINDS = tuple(FilmRendition.Kind)
State = FilmRendition.State
# A job tells how far it is every few seconds. Who has been silent for so long is gone.
SILENT_AFTER = timedelta(minutes=2)
TELL_EVERY = 2.0
# What is left of a job's time for storing the outcome.
RESERVE = 60
SHORTEST_SHARE = 0.97


@transaction.atomic
def request_renditions(*, film: Film, again: bool = False) -> list[FilmRendition]:
    """Ask for all files of a film that are not made from its present source; with ``again`` also for those that failed
    or are there already. Safe to repeat: what is asked for or being made is not asked for twice."""
    if not film.source:
        return []
    asked = []
    for kind in KINDS:
        row, created = FilmRendition.objects.select_for_update(no_key=True).get_or_create(
            film_id=film.pk, kind=kind, defaults={"source_name": film.source.name}
        )
        is_new = created or row.source_name != film.source.name
        is_settled = row.state in {State.DONE, State.FAILED, State.NOT_NEEDED}
        if not is_new and not (again and is_settled):
            continue
        row.source_name, row.state, row.percent, row.problem, row.detail = film.source.name, State.WAITING, 0, "", ""
        row.updated_at = timezone.now()
        row.save()
        queue_on_commit("media.tasks.make_rendition", row.pk)
        asked.append(row)
    if asked:
        transaction.on_commit(partial(film_files_changed.send, sender=Film, film_id=film.pk))
    return asked


def request_missing(*, now: datetime) -> int:
    """Ask for what nobody works on: films without rows, waiting rows whose job was lost, work that fell silent.

    Tells how many. Safe to repeat.
    """
    wanted = 0
    for film in Film.objects.exclude(source="").filter(renditions__isnull=True):
        wanted += len(request_renditions(film=film))
    silent = FilmRendition.objects.filter(state__in=[State.WAITING, State.RUNNING], updated_at__lt=now - SILENT_AFTER)
    for pk in silent.values_list("pk", flat=True):
        FilmRendition.objects.filter(pk=pk).update(state=State.WAITING, updated_at=now)
        queue_on_commit("media.tasks.make_rendition", pk)
        wanted += 1
    return wanted


def make_rendition(*, rendition_id: int) -> None:
    """Make one file and store it, or note why it cannot be made. Safe to repeat.

    A disk that is full is noted and raised, so that the job is tried again; what the film itself is to blame for is
    only noted, for trying again would end alike.
    """
    row = _claim(rendition_id)
    if row is None:
        return
    try:
        _make(row)
    except FfmpegError as fault:
        logger.warning("film %s, %s: %s", row.film_id, row.kind, fault)
        _settle(row, State.FAILED, problem=fault.code, detail=fault.detail)
    except OSError as fault:
        _settle(row, State.FAILED, problem="no_room", detail=fault.strerror or "")
        raise
    except BaseException:
        # Interrupted: the next one who looks may begin at once.
        FilmRendition.objects.filter(pk=row.pk, state=State.RUNNING).update(state=State.WAITING)
        raise


def _claim(pk: int) -> FilmRendition | None:
    """The row, taken for this job alone; None when there is nothing to do or somebody is at it."""
    now = timezone.now()
    free = ~Q(state=State.RUNNING) | Q(updated_at__lt=now - SILENT_AFTER)
    rows = FilmRendition.objects.filter(free, pk=pk).exclude(state__in=[State.DONE, State.NOT_NEEDED])
    if not rows.update(state=State.RUNNING, percent=0, problem="", detail="", updated_at=now):
        return None
    return FilmRendition.objects.select_related("film").get(pk=pk)


def _make(row: FilmRendition) -> None:
    ending = Path(row.source_name).suffix
    with tempfile.TemporaryDirectory(prefix="film-") as folder:
        source = _on_disk(row, Path(folder) / f"source{ending}")
        found = ffmpeg.probe(source)
        if not found.video:
            raise FfmpegError("no_picture")
        if found.seconds <= 0:
            raise FfmpegError("no_length")
        if row.kind == row.Kind.AUDIO and not found.audio:
            _settle(row, State.NOT_NEEDED, problem="no_sound")
            return
        if row.kind == row.Kind.FULL and ending == ".mp4" and ffmpeg.plays_everywhere(found):
            _settle(row, State.NOT_NEEDED, problem="source_fits")
            return
        made, height = _write(row, source, Path(folder), found)
        with made.open("rb") as content:
            _keep(row, content, made.suffix, height)


def _on_disk(row: FilmRendition, copy: Path) -> Path:
    """The source as a file of this machine: itself where it lies here, else a copy."""
    storage = row.film.source.storage
    if isinstance(storage, FileSystemStorage):
        path = Path(storage.path(row.source_name))
        if not path.exists():
            raise FfmpegError("gone")
        return path
    try:
        with storage.open(row.source_name) as stored, copy.open("wb") as target:
            shutil.copyfileobj(stored, target)
    except FileNotFoundError as error:
        raise FfmpegError("gone") from error
    return copy


def _write(row: FilmRendition, source: Path, folder: Path, found: Probe) -> tuple[Path, int | None]:
    """Run ffmpeg, look at the outcome, and tell where it lies and how high its picture is."""
    limit = max(10, settings.JOB_TIME_LIMIT - RESERVE)
    progress = _teller(row, found.seconds)
    if row.kind == row.Kind.POSTER:
        drawn, poster = folder / "poster.png", folder / "poster.webp"
        at = min(found.seconds * 0.1, 60)
        ffmpeg.run(ffmpeg.poster_arguments(source, drawn, at=at), source, limit=limit, progress=progress)
        if not drawn.exists():
            raise FfmpegError("broken")
        with PIL.Image.open(drawn) as picture:
            picture.convert("RGB").save(poster, "WEBP", quality=72)
            return poster, picture.height
    if row.kind == row.Kind.AUDIO:
        target, height = folder / "made.m4a", None
        arguments = ffmpeg.sound_arguments(source, target)
    else:
        is_small = row.kind == row.Kind.SMALL
        target = folder / "made.mp4"
        height = min(ffmpeg.SMALL_HEIGHT if is_small else ffmpeg.FULL_HEIGHT, found.height)
        quality, sound = (27, "64k") if is_small else (23, "112k")
        arguments = ffmpeg.film_arguments(source, target, height=height, quality=quality, sound=sound)
    ffmpeg.run(arguments, source, limit=limit, progress=progress)
    # A damaged film is often read without a word up to where it is damaged.
    if ffmpeg.probe(target).seconds < found.seconds * SHORTEST_SHARE - 0.5:
        raise FfmpegError("cut_short")
    return target, height


def _teller(row: FilmRendition, seconds: float) -> Callable[[float], None]:
    """Notes how far the work is, every few seconds, which also says that somebody is at it."""
    told = time.monotonic()

    def tell(done: float) -> None:
        nonlocal told
        if time.monotonic() - told < TELL_EVERY:
            return
        told = time.monotonic()
        percent = min(99, math.floor(100 * done / seconds))
        FilmRendition.objects.filter(pk=row.pk, state=State.RUNNING).update(percent=percent, updated_at=timezone.now())

    return tell


def _keep(row: FilmRendition, content: object, ending: str, height: int | None) -> None:
    """Store what was made, unless the film has another file by now; the one that stood there before goes."""
    old = row.file.name
    row.file.save(f"film{ending}", File(content), save=False)  # type: ignore[arg-type]
    row.size, row.height = row.file.size, height
    new = row.file.name or ""
    if not _settle(row, State.DONE):
        row.file.storage.delete(new)
    elif old and old != new:
        storage = row.file.storage
        transaction.on_commit(lambda: storage.delete(old))


@transaction.atomic
def _settle(row: FilmRendition, state: str, *, problem: str = "", detail: str = "") -> bool:
    """Note how it ended. False when the row was asked for anew from another file in the meantime."""
    now = FilmRendition.objects.select_for_update(no_key=True).filter(pk=row.pk).first()
    if now is None or now.source_name != row.source_name:
        return False
    row.state, row.problem, row.detail, row.updated_at = state, problem, detail, timezone.now()
    row.percent = 100 if state == State.DONE else 0
    row.save()
    transaction.on_commit(partial(film_files_changed.send, sender=Film, film_id=row.film_id))
    return True
