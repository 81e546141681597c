"""Reads: what is wrong with a version, what of it is let pass, and which exemptions are open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from wagtail.models import DraftStateMixin, Page, ReferenceIndex

from cms.checks.content import Draft, parts_of
from cms.checks.models import Exemption
from cms.checks.rules import Check, Fault, Severity, find_faults
from cms.checks.wording import fault_words, public_words


@dataclass(frozen=True)
class Standing:
    """A fault, and the exemption with which it is published, where there is one."""

    fault: Fault
    exemption: Exemption | None = None

    @property
    def stops(self) -> bool:
        """Whether nothing is published because of it."""
        return self.fault.severity is Severity.BLOCKING and self.exemption is None


@dataclass(frozen=True)
class OpenExemption:
    """What the accessibility declaration says of content that is not accessible yet."""

    pk: int
    language: str
    title: str
    address: str
    check_id: str
    what: str
    fault: str
    reason: str
    mend_by: date
    faults_of: tuple[int, int]


def is_checked(row: Any) -> bool:
    """Whether a row is looked at before it is published: pages, and whatever else has drafts."""
    return isinstance(row, DraftStateMixin)


def faults_of(row: models.Model, children: dict[str, Sequence[models.Model]] | None = None) -> list[Fault]:
    """What is wrong with this version of a row."""
    return find_faults(parts_of(Draft(row, children or {})))


def exemptions_of(row: models.Model) -> QuerySet[Exemption]:
    """The open exemptions of a row."""
    if row.pk is None:
        return Exemption.objects.none()
    kind = ContentType.objects.get_for_model(type(row))
    return Exemption.objects.filter(content_type=kind, object_id=row.pk, closed_at=None)


def standings_of(row: models.Model, children: dict[str, Sequence[models.Model]] | None = None) -> list[Standing]:
    """The faults of a version, the gravest first, each with its exemption."""
    faults = faults_of(row, children)
    passed = {(one.check_id, one.what): one for one in exemptions_of(row)} if faults else {}
    grave = list(Severity)
    return [
        Standing(fault, passed.get(fault.key))
        for fault in sorted(faults, key=lambda fault: grave.index(fault.severity))
    ]


def refusal_words(row: models.Model) -> list[str]:
    """Why this version is not published, in words; empty when it may be."""
    return [fault_words(standing.fault) for standing in standings_of(row) if standing.stops]


def let_pass(row: models.Model) -> frozenset[str]:
    """The kinds of faults with which this row is published for a time."""
    return frozenset(exemptions_of(row).values_list("check_id", flat=True))


def open_exemptions(language: str) -> list[OpenExemption]:
    """What readers of a language find with a fault, for the accessibility declaration; the soonest mended first.

    That is content in this language, and content in another one that has no translation. What not everybody may see
    is not in it. At most one query for each kind of content and two for pages beside the first.
    """
    rows = list(Exemption.objects.filter(closed_at=None).select_related("content_type"))
    targets = _targets_of(rows)
    translated = _translated(targets.values(), language)
    found = []
    for row in rows:
        target = targets.get((row.content_type_id, row.object_id))
        if target is None or not getattr(target, "live", True):
            continue
        if row.language != language and getattr(target, "translation_key", None) in translated:
            continue
        check = Check(row.check_id)
        found.append(
            OpenExemption(
                pk=row.pk,
                language=row.language,
                title=str(target),
                address=_address_of(target),
                check_id=row.check_id,
                what=row.what,
                fault=public_words(check, row.what),
                reason=row.reason,
                mend_by=row.mend_by,
                faults_of=(row.content_type_id, row.object_id),
            )
        )
    return found


def _targets_of(rows: Iterable[Exemption]) -> dict[tuple[int, int], Any]:
    wanted: dict[ContentType, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.content_type, set()).add(row.object_id)
    found: dict[tuple[int, int], Any] = {}
    for kind, keys in wanted.items():
        model = kind.model_class()
        if model is None:
            continue
        known: QuerySet[Any]
        if issubclass(model, Page):
            known = model._default_manager.live().public().filter(pk__in=keys)  # type: ignore[attr-defined]
        else:
            known = model._default_manager.filter(pk__in=keys)
        found |= {(kind.pk, target.pk): target for target in known}
    return found


def _translated(targets: Iterable[Any], language: str) -> set[Any]:
    """The pages among these that are live in a language, by what their translations share: 1 query, none without."""
    keys = {target.translation_key for target in targets if isinstance(target, Page)}
    live = Page.objects.live().filter(translation_key__in=keys, locale__language_code=language)
    return set(live.values_list("translation_key", flat=True)) if keys else set()


def _address_of(target: Any) -> str:
    if isinstance(target, Page):
        return target.get_url() or ""
    return ""


def due_exemptions(*, today: date) -> QuerySet[Exemption]:
    """The open ones whose day has passed."""
    return Exemption.objects.filter(closed_at=None, mend_by__lt=today)


SHOWN_USES = 5


@dataclass(frozen=True)
class Uses:
    """Where a row is used: some titles, and how many more there are."""

    titles: list[str]
    more: int


def uses_of(row: models.Model) -> Uses:
    """What shows or links this row, as last saved; a change of it is seen there at once. At most 12 queries."""
    if row.pk is None:
        return Uses([], 0)
    used = ReferenceIndex.get_grouped_references_to(row)
    sources = [source for source, _references in used[:SHOWN_USES]]
    return Uses([str(source) for source in sources if source is not None], max(0, used.count() - SHOWN_USES))
