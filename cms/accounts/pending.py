"""What waits in this session until an address is proved: for the page that says where the letter went. No query."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from cms.accounts.limits import Hold, hold_on

_KEY = "cms_accounts_pending"
_LETTER = "_cms_accounts_letter_was_queued"
_PATH_MAX = 500


@dataclass(frozen=True)
class Pending:
    """An address to be proved, whether an account has it or not, and where its owner wanted to go.

    ``sent`` tells whether the last request brought a letter; ``lately`` and ``until`` are those of the limit that
    holds, or will hold, the next one. ``at_door`` tells that somebody tried to sign in.
    """

    address: str = ""
    path: str = ""
    sent: bool = True
    lately: bool = True
    until: str = ""
    at_door: bool = False


def pending(request: HttpRequest) -> Pending:
    """What waits in this session; empty when nothing does."""
    known = request.session.get(_KEY)
    return Pending(**known) if isinstance(known, dict) and set(known) == set(asdict(Pending())) else Pending()


def remember_address(request: HttpRequest, address: str, *, at_door: bool = False) -> None:
    """Keep the address that is to be proved, with the way that its owner was on."""
    _keep(request, Pending(address=address, path=way_of(request, address), at_door=at_door))


def remember_letter(request: HttpRequest, address: str, *, at_door: bool = False) -> None:
    """Keep whether this request brought a letter to the address, and when the next one can be asked for."""
    hold = hold_on(request, "confirm_email", address)
    _keep(
        request,
        Pending(
            address=address,
            path=way_of(request, address),
            sent=letter_was_queued(request),
            lately=hold is None or hold.lately,
            until=hold.until.isoformat() if hold else "",
            at_door=at_door,
        ),
    )


def _keep(request: HttpRequest, what: Pending) -> None:
    request.session[_KEY] = asdict(what)


def note_letter(request: HttpRequest) -> None:
    """Note on the request that a letter went into the outbox."""
    setattr(request, _LETTER, True)


def letter_was_queued(request: HttpRequest) -> bool:
    """Whether this request put a letter into the outbox; limits hold some back."""
    return bool(getattr(request, _LETTER, False))


def held_back(request: HttpRequest, address: str) -> Hold | None:
    """The limit that kept this request from sending a letter to the address; None when it was sent."""
    return None if letter_was_queued(request) else hold_on(request, "confirm_email", address)


def way_of(request: HttpRequest, address: str) -> str:
    """Where somebody wanted to go before they had to prove their address: a path of this site, or an empty text.

    From the request itself, else from what this session remembers of the address.
    """
    named = str(request.POST.get("next") or request.GET.get("next") or "")
    if named:
        return local_path(named)
    known = pending(request)
    return known.path if known.address == address else ""


def local_path(address: str) -> str:
    """``address`` if it is a path of this site and of a sensible length, else an empty text.

    No host is accepted, not even ours: a letter must not lead where the Host header of a request says.
    """
    fits = address.startswith("/") and len(address) <= _PATH_MAX
    return address if fits and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
