"""A lesson as learners read it: its lead, and its blocks as HTML. The same for all, so kept until a publication."""

from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cms.glossary.hints import with_hints
from cms.pages.generation import kept
from courses.catalogue.models import LessonPage
from courses.catalogue.queries import lesson_in
from media.pictures import picture_ids, pictures_at_hand


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the player shows of a published lesson; ``language`` is the one it is written in."""

    language: str
    summary: str
    html: SafeString


def lesson_to_read(
    request: HttpRequest, lesson_id: int, language: str, *, checked_block: str = "", checked_answer: str = ""
) -> Lesson | None:
    """The lesson in ``language``, else in the source language; None while it is not published.

    No query, or those of the first reader after a publication: one for the lesson, one for all its pictures, one for
    its documents, and those of its films. The blocks see nothing of the person or the request. With an answer to a
    “check yourself” question the lesson is rendered for this answer alone.
    """
    if checked_block:
        return _read(lesson_id, language, checked_block, checked_answer)

    def read() -> dict[str, Any]:
        lesson = _read(lesson_id, language, "", "")
        return asdict(lesson) if lesson else {}

    known = kept(request, f"lesson:{lesson_id}:{language}", read)
    return Lesson(**known) if known else None


def _read(lesson_id: int, language: str, checked_block: str, checked_answer: str) -> Lesson | None:
    page = lesson_in(lesson_id, language)
    if page is None:
        return None
    return Lesson(
        language=page.locale.language_code,
        summary=page.summary,
        html=blocks_as_html(page, checked_block, checked_answer),
    )


def blocks_as_html(page: LessonPage, checked_block: str = "", checked_answer: str = "") -> SafeString:
    """The blocks of a lesson, whether it is published or a draft, as learners see them, with hints to terms."""
    answered = {"checked_block": checked_block, "checked_answer": checked_answer}
    with pictures_at_hand(picture_ids(list(page.body.raw_data))):
        html = format_html_join(
            "", "{}", ((block.render_as_block({"block": block} | answered),) for block in page.body)
        )
    return with_hints(html, language=page.locale.language_code, page_id=page.pk)
