"""A prompt's editor as hands and eyes find it: the text, its colours, its list of names."""

from playwright.sync_api import Locator, Page


class PromptField:
    """The prompt editor with a label; keys go to it once it has the focus."""

    def __init__(self, tab: Page, label: str = "Prompt") -> None:
        self.tab = tab
        self.area = tab.get_by_label(label, exact=True)
        self.root = tab.locator(".grasp-prompt").filter(has=self.area)

    @property
    def names(self) -> Locator:
        """The names offered after an open brace."""
        return self.tab.get_by_role("listbox", name="Variables").get_by_role("option")

    @property
    def unknown(self) -> Locator:
        """The places that are marked as unknown."""
        return self.root.locator(".ink .unknown")

    @property
    def reasons(self) -> Locator:
        """What is said below the text."""
        return self.root.locator(".wrong li")

    @property
    def preview(self) -> Locator:
        """The text with a real record filled in."""
        return self.root.locator(".sample")

    @property
    def record(self) -> Locator:
        """The number of the record that the preview shows."""
        return self.root.get_by_label("Record number", exact=True)

    @property
    def source(self) -> Locator:
        """What is said of that record."""
        return self.root.locator(".source")

    @property
    def caret(self) -> int:
        """Where the caret stands."""
        return int(self.area.evaluate("area => area.selectionStart"))

    @property
    def is_in_step(self) -> bool:
        """Whether the coloured copy is as large as the text, with nothing scrolled away."""
        return bool(
            self.area.evaluate(
                "area => { const ink = area.previousElementSibling; return area.scrollTop === 0"
                " && ink.scrollHeight === area.scrollHeight && ink.offsetWidth === area.offsetWidth"
                " && ink.textContent === area.value + '\\u200b'; }"
            )
        )

    def type(self, text: str, *, delay: int = 20) -> None:
        """Type at the end of the text."""
        self.area.focus()
        self.tab.keyboard.press("Control+End")
        self.tab.keyboard.type(text, delay=delay)

    def empty(self) -> None:
        """Remove all text."""
        self.area.focus()
        self.tab.keyboard.press("Control+a")
        self.tab.keyboard.press("Delete")
