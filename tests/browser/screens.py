"""The pages as a person sees them: what can be pressed, typed and read on each."""

import re
from typing import Self

from playwright.sync_api import Locator, expect

from tests.browser.screen import PATIENCE, Screen, arrived

KEPT = re.compile(r"\d kept, \d+ dropped")
"""What the line of a run says that no longer works."""


class Home(Screen):
    """The first page: examples, own graphs, recent runs."""

    path = ""

    def open_graph(self, title: str) -> "Design":
        """Open the graph called `title` on the canvas."""
        card = self.tab.locator("[class*='st-key-card-']").filter(has_text=title)
        card.get_by_role("button", name="Open").click(delay=100)
        arrived(self.tab, "/design")
        return Design(self.tab, self.address).ready()


class Design(Screen):
    """The canvas with the forms beside it."""

    path = "design"

    def ready(self) -> Self:
        """Wait until the canvas is painted."""
        self.settled()
        expect(self.tab.locator(".react-flow__node").first).to_be_visible(timeout=PATIENCE)
        return self

    def node(self, name: str) -> Locator:
        """The card of the node called `name`."""
        return self.tab.locator(f".react-flow__node[data-id='{name}']")

    @property
    def nodes(self) -> Locator:
        """All cards of nodes."""
        return self.tab.locator(".react-flow__node .card")

    def arrow(self, source: str, target: str) -> Locator:
        """The arrow between two nodes."""
        return self.tab.locator(f".react-flow__edge[data-id='{source} -> {target}']")

    def add(self, kind: str) -> Self:
        """Add a node from the palette."""
        self.tab.locator(f"[data-palette='{kind}']").click(delay=100)
        return self.settled()

    def connect(self, source: str, target: str) -> Self:
        """Drag from the right side of one node to the left side of another."""
        start = self.node(source).locator(".react-flow__handle-right")
        end = self.node(target).locator(".react-flow__handle-left")
        end.hover()
        start.hover()
        mouse, goal = self.tab.mouse, end.bounding_box()
        assert goal
        mouse.down()
        mouse.move(goal["x"] - 40, goal["y"] + 20, steps=8)
        mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + goal["height"] / 2, steps=8)
        mouse.up()
        return self.settled()

    def select(self, name: str) -> Self:
        """Click a node, so that its form is shown."""
        self.node(name).locator("header").click(delay=100)
        # While the page swaps forms, the old one stands beside the new one.
        shown = self.tab.locator(f'input[aria-label="Node"][value="{name}"]').first
        expect(shown).to_be_visible(timeout=PATIENCE)
        expect(self.tab.get_by_label("Node", exact=True)).to_have_count(1, timeout=PATIENCE)
        return self.settled()

    def fill(self, label: str, text: str) -> Self:
        """Write into a field of the form and leave it."""
        field = self.tab.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")
        return self.settled()

    def fit(self) -> Self:
        """Bring every node into view."""
        self.tab.get_by_role("button", name="Fit everything").click(delay=100)
        return self.settled()

    def choose(self, label: str, option: str) -> Self:
        """Choose one option of a list in the form, by its name or how its words begin."""
        self.tab.get_by_label(label, exact=True).first.click(delay=100)
        named = re.compile(rf"^{re.escape(option)}( ·|$)")
        self.tab.get_by_role("option", name=named).click(delay=100)
        return self.settled()

    def undo(self) -> Self:
        """Press the canvas's undo button."""
        self.tab.get_by_role("button", name="Undo").first.click(delay=100)
        return self.settled()

    def redo(self) -> Self:
        """Press the canvas's redo button."""
        self.tab.get_by_role("button", name="Redo").first.click(delay=100)
        return self.settled()

    def set_records(self, records: int) -> Self:
        """Say how many records the sample has."""
        self.tab.get_by_label("Records in the sample").fill(str(records))
        return self

    def press_run(self) -> Self:
        """Run a sample from the canvas's toolbar."""
        self.tab.locator(".toolbar").get_by_role("button", name="Run").click(delay=100)
        return self

    def state(self, name: str, state: str) -> Locator:
        """The part of a node's card that says how it fares, while it is `state`."""
        return self.node(name).locator(f".status[data-state={state}]")

    def open_conversations(self) -> "Review":
        """Wait until the sample is done and go to what it left."""
        button = self.tab.get_by_role("button", name="Open conversations").last
        expect(button).to_be_visible(timeout=5 * PATIENCE)
        button.click(delay=100)
        arrived(self.tab, "/review")
        return Review(self.tab, self.address).settled()


class Run(Screen):
    """Runs of many records."""

    path = "run"

    def start(self, records: int) -> Self:
        """Start a run of the chosen graph and wait until it is watched."""
        field = self.tab.get_by_label("Records", exact=True)
        field.fill(str(records))
        field.press("Tab")
        self.settled().press("Start")
        arrived(self.tab, "run=")
        return self

    def state(self, word: str | re.Pattern[str]) -> Locator:
        """The line about the watched run, while it says `word`."""
        return self.tab.locator(".st-key-watched p").filter(has_text=word).first

    def ended(self, word: str = "done") -> Self:
        """Wait until the watched run says `word` and has come to an end."""
        lines = self.tab.locator(".st-key-watched p").filter(has_text=word)
        expect(lines.filter(has_text=KEPT).first).to_be_visible(timeout=PATIENCE)
        return self.settled()

    def press_stop(self) -> Self:
        """Stop the watched run."""
        return self.press_watched("Stop")

    def press_watched(self, name: str) -> Self:
        """Press a button of the watched run, without waiting for what comes of it."""
        self.tab.locator(".st-key-watched").get_by_role("button", name=name).click(delay=100)
        return self

    def figure(self, label: str) -> Locator:
        """A number of the watched run, by the words above it."""
        metric = self.tab.locator(".st-key-watched").get_by_test_id("stMetric")
        return metric.filter(has_text=label).get_by_test_id("stMetricValue")

    def most(self, label: str, value: float) -> Self:
        """Set a ceiling of the run that is to be started."""
        if not self.tab.get_by_label(label, exact=True).last.is_visible():
            # Fields above it are loaded late and move it: a key does not miss it.
            self.tab.locator("summary").filter(has_text="Ceilings and cache").press("Enter")
        return self.write(self.tab.get_by_label(label, exact=True).last, value)

    def raise_to(self, label: str, value: int) -> Self:
        """Set a ceiling of the watched run to something else."""
        watched = self.tab.locator(".st-key-watched")
        return self.write(watched.get_by_label(label, exact=True), value)

    def write(self, field: Locator, value: float) -> Self:
        """Write a number into a field and leave it."""
        field.fill(str(value))
        field.press("Tab")
        return self.settled()

    def open_conversations(self) -> "Review":
        """Go to what the run left."""
        self.tab.get_by_role("button", name="Conversations").click(delay=100)
        arrived(self.tab, "/review")
        return Review(self.tab, self.address).settled()


class Review(Screen):
    """Conversations and what is said of them."""

    path = "review"

    def read_first(self) -> Self:
        """Open the first conversation of the list."""
        self.press("Read one by one")
        arrived(self.tab, "conversation=")
        expect(self.messages.first).to_be_visible(timeout=PATIENCE)
        return self.settled()

    @property
    def search(self) -> Locator:
        """The field for words in messages."""
        return self.tab.get_by_role("searchbox", name="Search")

    def filter_text(self, words: str) -> Self:
        """Search for `words` in the messages."""
        field = self.search
        field.fill(words)
        field.press("Enter")
        return self.settled()

    def show(self, tab: str) -> Self:
        """Open one of the tabs."""
        self.tab.get_by_role("tab", name=tab).click(delay=100)
        return self.settled()

    @property
    def messages(self) -> Locator:
        """The turns of the open conversation."""
        return self.tab.get_by_test_id("stChatMessage")

    def override(self, words: str, action: str, reason: str) -> Self:
        """Overrule the last tag whose row says `words`: its name, or who said it."""
        row = self.tab.locator("[data-testid=stHorizontalBlock]").filter(has_text=words)
        row.get_by_role("button", name="Override").last.click(delay=100)
        form = self.tab.get_by_test_id("stPopoverBody")
        form.get_by_role("radio", name=action).click(delay=100)
        form.get_by_label("Reason").fill(reason)
        form.get_by_role("button", name="Save override").click(delay=100)
        expect(self.text(reason).first).to_be_visible(timeout=PATIENCE)
        return self.settled()


class Export(Screen):
    """Files for trainers."""

    path = "export"

    def choose(self, title: str) -> Self:
        """Choose a format by the title of its card."""
        card = self.tab.locator("[class*='st-key-card-format']").filter(has_text=title)
        card.get_by_role("button").click(delay=100)
        return self.settled()

    def write(self) -> str:
        """Write the files; gives the sentence that says what came of it."""
        self.tab.get_by_role("button", name="Write").click(delay=100)
        sentence = self.tab.get_by_text(re.compile(r"^[\d,]+ written")).first
        expect(sentence).to_be_visible(timeout=PATIENCE)
        self.settled()
        return sentence.inner_text()
