"""The canvas as hands and eyes find it: cards, dots, arrows, the bar, the quick menu."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.screen import PATIENCE
from tests.browser.screens import Design

MEMORY = "globalThis[Symbol.for('grasp-ui.canvas')]"


class Canvas(Design):
    """The Design page, with an eye for its canvas alone."""

    @property
    def ground(self) -> Locator:
        """Where the graph is drawn and keys are heard."""
        return self.tab.locator(".ground")

    @property
    def arrows(self) -> Locator:
        """All arrows between nodes."""
        return self.tab.locator(".react-flow__edge-arrow")

    @property
    def search(self) -> Locator:
        """The field of the quick menu."""
        return self.tab.get_by_label("Search node kinds", exact=True)

    @property
    def finder(self) -> Locator:
        """The field of the search in the graph."""
        return self.tab.get_by_label("Search this graph", exact=True)

    @property
    def condition(self) -> Locator:
        """The field in which an arrow's condition is written."""
        return self.tab.locator(".condition-input")

    @property
    def notice(self) -> Locator:
        """What the canvas says for a few seconds."""
        return self.tab.locator(".notice")

    @property
    def chosen(self) -> Locator:
        """The cards that are selected."""
        return self.tab.locator(".react-flow__node-card.selected")

    def header(self, name: str) -> Locator:
        """Where a card is taken hold of."""
        return self.node(name).locator("header")

    @property
    def view(self) -> str:
        """How the graph is moved and zoomed."""
        style = self.tab.locator(".react-flow__viewport").get_attribute("style")
        assert style
        return style

    @property
    def mounts(self) -> int:
        """How often a canvas was put on this page."""
        return int(self.tab.evaluate(f"{MEMORY}.mounts"))

    def document(self, graph_id: str) -> dict[str, Any]:
        """The graph as the browser holds it."""
        found: dict[str, Any] = self.tab.evaluate(
            f"name => {MEMORY}.editors.get(name).document", f"canvas.{graph_id}"
        )
        return found

    def kept(self) -> None:
        """Wait until the server has acknowledged everything."""
        canvas = self.tab.get_by_test_id("grasp-canvas")
        revision = canvas.get_attribute("data-revision")
        assert revision is not None
        expect(canvas).to_have_attribute("data-acknowledged", revision, timeout=PATIENCE)
        self.settled()

    def focus(self) -> None:
        """Give the keys to the graph."""
        self.ground.focus()

    def keys(self, *names: str) -> None:
        """Press keys one after another."""
        for name in names:
            self.tab.keyboard.press(name)

    def drag(self, thing: Locator, *, dx: float, dy: float) -> None:
        """Drag something by so many pixels."""
        box = thing.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse = self.tab.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + dx, y + dy, steps=8)
        mouse.up()

    def box(self, first: str, last: str) -> None:
        """Draw a box around two cards that stand in one column."""
        boxes = [self.node(name).bounding_box() for name in (first, last)]
        top, bottom = boxes
        assert top
        assert bottom
        mouse = self.tab.mouse
        self.tab.keyboard.down("Shift")
        mouse.move(top["x"] - 15, top["y"] - 15)
        mouse.down()
        mouse.move(bottom["x"] + 40, bottom["y"] + bottom["height"] + 15, steps=8)
        mouse.up()
        self.tab.keyboard.up("Shift")
        # Cards are chosen while the box is drawn, but can be dragged once it has become theirs.
        expect(self.tab.locator(".react-flow__nodesselection-rect")).to_be_visible()

    def begin_arrow(self, source: str) -> None:
        """Take an arrow out of a card's right dot and hold it over free ground."""
        dot = self.node(source).locator(".react-flow__handle-right").bounding_box()
        assert dot
        self.tab.mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
        self.tab.mouse.down()
        self.tab.mouse.move(dot["x"] + 30, dot["y"] + 60, steps=6)

    def drag_arrow(self, source: str, *, to: Locator, at: tuple[float, float] = (0.5, 0.5)) -> None:
        """Drag from the right dot of a card to a share of another thing's width and height."""
        start = self.node(source).locator(".react-flow__handle-right").bounding_box()
        end = to.bounding_box()
        assert start
        assert end
        mouse = self.tab.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(end["x"] + end["width"] * at[0], end["y"] + end["height"] * at[1], steps=12)
        mouse.up()
