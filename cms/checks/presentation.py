"""Flat facts about faults for screens of the administration."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.checks.guide import chapter_of
from cms.checks.models import Exemption
from cms.checks.queries import Standing
from cms.checks.rules import Severity
from cms.checks.wording import SEVERITIES, fault_words


@dataclass(frozen=True)
class Row:
    """A fault as it is shown: how grave it is in a word, what to do, where, and what lets it pass."""

    severity: str
    grave: bool
    severity_words: str
    words: str
    anchor: str
    chapter: str
    exemption: Exemption | None
    value: str


def rows_of(standings: Iterable[Standing]) -> list[Row]:
    """One row for each fault."""
    return [
        Row(
            severity=standing.fault.severity.value,
            grave=standing.fault.severity is Severity.BLOCKING,
            severity_words=str(SEVERITIES[standing.fault.severity]),
            words=fault_words(standing.fault),
            anchor=_anchor(standing),
            chapter=chapter_of(standing.fault.check),
            exemption=standing.exemption,
            value="|".join(standing.fault.key),
        )
        for standing in standings
    ]


def _anchor(standing: Standing) -> str:
    """The part of the editor's page where the fault is mended: its block, or the panel of its field."""
    place = standing.fault.place
    if place.block:
        return f"#block-{place.block}-section"
    return f"#panel-child-content-{place.path[0]}-section" if place.path else ""
