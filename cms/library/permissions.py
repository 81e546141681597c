"""Who may open a file of a publication."""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from cms.accounts.models import User
from cms.library import audiences, rules
from cms.library.models import PublicationFile, PublicationPage
from cms.pages.visibility import is_open_to


def can_see_publication(request: HttpRequest, publication: PublicationPage) -> bool:
    """Whether the page is live and no restriction of it, or of a page above, keeps this visitor out."""
    return publication.live and is_open_to(request, publication)


def admitted(user: User | AnonymousUser, accesses: Collection[str]) -> Collection[str]:
    """Which of these accesses let the person in. Editors of the library belong to every group: they chose it."""
    if user.has_perm("cms_library.change_topic"):
        return accesses
    return audiences.admitted(user, accesses)


def refusal_of(user: User | AnonymousUser, file: PublicationFile, *, today: date) -> rules.Refusal | None:
    """Why this reader may not open the file today; None where it opens."""
    return refusals_of(user, [file], today=today)[0]


def refusals_of(
    user: User | AnonymousUser, files: Collection[PublicationFile], *, today: date
) -> list[rules.Refusal | None]:
    """The same for all files of a page at once."""
    let_in = admitted(user, {file.access for file in files})
    return [rules.refusal(file.access, opens_on=file.opens_on, today=today, admitted=let_in) for file in files]


def is_for_everybody(file: PublicationFile, *, today: date) -> bool:
    """Whether anybody at all may open the file today."""
    return rules.refusal(file.access, opens_on=file.opens_on, today=today, admitted=()) is None
