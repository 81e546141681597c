// Text pasted from Word into a rich text field comes in clean: headings, lists, bold, italic and links stay; the rest is
// dropped, and a note beside the field says what. Without this, marks of lists come in as dots and numbers in the text.
(() => {
  const own = new WeakSet();
  const words = JSON.parse(document.currentScript?.dataset.words || "{}");
  const INLINE = { B: "b", STRONG: "b", I: "i", EM: "i" };
  const GONE = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "XML", "O:P", "HEAD"]);

  const isWord = (html) => /urn:schemas-microsoft-com:office|class="?Mso|mso-[a-z]+:/i.test(html);
  const styleOf = (node) => (node.getAttribute?.("style") || "").toLowerCase();

  const clean = (html) => {
    const dropped = {};
    const drop = (what) => {
      dropped[what] = (dropped[what] || 0) + 1;
    };
    // Word hides marks of lists and pictures of old formats between conditional comments.
    const source = new DOMParser().parseFromString(html.replace(/<!\[(?:if|endif)[^>]*\]>/gi, ""), "text/html");
    const made = document.implementation.createHTMLDocument("");
    const shift = source.querySelector("h1, .MsoTitle") ? 1 : 0;
    let list = null;

    const inline = (from, to) => {
      for (const node of from.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) {
          to.append(node.textContent.replace(/[\s\u00a0]+/g, (gap) => (gap.includes("\u00a0") && gap.length === 1 ? "\u00a0" : " ")));
          continue;
        }
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        const style = styleOf(node);
        if (/mso-list:\s*ignore/.test(style)) continue;
        if (/mso-comment|mso-element:\s*comment/.test(style) || /msocom/i.test(`${node.className} ${node.id}`) || /#_msocom/i.test(node.getAttribute("href") || "")) {
          if (node.tagName === "A" || node.tagName === "DIV") drop("comments");
          if (node.tagName !== "SPAN") continue;
        }
        if (GONE.has(node.tagName)) continue;
        if (node.tagName === "IMG" || /^V:/.test(node.tagName)) {
          if (node.tagName === "IMG" || node.tagName === "V:SHAPE") drop("pictures");
          continue;
        }
        if (node.tagName === "BR") {
          to.append(made.createElement("br"));
          continue;
        }
        if (node.tagName === "DEL") {
          drop("deletions");
          continue;
        }
        if (/color|font-family|font-size|background|highlight/.test(style) || node.tagName === "FONT") drop("styles");
        if (node.tagName === "A" && /^(https?:|mailto:|tel:)/i.test(node.getAttribute("href") || "")) {
          const link = made.createElement("a");
          link.setAttribute("href", node.getAttribute("href"));
          inline(node, link);
          to.append(link);
          continue;
        }
        const bold = /font-weight:\s*(bold|[6-9]00)/.test(style);
        const name = INLINE[node.tagName] || (bold ? "b" : "");
        if (name) {
          const inner = made.createElement(name);
          inline(node, inner);
          to.append(inner);
        } else inline(node, to);
      }
    };

    const put = (name, from) => {
      const block = made.createElement(name);
      inline(from, block);
      if (block.textContent.trim()) made.body.append(block);
      return block;
    };

    // A paragraph of a list says its level; its mark, which Word writes as text, tells bullets from numbers.
    const putItem = (node, level) => {
      const mark = [...node.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/.test(styleOf(span)));
      const name = /^[\s(]*[\da-z]{1,4}[.)]/i.test(mark?.textContent || "") ? "ol" : "ul";
      if (!list) list = { stack: [] };
      while (list.stack.length > level) list.stack.pop();
      if (list.stack.length === level && list.stack[level - 1].tagName.toLowerCase() !== name && level === 1) list.stack.pop();
      while (list.stack.length < level) {
        const holder = made.createElement(name);
        const above = list.stack.at(-1);
        (above ? above.lastElementChild || above : made.body).append(holder);
        list.stack.push(holder);
      }
      const item = made.createElement("li");
      inline(node, item);
      if (item.firstChild?.nodeType === Node.TEXT_NODE) item.firstChild.textContent = item.firstChild.textContent.trimStart();
      list.stack.at(-1).append(item);
    };

    const walk = (parent) => {
      for (const node of parent.children) {
        const style = styleOf(node);
        const level = style.match(/mso-list:[^;]*level(\d)/);
        if (level) {
          putItem(node, Number(level[1]));
          continue;
        }
        list = null;
        if (/mso-element:\s*(comment-list|comment)/.test(style)) {
          drop("comments");
        } else if (/mso-element:\s*(footnote-list|endnote-list)/.test(style)) {
          drop("footnotes");
        } else if (GONE.has(node.tagName)) {
          continue;
        } else if (/^H[1-6]$/.test(node.tagName)) {
          put(`h${Math.min(Number(node.tagName[1]) + shift, 6)}`, node);
        } else if (node.classList.contains("MsoTitle")) {
          put("h2", node);
        } else if (node.tagName === "TABLE") {
          drop("tables");
          for (const row of node.rows) {
            const line = made.createElement("p");
            line.textContent = [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()).filter(Boolean).join(" – ");
            if (line.textContent) made.body.append(line);
          }
        } else if (node.tagName === "UL" || node.tagName === "OL") {
          const plain = made.createElement(node.tagName.toLowerCase());
          for (const item of node.querySelectorAll("li")) {
            const line = made.createElement("li");
            inline(item, line);
            plain.append(line);
          }
          made.body.append(plain);
        } else if (node.tagName === "DIV" || node.tagName === "BODY") {
          walk(node);
        } else put("p", node);
      }
    };
    walk(source.body);
    return { html: made.body.innerHTML, text: made.body.textContent, dropped };
  };

  const tell = (field, dropped) => {
    const kinds = Object.keys(dropped).filter((kind) => words[kind]);
    let note = field.parentElement.querySelector(".word-paste-note");
    if (!note) {
      note = document.createElement("p");
      note.className = "help word-paste-note";
      note.setAttribute("role", "status");
      field.after(note);
    }
    note.textContent = kinds.length
      ? `${words.dropped} ${kinds.map((kind) => words[kind]).join(", ")}.`
      : words.nothing || "";
  };

  document.addEventListener(
    "paste",
    (event) => {
      const field = event.target.closest?.(".Draftail-Editor");
      const html = event.clipboardData?.getData("text/html") || "";
      if (!field || own.has(event) || !isWord(html)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { html: cleaned, text, dropped } = clean(html);
      const data = new DataTransfer();
      data.setData("text/html", cleaned);
      data.setData("text/plain", text);
      const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      own.add(again);
      event.target.dispatchEvent(again);
      tell(field.closest(".Draftail-Editor__wrapper") || field, dropped);
    },
    { capture: true },
  );
})();
