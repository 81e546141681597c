"""Looks for words that a narrow window or large letters would cut off or push out of the window."""

from playwright.sync_api import Page

from tests.browsers import widths

LARGE_LETTERS = "(size) => { document.documentElement.style.fontSize = size; }"
# The words that stand outside the window, or outside a part that hides what does not fit. What scrolls on its own is
# fine when the keyboard reaches it; pictures of text and words that are only read out are no matter here.
CUT = """() => {
  const faults = new Map();
  const wide = document.documentElement.clientWidth;
  const name = (part) => part.tagName.toLowerCase() + [...part.classList].map((word) => `.${word}`).join("");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const holder = text.parentElement;
    if (!text.data.trim() || holder.closest("svg, script, style, template, option, [aria-hidden=true]")) continue;
    if (!holder.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    let box = { left: 0, right: wide, top: -Infinity, bottom: Infinity };
    let unseen = false;
    for (let part = holder; part && part !== document.body; part = part.parentElement) {
      const look = getComputedStyle(part);
      if (look.clipPath !== "none" || part.className === "skip-link") unseen = true;
      if (look.overflowX === "auto" || look.overflowX === "scroll") {
        const scrolls = part.scrollWidth > part.clientWidth + 1;
        if (scrolls && part.tabIndex < 0) faults.set(name(part), "scrolls without focus");
        box = null;
        break;
      }
      if (look.overflowX !== "visible") {
        const edge = part.getBoundingClientRect();
        box = { left: Math.max(box.left, edge.left), right: Math.min(box.right, edge.right),
                top: Math.max(box.top, edge.top), bottom: Math.min(box.bottom, edge.bottom) };
      }
    }
    if (unseen || !box) continue;
    for (const at of range.getClientRects()) {
      const beside = at.left < box.left - 1 || at.right > box.right + 1;
      const beyond = at.top < box.top - 4 || at.bottom > box.bottom + 4;
      if ((beside || beyond) && at.width > 1) {
        faults.set(`${name(holder)} in ${name(holder.parentElement)}`, text.data.trim().slice(0, 40));
      }
    }
  }
  return [...faults].map(([where, words]) => `${where}: ${words}`);
}"""


def faults(page: Page, *, width: int, letters: str = "100%") -> list[str]:
    """What goes wrong on the open page in a window of this width, with letters of this size."""
    page.set_viewport_size({"width": width, "height": 740})
    page.evaluate(LARGE_LETTERS, letters)
    content, window = widths(page)
    found = [f"{content} px wide in a window of {window} px"] if content > window else []
    found += page.evaluate(CUT)
    page.evaluate(LARGE_LETTERS, "")
    return [f"{page.url} ({width} px, letters {letters}): {words}" for words in found]
