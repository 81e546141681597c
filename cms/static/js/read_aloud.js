// Reads the text of a page with a voice that lives on this computer. Where there is none for the language of the page,
// no button appears: a voice of the network would send the text to somebody else.

const place = document.querySelector("[data-read-aloud]");
const speech = window.speechSynthesis;
const PARTS = "h1, h2, h3, h4, p, li, dt, dd, blockquote, caption, th, td";
const LEFT_OUT = ".page-top, .page-foot, .breadcrumbs, nav, form, video, .term-notes, [aria-hidden=true], .visually-hidden, [hidden]";

function voiceFor(language) {
  const wanted = language.slice(0, 2).toLowerCase();
  const fitting = speech.getVoices().filter((voice) => voice.localService && voice.lang.slice(0, 2).toLowerCase() === wanted);
  return fitting.find((voice) => voice.default) ?? fitting[0];
}

// Each part once, in the language it is written in: an outer part gives way to those within it.
function partsOf(main) {
  return [...main.querySelectorAll(PARTS)]
    .filter((part) => !part.closest(LEFT_OUT) && !part.querySelector(PARTS) && part.textContent.trim())
    .map((part) => ({
      text: part.textContent.replace(/\s+/g, " ").trim(),
      language: part.closest("[lang]").lang,
    }));
}

function button(words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--secondary button--small";
  made.textContent = words;
  return made;
}

function offer(own) {
  const words = place.dataset;
  const main = document.getElementById("main");
  const start = button(words.wordsRead);
  const stop = button(words.wordsStop);
  let run = 0;
  stop.hidden = true;
  place.append(start, stop);
  place.hidden = false;

  const end = () => {
    run += 1;
    speech.cancel();
    start.textContent = words.wordsRead;
    stop.hidden = true;
  };
  const read = () => {
    run += 1;
    const mine = run;
    const parts = partsOf(main);
    const next = (at) => {
      if (mine !== run) return;
      if (at === parts.length) {
        end();
        return;
      }
      const said = new SpeechSynthesisUtterance(parts[at].text);
      said.voice = voiceFor(parts[at].language) ?? own;
      said.lang = said.voice.lang;
      said.addEventListener("end", () => next(at + 1));
      said.addEventListener("error", () => {
        if (mine === run) end();
      });
      speech.speak(said);
    };
    speech.cancel();
    next(0);
    start.textContent = words.wordsPause;
    stop.hidden = false;
  };

  start.addEventListener("click", () => {
    if (stop.hidden) read();
    else if (start.textContent === words.wordsPause) {
      speech.pause();
      start.textContent = words.wordsOn;
    } else {
      speech.resume();
      start.textContent = words.wordsPause;
    }
  });
  stop.addEventListener("click", () => {
    speech.resume();
    end();
    start.focus();
  });
  window.addEventListener("pagehide", end);
}

if (place && speech) {
  const look = () => {
    const own = voiceFor(document.documentElement.lang);
    if (!own) return;
    speech.removeEventListener("voiceschanged", look);
    offer(own);
  };
  speech.addEventListener("voiceschanged", look);
  look();
}
