"""Running ffmpeg on files that came from outside: probed first, bounded in time and size, below everybody else's work.

No shell, no network, one named reader for the file: a playlist that is called a film reaches nothing. The program is
that of the system, else the one that comes with ``imageio-ffmpeg``.
"""

import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

READERS = {"mp4": "mov", "m4a": "mov", "webm": "matroska", "mp3": "mp3"}
LONGEST_PROBE = 30
MOST_PIXELS = 4096 * 2304
MOST_OUTPUT_BYTES = 2_000_000_000
DETAIL_LENGTH = 400


class FfmpegError(Exception):
    """What went wrong: ``code`` for whoever chooses words, ``detail`` as ffmpeg told it, without any path."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Probe:
    """What ffmpeg finds in a file. A file without sound has no ``audio``."""

    seconds: float = 0.0
    video: str = ""
    pixels: str = ""
    width: int = 0
    height: int = 0
    audio: str = ""


@cache
def program() -> str:
    """Where ffmpeg is; refuses with ``no_program`` where there is none."""
    found = shutil.which("ffmpeg")
    if found:
        return found
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise FfmpegError("no_program") from error


def read_from(path: Path) -> list[str]:
    """The arguments that name the input, by the one reader that its ending allows."""
    return [
        "-protocol_whitelist", "file",
        "-max_pixels", str(MOST_PIXELS),
        "-f", READERS[path.suffix.lstrip(".")],
        "-i", str(path),
    ]  # fmt: skip


def probe(path: Path) -> Probe:
    """What is in the file; refuses with ``unreadable`` what ffmpeg does not know."""
    command = [program(), "-hide_banner", "-nostdin", *read_from(path)]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and every argument is ours
            command, capture_output=True, timeout=LONGEST_PROBE, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise FfmpegError("too_slow") from error
    told = done.stderr.decode(errors="replace")
    if "Input #0" not in told:
        raise FfmpegError("unreadable", _last_words(told, path))
    return read_probe(told)


_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_VIDEO = re.compile(r"Stream #0:\d+.*?: Video: (\w+)(?P<rest>.*)")
_SIZE = re.compile(r", (\d{1,5})x(\d{1,5})[ ,]")
_PIXELS = re.compile(r", (yuv\w+|gray\w*|rgb\w*|gbr\w*|pal8|nv\d+)")
_AUDIO = re.compile(r"Stream #0:\d+.*?: Audio: (\w+)")


def read_probe(told: str) -> Probe:
    """The facts in what ffmpeg says of its input. A picture that only decorates the file is no film."""
    seconds, video, audio = 0.0, ("", "", 0, 0), ""
    if found := _DURATION.search(told):
        hours, minutes, rest = found.groups()
        seconds = int(hours) * 3600 + int(minutes) * 60 + float(rest)
    for line in told.splitlines():
        if (found := _VIDEO.search(line)) and "attached pic" not in line and not video[0]:
            size = _SIZE.search(found["rest"] + ",")
            pixels = _PIXELS.search(found["rest"])
            width, height = (int(size[1]), int(size[2])) if size else (0, 0)
            video = (found[1], pixels[1] if pixels else "", width, height)
        elif (found := _AUDIO.search(line)) and not audio:
            audio = found[1]
    return Probe(seconds, video[0], video[1], video[2], video[3], audio)


def run(arguments: Sequence[str], source: Path, *, limit: float, progress: Callable[[float], None]) -> None:
    """Run ffmpeg; ``progress`` is told the seconds of the film done so far.

    Refuses with ``too_slow`` after ``limit`` seconds and with ``broken`` when ffmpeg gives up. However it ends, by an
    exception from ``progress``, too, nothing is left running.
    """
    nice = shutil.which("nice")
    command = [
        *([nice, "-n", "15"] if nice else []),
        program(), "-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-progress", "pipe:1",
        "-timelimit", str(max(1, round(limit * 4))),
        *arguments,
    ]  # fmt: skip
    expired = threading.Event()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - no shell, and every argument is ours
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
        )

        def end() -> None:
            expired.set()
            process.kill()

        clock = threading.Timer(limit, end)
        clock.daemon = True
        clock.start()
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            for line in process.stdout:
                name, _equals, value = line.decode(errors="replace").strip().partition("=")
                if name == "out_time_us" and value.lstrip("-").isdigit():
                    progress(max(0, int(value)) / 1_000_000)
            status = process.wait()
        finally:
            clock.cancel()
            if process.poll() is None:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()
        if expired.is_set():
            raise FfmpegError("too_slow")
        if status:
            errors.seek(0)
            raise FfmpegError("broken", _last_words(errors.read(100_000).decode(errors="replace"), source))


def _last_words(told: str, path: Path) -> str:
    """The last lines that ffmpeg said, without where the file lies on this machine."""
    lines = [line.strip() for line in told.replace(str(path), path.name).splitlines() if line.strip()]
    return "\n".join(lines[-3:])[-DETAIL_LENGTH:]


# --- What is made of a film --------------------------------------------------------------------------------------

SMALL_HEIGHT, FULL_HEIGHT = 360, 720


def film_arguments(source: Path, target: Path, *, height: int, quality: int, sound: str) -> list[str]:
    """A film of this height at most, as every browser plays it, beginning before it is wholly there."""
    return [
        *read_from(source),
        "-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1",
        "-vf", f"scale=-2:{height - height % 2}",
        "-c:v", "libx264", "-preset", "veryfast", "-crf", str(quality), "-profile:v", "main", "-pix_fmt", "yuv420p",
        "-c:a", "aac", "-b:a", sound, "-ac", "2",
        "-movflags", "+faststart", "-fs", str(MOST_OUTPUT_BYTES), "-f", "mp4", str(target),
    ]  # fmt: skip


def sound_arguments(source: Path, target: Path) -> list[str]:
    """The sound alone, small enough for a telephone."""
    return [
        *read_from(source),
        "-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1",
        "-c:a", "aac", "-b:a", "64k", "-ac", "1",
        "-movflags", "+faststart", "-fs", str(MOST_OUTPUT_BYTES), "-f", "mp4", str(target),
    ]  # fmt: skip


def poster_arguments(source: Path, target: Path, *, at: float) -> list[str]:
    """One picture of the film, ``at`` so many seconds."""
    return [
        "-ss", f"{at:.2f}", *read_from(source),
        "-map", "0:v:0", "-frames:v", "1", "-vf", "scale='min(960,iw)':-2", "-f", "image2", "-c:v", "png", str(target),
    ]  # fmt: skip


def plays_everywhere(found: Probe) -> bool:
    """Whether the file itself may stand as the full film: small enough, and encoded as every browser knows it."""
    return (
        found.video == "h264"
        and found.pixels in {"yuv420p", "yuvj420p"}
        and found.audio in {"", "aac"}
        and (0 < found.height <= FULL_HEIGHT)
    )
