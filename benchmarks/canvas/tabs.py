"""A browser's tab that is timed by its own clock, and what its processes have cost."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tools.browser import ADVICE, find_browser

WATCHING = Path(__file__).with_name("watching.js")
PATIENCE_MS = 120_000
PANS = 60
Place = tuple[float, float]
"""A point of the page in pixels."""


@contextmanager
def started_browser() -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    path = find_browser()
    if path is None:
        raise SystemExit(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab with `watching.js` in it."""

    page: Page
    session: CDPSession

    def begin(self, address: str) -> None:
        """Go to an address and do not wait for anything."""
        self.page.goto(address, wait_until="commit")

    def seen(self, see: str, begun: str = "0") -> tuple[float, Any]:
        """Milliseconds from `begun` until the expression `see` finds something, and what.

        `begun` is in the page's own time, which counts from the navigation.
        """
        script = f"bench.until(() => {see}, () => {begun})"
        found = self.page.evaluate(script)
        return float(found["ms"]), found["seen"]

    def after(self, act: Callable[[], object], see: str, begun: str) -> float:
        """Milliseconds from the input `begun` that `act` makes until `see` finds something.

        The frames are watched from before the input on: no round trip to the browser is in it.
        """
        self.page.evaluate(
            "([see, begun]) => { globalThis.timed = bench.until(eval(see), eval(begun)) }",
            [f"() => {see}", f"() => {begun}"],
        )
        act()
        return float(self.page.evaluate("globalThis.timed")["ms"])

    def frames_while(self, act: Callable[[], object]) -> float:
        """Frames a second while `act` goes on."""
        self.page.evaluate("bench.count()")
        act()
        gaps: list[float] = self.page.evaluate("bench.counted()")
        return 1000 * len(gaps) / sum(gaps)

    def cpu_seconds(self) -> float:
        """What the page's main thread has worked since the navigation."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


@contextmanager
def new_tab(browser: Browser) -> Iterator[Tab]:
    """A tab that has nothing in its cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(path=WATCHING)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    yield Tab(page, session)
    context.close()


def cpu_seconds_of(pid: int) -> float:
    """CPU that a process has used, in seconds; NaN where the system has no /proc."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def pan(tab: Tab, start: Place) -> None:
    """Take the ground at a point and move it about."""
    x, y = start
    mouse = tab.page.mouse
    mouse.move(x, y)
    mouse.down()
    for step in range(PANS):
        mouse.move(x + 3 * step, y - 2 * step)
    mouse.up()
