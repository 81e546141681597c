"""Files and citations of publications."""

import mimetypes
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from cms.library import rules
from cms.library.actions import count_download
from cms.library.permissions import refusal_of
from cms.library.queries import get_file_for, get_publication_for, record_of
from media.views import hand_out

CITATIONS = {
    "bib": (rules.as_bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (rules.as_ris, "application/x-research-info-systems; charset=utf-8"),
}


@require_safe
def open_file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The file of a publication, for whoever may open it today; counted once for each download."""
    file = get_file_for(request, key)
    today = timezone.localdate()
    refused = refusal_of(request.user, file, today=today)  # type: ignore[arg-type]
    if refused is rules.Refusal.SIGN_IN:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if refused:
        return render(request, "cms/library/file_closed.html", {"file": file}, status=403)
    document = file.document
    content_type = mimetypes.guess_type(document.filename)[0] or "application/octet-stream"
    response = hand_out(request, document.file, name=document.filename, content_type=content_type)
    # Neither a question about the file nor an answer that the reader has it already is a download.
    if request.method == "GET" and response.status_code == 200:
        count_download(key=key, day=today)
    return response


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
