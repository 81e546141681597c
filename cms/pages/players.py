"""Films on foreign sites: from any usual form of an address to the one frame that may be shown. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

YOUTUBE, VIMEO, PEERTUBE = "YouTube", "Vimeo", "PeerTube"
YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com", "youtu.be"}
VIMEO_HOSTS = {"vimeo.com", "player.vimeo.com"}
YOUTUBE_FRAME, VIMEO_FRAME = "www.youtube-nocookie.com", "player.vimeo.com"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class ForeignFilm:
    """A film on a site of others: who shows it, from which host, its frame, and its page for whoever goes there."""

    provider: str
    host: str
    frame_url: str
    page_url: str


def clean_host(text: str) -> str | None:
    """The name of a host on the open internet, in small letters; None for an address, a port or a bare machine name."""
    host = text.strip().lower().rstrip(".")
    label = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    return host if len(host) < 254 and re.fullmatch(rf"(?:{label}\.)+[a-z]{{2,63}}", host) else None


def foreign_film(address: str, peertube_hosts: Collection[str] = ()) -> ForeignFilm | None:
    """The film at an address as people copy it: of its page, its short link, its frame, or the code to embed it.

    None for whatever is not a film of YouTube, Vimeo or one of the PeerTube hosts given.
    """
    text = address.strip()[:LONGEST]
    if found := re.search(r"<iframe[^>]*\ssrc=[\"']([^\"']+)[\"']", text, re.I):
        text = found.group(1)
    if text.startswith("//"):
        text = f"https:{text}"
    elif "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    host = clean_host(parts.hostname or "")
    if parts.scheme not in {"http", "https"} or host is None or port not in {None, 80, 443} or parts.username:
        return None
    host = host.removeprefix("www.")
    if host in YOUTUBE_HOSTS:
        return _youtube(host, parts)
    if host in VIMEO_HOSTS:
        return _vimeo(parts)
    given = {known.removeprefix("www."): known for known in peertube_hosts}
    return _peertube(given[host], parts) if host in given else None


def _youtube(host: str, parts: SplitResult) -> ForeignFilm | None:
    steps = [step for step in parts.path.split("/") if step]
    if host == "youtu.be":
        key = steps[0] if steps else ""
    elif steps[:1] == ["watch"]:
        key = (parse_qs(parts.query).get("v") or [""])[0]
    else:
        key = steps[1] if len(steps) > 1 and steps[0] in {"embed", "shorts", "live", "v"} else ""
    if not re.fullmatch(r"[A-Za-z0-9_-]{11}", key):
        return None
    return ForeignFilm(
        YOUTUBE,
        YOUTUBE_FRAME,
        f"https://{YOUTUBE_FRAME}/embed/{key}",
        f"https://www.youtube.com/watch?v={key}",
    )


def _vimeo(parts: SplitResult) -> ForeignFilm | None:
    # A film that is not listed has a second part in its address.
    found = re.search(r"/(\d{5,12})(?:/([0-9a-f]{8,12}))?/?$", parts.path)
    if not found:
        return None
    key, secret = found.group(1), found.group(2) or (parse_qs(parts.query).get("h") or [""])[0]
    if secret and not re.fullmatch(r"[0-9a-f]{8,12}", secret):
        return None
    frame = f"https://{VIMEO_FRAME}/video/{key}?dnt=1"
    page = f"https://vimeo.com/{key}"
    return ForeignFilm(
        VIMEO, VIMEO_FRAME, f"{frame}&h={secret}" if secret else frame, f"{page}/{secret}" if secret else page
    )


def _peertube(host: str, parts: SplitResult) -> ForeignFilm | None:
    found = re.fullmatch(r"/(?:w|videos/watch|videos/embed)/([A-Za-z0-9-]{10,40})/?", parts.path)
    if not found:
        return None
    key = found.group(1)
    return ForeignFilm(PEERTUBE, host, f"https://{host}/videos/embed/{key}", f"https://{host}/w/{key}")
