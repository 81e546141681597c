// <aw-foreign-player>: the player of another site, fetched only after a press. Without this script a link leads there.

class ForeignPlayer extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("[data-foreign-load]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => this.load(), { once: true });
  }

  load() {
    const address = new URL(this.dataset.frame);
    // The page's policy lets in this host alone; nothing else is even tried.
    if (address.protocol !== "https:" || address.host !== this.dataset.host) return;
    const frame = document.createElement("iframe");
    frame.className = "foreign-player__frame";
    frame.src = address.href;
    frame.title = this.dataset.title;
    frame.allow = "fullscreen; picture-in-picture; encrypted-media";
    frame.loading = "eager";
    // The player refuses to work for nobody: it learns the site, but not the page.
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.tabIndex = 0;
    this.replaceChildren(frame);
    frame.focus();
  }
}

customElements.define("aw-foreign-player", ForeignPlayer);
