"""Reads of the index: what somebody who may see so much finds by a question."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, Max, OuterRef, Q, Sum, Value, When
from wagtail.models import PageViewRestriction

from cms.search.models import Entry, Passage, Posting, Word
from cms.search.rules import ranking, spelling, weighing
from cms.search.rules.asking import Question, replaced
from cms.search.rules.asking import question as asked
from cms.search.rules.ranking import Hit
from cms.search.rules.words import bones, light

LANGUAGES = ("pl", "en")
SEEN_CLOSELY = 50
"""So many of the best hits are looked at once more, word by word."""
PHRASES_IN = 300
"""A phrase in quotes is looked for in so many of the best hits that have its words."""
MOST_FORMS = 120
MOST_CANDIDATES = 400


@dataclass(frozen=True)
class Reader:
    """Who asks: the audiences that are open to them with the addresses that lead there, and the pages that are not."""

    doors: Mapping[str, str]
    closed: tuple[str, ...]
    today: date


@dataclass
class Forms:
    """The forms of one word of a question that texts have: how close each is, by id, and the folded ones."""

    word: str
    ids: dict[int, int] = field(default_factory=dict)
    folded: set[str] = field(default_factory=set)


@dataclass
class Found:
    """What a question finds: ``hits`` of all languages and kinds in order; ``meant`` is what was looked for instead."""

    question: Question
    hits: list[Hit]
    forms: list[Forms] = field(default_factory=list)
    meant: Question | None = None

    @property
    def marked(self) -> set[str]:
        """The folded words that made the hits."""
        return {folded for form in self.forms for folded in form.folded}


@dataclass
class Places:
    """Where the words of a question stand in one entry: by number of the word, and by the folded form as typed."""

    by_word: dict[int, dict[int, list[int]]] = field(default_factory=dict)
    typed: dict[str, dict[int, list[int]]] = field(default_factory=dict)


def closed_paths(request: Any) -> tuple[str, ...]:
    """The tree paths of pages that are closed to this visitor, with all below them: 1 query, 1 more where groups are
    asked."""
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    return tuple(r.page.path for r in restrictions if not r.accept_request(request))


def open_to(reader: Reader) -> Q:
    """What this reader may be told of, as a condition on entries."""
    today = Q(opens_on=None) | Q(opens_on__lte=reader.today)
    live = Q(page=None) | Q(page__live=True)
    condition = Q(stale=False, audience__in=list(reader.doors)) & today & live
    for path in reader.closed:
        condition &= Q(page=None) | ~Q(page__path__startswith=path)
    return condition


def _of_entries(condition: Q, prefix: str = "entry__") -> Q:
    """The same condition, asked from a row that points at entries."""
    parts: list[Any] = [
        _of_entries(child, prefix) if isinstance(child, Q) else (f"{prefix}{child[0]}", child[1])  # type: ignore[index]
        for child in condition.children
    ]
    return Q(*parts, _connector=condition.connector, _negated=condition.negated)


def find(typed: str, reader: Reader) -> Found:
    """The hits of a question: 2 queries, 3 more where a word of it stands in nothing that the reader may open, and 1
    for phrases in quotes."""
    question = asked(typed)
    if not question:
        return Found(question, [])
    found = _first_look(question, reader)
    missing = {number for number in range(len(found.forms)) if not any(number in hit.counts for hit in found.hits)}
    if missing:
        corrections = _corrections([question.words[number].folded for number in sorted(missing)], reader)
        if corrections:
            meant = asked(replaced(question, corrections))
            instead = _first_look(meant, reader)
            if instead.hits:
                found = Found(question, instead.hits, instead.forms, meant)
    found.hits = ranking.ranked(found.hits, len(found.forms))
    phrases = (found.meant or question).phrases
    return _with_phrases(found, phrases, reader) if phrases else found


def _first_look(question: Question, reader: Reader) -> Found:
    forms = forms_of([word.folded for word in question.words])
    return Found(question, list(ranking.hits(_rows(forms, reader)).values()), forms)


def _with_phrases(found: Found, phrases: Sequence[Sequence[tuple[str, int]]], reader: Reader) -> Found:
    """Only the hits in which each phrase stands word for word in some passage or title."""
    first = found.hits[:PHRASES_IN]
    places = places_in(first, found, reader)
    found.hits = [
        hit
        for hit in first
        if all(
            any(ranking.says(place.typed, phrase) for place in places.get((hit.target, hit.language), {}).values())
            for phrase in phrases
        )
    ]
    return found


def look_closely(hits: list[Hit], found: Found, reader: Reader, shown: Sequence[Hit] = ()) -> dict[Any, Any]:
    """Put the best hits in order once more, by how near the words stand to each other; 1 query.

    Gives the places in them, and in those of ``shown`` that are further behind: of each hit by entry.
    """
    best = hits[:SEEN_CLOSELY]
    behind = [hit for hit in shown if hit not in best]
    places = places_in([*best, *behind], found, reader)
    for hit in best:
        of_entries = places.get((hit.target, hit.language), {}).values()
        near = [ranking.together(place.by_word, len(found.forms)) for place in of_entries] or [(0.0, 0.0)]
        in_title = max(title for _text, title in near)
        hit.score *= 1 + 0.5 * max(in_title, *(text for text, _title in near)) + 0.7 * in_title
    hits[:SEEN_CLOSELY] = ranking.in_order(best)
    return places


def places_in(hits: Collection[Hit], found: Found, reader: Reader) -> dict[tuple[int, str], dict[int, Places]]:
    """Where the words of a question stand in these hits, by entry: 1 query."""
    number_of = {pk: number for number, form in enumerate(found.forms) for pk in form.ids}
    exact = {pk: form.word for form in found.forms for pk, closeness in form.ids.items() if not closeness}
    postings = Posting.objects.filter(entry__target__in=[hit.target for hit in hits], word__in=list(number_of))
    rows = postings.filter(_of_entries(open_to(reader))).values_list(
        "entry__target", "entry__language", "entry", "word", "places"
    )
    out: dict[tuple[int, str], dict[int, Places]] = defaultdict(dict)
    for target, language, entry, word, written in rows:
        place = out[target, language].setdefault(entry, Places())
        positions = weighing.read(written)
        by_passage = place.by_word.setdefault(number_of[word], {})
        for passage, at in positions.items():
            by_passage.setdefault(passage, []).extend(at)
        if word in exact:
            place.typed[exact[word]] = positions
    return out


def entries_of(hits: Collection[Hit], reader: Reader) -> list[Entry]:
    """The entries of these hits that the reader may be told of, with their pages: 1 query."""
    wanted = Entry.objects.filter(target__in=[hit.target for hit in hits]).filter(open_to(reader))
    return list(wanted.select_related("page").order_by("target", "part"))


def passages_at(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], Passage]:
    """The passages by entry and number: 1 query."""
    if not places:
        return {}
    wanted = Q()
    for entry, number in places:
        wanted |= Q(entry=entry, number=number)
    return {(passage.entry_id, passage.number): passage for passage in Passage.objects.filter(wanted)}


def forms_of(words: Sequence[str]) -> list[Forms]:
    """For each word its forms in the texts: the same letters, the same word of the dictionary, the same root, or, where
    there are none of these, a longer word that begins so: 1 query."""
    lights = {(word, language): light(word, language) for word in words for language in LANGUAGES}
    wanted = Q(folded__in=words)
    wanted |= Q(lemma__in=Word.objects.filter(folded__in=words).exclude(lemma="").values("lemma"))
    for language in LANGUAGES:
        wanted |= Q(language=language, light__in={lights[word, language] for word in words})
    for word in words:
        if len(word) >= 4:
            wanted |= Q(start=word[:3], folded__startswith=word)
    rows = list(
        Word.objects.filter(wanted)
        .order_by("-uses")
        .values_list("pk", "folded", "language", "lemma", "light")[: MOST_FORMS * max(len(words), 1)]
    )
    found = []
    taken: set[int] = set()
    for word in words:
        forms = Forms(word)
        lemmas = {lemma for _pk, folded, _language, lemma, _light in rows if folded == word and lemma}
        for pk, folded, language, lemma, root in rows:
            if folded == word:
                closeness = ranking.EXACT
            elif lemma and lemma in lemmas:
                closeness = ranking.SAME_WORD
            elif root == lights[word, language]:
                closeness = ranking.SAME_ROOT
            else:
                continue
            forms.ids[pk] = closeness
            forms.folded.add(folded)
        if not forms.ids and len(word) >= 4:
            for pk, folded, *_rest in rows:
                if folded.startswith(word):
                    forms.ids[pk] = ranking.BEGINNING
                    forms.folded.add(folded)
        # Two forms of one word in a question are one word of it.
        forms.ids = {pk: closeness for pk, closeness in forms.ids.items() if pk not in taken}
        taken |= forms.ids.keys()
        found.append(forms)
    return found


def _rows(forms: Sequence[Forms], reader: Reader) -> list[tuple[int, str, str, int, float, float]]:
    """(target, language, kind, code, greatest weight, sum of weights) of all that has any of the words: 1 query."""
    by_code: dict[int, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        for pk, closeness in form.ids.items():
            by_code[number * 10 + closeness].append(pk)
    if not by_code:
        return []
    code = Case(
        *(When(word__in=ids, then=Value(code)) for code, ids in by_code.items()),
        default=Value(-1),
        output_field=IntegerField(),
    )
    postings = Posting.objects.filter(word__in=[pk for form in forms for pk in form.ids])
    return list(
        postings.filter(_of_entries(open_to(reader)))
        .annotate(code=code)
        .values("entry__target", "entry__language", "entry__kind", "code")
        .annotate(most=Max("weight"), together=Sum("weight"))
        .values_list("entry__target", "entry__language", "entry__kind", "code", "most", "together")
    )


def _corrections(words: Iterable[str], reader: Reader) -> dict[str, str]:
    """For each of these words the nearest that stands in something the reader may open: 1 query."""
    wanted = Q()
    typed = [word for word in words if spelling.allowed(len(word))]
    for word in typed:
        most = spelling.allowed(len(word))
        alike = Q(start=word[:3]) | Q(ending=word[-4:]) | Q(bones=bones(word))
        wanted |= alike & Q(length__gte=len(word) - most, length__lte=len(word) + most)
    if not typed:
        return {}
    visible = Posting.objects.filter(word=OuterRef("pk")).filter(_of_entries(open_to(reader)))
    known = list(
        Word.objects.filter(wanted, Exists(visible), uses__gt=0)
        .order_by("-uses", "folded")
        .values_list("folded", "shown", "uses")[: MOST_CANDIDATES * len(typed)]
    )
    return {word: near for word in typed if (near := spelling.nearest(word, known))}
