// The menu of the header on narrow windows, and the person's corner. Without this script the menu stands open.

const button = document.querySelector("[data-menu-button]");
const menu = document.getElementById("site-menu");

if (button && menu) {
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    menu.toggleAttribute("data-open", open);
    menu.toggleAttribute("data-closed", !open);
  };
  button.hidden = false;
  show(false);
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
      show(false);
      button.focus();
    }
  });
}

// Public pages are the same for everybody; only who is signed in asks for the corner.
const corners = document.querySelectorAll("[data-corner]");
if (corners.length > 0 && /(?:^|;\s*)signed_in=1(?:;|$)/.test(document.cookie)) {
  fetch(corners[0].dataset.corner, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""))
    .then((html) => {
      if (html.trim()) {
        for (const corner of corners) corner.innerHTML = html;
      }
    })
    .catch(() => {
      // Without an answer the link to sign in stays, and it still leads to the right place.
    });
}
