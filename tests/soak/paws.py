"""How a monkey takes hold of a canvas: what it chooses, brings into view, types and presses."""

import random

from playwright.sync_api import Locator

from tests.browser.canvas_screen import Canvas
from tests.browser.screen import SECOND

SHORT = 2 * SECOND
FULL, EMPTY = 24, 3
"""With more nodes than this nothing is added, with fewer nothing is deleted."""
KINDS = ("turn", "judg", "samp", "rou", "panel", "set", "gener")


class Paws:
    """Takes hold of things by chance."""

    def __init__(self, canvas: Canvas, graph_id: str, chance: random.Random) -> None:
        self.canvas = canvas
        self.graph_id = graph_id
        self.chance = chance

    def names(self) -> list[str]:
        """The nodes that the browser holds."""
        return [*self.canvas.document(self.graph_id)["nodes"]]

    def choose(self) -> str:
        name = self.chance.choice(self.names())
        self.show(self.canvas.header(name))
        self.canvas.header(name).click(timeout=SHORT)
        return name

    def show(self, thing: Locator) -> None:
        """Bring every card into view where this one is not."""
        if not _is_inside(thing, self.canvas.ground):
            self.canvas.focus()
            self.canvas.keys("Escape", "f")
        thing.wait_for(state="visible", timeout=SHORT)

    def spot(self) -> tuple[float, float]:
        box = self.canvas.ground.bounding_box()
        assert box
        across, down = self.chance.uniform(0.25, 0.95), self.chance.uniform(0.1, 0.9)
        return box["x"] + box["width"] * across, box["y"] + box["height"] * down

    def answer_menu(self) -> str:
        """Say something to the menu that may have opened."""
        kind, says = self.chance.choice(KINDS), self.chance.random() < 0.7
        if self.canvas.search.count() and says and len(self.names()) < FULL:
            self.canvas.search.fill(kind, timeout=SHORT)
            self.canvas.keys("Enter")
            return kind
        self.canvas.keys("Escape")
        return "nothing"

    def press(self, key: str, times: int) -> str:
        self.canvas.focus()
        self.canvas.keys(*[key] * times)
        return f"{key}, {times} times"

    def fill(self, label: str, words: str) -> None:
        self.canvas.tab.get_by_role("radio", name="Selection", exact=True).click(timeout=SHORT)
        field = self.canvas.tab.get_by_label(label, exact=True).first
        field.fill(words, timeout=SHORT)
        field.press("Tab")


def _is_inside(thing: Locator, frame: Locator) -> bool:
    box, around = thing.bounding_box(timeout=SHORT), frame.bounding_box(timeout=SHORT)
    if not box or not around:
        return False
    return (
        around["x"] + 240 <= box["x"] <= around["x"] + around["width"] - box["width"]
        and around["y"] + 60 <= box["y"] <= around["y"] + around["height"] - 120
    )
