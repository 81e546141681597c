"""Film files: real ones, cut, foreign and mangled ones."""

import io
import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.containers import NotAFilm, read_film
from tests.factories.media import FILES, PIXEL

MP4 = (FILES / "six-seconds.mp4").read_bytes()
WEBM = (FILES / "six-seconds.webm").read_bytes()

pytestmark = pytest.mark.rule("media-5")


def refused(content: bytes) -> str:
    with pytest.raises(NotAFilm) as caught:
        read_film(io.BytesIO(content))
    return caught.value.code


def box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), name) + content


def track(kind: bytes, codec: bytes) -> bytes:
    entry = box(b"stsd", bytes(4), struct.pack(">I", 1), box(codec, bytes(16)))
    return box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), kind, bytes(12)), box(b"minf", box(b"stbl", entry))))


def mp4(*tracks: bytes, timescale: int = 1000, duration: int = 6000, more: bytes = b"", wide: bool = False) -> bytes:
    header = (
        struct.pack(">IQQIQ", 1 << 24, 0, 0, timescale, duration)
        if wide
        else struct.pack(">IIIII", 0, 0, 0, timescale, duration)
    )
    return box(b"ftyp", b"isom", bytes(4)) + box(b"moov", box(b"mvhd", header), *tracks, more) + box(b"mdat", bytes(9))


def element(number: str, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return bytes.fromhex(number) + struct.pack(">Q", len(content) | 1 << 56) + content


def webm(doctype: bytes = b"webm", codec: bytes = b"V_VP9", duration: bytes = struct.pack(">d", 6000.0)) -> bytes:
    info = element("1549a966", element("2ad7b1", (1_000_000).to_bytes(3, "big")), element("4489", duration))
    tracks = element("1654ae6b", element("ae", element("83", b"\x01"), element("86", codec)))
    return element("1a45dfa3", element("4282", doctype)) + element("18538067", info, tracks)


VIDEO, SOUND = track(b"vide", b"avc1"), track(b"soun", b"mp4a")


@pytest.mark.parametrize(
    ("content", "kind", "video", "audio"),
    [(MP4, "mp4", ["avc1"], ["mp4a"]), (WEBM, "webm", ["V_VP9"], ["A_OPUS"])],
    ids=["mp4", "webm"],
)
def test_real_films(content: bytes, kind: str, video: list[str], audio: list[str]) -> None:
    film = read_film(io.BytesIO(content))
    assert (film.kind, film.video, film.audio) == (kind, video, audio)
    assert film.duration == pytest.approx(6, abs=0.05)


def test_other_shapes_of_the_frame() -> None:
    assert read_film(io.BytesIO(mp4(VIDEO, wide=True))).duration == 6
    assert read_film(io.BytesIO(webm(duration=struct.pack(">f", 1500.0)))).duration == 1.5
    # The last box may reach to the end of the file, and a length may have 64 bits.
    open_ended = mp4(VIDEO)[: -(8 + 9)] + struct.pack(">I4s", 0, b"mdat") + bytes(99)
    assert read_film(io.BytesIO(open_ended)).duration == 6
    large = mp4(VIDEO)[: -(8 + 9)] + struct.pack(">I4sQ", 1, b"mdat", 16 + 9) + bytes(9)
    assert read_film(io.BytesIO(large)).duration == 6
    fragments = box(b"mvex", box(b"mehd", bytes(4), struct.pack(">I", 4000)))
    assert read_film(io.BytesIO(mp4(VIDEO, duration=0, more=fragments))).duration == 4
    # A segment of unknown length, as recorders write it.
    unknown = webm().replace(
        bytes.fromhex("18538067") + webm().partition(bytes.fromhex("18538067"))[2][:8],
        bytes.fromhex("18538067 01ffffffffffffff"),
    )
    assert read_film(io.BytesIO(unknown)).duration == 6


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "film_empty"),
        (b"x", "film_unknown"),
        (b"<html><script>alert(1)</script></html>", "film_unknown"),
        (PIXEL, "film_unknown"),
        (b"%PDF-1.7\n" + bytes(100), "film_unknown"),
        (b"MZ" + bytes(4096), "film_unknown"),
        (box(b"ftyp", b"avif", bytes(4)) + box(b"meta", bytes(40)) + box(b"mdat", bytes(40)), "film_unknown"),
        (box(b"ftyp", b"isom", bytes(4)), "film_cut_off"),
        (mp4(VIDEO)[:-1], "film_cut_off"),
        (mp4(VIDEO)[: -(8 + 9)], "film_cut_off"),
        (box(b"ftyp", b"isom", bytes(4)) + struct.pack(">I4s", 4, b"moov"), "film_unknown"),
        (mp4(SOUND), "film_without_picture"),
        (mp4(), "film_without_picture"),
        (mp4(box(b"trak")), "film_without_picture"),
        (mp4(VIDEO, duration=0), "film_without_length"),
        (mp4(VIDEO, timescale=0), "film_without_length"),
        (mp4(VIDEO, duration=0xFFFFFFFF), "film_without_length"),
        (mp4(VIDEO, timescale=1, duration=25 * 60 * 60), "film_without_length"),
        (mp4(VIDEO, duration=0, more=box(b"mvex")), "film_without_length"),
        (mp4(track(b"vide", b"hvc1"), SOUND), "film_codec"),
        (mp4(VIDEO, track(b"soun", b"ac-3")), "film_codec"),
        (webm(doctype=b"matroska"), "film_unknown"),
        (webm(codec=b"V_MPEGH/ISO/HEVC"), "film_codec"),
        (webm(duration=struct.pack(">d", float("nan"))), "film_without_length"),
        (webm(duration=struct.pack(">d", float("inf"))), "film_without_length"),
        (webm(doctype=b"w" * 300), "film_unknown"),
        (element("1a45dfa3", element("4282", b"webm")), "film_cut_off"),
        (bytes.fromhex("1a45dfa3 00"), "film_unknown"),
        (bytes.fromhex("1a45dfa3 4000"), "film_unknown"),
        (box(b"ftyp", b"isom", bytes(4)) + box(b"free") * 30_000, "film_unknown"),
    ],
)
def test_what_is_not_a_film(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_the_codec_is_named() -> None:
    with pytest.raises(NotAFilm) as caught:
        read_film(io.BytesIO(mp4(track(b"vide", b"hvc1"))))
    assert caught.value.detail == "hvc1"


@pytest.mark.rule("media-5", "media-14")
@pytest.mark.parametrize("whole", [MP4, WEBM], ids=["mp4", "webm"])
def test_a_film_cut_anywhere_is_refused(whole: bytes) -> None:
    codes = {refused(whole[:length]) for length in range(12, len(whole), 211)}
    assert codes == {"film_cut_off"}
    assert refused(whole[:11]) in {"film_unknown", "film_cut_off"}


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([MP4, WEBM]), st.data())
def test_mangled_films_are_refused_and_nothing_else_happens(noise: bytes, whole: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(min_value=0, max_value=2000))
    for content in (noise, whole[:place] + noise + whole[place + len(noise) :], whole[:12] + noise):
        with suppress(NotAFilm):
            assert 0 < read_film(io.BytesIO(content)).duration <= 24 * 60 * 60
