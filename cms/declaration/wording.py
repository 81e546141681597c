"""Words of the declaration for editors: what is wrong with a review or a status, and how the declaration stands."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.declaration.rules import ReviewFault, ReviewState, StatusFault

STATES = {
    ReviewState.FINE: gettext_lazy("in order"),
    ReviewState.SOON: gettext_lazy("review near"),
    ReviewState.OVERDUE: gettext_lazy("review overdue"),
}
SOURCES = {
    "exemption": gettext_lazy("fault that was let pass"),
    "file": gettext_lazy("file of a publication"),
    "film": gettext_lazy("film"),
}
_REVIEW = {
    ReviewFault.IN_FUTURE: ("reviewed_on", gettext_lazy("This day is still to come.")),
    ReviewFault.BEFORE_PREPARED: ("reviewed_on", gettext_lazy("On this day the declaration did not exist yet.")),
    ReviewFault.NO_AUDITOR: ("auditor", gettext_lazy("Say who made the audit.")),
    ReviewFault.NEXT_NOT_AFTER: ("next_on", gettext_lazy("The next review comes after this one.")),
    ReviewFault.NEXT_TOO_LATE: (
        "next_on",
        gettext_lazy("By law the declaration is reviewed by 31 March of each year. Choose an earlier day."),
    ),
}
_STATUS = {
    StatusFault.COMPLIANT_WITH_GAPS: gettext_lazy(
        "The declaration lists content that is not accessible, so its status cannot be “compliant”."
    ),
    StatusFault.NOTHING_NAMED: gettext_lazy(
        "The status says that something is not accessible, but nothing is listed. Describe what it is."
    ),
}


def review_fault_words(fault: ReviewFault) -> tuple[str, str]:
    """The field at which a fault of a review is told, and its words."""
    field, words = _REVIEW[fault]
    return field, str(words)


def status_words(fault: str) -> str:
    """How the status contradicts the list."""
    return str(_STATUS[StatusFault(fault)])


def same_day_words() -> str:
    """Why a second review of a day is refused."""
    return _("A review of this day is recorded already, with other facts. It is not changed afterwards.")


def source_words(key: str) -> str:
    """Where an entry of the list comes from."""
    return str(SOURCES.get(key.partition(":")[0], key.partition(":")[0]))
