// A question saves itself when its answer changes. The form's own button does the same without this script.
// Words come from data attributes of the form:
//   data-save-url, data-text-saved ("Saved at {time}"), data-text-answer-saved, data-text-no-answer, data-text-failed,
//   data-text-sign-in, data-sign-in-url, data-text-sign-in-link
// The server answers {"saved_at": "12.03", "state": "saved"}, or {"state": …, "reason": words} when it refuses.

const WAIT = 600;
const RETRIES = [2000, 5000, 10000];

class Saver {
  constructor(form) {
    this.form = form;
    this.texts = form.dataset;
    // One stands in the bar, one below the answers; the window's width decides which is shown and read out.
    this.states = [...document.querySelectorAll("[data-save-state]")];
    this.trouble = document.querySelector("[data-save-trouble]");
    this.version = 0;
    this.saved = 0;
    this.failures = 0;
    this.timer = 0;
    this.sending = null;
    form.addEventListener("change", () => this.changed(WAIT));
    form.addEventListener("input", (event) => {
      if (event.target.matches("textarea, input[type=text]")) this.changed(WAIT);
    });
    form.addEventListener("submit", () => {
      this.leaving = true;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.failures > 0) event.preventDefault();
    });
    // A tab that is put away, or the link to another question, must not take the answer with it.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.version > this.saved) this.save();
    });
    window.addEventListener("online", () => {
      if (this.failures > 0) this.changed(0);
    });
    document.addEventListener("click", (event) => this.holdLink(event));
  }

  changed(wait) {
    this.version += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // A link that leaves the question waits until the answer is saved, at most two seconds.
  async holdLink(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.target || this.version === this.saved) return;
    event.preventDefault();
    clearTimeout(this.timer);
    await Promise.race([this.save(), new Promise((done) => setTimeout(done, 2000))]);
    if (this.failures === 0) this.leaving = true;
    location.href = link.href;
  }

  async save() {
    clearTimeout(this.timer);
    // One request at a time, so that an older answer can never arrive after a newer one.
    while (this.sending) await this.sending;
    if (this.version === this.saved) return;
    this.sending = this.send(this.version).finally(() => {
      this.sending = null;
    });
    await this.sending;
  }

  async send(version) {
    let answer;
    try {
      answer = await fetch(this.texts.saveUrl, {
        method: "POST",
        body: new FormData(this.form),
        credentials: "same-origin",
        keepalive: true,
        redirect: "manual",
        headers: { "X-Requested-With": "fetch", Accept: "application/json" },
      });
    } catch {
      this.failed();
      return;
    }
    if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
      this.signInAgain();
      return;
    }
    const reply = await answer.json().catch(() => null);
    if (reply?.reason) {
      // The server said why; asking again would not change it.
      this.failures += 1;
      this.show(reply.reason);
      return;
    }
    if (!answer.ok || reply?.state !== "saved") {
      this.failed();
      return;
    }
    this.saved = version;
    this.failures = 0;
    this.trouble.hidden = true;
    for (const state of this.states) {
      state.hidden = false;
      state.dataset.state = "saved";
      state.querySelector("[data-text]").textContent = this.texts.textSaved.replace("{time}", reply.saved_at);
    }
    const answered = this.form.querySelector("[name=answer]:checked") !== null;
    for (const element of document.querySelectorAll("[data-current-answer]")) {
      element.textContent = answered ? this.texts.textAnswerSaved.replace("{time}", reply.saved_at) : this.texts.textNoAnswer;
      element.classList.toggle("answers__none", !answered);
      element.classList.toggle("muted", answered);
    }
    const warning = document.querySelector("[data-unanswered]");
    const missing = document.querySelector(".answers__none") !== null;
    if (warning) {
      warning.hidden = !missing;
      for (const words of warning.querySelectorAll("[data-answered]")) {
        words.hidden = (words.dataset.answered === "yes") !== answered;
      }
    }
    // One filled button: to go on while an answer is missing, to send once all are there.
    for (const [button, first] of [["[data-send]", !missing], ["[data-next]", missing]]) {
      document.querySelector(button)?.classList.toggle("button--primary", first);
      document.querySelector(button)?.classList.toggle("button--secondary", !first);
    }
  }

  failed() {
    const wait = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
    this.failures += 1;
    this.show(this.texts.textFailed);
    this.timer = setTimeout(() => this.save(), wait);
  }

  signInAgain() {
    this.failures += 1;
    const text = this.show(this.texts.textSignIn);
    const link = document.createElement("a");
    link.href = this.texts.signInUrl;
    link.textContent = this.texts.textSignInLink;
    text.append(" ", link);
    this.leaving = true;
  }

  show(words) {
    const text = this.trouble.querySelector("[data-text]");
    if (this.trouble.hidden || text.textContent !== words) text.textContent = words;
    this.trouble.hidden = false;
    for (const state of this.states) state.hidden = true;
    return text;
  }
}

for (const form of document.querySelectorAll("form[data-save-url]")) new Saver(form);
