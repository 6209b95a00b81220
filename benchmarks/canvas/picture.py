"""What is timed of the same graph as a picture of streamlit-agraph."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.canvas.drawings import last_of
from benchmarks.canvas.sheet import Sheet
from benchmarks.canvas.tabs import Tab, pan
from tests.browser.server import RunningApp

SCRIPT = Path(__file__).with_name("agraph_picture.py")
CORNER = (120.0, 640.0)


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a graph of so many nodes in a started page."""

    app: RunningApp
    nodes: int

    def measure(self, tab: Tab, sheet: Sheet) -> None:
        """Open the picture once, click its last node, and move it."""
        with sheet.noting_cpu("open, server CPU", self.app.pid):
            tab.begin(self.app.address)
            painted, _ = tab.seen("bench.red()")
            sheet.note("last card", painted)
            _, place = tab.seen("bench.still()")
            told = f"bench.says('Chosen: {last_of(self.nodes)}')"
            click = tab.after(lambda: tab.page.mouse.click(*place), told, "bench.pressed()")
            sheet.note("first paint", tab.page.evaluate("performance.now()"))
            sheet.note("click", click)
        sheet.note("open, page CPU", 1000 * tab.cpu_seconds())
        sheet.note("pan, frames/s", tab.frames_while(lambda: pan(tab, CORNER)))
