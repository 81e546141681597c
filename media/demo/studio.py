"""Make a film from drawn slides and a written narration: voice, timing, captions, transcript, frames, encoding.

Needs espeak-ng, ffmpeg and chromium on the path; it is run by hand, never by the site or its tests. The words come from
a narration file (see zapotrzebowanie/narration.yaml): each line is spoken by itself, so the captions follow the voice.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import wave
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, FPS = 1280, 720, 12
KEYFRAME_SECONDS = 2
LOUDNESS = "I=-18:TP=-3:LRA=7"
LIMIT = "alimiter=limit=0.6:attack=2:release=60:level=disabled"
VOICE_RATE = 22050
CAPTION_SIGNS, CAPTION_LINES, CAPTION_SECONDS = 42, 2, 7.0

# Silence after a line, by how it ends, and after a part; the voice begins after the lead-in.
PAUSE_SENTENCE, PAUSE_PHRASE, PAUSE_PART, LEAD_IN = 0.5, 0.2, 0.15, 0.6


@dataclass(frozen=True)
class Line:
    """One spoken line: its caption, its English subtitle, its picture and its place in the film."""

    pl: str
    en: str
    spoken: str
    slide: str
    point: str
    chapter: int
    part: int
    shown: float = 0  # when its picture comes: a little before the voice, and at the very start of a chapter
    start: float = 0
    end: float = 0


def program(name: str) -> str:
    """The full path of a program that must be there."""
    found = shutil.which(name)
    if not found:
        raise SystemExit(f"{name} is needed to make a film")
    return found


def lines_of(script: dict[str, Any]) -> list[Line]:
    """The lines of a narration in order; a line without a slide keeps the last one."""
    lines: list[Line] = []
    slide, part_number = "", 0
    for number, chapter in enumerate(script["chapters"]):
        for part in chapter["parts"]:
            part_number += 1
            for line in part["lines"]:
                slide = line.get("slide", slide)
                spoken = line.get("say", line["pl"])
                for written, said in script["pronounced"].items():
                    spoken = re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", said, spoken)
                lines.append(Line(line["pl"], line["en"], spoken, slide, line.get("point", ""), number, part_number))
    return lines


def speak(words: str, voice: dict[str, Any], folder: Path) -> array[int]:
    """The samples of one spoken line, without the silence round it."""
    target = folder / "line.wav"
    options = ["-v", voice["name"], "-s", str(voice["speed"]), "-p", str(voice["pitch"]), "-g", str(voice["word_gap"])]
    subprocess.run([program("espeak-ng"), *options, "-w", str(target), words], check=True)
    with wave.open(str(target)) as file:
        if file.getframerate() != VOICE_RATE or file.getsampwidth() != 2 or file.getnchannels() != 1:
            raise SystemExit("the voice must be mono, 16 bit, 22050 Hz")
        samples = array("h", file.readframes(file.getnframes()))
    loud = [i for i, sample in enumerate(samples) if abs(sample) > 200]
    return samples[loud[0] : loud[-1] + 1]


def record(script: dict[str, Any], folder: Path) -> tuple[list[Line], array[int]]:
    """Speak the whole narration: the lines with their times, and the samples of the whole film."""
    track: array[int] = array("h")
    timed: list[Line] = []
    lines = lines_of(script)
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        shown = len(track) / VOICE_RATE - 0.1
        if not timed or timed[-1].chapter != line.chapter:
            starts_at = script["chapters"][line.chapter]["starts_at"]
            late = len(track) / VOICE_RATE - starts_at
            if late > 0:
                raise SystemExit(f"chapter {line.chapter + 1} would begin {late:.1f} s late")
            track.extend(silence(starts_at + LEAD_IN - len(track) / VOICE_RATE))
            shown = starts_at
        start = len(track) / VOICE_RATE
        track.extend(speak(line.spoken, script["voice"], folder))
        timed.append(replace(line, shown=shown, start=start, end=len(track) / VOICE_RATE))
        pause = PAUSE_SENTENCE if line.pl.rstrip("”").endswith((".", "?", "!")) else PAUSE_PHRASE
        track.extend(silence(pause + (PAUSE_PART if following and following.part != line.part else 0)))
    rest = script["length"] - len(track) / VOICE_RATE
    if rest < 0:
        raise SystemExit(f"the narration is {-rest:.1f} s too long")
    track.extend(silence(rest))
    return timed, track


def silence(seconds: float) -> array[int]:
    return array("h", bytes(2 * round(seconds * VOICE_RATE)))


def save_track(track: array[int], target: Path) -> None:
    with wave.open(str(target), "wb") as file:
        file.setparams((1, 2, VOICE_RATE, 0, "NONE", ""))
        file.writeframes(track.tobytes())


def two_lines(words: str) -> str:
    """A caption in at most two lines of about equal length; no line ends with a one-letter word."""
    if len(words) <= CAPTION_SIGNS:
        return words
    breaks = [found.start() for found in re.finditer(r"(?<!\b\w) ", words)]
    fitting = [at for at in breaks if at <= CAPTION_SIGNS and len(words) - at - 1 <= CAPTION_SIGNS]
    if not fitting:
        raise SystemExit(f"too long for a caption: {words}")
    best = min(fitting, key=lambda at: unevenness(words, at))
    return f"{words[:best]}\n{words[best + 1 :]}"


def unevenness(words: str, at: int) -> int:
    """How badly a break at the place reads: even lines, whole phrases and whole quotations read well."""
    before = words[:at]
    phrase = 40 if before[-1] in ".?!" else 16 if before[-1] in ",:" else 0
    in_quotation = before.count("„") + before.count("“") > before.count("”")
    short_word = re.search(r"(^| )\w\w$", before) is not None
    return abs(len(words) - 2 * at) - phrase + 30 * in_quotation + 10 * short_word


def clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"00:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def vtt(cues: list[tuple[float, float, str]]) -> str:
    blocks = [f"{clock(start)} --> {clock(end)}\n{words}\n" for start, end, words in cues]
    return "WEBVTT\n\n" + "\n".join(blocks)


def captions(lines: list[Line], language: str) -> str:
    """Captions from the real times of the voice; a cue stays a little longer where there is room."""
    cues = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        limit = following.start - 0.08 if following else line.end + 1
        end = min(max(line.end + 0.4, line.start + 1), limit, max(line.end, line.start + CAPTION_SECONDS))
        if not 1 <= end - line.start <= CAPTION_SECONDS:
            raise SystemExit(f"a cue of {end - line.start:.1f} s: {line.pl}")
        cues.append((line.start, end, two_lines(line.pl if language == "pl" else line.en)))
    return vtt(cues)


def chapters(script: dict[str, Any], language: str) -> str:
    """Where each chapter begins and ends, with its title in this language."""
    starts = [float(chapter["starts_at"]) for chapter in script["chapters"]]
    ends = [*starts[1:], float(script["length"])]
    titles = [chapter["title" if language == "pl" else "title_en"] for chapter in script["chapters"]]
    return vtt(list(zip(starts, ends, titles, strict=True)))


def transcript(script: dict[str, Any], language: str = "pl") -> str:
    """The captions as text: headings, paragraphs, and numbered steps whose first sentence is strong."""
    html: list[str] = []
    for chapter in script["chapters"]:
        title = chapter["title" if language == "pl" else "title_en"]
        html.append(f"<h3>{escape(title, quote=False)}</h3>")
        is_list = False
        for part in chapter["parts"]:
            words = [escape(line[language], quote=False) for line in part["lines"]]
            is_step = part["kind"] == "step"
            if is_step != is_list:
                html.append("<ol>" if is_step else "</ol>")
                is_list = is_step
            said = " ".join(words)
            first = re.sub(r"^(.+?(?:[.?!]|:(?= [„A-ZŁŚŻ])))( |$)", r"<strong>\1</strong>\2", said)
            html.append(f"<li>{first}</li>" if is_step else f"<p>{said}</p>")
        if is_list:
            html.append("</ol>")
    return "\n".join(html) + "\n"


class Browser:
    """A headless Chromium that turns SVG into PNG, spoken to over a pair of pipes."""

    def __init__(self, folder: Path, fonts: dict[str, Path]) -> None:
        theirs_in, self.to_browser = os.pipe()
        self.from_browser, theirs_out = os.pipe()
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"]
        flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        flags += [f"--user-data-dir={folder / 'browser'}", "--remote-debugging-pipe", "about:blank"]
        # Chromium reads orders from descriptor 3 and answers on 4.
        start = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
        command = ["sh", "-c", start, program("chromium"), *flags]
        fds = (theirs_in, theirs_out)
        self.process = subprocess.Popen(command, pass_fds=fds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for descriptor in fds:
            os.close(descriptor)
        self.number, self.rest, self.session = 0, b"", ""
        target = next(t for t in self.ask("Target.getTargets")["targetInfos"] if t["type"] == "page")
        attach = {"targetId": target["targetId"], "flatten": True}
        self.session = self.ask("Target.attachToTarget", attach)["sessionId"]
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", size)
        style = "body{margin:0}svg{display:block}"
        for family, file in fonts.items():
            letters = base64.b64encode(file.read_bytes()).decode()
            source = f"font-weight:200 800;src:url(data:font/woff2;base64,{letters})"
            style += f'@font-face{{font-family:"{family}";{source}}}'
        self.run(f"document.head.innerHTML={json.dumps(f'<style>{style}</style>')}")

    def ask(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": params or {}}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_browser, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.rest:
                more = os.read(self.from_browser, 1 << 20)
                if not more:
                    raise SystemExit("the browser has ended")
                self.rest += more
            raw, self.rest = self.rest.split(b"\0", 1)
            answer: dict[str, Any] = json.loads(raw)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    def run(self, code: str) -> None:
        result = self.ask("Runtime.evaluate", {"expression": f"(async()=>{{{code}}})()", "awaitPromise": True})
        if "exceptionDetails" in result:
            raise SystemExit(f"the page failed: {result['exceptionDetails']}")

    def picture(self, svg: str) -> bytes:
        shown = (
            "await document.fonts.ready;await new Promise(done=>requestAnimationFrame(()=>requestAnimationFrame(done)))"
        )
        self.run(f"document.body.innerHTML={json.dumps(svg)};{shown}")
        return base64.b64decode(self.ask("Page.captureScreenshot", {"format": "png"})["data"])

    def close(self) -> None:
        self.ask("Browser.close")
        self.process.wait(timeout=20)


def loudness_filter(track: Path) -> str:
    """The filters that make the voice softer and bring it to the wanted loudness, measured first and then set once."""
    shape = "highpass=f=70,lowpass=f=8500,acompressor=threshold=-24dB:ratio=4:attack=5:release=120"
    command = [program("ffmpeg"), "-hide_banner", "-nostdin", "-i", str(track)]
    command += ["-af", f"{shape},loudnorm={LOUDNESS}:print_format=json", "-f", "null", "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    found = json.loads(said[said.rindex("{") : said.rindex("}") + 1])
    measured = ":".join(
        f"measured_{name}={found[f'input_{key}']}"
        for name, key in (("I", "i"), ("TP", "tp"), ("LRA", "lra"), ("thresh", "thresh"))
    )
    return f"{shape},loudnorm={LOUDNESS}:{measured}:offset={found['target_offset']}:linear=true,{LIMIT}"


def encode(
    frames: Iterator[bytes],
    track: Path,
    target: Path,
    *,
    quality: int = 38,
    audio_filter: str = "",
    keyframe_seconds: int = KEYFRAME_SECONDS,
) -> None:
    """H.264 (main) and AAC in an MP4 that starts to play before it is loaded; one core, so that others can work."""
    gop = str(FPS * keyframe_seconds)
    command = [program("ffmpeg"), "-hide_banner", "-loglevel", "error", "-nostdin", "-y"]
    command += ["-f", "image2pipe", "-framerate", str(FPS), "-c:v", "png", "-i", "pipe:0", "-i", str(track)]
    command += ["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"]
    command += ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    command += ["-c:v", "libx264", "-profile:v", "main", "-level", "3.1", "-preset", "veryslow", "-tune", "animation"]
    command += ["-threads", "1"]
    command += ["-crf", str(quality), "-g", gop, "-keyint_min", gop, "-sc_threshold", "0"]
    command += ["-af", audio_filter or "anull", "-c:a", "aac", "-b:a", "48k", "-ac", "1", "-ar", "44100"]
    command += ["-map_metadata", "-1", "-movflags", "+faststart", "-shortest", str(target)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    if process.stdin:
        for frame in frames:
            process.stdin.write(frame)
        process.stdin.close()
    if process.wait():
        raise SystemExit("ffmpeg could not make the film")


def workshop() -> tempfile.TemporaryDirectory[str]:
    """A folder for the pieces, gone at the end."""
    return tempfile.TemporaryDirectory(prefix="film-", ignore_cleanup_errors=True)
