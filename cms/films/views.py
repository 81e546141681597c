"""The transcript of a film as a file to keep."""

from html.parser import HTMLParser
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from cms.films.queries import film_of, get_film_page_for
from cms.films.rules import transcript_text
from cms.pages.models import BasePage
from media.queries import player_facts


@require_safe
def download_transcript(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The transcript of the film on a page, in a language, as plain text with its times and chapters."""
    page = get_film_page_for(request, pk)
    facts = player_facts(film_of(page), language)
    if facts["transcript_language"] != language:
        raise Http404
    lines = [(line["start"], line["text"], line["chapter"]) for line in facts["cues"]]
    text = transcript_text(page.title, _address(page), lines, plain=_plain(facts["transcript_html"]))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{page.slug}-{language}.txt") or "attachment"
    return response


def _address(page: BasePage) -> str:
    return page.full_url or ""


class _Blocks(HTMLParser):
    """The text of headings, paragraphs and list items, one line each."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in {"h3", "p", "li"}:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self.lines:
            self.lines.append("")
        self.lines[-1] += data


def _plain(html: str) -> list[str]:
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    return [line for text in reader.lines if (line := " ".join(text.split()))]
