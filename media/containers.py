"""Reading the frame of a film file, MP4 or WebM, without any tool: is it a film, what is in it, how long does it run?

Only the headers are read, with seeking, so a large film costs as little as a small one. What is read is never trusted:
depth, number of parts and lengths are bounded, and a part that reaches beyond the end of the file means it is cut off.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

MOST_PARTS = 20_000
LONGEST_SECONDS = 24 * 60 * 60

MP4_VIDEO = {"avc1", "avc3", "av01", "vp08", "vp09"}
MP4_AUDIO = {"mp4a", "Opus", "fLaC", ".mp3"}
WEBM_VIDEO = {"V_VP8", "V_VP9", "V_AV1"}
WEBM_AUDIO = {"A_VORBIS", "A_OPUS"}


class NotAFilm(ValueError):
    """A file that cannot be played as a film. ``code`` says why, ``detail`` names the codec where one is the reason."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass
class Container:
    """What the frame of a film file tells. ``kind`` is ``mp4`` or ``webm``."""

    kind: str
    duration: float = 0.0
    video: list[str] = field(default_factory=list)
    audio: list[str] = field(default_factory=list)


def read_film(file: IO[bytes]) -> Container:
    """The frame of a film that browsers can play; raises :class:`NotAFilm` for everything else.

    Codes: ``film_empty``, ``film_unknown`` (neither MP4 nor WebM), ``film_cut_off``, ``film_without_picture``,
    ``film_without_length``, ``film_codec`` (a codec that common browsers do not play).
    """
    size = file.seek(0, 2)
    if size == 0:
        raise NotAFilm("film_empty")
    file.seek(0)
    head = file.read(12)
    try:
        if head[4:8] == b"ftyp":
            film = _Mp4(file, size).read()
        elif head[:4] == b"\x1a\x45\xdf\xa3":
            film = _WebM(file, size).read()
        else:
            raise NotAFilm("film_unknown")
    except (struct.error, IndexError) as error:
        # A number that should be there is not: the file ends in the middle of it.
        raise NotAFilm("film_cut_off") from error
    if not film.video:
        raise NotAFilm("film_without_picture")
    playable = (MP4_VIDEO, MP4_AUDIO) if film.kind == "mp4" else (WEBM_VIDEO, WEBM_AUDIO)
    for codecs, known in zip((film.video, film.audio), playable, strict=True):
        for codec in codecs:
            if codec not in known:
                raise NotAFilm("film_codec", codec)
    if not 0 < film.duration <= LONGEST_SECONDS:
        raise NotAFilm("film_without_length")
    return film


class _Reader:
    """A file with its size, and a budget of parts that it may consist of."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self.file = file
        self.size = size
        self.parts_left = MOST_PARTS

    def at(self, position: int, length: int) -> bytes:
        self.file.seek(position)
        return self.file.read(length)

    def count(self) -> None:
        self.parts_left -= 1
        if self.parts_left < 0:
            raise NotAFilm("film_unknown")


class _Mp4(_Reader):
    """ISO base media (ISO/IEC 14496-12): boxes of length, name and content, some of which hold boxes."""

    def boxes(self, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
        """Name, start and end of the content of each box between two places."""
        while start + 8 <= end:
            self.count()
            length, name = struct.unpack(">I4s", self.at(start, 8))
            content = start + 8
            if length == 1:
                (length,) = struct.unpack(">Q", self.at(content, 8))
                content += 8
            stop = end if length == 0 else start + length
            if stop < content:
                raise NotAFilm("film_unknown")
            if stop > end:
                raise NotAFilm("film_cut_off")
            yield name, content, stop
            start = stop

    def find(self, path: list[bytes], start: int, end: int) -> tuple[int, int] | None:
        """Where the first box with this path of names lies."""
        for name, content, stop in self.boxes(start, end):
            if name == path[0]:
                return self.find(path[1:], content, stop) if path[1:] else (content, stop)
        return None

    def read(self) -> Container:
        film = Container("mp4")
        moov, has_data = None, False
        for name, content, stop in self.boxes(0, self.size):
            if name == b"moov":
                moov = content, stop
            has_data = has_data or name == b"mdat"
        if moov is None and self.find([b"meta"], 0, self.size):
            # A picture (HEIC, AVIF) in the same kind of frame.
            raise NotAFilm("film_unknown")
        if moov is None or not has_data:
            # The table of contents stands before the pictures or after them; the second half was lost.
            raise NotAFilm("film_cut_off")
        for name, content, stop in self.boxes(*moov):
            if name == b"mvhd":
                film.duration = self.seconds(content)
            elif name == b"trak":
                self.read_track(film, content, stop)
            elif name == b"mvex" and not film.duration:
                film.duration = self.fragmented_seconds(content, stop, moov)
        return film

    def seconds(self, header: int) -> float:
        """The duration that a ``mvhd`` box tells, in seconds."""
        version = self.at(header, 1)[0]
        timescale, duration = struct.unpack(
            ">IQ" if version else ">II", self.at(header + (20 if version else 12), 12 if version else 8)
        )
        unknown = duration in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
        return 0.0 if unknown or not timescale else float(duration / timescale)

    def fragmented_seconds(self, start: int, end: int, moov: tuple[int, int]) -> float:
        """The duration of a film in fragments, where its header tells it."""
        mehd, mvhd = self.find([b"mehd"], start, end), self.find([b"mvhd"], *moov)
        if not mehd or not mvhd:
            return 0.0
        long_scale, long_time = self.at(mvhd[0], 1)[0], self.at(mehd[0], 1)[0]
        (timescale,) = struct.unpack(">I", self.at(mvhd[0] + (20 if long_scale else 12), 4))
        (duration,) = struct.unpack(">Q" if long_time else ">I", self.at(mehd[0] + 4, 8 if long_time else 4))
        return float(duration / timescale) if timescale else 0.0

    def read_track(self, film: Container, start: int, end: int) -> None:
        handler = self.find([b"mdia", b"hdlr"], start, end)
        entries = self.find([b"mdia", b"minf", b"stbl", b"stsd"], start, end)
        if not handler or not entries:
            return
        kind = self.at(handler[0] + 8, 4)
        for name, _content, _stop in self.boxes(entries[0] + 8, entries[1]):
            codec = name.decode("latin-1")
            if kind == b"vide":
                film.video.append(codec)
            elif kind == b"soun":
                film.audio.append(codec)
            break


_EBML, _DOCTYPE, _SEGMENT, _INFO, _SCALE, _DURATION = 0x1A45DFA3, 0x4282, 0x18538067, 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _TRACK, _TYPE, _CODEC, _CLUSTER = 0x1654AE6B, 0xAE, 0x83, 0x86, 0x1F43B675


class _WebM(_Reader):
    """EBML (RFC 8794) as WebM uses it: elements of number, length and content, some of which hold elements."""

    def number(self, position: int, *, keep_marker: bool) -> tuple[int, int, bool]:
        """A number of variable width, its width, and whether it says "unknown"."""
        first = self.at(position, 1)[0]
        width = 9 - first.bit_length()
        if width > 8:
            raise NotAFilm("film_unknown")
        raw = self.at(position, width)
        if len(raw) < width:
            raise NotAFilm("film_cut_off")
        value = int.from_bytes(raw, "big")
        plain = value - (1 << (7 * width))
        return (value if keep_marker else plain), width, plain == (1 << (7 * width)) - 1

    def elements(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Number, start and end of the content of each element between two places."""
        while start < end:
            self.count()
            number, width, _unknown = self.number(start, keep_marker=True)
            length, length_width, unknown = self.number(start + width, keep_marker=False)
            content = start + width + length_width
            stop = end if unknown else content + length
            if stop > end:
                raise NotAFilm("film_cut_off")
            yield number, content, stop
            start = stop

    def value(self, content: int, stop: int) -> bytes:
        if stop - content > 256:
            raise NotAFilm("film_unknown")
        return self.at(content, stop - content)

    def read(self) -> Container:
        film = Container("webm")
        segment = None
        for number, content, stop in self.elements(0, self.size):
            if number == _EBML:
                types = [self.value(c, s) for n, c, s in self.elements(content, stop) if n == _DOCTYPE]
                if not types or types[0].rstrip(b"\0") != b"webm":
                    raise NotAFilm("film_unknown")
            elif number == _SEGMENT:
                segment = content, stop
                break
        if segment is None:
            raise NotAFilm("film_cut_off")
        self.read_segment(film, *segment)
        return film

    def read_segment(self, film: Container, start: int, end: int) -> None:
        described = set()
        for number, content, stop in self.elements(start, end):
            if number == _INFO:
                film.duration = self.seconds(content, stop)
            elif number == _TRACKS:
                for track, track_content, track_stop in self.elements(content, stop):
                    if track == _TRACK:
                        self.read_track(film, track_content, track_stop)
            described.add(number)
            # The pictures follow what describes them.
            if {_INFO, _TRACKS} <= described:
                return

    def seconds(self, start: int, end: int) -> float:
        scale, ticks = 1_000_000, 0.0
        for number, content, stop in self.elements(start, end):
            if number == _SCALE:
                scale = int.from_bytes(self.value(content, stop), "big")
            elif number == _DURATION:
                raw = self.value(content, stop)
                (ticks,) = struct.unpack(">d" if len(raw) == 8 else ">f", raw)
        return ticks * scale / 1e9

    def read_track(self, film: Container, start: int, end: int) -> None:
        kind, codec = 0, ""
        for number, content, stop in self.elements(start, end):
            if number == _TYPE:
                kind = int.from_bytes(self.value(content, stop), "big")
            elif number == _CODEC:
                codec = self.value(content, stop).rstrip(b"\0").decode("latin-1")
        if kind == 1:
            film.video.append(codec)
        elif kind == 2:
            film.audio.append(codec)
