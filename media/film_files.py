"""The files that belong to a film beside its source: renditions, audio description, sign language. Reads alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from media.models import Film, FilmRendition

TYPES = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "webp": "image/webp",
}
VIDEO = {"mp4", "webm"}
READY = FilmRendition.State.DONE

PROBLEM_WORDS: dict[str, str | Promise] = {
    "no_program": _("There is no ffmpeg on the server. Tell whoever runs the site."),
    "gone": _("The file of the film is not in the storage. Upload it again."),
    "unreadable": _("The file cannot be read as a film. Export it again as MP4 (H.264, AAC)."),
    "no_length": _("The file does not tell how long the film is. Export it again, not as a live recording."),
    "no_picture": _("The file has no picture."),
    "broken": _("The film breaks off or is damaged. Copy or export it again."),
    "too_slow": _("It took too long. Export the film as MP4 (H.264, AAC), at most 720 pixels high, or split it."),
    "cut_short": _("What was made is shorter than the film, so a part of the film is damaged. Export it again."),
    "no_room": _("The file could not be stored: there is no room or no access. Tell whoever runs the site."),
    "no_sound": _("The film has no sound."),
    "source_fits": _("The film's own file serves as the full one."),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a film as it is offered: its address, what it is, how many bytes it has."""

    url: str
    kind: str
    size: int
    height: int = 0


def current_renditions(film: Film, rows: Iterable[FilmRendition] | None = None) -> dict[str, FilmRendition]:
    """What was or is being made from the file that the film has now, by kind: 1 query."""
    found = film.renditions.all() if rows is None else rows
    return {row.kind: row for row in found if row.source_name == film.source.name}


def file_of(film: Film, part: str) -> FieldFile | None:
    """The file of this part of a film, where it is there: ``small``, ``full``, ``audio``, ``poster``, ``described``,
    ``sign``."""
    own = {"described": film.description_file, "sign": film.sign_file}
    if part in own:
        needed = part == "sign" or film.description_kind == Film.DescriptionKind.TRACK
        return own[part] if own[part] and needed else None
    row = current_renditions(film).get(part)
    return row.file if row and row.state == READY and row.file else None


def kind_of(file: FieldFile) -> str:
    """What a stored file is, by the ending that it was given when it was checked or made."""
    return (file.name or "").rpartition(".")[2].lower()


def parts_of(film: Film) -> dict[str, Part]:
    """All parts of a film that can be had now, by name: 1 query."""
    parts = {}
    for kind, row in current_renditions(film).items():
        if row.state == READY and row.file:
            parts[kind] = Part(part_url(film, kind, row.file), kind_of(row.file), row.size, row.height or 0)
    for name in ("described", "sign"):
        if file := file_of(film, name):
            try:
                parts[name] = Part(part_url(film, name, file), kind_of(file), file.size)
            except OSError:
                # Gone from the storage: the page does not offer what is not there.
                continue
    return parts


def film_size(film: Film) -> int:
    """How many bytes the film's own file has; 0 where it is gone."""
    try:
        return int(film.source.size) if film.source else 0
    except OSError:
        return 0


def part_url(film: Film, part: str, file: FieldFile) -> str:
    """The address of a part. It changes with the file, so that no browser mixes two versions."""
    version = (file.name or "").rpartition("/")[2][:8]
    return f"{reverse('media:stream-part', args=[film.pk, part, kind_of(file)])}?v={version}"


def state_in_words(row: FilmRendition) -> str:
    """How far a file is, in words: "being made, 40%", "failed: …"."""
    if row.state == FilmRendition.State.RUNNING:
        return str(_("being made, %(percent)s%%") % {"percent": row.percent})
    words = PROBLEM_WORDS.get(row.problem, "")
    return f"{row.get_state_display()}: {words}" if words else str(row.get_state_display())


def films_in_words(rows: Iterable[FilmRendition]) -> str:
    """The files of a film in a few words for a list: what failed, else what is under way, else that all are there."""
    rows = list(rows)
    if not rows:
        return str(_("not begun"))
    failed = [str(row.get_kind_display()) for row in rows if row.state == FilmRendition.State.FAILED]
    if failed:
        return str(_("failed: %(files)s") % {"files": ", ".join(failed)})
    open_states = {FilmRendition.State.WAITING, FilmRendition.State.RUNNING}
    percent = [100 if row.state not in open_states else row.percent for row in rows]
    if any(row.state in open_states for row in rows):
        return str(_("being made, %(percent)s%%") % {"percent": sum(percent) // len(percent)})
    return pgettext("files", "ready")
