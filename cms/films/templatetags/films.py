"""Films for templates: the list with its facets, what a film's page shows, the newest ones."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from cms.films import rules
from cms.films.models import FilmListPage, FilmPage
from cms.films.queries import entries_of, film_of, neighbours_of, newest_below, newest_on_shelf, rows_of
from cms.library.queries import topic_titles
from cms.pages import facets
from cms.pages.generation import kept, kept_each
from cms.pages.models import BasePage
from cms.pages.typography import seconds_in_words
from media.film_files import VIDEO, Part, film_size, parts_of
from media.models import LANGUAGES, CaptionTrack, Film
from media.queries import OWN_NAMES, TYPES, film_kind, player_facts, source_url

register = template.Library()

PAGE_SIZE = 20


# --- The list ----------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def films_of(context: dict[str, Any], page: FilmListPage) -> SafeString:
    """The films of the list that the address asks for, twenty a page, and the facets to narrow them.

    The list as everybody meets it first is drawn once for each publication, and so is each row.
    """
    request: HttpRequest = context["request"]

    def draw() -> SafeString:
        known, labels = kept(request, f"films:{page.pk}:{get_language()}", lambda: _read(page))
        listing = facets.listing(request.GET, known, labels, _names(), PAGE_SIZE)
        rows = kept_each(request, f"film-row:{get_language()}", list(listing["page_obj"]), _drawn)
        return render_to_string("cms/films/_film_list.html", {"listing": listing, "rows": rows})

    return draw() if request.GET else kept(request, f"film-list:{page.pk}:{get_language()}", draw)


def _drawn(pks: list[int]) -> dict[int, SafeString]:
    """These films as rows of a list."""
    return {page.pk: render_to_string("cms/films/_film_row.html", {"row": _row(page)}) for page in rows_of(pks)}


def _read(page: FilmListPage) -> tuple[facets.Catalogue, facets.Labels]:
    """The rows of the list, and for each facet the values that occur, with their words, in the order shown."""
    rows = facets.catalogue(entries_of(page))
    languages = [(value, str(label)) for value, label in LANGUAGES]
    words = {
        "topic": topic_titles(rows.having.get("topic", {}), page.locale_id),
        "audience": [
            ("pes", gettext("social economy entities")),
            ("administration", gettext("administration")),
            ("trainers", gettext("trainers")),
        ],
        "length": [
            ("short", gettext("up to 5 minutes")),
            ("medium", gettext("5 to 15 minutes")),
            ("long", gettext("longer than 15 minutes")),
        ],
        "language": languages,
        "captions": languages,
        "access": [
            ("sign", gettext("Polish Sign Language")),
            ("described", gettext("audio description")),
        ],
    }
    return rows, facets.occurring(rows, words)


def _names() -> dict[str, str]:
    return {
        "topic": gettext("Topic"),
        "audience": gettext("For whom"),
        "length": pgettext("of a film", "Length"),
        "language": gettext("Spoken language"),
        "captions": gettext("Captions"),
        "access": gettext("Versions"),
    }


def _row(page: FilmPage) -> dict[str, Any]:
    film = page.film
    return {
        "title": page.title,
        "url": page.get_url(),
        "summary": page.summary,
        "seed": page.cover_seed,
        "minutes": max(1, round((film.duration_seconds or 0) / 60)) if film.duration_seconds else None,
        "meta": _about(film),
        "is_sample": page.is_sample,
    }


def _about(film: Film) -> str:
    """Length and languages in one line: "4 min 30 s. Film in Polish. Captions: Polish, English."."""
    parts = [seconds_in_words(film.duration_seconds, get_language())] if film.duration_seconds else []
    parts.append(gettext("Film in Polish") if film.language == "pl" else gettext("Film in English"))
    spoken = (CaptionTrack.Kind.CAPTIONS, CaptionTrack.Kind.SUBTITLES)
    captions = {track.language for track in film.tracks.all() if track.kind in spoken}
    if captions:
        named = ", ".join(str(label) for value, label in LANGUAGES if value in captions)
        parts.append(
            gettext("Captions: %(languages)s") % {"languages": named.lower() if get_language() == "pl" else named}
        )
    if film.sign_file:
        parts.append(gettext("Polish Sign Language"))
    if film.description_kind == Film.DescriptionKind.TRACK:
        parts.append(gettext("Audio description"))
    return "".join(f"{part}. " for part in parts).strip()


@register.simple_tag(takes_context=True)
def newest_films(context: dict[str, Any], home: BasePage, count: int = 3) -> list[dict[str, Any]]:
    """The newest films below the home page as in the list, read once for each publication."""

    def make() -> list[dict[str, Any]]:
        return [_row(page) for page in newest_below(home, count)]

    return kept(context["request"], f"newest-films:{home.pk}:{count}:{get_language()}", make)


@register.simple_tag(takes_context=True)
def films_on_shelf(context: dict[str, Any], home: BasePage, count: int = 1) -> list[dict[str, Any]]:
    """The newest films with no more than a shelf shows, read once for each publication: 1 query."""

    def make() -> list[dict[str, Any]]:
        return [
            {
                "title": page.title,
                "url": page.get_url(),
                "summary": page.summary,
                "seed": page.cover_seed,
                "minutes": max(1, round(page.film.duration_seconds / 60)) if page.film.duration_seconds else None,
            }
            for page in newest_on_shelf(home, count)
        ]

    return kept(context["request"], f"films-on-shelf:{home.pk}:{count}:{get_language()}", make)


# --- The page ----------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def film_page_facts(context: dict[str, Any], page: FilmPage) -> dict[str, Any]:
    """What a film's page shows for what the address asks (``?t=``, ``?version=``, ``?quality=``).

    ``player`` as in ``components/film.html``, None while the film is not published; ``listen`` and ``described`` for
    the sound alone; ``transcripts`` and ``captions`` to download; ``description`` and ``sign``; ``others``.
    """
    request: HttpRequest = context["request"]
    known = kept(request, f"film-page:{page.pk}:{get_language()}", lambda: _facts(page, request))
    if not known["player"]:
        return known
    sources: dict[str, Part] = known["sources"]
    second = rules.second_of(request.GET.get("t"), known["player"]["duration"])
    version = rules.version_of(request.GET.get("version"), sources)
    quality = rules.quality_of(request.GET.get("quality"), sources)
    source = sources[version or quality]
    asked = {"version": version} if version else {"quality": quality} if quality != "full" else {}
    player = known["player"] | {
        "src": f"{source.url}#t={second}" if second else source.url,
        "type": TYPES[source.kind],
        "at": second,
        "seek": f"?{urlencode(asked)}&t=" if asked else "?t=",
        "share": f"{page.full_url or ''}?{urlencode(asked)}&t=" if asked else f"{page.full_url or ''}?t=",
        "share_now": page.full_url or "",
        "light_src": sources["small"].url if not asked and "small" in sources else "",
        "versions": _versions(sources, version),
        "qualities": [] if version else _qualities(sources, quality),
        "is_public": True,
    }
    if second:
        player["share_now"] = f"{player['share']}{second}"
    return known | {"player": player, "second": second}


def _versions(sources: dict[str, Part], chosen: str) -> list[dict[str, Any]]:
    """The film and its other versions, as links; nothing where there is only one."""
    words = {"": gettext("The film"), "sign": gettext("With sign language"), "described": gettext("With description")}
    offered = ["", *(name for name in rules.VERSIONS if name in sources)]
    rows = [
        {"label": words[name], "query": f"?version={name}" if name else "?", "chosen": name == chosen}
        for name in offered
    ]
    return rows if len(rows) > 1 else []


def _qualities(sources: dict[str, Part], chosen: str) -> list[dict[str, Any]]:
    words = {"full": gettext("Full picture"), "small": gettext("Small picture, less data")}
    rows = [
        {
            "label": words[name],
            "size": sources[name].size,
            "query": f"?quality={name}" if name != "full" else "?",
            "chosen": name == chosen,
        }
        for name in rules.QUALITIES
        if name in sources
    ]
    return rows if len(rows) > 1 else []


def _facts(page: FilmPage, request: HttpRequest) -> dict[str, Any]:
    film = film_of(page)
    if not film.live and not getattr(request, "is_preview", False):
        return {"player": None}
    language = get_language() or "pl"
    player, parts = player_facts(film, language), parts_of(film)
    sources = {name: part for name, part in parts.items() if part.kind in VIDEO}
    if "full" not in sources:
        sources["full"] = Part(source_url(film), film_kind(film), film_size(film))
    sound = parts.get("described")
    spoken = (CaptionTrack.Kind.CAPTIONS, CaptionTrack.Kind.SUBTITLES)
    return {
        "player": player,
        "sources": sources,
        "listen": parts.get("audio"),
        "described": sound if sound and sound.kind not in VIDEO else None,
        "types": {"m4a": "audio/mp4", "mp3": "audio/mpeg"},
        "transcripts": [
            {
                "label": OWN_NAMES.get(row.language, row.language),
                "language": row.language,
                "url": reverse("cms_films:download-transcript", args=[page.pk, row.language]) if page.pk else "",
            }
            for row in film.transcripts.all()
            if row.text
        ],
        "captions": [
            {
                "label": OWN_NAMES.get(track.language, track.language),
                "language": track.language,
                "url": reverse("media:serve-track", args=[film.pk, track.pk]) + "?download=1",
            }
            for track in film.tracks.all()
            if track.kind in spoken and track.file and track.pk
        ],
        "description": {
            "kind": film.description_kind,
            "reason": film.description_reason,
            "by": film.description_declared_by,
            "on": film.description_declared_on,
            "lang": film.language if film.language != language else "",
        },
        "silence": film.silence_reason if film.has_sound is False else "",
        "has_sign": bool(film.sign_file),
        "others": [_row(other) for other in neighbours_of(page)] if page.pk else [],
        "film_id": film.pk,
    }
