"""What every page object can do: open its page, wait for it, press what is on it."""

import re
from typing import ClassVar, Self

from playwright.sync_api import Locator, Page, expect

SECOND = 1000
PATIENCE = 60 * SECOND
PADDING = "33px"
"""What `pages.css` gives the page at its sides."""


class Screen:
    """A page of the app in a browser's tab; page objects say what is special to theirs."""

    path: ClassVar[str] = ""

    def __init__(self, tab: Page, address: str) -> None:
        self.tab = tab
        self.address = address

    def open(self, query: str = "") -> Self:
        """Go to the page and wait until it is drawn, with what its scripts and fonts add late."""
        self.tab.goto(f"{self.address}/{self.path}{query}")
        self.settled().dressed()
        expect(self.tab.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)
        self.tab.evaluate("document.fonts.ready.then(() => null)")
        return self

    def settled(self) -> Self:
        """Wait until Streamlit has drawn the page and is not running it again."""
        app = self.tab.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=PATIENCE)
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)
        return self

    def dressed(self) -> Self:
        """Wait until the page has its own styles, which come in a script of their own."""
        main = self.tab.get_by_test_id("stMainBlockContainer")
        expect(main).to_have_css("padding-left", PADDING, timeout=PATIENCE)
        return self

    def press(self, name: str) -> Self:
        """Press the button called `name`, as slowly as a hand, and wait for what comes of it."""
        self.tab.get_by_role("button", name=name, exact=True).click(delay=100)
        return self.settled()

    def heading(self, name: str) -> Locator:
        """The heading that says `name`."""
        return self.tab.get_by_role("heading", name=name)

    def text(self, words: str | re.Pattern[str]) -> Locator:
        """What shows `words`."""
        return self.tab.get_by_text(words)

    @property
    def errors(self) -> Locator:
        """Tracebacks on the page; there should be none."""
        return self.tab.get_by_test_id("stException")


def arrived(tab: Page, words: str) -> None:
    """Wait until the tab's address has `words`; where it never does, the page is told."""
    expect(tab).to_have_url(re.compile(re.escape(words)), timeout=PATIENCE)
