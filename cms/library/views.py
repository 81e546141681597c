"""Files, covers and citations of publications."""

import mimetypes
from datetime import date
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from cms.library import rules
from cms.library.actions import count_download
from cms.library.audiences import way_in
from cms.library.permissions import refusal_of
from cms.library.queries import get_cover_for, get_file_for, get_made_file_for, get_publication_for, record_of
from media.first_page import WIDTHS
from media.views import hand_out, show_picture

TYPES = {"epub": "application/epub+zip", "pdf": "application/pdf"}
"""Said here because not every machine knows them."""
CITATIONS = {
    "bib": (rules.as_bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (rules.as_ris, "application/x-research-info-systems; charset=utf-8"),
}


@require_safe
def open_file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A file of a publication, or one made from its edition, for whoever may open it today; each download counted."""
    today = timezone.localdate()
    made = get_made_file_for(request, key)
    if made is not None:
        name = f"{made.publication.slug}.{made.format}"
        return _handed_out(request, key, made.file, name=name, today=today)
    file = get_file_for(request, key)
    refused = refusal_of(request.user, file, today=today)  # type: ignore[arg-type]
    if refused is rules.Refusal.SIGN_IN:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if refused:
        told = way_in(file.access) if refused is rules.Refusal.NOT_YOURS else None
        context = {"file": file, "refusal": refused.value, "way_in": told}
        return render(request, "cms/library/file_closed.html", context, status=403)
    return _handed_out(request, key, file.document.file, name=file.document.filename, today=today)


def _handed_out(request: HttpRequest, key: UUID, file: FieldFile, *, name: str, today: date) -> HttpResponseBase:
    content_type = TYPES.get(name.rpartition(".")[2]) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = hand_out(request, file, name=name, content_type=content_type)
    # Neither a question about the file nor an answer that the reader has it already is a download.
    if request.method == "GET" and response.status_code == 200:
        count_download(key=key, day=today)
    return response


@require_safe
def show_cover(request: HttpRequest, key: UUID, size: str) -> HttpResponseBase:
    """The first page of a file that everybody may open, as the cover of its publication."""
    if size not in WIDTHS:
        raise Http404
    cover = get_cover_for(request, key, today=timezone.localdate())
    return show_picture(request, getattr(cover, size))


@require_safe
def cite(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The citation of a publication as a file for programs that keep literature."""
    if form not in CITATIONS:
        raise Http404
    page = get_publication_for(request, pk)
    write, content_type = CITATIONS[form]
    response = HttpResponse(write(record_of(page)), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{page.slug}.{form}") or "attachment"
    return response
