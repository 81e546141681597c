"""By which day a report of a barrier is answered, what a report needs, and when whoever answers is reminded. Pure."""

from datetime import date, timedelta
from enum import StrEnum

ANSWER_WITHIN = timedelta(days=7)
"""Act of 4 April 2019 on digital accessibility: at the latest within 7 days. Calendar days, without that of receipt."""

LONGEST_MONTHS = 2
"""The same act: where 7 days are too short, a new day with the reason, not later than 2 months after the receipt."""

SOON = 2
"""So many days before the last one whoever answers is reminded."""

KEPT_MONTHS = 12
"""So long after its end a report keeps its words and contact: complaints may follow, and the yearly review of the
accessibility statement looks at the year before."""


class Kind(StrEnum):
    """Whether the law stands behind a report."""

    HINT = "hint"
    DEMAND = "demand"


class AnswerBy(StrEnum):
    """How whoever reports wants to get the answer; it always stands on the page of the report, too."""

    EMAIL = "email"
    PHONE = "phone"
    PAGE = "page"


class State(StrEnum):
    """How far a report is."""

    RECEIVED = "received"
    TAKEN = "taken"
    ANSWERED = "answered"
    REFUSED = "refused"
    CLOSED = "closed"


OPEN = (State.RECEIVED, State.TAKEN)
"""Those that wait for an answer."""


class Ending(StrEnum):
    """Why a report is closed without an answer."""

    WITHDRAWN = "withdrawn"
    DOUBLE = "double"
    NO_REPORT = "no_report"


class Stage(StrEnum):
    """What a reminder says of the deadline."""

    SOON = "soon"
    TODAY = "today"
    LATE = "late"


class NewDayFault(StrEnum):
    """Why an answer cannot be put off to a day."""

    PAST = "past"
    NOT_LATER = "not_later"
    TOO_FAR = "too_far"


def deadline_of(received_on: date) -> date:
    """The last day for an answer."""
    return received_on + ANSWER_WITHIN


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is shorter."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - timedelta(days=1)).day))


def longest_deadline_of(received_on: date) -> date:
    """The last day to which an answer can be put off."""
    return months_later(received_on, LONGEST_MONTHS)


def new_day_fault(new: date, *, received_on: date, deadline: date, today: date) -> NewDayFault | None:
    """What keeps an answer from being put off to ``new``, or None. It may be put off more than once."""
    if new > longest_deadline_of(received_on):
        return NewDayFault.TOO_FAR
    if new < today:
        return NewDayFault.PAST
    return NewDayFault.NOT_LATER if new <= deadline else None


def reminder(deadline: date, today: date, last: str = "") -> Stage | None:
    """The reminder that is due, where ``last`` was sent for this deadline. A day that was missed is made up for."""
    left = (deadline - today).days
    if left > SOON:
        return None
    stage = Stage.LATE if left < 0 else Stage.TODAY if left == 0 else Stage.SOON
    sent = list(Stage).index(Stage(last)) if last else -1
    return stage if list(Stage).index(stage) > sent else None


def what_is_missing(kind: str, answer_by: str, *, name: str, email: str, phone: str) -> set[str]:
    """The fields that a report still needs: a demand a name and a contact, an answer the contact it is to take."""
    missing = set()
    if kind == Kind.DEMAND:
        missing |= set() if name else {"name"}
        missing |= {"answer_by"} if answer_by == AnswerBy.PAGE else set()
    if answer_by == AnswerBy.EMAIL and not email:
        missing.add("email")
    if answer_by == AnswerBy.PHONE and not phone:
        missing.add("phone")
    return missing


def number_of(year: int, count: int) -> str:
    """What a report is called: BAR/2026/0001."""
    return f"BAR/{year}/{count:04}"


def is_kept(ended_on: date, today: date) -> bool:
    """Whether a report that ended on a day still keeps its words and contact."""
    return today < months_later(ended_on, KEPT_MONTHS)
