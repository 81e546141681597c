// The filters of a list wait behind a button on narrow windows. Without this script they stand open.

const button = document.querySelector("[data-facets-button]");
const form = document.getElementById("facets");

if (button && form) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    form.toggleAttribute("data-open", open);
  });
}
