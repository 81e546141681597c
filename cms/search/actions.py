"""Writes of the index. Each can be killed, repeated and done at once by two: what stands afterwards is the same."""

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from cms.search.models import Entry, Passage, Posting, Target, Word
from cms.search.rules import weighing
from cms.search.rules.words import bones
from cms.search.sources import EntryDraft, PassageDraft, Source, drafts_of, source_of, sources
from cms.search.stems import lemma, light_form
from media.jobs import queue_on_commit

logger = logging.getLogger(__name__)

BATCH = 400
"""Rows in one statement; SQLite takes no more parameters than that at once."""

LATE = timedelta(minutes=5)
FORM = "2"
"""Raise it when the index is written otherwise; the sweep then reads everything again."""


def _batched(things: Iterable[Any]) -> Iterator[list[Any]]:
    """The things in as many at once as one statement takes."""
    remaining = iter(things)
    while some := list(islice(remaining, BATCH)):
        yield some


@transaction.atomic
def touch(*, keys: Iterable[str], now: datetime) -> None:
    """These things have changed: nobody is shown what the index has of them until a job has read them again."""
    for key in sorted(set(keys)):
        target, _made = Target.objects.get_or_create(key=key)
        Target.objects.filter(pk=target.pk).update(version=F("version") + 1, stale_since=now)
        Entry.objects.filter(target=target).update(stale=True)
        queue_on_commit("cms.search.tasks.index_target", key)


def index_target(*, key: str, now: datetime) -> None:
    """Read a thing anew and write what can be found of it; take it out of the index when it is not to be found.

    Reading is done before anything is locked. Whoever changed the thing in the meantime has raised its version, and it
    is read once more.
    """
    for _try in range(3):
        target, _made = Target.objects.get_or_create(key=key)
        found = source_of(key)
        if found is None:
            target.delete()
            return
        source, pk = found
        mark = f"{FORM} {dict(source.marks([pk])).get(pk, '')}"[:200]
        entries = [_prepared(draft) for draft in drafts_of(source, pk)]
        if _write(target, mark, entries, now):
            return
    logger.warning("%s changes faster than it is read; the sweep comes back to it", key)


@dataclass(frozen=True)
class Prepared:
    """An entry with its words, ready to be written."""

    draft: EntryDraft
    fingerprint: str
    passages: list[PassageDraft]
    words: dict[str, weighing.Stand]
    length: int


def _prepared(draft: EntryDraft) -> Prepared:
    passages = [passage for passage in draft.passages if passage.text.strip()]
    if draft.summary.strip():
        passages.insert(0, PassageDraft(text=draft.summary))
    words, length = weighing.stands(
        title=draft.title,
        also=draft.also,
        language=draft.language,
        passages=[
            (passage.heading, passage.text, number == 0 and bool(draft.summary.strip()))
            for number, passage in enumerate(passages)
        ],
    )
    told = json.dumps([FORM, asdict(draft)], default=str, sort_keys=True)
    return Prepared(
        draft=draft,
        fingerprint=hashlib.sha256(told.encode()).hexdigest(),
        passages=passages,
        words=words,
        length=length,
    )


@transaction.atomic
def _write(target: Target, mark: str, entries: list[Prepared], now: datetime) -> bool:
    """Put these in the place of what stood there; False where the target has changed since it was read."""
    locked = Target.objects.select_for_update().filter(pk=target.pk, version=target.version).first()
    if locked is None:
        # Gone: somebody else has taken it out. Raised: read it again.
        return not Target.objects.filter(pk=target.pk).exists() and not entries
    touched: set[int] = set()
    known = {(entry.part, entry.language): entry for entry in locked.entries.all()}
    wanted = {(entry.draft.part, entry.draft.language): entry for entry in entries}
    gone = [entry.pk for place, entry in known.items() if place not in wanted]
    touched |= _forget(gone, whole=True)
    for place, prepared in wanted.items():
        entry = known.get(place)
        if entry is None or entry.fingerprint != prepared.fingerprint:
            touched |= _write_entry(locked, entry, prepared)
        elif entry.stale:
            Entry.objects.filter(pk=entry.pk).update(stale=False)
    _count_uses(touched)
    if not wanted:
        locked.delete()
        return True
    Target.objects.filter(pk=locked.pk).update(mark=mark, stale_since=None, indexed_at=now)
    return True


def _forget(entries: list[int], *, whole: bool) -> set[int]:
    """Take the words and passages of entries out, and with ``whole`` the entries; the ids of words that stood there."""
    words = set(Posting.objects.filter(entry__in=entries).values_list("word_id", flat=True))
    Posting.objects.filter(entry__in=entries).delete()
    Passage.objects.filter(entry__in=entries).delete()
    if whole:
        Entry.objects.filter(pk__in=entries).delete()
    return words


def _write_entry(target: Target, entry: Entry | None, prepared: Prepared) -> set[int]:
    touched = _forget([entry.pk], whole=False) if entry else set()
    draft = prepared.draft
    entry, _made = Entry.objects.update_or_create(
        target=target,
        part=draft.part,
        language=draft.language,
        defaults={
            "kind": draft.kind,
            "title": draft.title[:255],
            "about": draft.about[:255],
            "page_id": draft.page,
            "address": draft.address,
            "audience": draft.audience,
            "opens_on": draft.opens_on,
            "stale": False,
            "fingerprint": prepared.fingerprint,
        },
    )
    Passage.objects.bulk_create(
        [
            Passage(
                entry=entry,
                number=number,
                heading=passage.heading[:255],
                text=passage.text,
                anchor=passage.anchor,
                page_number=passage.page_number,
                second=passage.second,
            )
            for number, passage in enumerate(prepared.passages)
        ],
        batch_size=BATCH // 4,
    )
    ids = _word_ids({folded: stand.shown for folded, stand in prepared.words.items()}, draft.language)
    Posting.objects.bulk_create(
        [
            Posting(
                word_id=ids[folded],
                entry=entry,
                weight=weighing.weight(stand.frequency, prepared.length),
                places=weighing.written(stand.places),
            )
            for folded, stand in prepared.words.items()
        ],
        batch_size=BATCH // 2,
    )
    return touched | set(ids.values())


def _word_ids(shown: dict[str, str], language: str) -> dict[str, int]:
    """The ids of these words; those that no text had yet are added. In order, so that two never wait for each other."""
    ids = _known_ids(shown, language)
    new = sorted(shown.keys() - ids.keys())
    if new:
        Word.objects.bulk_create(
            [_word(folded, shown[folded], language) for folded in new], batch_size=BATCH // 8, ignore_conflicts=True
        )
        ids |= _known_ids(new, language)
    return ids


def _known_ids(folded: Iterable[str], language: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _batched(folded):
        found |= dict(Word.objects.filter(language=language, folded__in=some).values_list("folded", "pk"))
    return found


def _word(folded: str, shown: str, language: str) -> Word:
    return Word(
        folded=folded,
        language=language,
        shown=shown,
        lemma=lemma(shown, folded, language),
        light=light_form(folded, language),
        start=folded[:3],
        ending=folded[-4:],
        bones=bones(folded),
        length=len(folded),
    )


def _count_uses(words: Iterable[int]) -> None:
    """Note in how many entries these words stand."""
    for some in _batched(sorted(words)):
        # In order, so that two who write the same words wait for each other and not in a circle.
        list(Word.objects.select_for_update(no_key=True).filter(pk__in=some).order_by("pk").values_list("pk"))
        counted = Posting.objects.filter(word__in=some).order_by().values("word").annotate(n=Count("pk"))
        uses = dict(counted.values_list("word", "n"))
        by_number: dict[int, list[int]] = defaultdict(list)
        for pk in some:
            by_number[uses.get(pk, 0)].append(pk)
        # One statement for each number: most words stand in a few entries.
        for number, pks in by_number.items():
            Word.objects.filter(pk__in=pks).exclude(uses=number).update(uses=number)


def sweep(*, now: datetime, most: int = 500) -> int:
    """Queue every thing that the index has not, or not as it is now, or that is gone; how many they are.

    A lost job, a crash or a change that nobody told of is made up for here.
    """
    late = set(Target.objects.filter(Q(stale_since__lt=now - LATE) | Q(indexed_at=None)).values_list("key", flat=True))
    known = dict(Target.objects.values_list("key", "mark"))
    there: dict[str, str] = {}
    for source in sources().values():
        there |= _marks(source)
    changed = {key for key, mark in there.items() if known.get(key) != f"{FORM} {mark}"[:200]}
    wanted = sorted(changed | (known.keys() - there.keys()) | late)[:most]
    for key in wanted:
        queue_on_commit("cms.search.tasks.index_target", key)
    return len(wanted)


def _marks(source: Source) -> dict[str, str]:
    return {source.key(pk): mark for pk, mark in source.marks(None)}


def reindex(*, now: datetime) -> Iterable[tuple[str, Exception | None]]:
    """Read everything anew, one thing after the other; tells of each, with what went wrong. Safe to break off."""
    keys = {key for source in sources().values() for key in _marks(source)}
    for key in sorted(keys | set(Target.objects.values_list("key", flat=True))):
        try:
            index_target(key=key, now=now)
        except Exception as error:  # one thing that cannot be read keeps nothing else out
            logger.exception("%s could not be read", key)
            yield key, error
        else:
            yield key, None


def forget_unused_words() -> int:
    """Delete words that no text has any longer; how many they were."""
    unused: Any = Word.objects.filter(uses=0, postings=None)
    deleted, _by_model = unused.delete()
    return int(deleted)
