"""Someone who has a keyboard and no mouse: goes with Tab, presses keys, sees where they are."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import PATIENCE

FAR = 120
"""More presses of Tab than any way on a page should need."""
HAS_FOCUS = "element => element.getRootNode().activeElement === element"
IS_OURS = """
(element) => {
  const root = element.getRootNode();
  return Boolean((root.host ? element : null) ?? element.closest('.grasp-prompt'));
}
"""
HAS_RING = """
(element) => [element, element.parentElement, element.parentElement?.parentElement]
  .filter((box) => box?.matches(':focus-visible, .search, .box'))
  .map((box) => getComputedStyle(box))
  .some(({ outlineStyle, outlineWidth, boxShadow }) =>
    (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none')
"""
FOCUSED = """
() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
"""


class Walker:
    """Hands on the keys of a tab; every stop in our own components must show that it has them."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.unseen: list[str] = []

    def to(self, goal: Locator, key: str = "Tab") -> None:
        """Press Tab (or another key) until `goal`, once it is there, has the keys."""
        expect(goal.first).to_be_visible(timeout=PATIENCE)
        for _ in range(FAR):
            if goal.count() and goal.first.evaluate(HAS_FOCUS):
                return
            self.press(key)
        raise AssertionError(f"{FAR} presses of {key} do not lead to {goal}; at {self.place}")

    def press(self, *keys: str) -> None:
        """Press keys one after another, and look where that leads."""
        for key in keys:
            self.tab.keyboard.press(key)
            self._look()

    def type(self, text: str) -> None:
        """Type, as fast as a quick typist."""
        self.tab.keyboard.type(text, delay=20)

    def choose(self, goal: Locator, keys: Sequence[str] = ("Enter",), *, by: str = "Tab") -> None:
        """Go to `goal` and press it."""
        self.to(goal, by)
        self.press(*keys)

    @property
    def is_outside(self) -> bool:
        """Whether the keys go to what is no component of ours with a shadow root."""
        return bool(self.tab.evaluate("() => !document.activeElement?.shadowRoot"))

    @property
    def place(self) -> str:
        """What has the keys now, as HTML."""
        html: str = self.tab.evaluate(f"() => ({FOCUSED})()?.outerHTML ?? ''")
        return html[:160]

    def _look(self) -> None:
        seen = self.tab.evaluate(
            f"() => {{ const at = ({FOCUSED})();"
            f" return !at || !({IS_OURS})(at) || ({HAS_RING})(at); }}"
        )
        if not seen:
            self.unseen.append(self.place)
