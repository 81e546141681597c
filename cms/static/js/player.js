// The learner's screens: the outline behind its button, tables that scroll, "check yourself", and where the focus goes
// when a part of the page is replaced. Everything works without it, one page load at a time.

const live = document.getElementById("live");

function say(text) {
  if (!live || !text) return;
  live.textContent = "";
  // An unchanged region is not read again, so the words come a moment later.
  setTimeout(() => {
    live.textContent = text;
  }, 60);
}

function outline() {
  const button = document.querySelector("[data-outline-button]");
  const panel = document.getElementById("step-outline");
  if (!button || !panel) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    panel.toggleAttribute("data-open", open);
    panel.toggleAttribute("data-closed", !open);
  });
}

// The current module may stand far down in a long outline.
function bringIntoView() {
  const panel = document.getElementById("step-outline");
  const now = panel?.querySelector("[aria-current=step]");
  if (now && panel.scrollHeight > panel.clientHeight) {
    panel.scrollTop = Math.max(0, now.offsetTop - panel.clientHeight / 2);
  }
}

// Whoever has no mouse must be able to stand in what scrolls, and need not stop at what does not.
function stopsWhereItScrolls() {
  for (const box of document.querySelectorAll("[data-scrolls]")) {
    const watch = new ResizeObserver(() => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
    for (const part of [box, ...box.children]) watch.observe(part);
  }
}

async function check(form) {
  const feedback = form.parentElement.querySelector(".check__feedback");
  const address = new URL(location.href);
  address.search = new URLSearchParams(new FormData(form)).toString();
  address.hash = "";
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(form.parentElement.id)?.querySelector(".check__feedback");
    if (!fresh) throw new Error("no feedback");
    feedback.replaceChildren(...fresh.childNodes);
  } catch {
    // Ask the plain way; the page that comes back says what is wrong.
    form.submit();
  }
}

document.addEventListener("submit", (event) => {
  if (event.target.closest("[data-check]")) {
    event.preventDefault();
    check(event.target);
  }
});

// Other modules of this page ask for fresh parts when the server says that a step is done.
document.addEventListener("aw:step-done", async () => {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["step-progress", "step-outline", "bottom-bar"]) {
      const old = document.getElementById(id);
      const part = fresh.getElementById(id);
      if (!old || !part) continue;
      old.replaceChildren(...part.childNodes);
    }
    document.getElementById("transcript-done")?.remove();
    say(document.querySelector("#bottom-bar [data-say]")?.dataset.say);
  } catch {
    // The next page load shows it.
  }
});

outline();
bringIntoView();
stopsWhereItScrolls();

// The script that reads aloud is loaded only where there are voices at all.
const aloud = document.querySelector("[data-read-aloud][data-script]");
if (aloud && window.speechSynthesis) {
  let loaded = false;
  const load = () => {
    if (loaded || speechSynthesis.getVoices().length === 0) return;
    loaded = true;
    import(aloud.dataset.script);
  };
  speechSynthesis.addEventListener("voiceschanged", load);
  load();
}
