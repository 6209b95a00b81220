"""What is timed on the Design page of the app."""

from dataclasses import dataclass

from benchmarks.canvas.drawings import last_of
from benchmarks.canvas.sheet import Sheet
from benchmarks.canvas.tabs import Place, Tab, pan
from tests.browser.server import RunningApp

CLICKED = ("ask_0", "answer_0", "critique_0", "mood_0", "calm_0")
DRAGGED = "cross_0"
WAYS = ((4, 12), (-4, -12)) * 2
"""There and back: the app keeps what is moved, and would move it below another card at last."""


@dataclass(frozen=True, slots=True)
class OurCanvas:
    """A graph of so many nodes in a started app."""

    app: RunningApp
    nodes: int

    def measure(self, tab: Tab, sheet: Sheet) -> None:
        """Open the graph once and do each thing with it."""
        with sheet.noting_cpu("open, server CPU", self.app.pid):
            self._open(tab, sheet)
        sheet.note("open, page CPU", 1000 * tab.cpu_seconds())
        for name in CLICKED:
            with sheet.noting_cpu("click, server CPU", self.app.pid):
                self._click(tab, sheet, name)
        for way in WAYS:
            with sheet.noting_cpu("drag, server CPU", self.app.pid):
                self._drag(tab, sheet, way)
        self._edit(tab, sheet)
        box = tab.page.locator(".ground").bounding_box()
        assert box is not None  # noqa: S101 - it has been clicked
        corner = (box["x"] + 10, box["y"] + box["height"] - 10)
        sheet.note("mounts", float(tab.page.evaluate("bench.mounts()")))
        sheet.note("pan, frames/s", tab.frames_while(lambda: pan(tab, corner)))

    def _open(self, tab: Tab, sheet: Sheet) -> None:
        last = last_of(self.nodes)
        tab.begin(f"{self.app.address}/design?graph=own/dialogue_{self.nodes}")
        first, _ = tab.seen("bench.canvas()?.querySelector('.react-flow__node-card')")
        painted, place = tab.seen(f"bench.clickable('{last}')")
        tab.page.mouse.click(*place)
        chosen, _ = tab.seen(f"bench.card('{last}').classList.contains('selected')")
        sheet.note("first card", first)
        sheet.note("last card", painted)
        sheet.note("first paint", chosen)
        tab.seen(f"bench.form('{last}') && bench.idle()")

    def _click(self, tab: Tab, sheet: Sheet, name: str) -> None:
        x, y = self._place(tab, name)
        form, begun = f"bench.form('{name}')", "bench.last.pointerdown"
        sheet.note("click", tab.after(lambda: tab.page.mouse.click(x, y), form, begun))
        whole, _ = tab.seen(f"{form} && bench.idle()", begun)
        sheet.note("click, whole form", whole)

    def _drag(self, tab: Tab, sheet: Sheet, way: Place) -> None:
        x, y = self._place(tab, DRAGGED)
        before = tab.page.evaluate("bench.revision('revision')")
        mouse = tab.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + way[0], y + way[1], steps=6)
        kept = f"bench.revision('acknowledged') > {before}"
        sheet.note("drag", tab.after(mouse.up, kept, "bench.last.pointerup"))
        self._settle(tab)

    def _edit(self, tab: Tab, sheet: Sheet) -> None:
        """Delete a node whose variable another one reads: that one's card says so."""
        tab.page.mouse.click(*self._place(tab, "hint_0"))
        tab.seen("bench.form('hint_0') && bench.idle()")
        found = "bench.card('advice_0')?.querySelector('.trouble')"
        keyboard = tab.page.keyboard
        with sheet.noting_cpu("edit, server CPU", self.app.pid):
            waited = tab.after(lambda: keyboard.press("Delete"), found, "bench.last.keydown")
            sheet.note("edit to findings", waited)
            self._settle(tab)
        keyboard.press("Control+z")
        tab.seen(f"bench.card('hint_0') && !{found}")
        self._settle(tab)

    def _place(self, tab: Tab, name: str) -> Place:
        x, y = tab.seen(f"bench.clickable('{name}')")[1]
        return x, y

    def _settle(self, tab: Tab) -> None:
        tab.seen("bench.revision('acknowledged') === bench.revision('revision') && bench.idle()")
