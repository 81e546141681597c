// <aw-film>: a film that counts what was really played, a transcript that follows, chapters that lead into it.
// Words come from data attributes. Without this script the browser's own player, captions and transcript stand.

const BATCH = 12_000;
const LARGEST_STEP = 2.5;

export function merge(intervals) {
  const out = [];
  for (const [start, end] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && start <= last[1] + 0.05) last[1] = Math.max(last[1], end);
    else if (end > start) out.push([start, end]);
  }
  return out;
}

export function missing(covered, duration) {
  const out = [];
  let reached = 0;
  for (const [start, end] of [...merge(covered), [duration, duration]]) {
    if (start - reached >= 1) out.push([reached, start]);
    reached = Math.max(reached, end);
  }
  return out;
}

const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  const rest = String(whole % 60).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}:${rest}`;
  return `${Math.floor(whole / 3600)}:${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")}:${rest}`;
};

const length = (seconds) => {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const parts = [minutes && `${minutes}\u00a0min`, (whole % 60 || !minutes) && `${whole % 60}\u00a0s`];
  return parts.filter(Boolean).join(" ");
};

// Without diacritics and in small letters, so that "spoldzielnia" finds "Spółdzielnia".
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ł", "l");

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

class Film extends HTMLElement {
  connectedCallback() {
    if (this.video) return;
    this.video = this.querySelector("video");
    if (!this.video) return;
    this.texts = this.dataset;
    this.duration = Number(this.dataset.duration) || 0;
    this.covered = merge(JSON.parse(this.dataset.covered || "[]"));
    this.fresh = [];
    this.last = null;
    this.failures = 0;
    this.client = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    this.cues = [...this.querySelectorAll("[data-film-cue]")];
    this.chapters = [...this.querySelectorAll("[data-film-chapter]")];
    this.lines = this.querySelector("[data-film-lines]");
    this.lighten();
    this.enhance();
    this.openToKeys();
    this.listen();
    this.offerTools();
    this.resume();
  }

  // Whoever asks their browser to save data gets the small picture, unless they have chosen.
  lighten() {
    const source = this.video.querySelector("source");
    if (!this.dataset.lightSrc || !source || !navigator.connection?.saveData) return;
    source.src = this.dataset.lightSrc + (new URL(source.src).hash || "");
    this.video.load();
  }

  // Searching in the transcript, and whether it follows: only where the script is there to do it.
  offerTools() {
    const tools = this.querySelector("[data-film-tools]");
    if (!tools) return;
    tools.hidden = false;
    const field = tools.querySelector("[data-film-filter]");
    field.addEventListener("input", () => this.filter(field.value, tools));
    this.followBox = tools.querySelector("[data-film-follow]");
    if (this.cues.length === 0) tools.querySelector("[data-film-following]").hidden = true;
  }

  filter(words, tools) {
    const wanted = fold(words).split(/\s+/).filter(Boolean);
    const rows = this.cues.length > 0 ? this.cues : [...(this.lines?.querySelectorAll("p, li") ?? [])];
    let found = 0;
    for (const row of rows) {
      const text = fold(row.textContent);
      row.hidden = !wanted.every((word) => text.includes(word));
      if (!row.hidden) found += 1;
    }
    for (const heading of this.lines?.querySelectorAll(".transcript__chapter, h3") ?? []) {
      heading.hidden = wanted.length > 0;
    }
    const said = tools.querySelector("[data-film-found]");
    const none = wanted.length > 0 && found === 0;
    said.textContent =
      wanted.length === 0 ? "" : none ? tools.dataset.textNone : fill(tools.dataset.textFound, { found, total: rows.length });
  }

  // The address of this minute, as the film goes on.
  share() {
    const box = this.querySelector("[data-film-share]");
    const field = box?.querySelector("input");
    if (!field || document.activeElement === field) return;
    const second = Math.floor(this.video.currentTime);
    field.value = second > 0 ? box.dataset.filmShare + second : box.dataset.filmPage;
  }

  enhance() {
    const controls = this.querySelector("template[data-film-controls]");
    if (!window.Plyr || !controls) return;
    const t = this.texts;
    this.player = new window.Plyr(this.video, {
      controls: controls.innerHTML,
      loadSprite: false,
      iconUrl: "",
      blankVideo: "",
      hideControls: false,
      clickToPlay: true,
      storage: { enabled: false },
      captions: { active: true, language: document.documentElement.lang, update: true },
      tooltips: { controls: false, seek: false },
      keyboard: { focused: true, global: false },
      fullscreen: { enabled: true, fallback: true, iosNative: true },
      i18n: { play: t.textPlay, pause: t.textPause, seekLabel: fill(t.textTime, { current: "{currentTime}", duration: "{duration}" }) },
    });
    this.player.on("ready", () => this.controlsReady());
  }

  controlsReady() {
    const find = (selector) => this.querySelector(selector);
    const t = this.texts;
    const speed = find("[data-film-speed]");
    speed?.addEventListener("change", () => {
      this.video.playbackRate = Number(speed.value);
    });
    // A name that changes with the state says what a press will do.
    const name = (selector, on, pressed, open) => {
      const button = find(`[data-plyr="${selector}"]`);
      const update = () => {
        button?.setAttribute("aria-label", pressed() ? open : on);
        // The name changes already: a state beside it ("Unmute, pressed") would say the opposite.
        button?.removeAttribute("aria-pressed");
      };
      update();
      return update;
    };
    const play = name("play", t.textPlay, () => !this.video.paused, t.textPause);
    const mute = name("mute", t.textMute, () => this.video.muted, t.textUnmute);
    const full = name("fullscreen", t.textFullscreen, () => this.player.fullscreen?.active, t.textLeave);
    for (const event of ["play", "pause", "ended"]) this.video.addEventListener(event, play);
    this.video.addEventListener("volumechange", mute);
    for (const event of ["enterfullscreen", "exitfullscreen"]) this.player.on(event, full);
    this.showTime();
    this.drawTicks();
    this.offerStart();
  }

  // A large button on the poster. Once the film has begun, the buttons under the picture are enough.
  offerStart() {
    const picture = this.querySelector(".plyr__video-wrapper");
    const start = this.querySelector("template[data-film-start]")?.content.firstElementChild.cloneNode(true);
    if (!picture || !start || !this.video.paused) return;
    start.addEventListener("click", (event) => {
      // The picture around it starts and stops the film as well.
      event.stopPropagation();
      this.video.play()?.catch(() => {});
    });
    const begun = () => {
      if (start.contains(document.activeElement)) this.querySelector("[data-plyr=play]")?.focus();
      start.remove();
    };
    this.video.addEventListener("play", begun, { once: true });
    picture.append(start);
  }

  drawTicks() {
    const place = this.querySelector("[data-film-ticks]");
    if (!place || !this.duration) return;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("aria-hidden", "true");
    for (const chapter of this.chapters) {
      const at = Number(chapter.dataset.filmChapter);
      if (at <= 0) continue;
      const tick = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      tick.setAttribute("x", `${(at / this.duration) * 100}%`);
      tick.setAttribute("width", "2");
      tick.setAttribute("height", "12");
      svg.append(tick);
    }
    place.replaceChildren(svg);
  }

  listen() {
    const video = this.video;
    video.addEventListener("loadedmetadata", () => {
      if (Number.isFinite(video.duration)) this.duration ||= video.duration;
      this.showTime();
      this.drawTicks();
    });
    video.addEventListener("playing", () => {
      this.last = video.currentTime;
      this.timer ||= setInterval(() => this.send(), BATCH);
    });
    video.addEventListener("timeupdate", () => this.played());
    // A jump adds nothing: what lies between was not played.
    video.addEventListener("seeking", () => {
      this.last = null;
    });
    video.addEventListener("seeked", () => {
      this.last = video.paused ? null : video.currentTime;
      this.share();
      this.follow(true);
    });
    for (const event of ["pause", "ended"]) {
      video.addEventListener(event, () => {
        this.played();
        this.last = null;
        clearInterval(this.timer);
        this.timer = 0;
        this.send();
      });
    }
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.send(true);
    });
    window.addEventListener("pagehide", () => this.send(true));
    this.addEventListener("click", (event) => {
      const link = event.target.closest("[data-film-seek]");
      if (!link) return;
      event.preventDefault();
      this.seek(Number(link.dataset.filmSeek));
    });
  }

  seek(second) {
    const go = () => {
      this.video.currentTime = second;
      this.video.play()?.catch(() => {});
    };
    if (this.video.readyState >= 1) go();
    else {
      this.video.addEventListener("loadedmetadata", go, { once: true });
      this.video.load();
    }
  }

  // The server has gone back a little already. Who has seen the end begins anew.
  resume() {
    const position = Number(this.dataset.position) || 0;
    if (position <= 0) return;
    const go = () => {
      if (position < this.video.duration - 4) this.video.currentTime = position;
    };
    if (this.video.readyState >= 1) go();
    else this.video.addEventListener("loadedmetadata", go, { once: true });
  }

  played() {
    const now = this.video.currentTime;
    this.showTime();
    this.share();
    this.follow();
    if (this.last === null || this.video.seeking) return;
    const step = now - this.last;
    if (step > 0 && step < LARGEST_STEP * Math.max(1, this.video.playbackRate)) {
      const tail = this.fresh.at(-1);
      if (tail && Math.abs(tail[1] - this.last) < 0.05) tail[1] = now;
      else this.fresh.push([this.last, now]);
    }
    this.last = now;
  }

  async send(leaving = false) {
    if (!this.dataset.progressUrl || this.fresh.length === 0) return;
    // One report at a time, but the last one must not wait for the one before it.
    if (this.sending && !leaving) return;
    const batch = merge(this.fresh).map(([a, b]) => [Math.round(a * 100) / 100, Math.round(b * 100) / 100]);
    this.fresh = [];
    this.sending = true;
    try {
      const answer = await fetch(this.dataset.progressUrl, {
        method: "POST",
        keepalive: true,
        credentials: "same-origin",
        redirect: "error",
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": this.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
          "X-Requested-With": "fetch",
        },
        body: JSON.stringify({ intervals: batch, position: Math.round(this.video.currentTime * 100) / 100, client: this.client }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const reply = await answer.json();
      this.covered = merge([...this.covered, ...batch, ...(reply.covered ?? [])]);
      this.failures = 0;
      this.trouble(false);
      this.show(reply);
    } catch {
      // Nothing is lost: the next batch carries this one, too.
      this.fresh = [...batch, ...this.fresh];
      this.failures += 1;
      if (this.failures >= 2) this.trouble(true);
    } finally {
      this.sending = false;
    }
  }

  trouble(on) {
    const box = this.querySelector("[data-film-trouble]");
    if (box) box.hidden = !on;
  }

  show(reply) {
    const place = this.querySelector("[data-film-coverage]");
    const gaps = reply.missing ?? missing(this.covered, this.duration);
    const needed = Number(this.dataset.needed) || 0;
    if (place && reply.html) place.innerHTML = reply.html;
    else if (place) {
      const enough = reply.percent >= needed;
      const words = { percent: `${reply.percent}%`, needed: `${needed}%` };
      place.querySelector("[data-film-watched]").textContent = 
        reply.watched_text ?? fill(enough ? this.texts.textEnough : this.texts.textWatched, words);
      this.showMissing(place.querySelector("[data-film-missing]"), enough ? [] : gaps);
      this.showStrip(place);
    }
    this.showChapters(reply.unwatched ?? gaps);
    if (reply.done && !this.done) {
      this.done = true;
      document.dispatchEvent(new CustomEvent("aw:step-done"));
    }
  }

  showMissing(place, gaps) {
    place.replaceChildren();
    if (gaps.length === 0) return;
    const total = gaps.reduce((sum, [a, b]) => sum + b - a, 0);
    const [before, after] = fill(this.texts.textMissing, { ranges: "\u0000", total: length(total) }).split("\u0000");
    place.append(before);
    gaps.forEach(([start, end], index) => {
      if (index > 0) place.append(index === gaps.length - 1 ? ` ${this.texts.textAnd} ` : ", ");
      const link = document.createElement("a");
      link.href = `#${this.id}`;
      link.dataset.filmSeek = String(start);
      link.textContent = `${clock(start)}–${clock(end)}`;
      place.append(link);
    });
    place.append(after ?? "");
  }

  showStrip(place) {
    const group = place.querySelector("[data-strip-seen]");
    if (!group || !this.duration) return;
    group.replaceChildren(
      ...this.covered.map(([start, end]) => {
        const part = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        part.setAttribute("class", "strip__seen");
        part.setAttribute("x", `${(start / this.duration) * 100}%`);
        part.setAttribute("width", `${((end - start) / this.duration) * 100}%`);
        part.setAttribute("height", "100%");
        return part;
      }),
    );
  }

  showChapters(gaps) {
    this.chapters.forEach((row, index) => {
      const start = Number(row.dataset.filmChapter);
      const end = Number(this.chapters[index + 1]?.dataset.filmChapter ?? this.duration);
      const lost = gaps.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(b, end) - Math.max(a, start)), 0);
      const words = row.querySelector("[data-film-chapter-missing]");
      if (words) {
        words.textContent = lost < 1 ? this.texts.textChapterSeen : fill(this.texts.textChapterMissing, { time: length(lost) });
      }
      const icon = this.querySelector(`template[data-icon="${lost < 1 ? "done" : "todo"}"]`);
      if (icon) row.querySelector("[data-film-chapter-icon]").replaceChildren(icon.content.cloneNode(true));
    });
  }

  // "Led" when somebody has just chosen the place: then the line comes into sight, though nothing plays.
  follow(led = false) {
    const now = this.video.currentTime;
    this.mark(this.cues, (cue) => now >= Number(cue.dataset.filmCue) - 0.05 && now < Number(cue.dataset.filmCueEnd), led);
    this.mark(this.chapters, (row, index) => {
      const next = Number(this.chapters[index + 1]?.dataset.filmChapter ?? Infinity);
      return now >= Number(row.dataset.filmChapter) && now < next;
    });
  }

  mark(rows, isCurrent, led = false) {
    rows.forEach((row, index) => {
      const current = isCurrent(row, index);
      const known = row.hasAttribute("data-current") === current;
      if (!known) row.toggleAttribute("data-current", current);
      if (!known && current) row.setAttribute("aria-current", "true");
      else if (!known) row.removeAttribute("aria-current");
      if (current && (led || !known)) this.keepInSight(row, led);
    });
  }

  // Scrolls the transcript's own box and never the page, and not while somebody reads or tabs in it.
  keepInSight(row, led) {
    const box = this.lines;
    if (!box?.contains(row) || (this.video.paused && !led) || this.followBox?.checked === false) return;
    if (box.scrollHeight <= box.clientHeight + 1 || box.matches(":hover, :focus-within")) return;
    // The bar at the foot of the window may hide the lower end of the box.
    const bar = document.getElementById("bottom-bar")?.getBoundingClientRect().top ?? innerHeight;
    const shown = Math.min(box.clientHeight, Math.max(bar - box.getBoundingClientRect().top, row.offsetHeight));
    const above = row.offsetTop < box.scrollTop;
    const below = row.offsetTop + row.offsetHeight > box.scrollTop + shown;
    if (above || below) box.scrollTop = row.offsetTop - shown / 3;
  }

  // A box that scrolls takes the focus, so that arrow keys move it; where it shows all, it is no stop of its own.
  openToKeys() {
    if (!this.lines) return;
    new ResizeObserver(() => {
      if (this.lines.scrollHeight > this.lines.clientHeight + 1) this.lines.tabIndex = 0;
      else this.lines.removeAttribute("tabindex");
    }).observe(this.lines);
  }

  showTime() {
    const place = this.querySelector("[data-film-time]");
    if (!place) return;
    const words = fill(this.texts.textTime, { current: clock(this.video.currentTime), duration: clock(this.duration) });
    if (place.textContent === words) return;
    // "of 4:30" goes where there is no room for it.
    const [, now, rest] = words.match(/^([\d:]+)(.*)$/) ?? ["", words, ""];
    const after = document.createElement("span");
    after.className = "film__length";
    after.textContent = rest;
    place.replaceChildren(now, after);
  }
}

customElements.define("aw-film", Film);
