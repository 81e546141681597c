"""Who may open a file of a publication."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from cms.accounts.models import User
from cms.library import rules
from cms.library.models import PublicationFile, PublicationPage
from cms.pages.visibility import is_open_to


def can_see_publication(request: HttpRequest, publication: PublicationPage) -> bool:
    """Whether the page is live and no restriction of it, or of a page above, keeps this visitor out."""
    return publication.live and is_open_to(request, publication)


def refusal_of(user: User | AnonymousUser, file: PublicationFile, *, today: date) -> rules.Refusal | None:
    """Why this reader may not open the file today; None where it opens."""
    return rules.refusal(
        rules.Access(file.access), opens_on=file.opens_on, today=today, signed_in=user.is_authenticated
    )
