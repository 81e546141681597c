"""Which address waits to be proved in this session: for the page that says where the letter went. No query."""

from django.http import HttpRequest

_KEY = "cms_accounts_pending_address"


def remember_address(request: HttpRequest, email: str) -> None:
    """Keep the address to which a link was sent, whether an account has it or not."""
    request.session[_KEY] = email


def pending_address(request: HttpRequest) -> str:
    """The address to which a link was sent in this session, or an empty text."""
    return str(request.session.get(_KEY, ""))
