// Forms: the word that shows a password, the focus on the list of errors, sending by Enter. Words come from the page.

for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  if (!input) continue;
  const show = button.textContent;
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  button.after(status);
  button.hidden = false;
  const set = (shown, tell) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.hide : show;
    if (tell) status.textContent = shown ? button.dataset.shown : button.dataset.hidden;
  };
  button.addEventListener("click", () => set(input.type === "password", true));
  // A browser must not store or fill a shown password as ordinary text.
  input.form?.addEventListener("submit", () => set(false, false));
}

document.querySelector("[data-error-summary]")?.focus();

// A field of several lines for one value: Enter sends it, as from a field of one line.
for (const field of document.querySelectorAll("textarea[data-enter-sends]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    field.form?.requestSubmit();
  });
}

// A second press while the first is under way would send the form twice.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
});
