"""The PDF of a certificate for whoever a view has found to be allowed to have it."""

from django.http import FileResponse

from certificates import actions
from certificates.documents import file_name
from certificates.models import Certificate


def handed_out(certificate: Certificate) -> FileResponse | None:
    """The paper as a file to save, which no cache keeps; None while it is not made yet.

    Where the row says that it was made and the file is lost, the snapshot makes it again.
    """
    try:
        paper = certificate.pdf.open("rb") if certificate.pdf else None
    except FileNotFoundError:
        actions.ask_for_paper(certificate_id=certificate.pk)
        paper = None
    if paper is None:
        return None
    surname = certificate.holder_name.split()[-1] if certificate.holder_name else ""
    name = file_name(certificate.number, surname)
    response = FileResponse(paper, as_attachment=True, filename=name, content_type="application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return response
