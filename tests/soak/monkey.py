"""A monkey at the canvas: random deeds of a person, the same row of them for the same seed."""

import random
from collections import deque
from collections.abc import Callable

from playwright.sync_api import Error

from tests.browser.canvas_screen import Canvas
from tests.browser.screen import PATIENCE
from tests.soak.agreement import at_rest, differing
from tests.soak.paws import EMPTY, FULL, SHORT, Paws

REMEMBERED = 30
WORDS = ("Say it of {topic}.", "And why?", "{nowhere} again", "Short, please.", "")
CONDITIONS = ("grade.score < 0.5", "topic == 'rain'", "topic = 'rain'")
PAGES = ("Review", "Run", "Insights", "Export")
SIDES = ("Selection", "Last run", "Graph", "Versions", "YAML")
WEIGHTS = {
    "add": 4, "add_by_menu": 3, "add_after": 3, "drag": 6, "connect": 6, "delete": 4, "undo": 5,
    "redo": 3, "copy": 3, "nudge": 6, "tidy": 1, "switch_off": 2, "rename": 2, "write": 3,
    "condition": 2, "run": 2, "stop": 2, "side": 2, "undo_much": 1, "leave": 1, "reload": 1,
}  # fmt: skip


class Monkey:
    """Plays on one open canvas; `trail` has its last deeds, in words.

    A deed that is not possible just now (a card lies under a form, a field is not there) is left,
    and counted in `left`.
    """

    def __init__(self, canvas: Canvas, graph_id: str, seed: int) -> None:
        self.canvas = canvas
        self.graph_id = graph_id
        self.chance = random.Random(seed)
        self.paws = Paws(canvas, graph_id, self.chance)
        self.trail: deque[str] = deque(maxlen=REMEMBERED)
        self.done = self.left = 0

    def play(self) -> None:
        """Do one thing."""
        name = self.chance.choices([*WEIGHTS], [*WEIGHTS.values()])[0]
        deed: Callable[[], str] = getattr(self, name)
        try:
            said = deed()
        except Error as error:
            self.left += 1
            said = f"left: {str(error).splitlines()[0]}"
        self.done += 1
        self.trail.append(f"{self.done}. {name} {said}".strip())

    def add(self) -> str:
        kind = self.chance.choice(("turn", "judge", "sampler", "router", "set"))
        if len(self.paws.names()) < FULL:
            self.canvas.tab.locator(f"[data-palette='{kind}']").click(timeout=SHORT)
        return kind

    def add_by_menu(self) -> str:
        x, y = self.paws.spot()
        self.canvas.tab.mouse.dblclick(x, y)
        return f"at {x:.0f}, {y:.0f}: {self.paws.answer_menu()}"

    def add_after(self) -> str:
        name = self.paws.choose()
        self.canvas.keys("Tab")
        return f"{name}: {self.paws.answer_menu()}"

    def drag(self) -> str:
        name = self.chance.choice(self.paws.names())
        dx, dy = self.chance.randint(-160, 160), self.chance.randint(-120, 120)
        self.paws.show(self.canvas.header(name))
        self.canvas.drag(self.canvas.header(name), dx=dx, dy=dy)
        return f"{name} by {dx}, {dy}"

    def connect(self) -> str:
        first, last = self.chance.choice(self.paws.names()), self.chance.choice(self.paws.names())
        self.paws.show(self.canvas.node(first).locator(".react-flow__handle-right"))
        self.paws.show(self.canvas.node(last))
        self.canvas.drag_arrow(first, to=self.canvas.node(last))
        return f"{first} -> {last}: {self.paws.answer_menu()}"

    def delete(self) -> str:
        if len(self.paws.names()) <= EMPTY:
            return "nothing: too few"
        name = self.paws.choose()
        self.canvas.keys(self.chance.choice(("Delete", "Backspace")))
        return name

    def undo(self) -> str:
        return self.paws.press("Control+z", self.chance.randint(1, 5))

    def undo_much(self) -> str:
        return self.paws.press("Control+z", 40)

    def redo(self) -> str:
        return self.paws.press("Control+y", self.chance.randint(1, 5))

    def copy(self) -> str:
        name = self.paws.choose()
        keys = self.chance.choice(("Control+c Control+v", "Control+x Control+v", "Control+d"))
        if len(self.paws.names()) < FULL:
            self.canvas.keys(*keys.split())
        return f"{name} by {keys}"

    def nudge(self) -> str:
        name = self.paws.choose()
        key = self.chance.choice(("ArrowUp", "ArrowDown", "ArrowLeft", "Shift+ArrowRight"))
        return f"{name}: {self.paws.press(key, self.chance.randint(1, 9))}"

    def tidy(self) -> str:
        return self.paws.press("l", 1)

    def switch_off(self) -> str:
        name = self.paws.choose()
        return f"{name}: {self.paws.press('d', 1)}"

    def rename(self) -> str:
        name, fresh = self.paws.choose(), f"named_{self.chance.randint(1, 99)}"
        self.paws.fill("Node", fresh)
        return f"{name} to {fresh}"

    def write(self) -> str:
        name, words = self.paws.choose(), self.chance.choice(WORDS)
        self.paws.fill("Prompt", words)
        return f"{name}: {words}"

    def condition(self) -> str:
        arrows = [*self.canvas.document(self.graph_id)["edges"]]
        name, said = self.chance.choice(arrows or [""]), self.chance.choice(CONDITIONS)
        path = self.canvas.tab.locator(f".react-flow__edge[data-id='{name}'] path").first
        path.dblclick(force=True, timeout=SHORT)
        self.canvas.condition.fill(said, timeout=SHORT)
        self.canvas.keys("Enter")
        return f"{name}: {said}"

    def run(self) -> str:
        self.canvas.tab.locator(".toolbar").get_by_role("button", name="Run").click(timeout=SHORT)
        return ""

    def stop(self) -> str:
        stop = self.canvas.tab.locator(".toolbar").get_by_role("button", name="Stop")
        if stop.count():
            stop.click(timeout=SHORT)
        return ""

    def side(self) -> str:
        name = self.chance.choice(SIDES)
        self.canvas.tab.get_by_role("radio", name=name, exact=True).click(timeout=SHORT)
        return name

    def leave(self) -> str:
        """Go to another page and come back at once."""
        name = self.chance.choice(PAGES)
        for page in (name, "Design"):
            self.canvas.tab.get_by_role("link", name=page, exact=True).click(timeout=PATIENCE)
            self.canvas.tab.wait_for_url(f"**/{page.lower()}**")
            self.canvas.settled()
        self.canvas.ready()
        return name

    def reload(self) -> str:
        """Load the page anew; what was acknowledged is there again."""
        before = at_rest(self.canvas, self.graph_id)
        self.canvas.tab.reload()
        after = self.canvas.ready().document(self.graph_id)
        assert after == before, f"a reload changed the graph: {differing(before, after)}"
        return ""
