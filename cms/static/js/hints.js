// Terms in a text open their explanation in place. Without this script, or in a browser without popovers, each of them
// stays a link to its place in the glossary.

const GAP = 8;

// Under the last line of the term. The stylesheet keeps the card within the window, whatever its width.
function place(card, link) {
  const lines = link.getClientRects();
  const at = lines[lines.length - 1];
  card.style.setProperty("--beside", `${at.left}px`);
  card.style.setProperty("--wide", `${card.offsetWidth}px`);
  card.style.setProperty("--below", `${at.bottom + window.scrollY + GAP}px`);
}

function part(kind, css, text) {
  const made = document.createElement(kind);
  if (css) made.className = css;
  made.textContent = text;
  return made;
}

function unfold(link, note, notes, number) {
  // It stays a link in the markup, for a button would not break with the lines of the text.
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  link.removeAttribute("aria-describedby");

  const card = part("span", "term-card", "");
  card.id = `term-card-${number}`;
  card.popover = "auto";
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", link.dataset.term);
  const ways = part("span", "term-card__ways", "");
  const more = part("a", "", notes.dataset.more);
  more.href = link.href;
  const close = part("button", "button-plain", notes.dataset.close);
  close.type = "button";
  close.addEventListener("click", () => card.hidePopover());
  ways.append(more, close);
  card.append(part("strong", "term-card__name", link.dataset.term), part("span", "", note.textContent), ways);

  let wasOpen = false;
  link.addEventListener("pointerdown", () => {
    // The browser closes an open card at this moment; the click after it must not open it again.
    wasOpen = card.matches(":popover-open");
  });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (card.matches(":popover-open")) card.hidePopover();
    else if (!wasOpen) {
      // Only an open card stands in the text, right after its term, so that the keyboard comes to it next.
      link.after(card);
      card.showPopover();
    }
    wasOpen = false;
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    link.click();
  });
  const settle = () => place(card, link);
  card.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    link.setAttribute("aria-expanded", String(open));
    if (open) {
      settle();
      window.addEventListener("resize", settle);
    } else {
      window.removeEventListener("resize", settle);
      card.remove();
    }
  });
}

const notes = document.querySelector("[data-term-notes]");

if (notes && "popover" in HTMLElement.prototype) {
  document.querySelectorAll("a.term[data-term]").forEach((link, number) => {
    const note = document.getElementById(link.getAttribute("aria-describedby"));
    if (note) unfold(link, note, notes, number);
  });
}
