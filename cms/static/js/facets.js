// The filters of a list wait behind their summary on narrow windows. Escape folds them, and whoever came there by keyboard
// goes on from the summary.

const facets = document.querySelector("[data-facets]");

if (facets) {
  facets.addEventListener("keydown", (event) => {
    const summary = facets.querySelector("summary");
    if (event.key === "Escape" && facets.open && summary.checkVisibility()) {
      facets.open = false;
      summary.focus();
    }
  });
}
