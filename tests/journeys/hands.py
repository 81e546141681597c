"""Two ways to use a page: with a mouse, and with the keyboard alone."""

from playwright.sync_api import Locator, Page

MOST_TABS = 120
# What has the focus, and whether one can see that it has it: its outline or shadow (or that of its label) is there
# only while it is focused, and nothing lies over it. A thing higher than the window can only be seen in part.
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const label = element.closest("label");
  const look = () => [element, label].filter(Boolean).map((node) => {
    const style = getComputedStyle(node);
    const outline = style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0
      ? "none" : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
    return `${outline} ${style.boxShadow}`;
  }).join("; ");
  const focused = look();
  element.blur();
  const plain = look();
  element.focus({ preventScroll: true });
  const covered = [];
  const own = (hit) => hit && (element.contains(hit) || hit.contains(element) || (label && label.contains(hit)));
  for (const box of element.getClientRects()) {
    if (box.height > innerHeight / 2 || box.width === 0) continue;
    for (const y of [box.top + 1, box.top + box.height / 2, box.bottom - 1]) {
      const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
      const hit = document.elementFromPoint(x, y);
      if (!own(hit)) covered.push(hit ? `${hit.tagName}.${hit.className}` : "the edge of the window");
    }
  }
  const words = (element.getAttribute("aria-label") || element.innerText || element.name || "").trim().slice(0, 60);
  return { what: `${element.tagName} “${words}”`, seen: focused !== plain, covered: [...new Set(covered)] };
}"""


class Mouse:
    """Points and clicks, as far as a browser without script does, too."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Follow a link or press a button."""
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        """Type into a field."""
        target.fill(text)

    def choose(self, target: Locator) -> None:
        """Set a radio or a tick box."""
        target.check()


class Keyboard:
    """Moves with Tab and acts with Enter, Space and arrows. At each step the focus must be seen, and be seen whole."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: set[str] = set()

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go to a link or button and press ``key``."""
        self.go_to(target)
        self.page.keyboard.press(key)

    def fill(self, target: Locator, text: str) -> None:
        """Go to a field and type."""
        self.go_to(target)
        self.page.keyboard.type(text)

    def choose(self, target: Locator) -> None:
        """Tick a box with Space; reach a radio with the arrows of its group, which has one stop for Tab."""
        if target.get_attribute("type") == "checkbox":
            self.press(target, "Space")
            return
        name = target.get_attribute("name")
        self.go_to(target, f'input[type="radio"][name="{name}"]:focus')
        for _step in range(20):
            if _has_focus(target):
                break
            self.page.keyboard.press("ArrowDown")
            self._look()
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def skip(self) -> None:
        """Use the skip link: it is the first stop, can be seen, and leads into the content."""
        self.page.keyboard.press("Tab")
        self._look()
        link = self.page.locator(".skip-link")
        assert _has_focus(link), f"the first stop of {self.page.url} is not the skip link"
        box = link.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["height"] >= 24
        self.page.keyboard.press("Enter")
        assert _has_focus(self.page.locator("main")), "the skip link does not lead to the content"
        self.page.keyboard.press("Tab")
        self._look()
        inside = self.page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert inside, f"after the skip link the focus is not in the content of {self.page.url}"

    def go_to(self, target: Locator, *others: str) -> None:
        """Press Tab until the target has the focus, or one of ``others`` does."""
        target.first.wait_for(state="attached")
        passed = []
        for _step in range(MOST_TABS):
            if _has_focus(target) or any(self.page.locator(other).count() for other in others):
                return
            self.page.keyboard.press("Tab")
            passed.append(self._look())
        raise AssertionError(f"{target} cannot be reached with Tab on {self.page.url}; passed: {passed}")

    def _look(self) -> str:
        """Note what is wrong with the focus as it stands."""
        found = self.page.evaluate(FOCUS)
        if found is None:
            return "nothing"
        if not found["seen"]:
            self.faults.add(f"the focus is not seen on {found['what']} of {self.page.url}")
        if found["covered"]:
            self.faults.add(f"{found['what']} of {self.page.url} lies under {', '.join(found['covered'])}")
        return str(found["what"])

    def check(self) -> None:
        """Fail with everything that was noted."""
        assert not self.faults, "\n".join(sorted(self.faults))


def _has_focus(target: Locator) -> bool:
    return bool(target.first.evaluate("element => element === document.activeElement"))
