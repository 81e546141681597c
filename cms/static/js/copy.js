// An address to copy by one press; without this script it stands in a field to select from.

for (const box of document.querySelectorAll("[data-copy]")) {
  const input = box.querySelector("input");
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  if (!navigator.clipboard) continue;
  button.hidden = false;
  box.setAttribute("data-ready", "");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(input.value);
      status.textContent = box.dataset.done;
    } catch {
      box.removeAttribute("data-ready");
      input.select();
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
