"""How often a letter is tried, which refusal is final, and how a letter is put together. Pure."""

import hashlib
import re
from datetime import timedelta
from enum import Enum, auto

MAX_TRIES = 6
# How long a letter belongs to whoever began to send it; longer than any sending takes.
LEASE = timedelta(minutes=2)
_DELAYS = (
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
_AWAY = {
    "SMTPServerDisconnected", "SMTPConnectError", "ConnectionRefusedError", "ConnectionResetError",
    "ConnectionAbortedError", "BrokenPipeError", "TimeoutError", "timeout", "gaierror", "SSLError", "OSError",
}  # fmt: skip
_LINK = re.compile(r"https?://[^\s<>\"]+")


def delay_after(tries: int) -> timedelta:
    """How long to wait for the next try after ``tries`` of them."""
    return _DELAYS[min(max(tries, 1), len(_DELAYS)) - 1]


def is_last_try(tries: int) -> bool:
    """Whether a letter that was tried so often and not sent has failed for good."""
    return tries >= MAX_TRIES


def is_final_refusal(code: int) -> bool:
    """Whether the mail server's answer to the recipient or the content means: never (5xx), not: later (4xx)."""
    return 500 <= code < 600


class Trouble(Enum):
    """What kept a letter from being sent, as far as it tells people what to do."""

    ADDRESS = auto()
    REFUSED = auto()
    SIGN_IN = auto()
    AWAY = auto()
    SUSPENDED = auto()
    OTHER = auto()


def trouble_of(error: str) -> Trouble:
    """The kind of trouble that a noted error, ``<name of the exception>: <text>``, tells of."""
    name = error.partition(":")[0].strip()
    known = {
        "SMTPRecipientsRefused": Trouble.ADDRESS,
        "SMTPDataError": Trouble.REFUSED,
        "SMTPSenderRefused": Trouble.REFUSED,
        "SMTPAuthenticationError": Trouble.SIGN_IN,
        "AccountSuspended": Trouble.SUSPENDED,
    } | dict.fromkeys(_AWAY, Trouble.AWAY)
    return known.get(name, Trouble.OTHER)


def message_id(key: str, domain: str) -> str:
    """The Message-ID that follows from a letter's key, so that a repeated sending is known as the same letter."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def split_subject(text: str) -> tuple[str, str]:
    """The subject (first line, ``Subject: …``) and the body of a rendered letter.

    A break inside the subject is impossible by its form; other blanks and control signs become one blank.
    """
    first, _, body = text.strip().partition("\n")
    if not first.startswith("Subject:"):
        raise ValueError("a letter's text begins with a line 'Subject: …'")
    subject = " ".join("".join(sign if sign.isprintable() else " " for sign in first.removeprefix("Subject:")).split())
    if not subject:
        raise ValueError("a letter needs a subject")
    return subject, body.strip() + "\n"


def first_link(text: str) -> str:
    """The first address in a text, or an empty text."""
    found = _LINK.search(text)
    return found.group().rstrip(".,;:!?)") if found else ""
