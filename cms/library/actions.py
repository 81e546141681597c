"""Writes of the library: downloads counted, files made from editions, covers drawn from documents."""

import json
import logging
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile

from cms.library import epub, paper, rules
from cms.library.edition import Edition, edition_of
from cms.library.models import Cover, DownloadCount, EditionFilm, MadeFile, PublicationPage
from cms.library.queries import MOST_TRIES, cover_documents, files_in_use, has_edition, publications_showing
from cms.pages.generation import start_generation
from media import first_page, isolated
from media.jobs import queue_on_commit
from media.models import CustomDocument, Film
from media.storage import private_storage

logger = logging.getLogger(__name__)

MAKERS: dict[str, Callable[[Edition], bytes]] = {"pdf": paper.render, "epub": epub.write}
FOLDERS = ("publications", "covers")
KEPT_UNUSED = timedelta(days=1)


def count_download(*, key: UUID, day: date) -> None:
    """One more download of the file on the day. Nothing about the reader is kept."""
    row = DownloadCount.objects.filter(key=key, day=day)
    if row.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            DownloadCount.objects.create(key=key, day=day, count=1)
    except IntegrityError:
        # Somebody else was the first of the day at the same moment.
        row.update(count=F("count") + 1)


# --- Files made from an edition ----------------------------------------------------------------------------------


def expect_files(*, publication: PublicationPage) -> None:
    """Have the files of a published edition made, and its cover drawn, after commit. Safe to repeat."""
    queue_on_commit("cms.library.tasks.make_files", publication.pk)
    if publication.cover_from_file:
        for document in cover_documents(publication):
            queue_on_commit("cms.library.tasks.draw_cover", document.pk)


def note_films(*, publication: PublicationPage) -> None:
    """Note which films the edition shows in public; none once it is withdrawn. Safe to repeat."""
    shown = {film.pk for film in publication.films()} if publication.live else set()
    with transaction.atomic():
        EditionFilm.objects.filter(publication=publication.pk).exclude(film__in=shown).delete()
        rows = [EditionFilm(publication_id=publication.pk, film_id=pk) for pk in sorted(shown)]
        EditionFilm.objects.bulk_create(rows, ignore_conflicts=True)


def renew_files_with(*, film: Film) -> None:
    """Have the files of the editions that show a film made anew, since its words stand in them. Safe to repeat."""
    for page in publications_showing(film.pk):
        page.made_files.update(revision=None, tries=0)
        expect_files(publication=page)


def make_files(*, publication_id: int, now: datetime) -> list[MadeFile]:
    """Make each file of the edition that is not yet of its last publication; what was made before stays until then.

    Where the edition is gone, or its files are no longer wanted, they go. One that fails notes why, holds up no other,
    and raises at the end. Safe to repeat, also at the same time.
    """
    page = PublicationPage.objects.filter(pk=publication_id).first()
    if page is None:
        return []
    if not page.makes_files or not has_edition(page):
        _forget_files(page)
        return []
    if not page.live or page.live_revision_id is None:
        return []
    made, failure = [], None
    for kind in MAKERS:
        try:
            made.append(_make(page, kind, now))
        except (paper.PaperError, OSError) as error:
            failure = error
    if failure is not None:
        raise failure
    return made


def _make(page: PublicationPage, kind: str, now: datetime) -> MadeFile:
    layout = rules.LAYOUTS[kind]
    row, _new = MadeFile.objects.get_or_create(publication=page, format=kind)
    if row.revision_id == page.live_revision_id and row.layout == layout and row.file:
        return row
    same = (row.tried, row.tried_layout) == (page.live_revision_id, layout)
    row.tries, row.tried, row.tried_layout = (row.tries + 1 if same else 1), page.live_revision_id, layout
    row.save(update_fields=["tries", "tried", "tried_layout"])
    try:
        content = MAKERS[kind](edition_of(page))
    except (paper.PaperError, OSError) as error:
        MadeFile.objects.filter(pk=row.pk).update(fault=str(error)[:300])
        raise
    with transaction.atomic():
        row = MadeFile.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
        current = PublicationPage.objects.values_list("live_revision", flat=True).get(pk=page.pk)
        if current != page.live_revision_id or (row.revision_id == current and row.layout == layout and row.file):
            # Published anew meanwhile, or made by somebody else: that job has its own.
            return row
        old = row.file.name
        row.file.save(f"{row.key}.{kind}", ContentFile(content), save=False)
        row.size, row.made_at, row.fault = len(content), now, ""
        row.pages = paper.pages_of(content) if kind == MadeFile.Format.PDF else None
        row.revision_id, row.layout = page.live_revision_id, layout
        row.save()
        _delete_after_commit(row.file, old)
        # The page and the lists tell the size of the file.
        start_generation()
    return row


def _forget_files(page: PublicationPage) -> None:
    with transaction.atomic():
        for row in page.made_files.select_for_update():
            _delete_after_commit(row.file, row.file.name)
            row.delete()
            start_generation()


def _delete_after_commit(field: FieldFile, name: str | None) -> None:
    if name:
        storage = field.storage
        transaction.on_commit(lambda: storage.delete(name))


# --- Covers ------------------------------------------------------------------------------------------------------


def draw_cover(*, document_id: int) -> Cover | None:
    """Draw the first page of a PDF, where it is not yet drawn from its present file; a page that is none stays without.

    None where there is no such document. Safe to repeat, also at the same time.
    """
    document = CustomDocument.objects.filter(pk=document_id).first()
    if document is None:
        return None
    cover, _new = Cover.objects.get_or_create(document=document)
    name = document.file.name or ""
    if cover.file != name:
        cover.tries = 0
    elif cover.small or cover.tries >= MOST_TRIES:
        return cover
    cover.file, cover.tries = name, cover.tries + 1
    Cover.objects.filter(pk=cover.pk).update(file=cover.file, tries=cover.tries, width=0, height=0)
    with tempfile.TemporaryDirectory(prefix="cover-") as folder:
        width, height = _drawn(document, folder)
        with transaction.atomic():
            cover = Cover.objects.select_for_update(no_key=True, of=("self",)).get(pk=cover.pk)
            if cover.file != name:
                return cover
            old = [(field, field.name) for field in (cover.small, cover.large)]
            cover.width, cover.height = width, height
            cover.small = cover.large = ""  # type: ignore[assignment]
            if width:
                for size in first_page.WIDTHS:
                    content = ContentFile((Path(folder) / f"{size}.webp").read_bytes())
                    getattr(cover, size).save(f"{size}.webp", content, save=False)
            else:
                cover.tries = MOST_TRIES
            cover.save()
            for field, former in old:
                _delete_after_commit(field, former)
            start_generation()
    return cover


def _drawn(document: CustomDocument, folder: str) -> tuple[int, int]:
    try:
        with (
            isolated.as_path(document.file.storage, document.file.name or "") as path,
            isolated.run("media.first_page", str(path), folder, seconds=first_page.SECONDS + 30) as written,
        ):
            width, height = json.loads(written.read())
    except isolated.IsolatedError as error:
        logger.warning("no cover can be drawn from document %s: %s", document.pk, error)
        return 0, 0
    return width, height


# --- Order -------------------------------------------------------------------------------------------------------


def remove_unused_files(*, now: datetime, storage: Storage | None = None) -> list[str]:
    """Remove made files and covers that nothing points at, as a crash or a deleted page leaves them; tells their names.

    A file younger than a day is left alone, since its row may be about to be written. Safe to repeat.
    """
    storage = storage or private_storage()
    used = files_in_use()
    removed = []
    for folder in FOLDERS:
        try:
            names = storage.listdir(folder)[1]
        except FileNotFoundError:
            continue
        for name in (f"{folder}/{name}" for name in names):
            if name not in used and storage.get_modified_time(name) < now - KEPT_UNUSED:
                storage.delete(name)
                removed.append(name)
    if removed:
        logger.info("removed %s files that no publication points at", len(removed))
    return removed
