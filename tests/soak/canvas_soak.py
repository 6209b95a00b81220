"""Let a monkey play on the canvas of the real app, for a long time.

    make soak-canvas MINUTES=30 SEED=7

Every 15 deeds, when all is quiet, browser, server and file must have the same graph. At the end
nothing may have been said on the console, no script failed, and the canvas have been mounted once
each time that one came to it. Where that is not so, the last deeds and the seed are printed.
"""

import os
import random
import sys
import tempfile
from pathlib import Path
from time import monotonic

from playwright.sync_api import ViewportSize, sync_playwright

from tests.browser.canvas_screen import Canvas
from tests.browser.mounts import mounts_too_many, watch_mounts
from tests.browser.screen import SECOND
from tests.browser.server import RunningApp
from tests.browser.workspaces import with_model
from tests.fake_server import fake_server
from tests.soak.agreement import agree
from tests.soak.monkey import Monkey
from tests.soak.overheard import Overheard
from tools.browser import ADVICE, find_browser

GRAPH = "own/pairs"
BETWEEN_CHECKS = 15
PICTURE = Path("build/soak-canvas.png")
WINDOW: ViewportSize = {"width": 1440, "height": 900}


def main() -> int:
    """Play for MINUTES (30) from SEED (by chance); 0 where all was well."""
    minutes = float(os.environ.get("MINUTES") or 30)
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    print(f"A monkey plays for {minutes:g} minutes: SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory() as place, fake_server(seconds=0.1) as model:
        app = RunningApp(home=Path(place) / "home")
        app.home.mkdir(parents=True)
        with_model(app.home, model)
        app.start()
        try:
            return play(app, minutes, seed)
        finally:
            app.stop()


def play(app: RunningApp, minutes: float, seed: int) -> int:
    """One browser, one tab, one monkey."""
    path = find_browser()
    assert path, ADVICE
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=as_root)
        tab = browser.new_context(viewport=WINDOW, reduced_motion="reduce").new_page()
        overheard = Overheard(tab)
        watch_mounts(tab)
        canvas = Canvas(tab, app.address).open(f"?graph={GRAPH}").ready()
        monkey = Monkey(canvas, GRAPH, seed)
        wrong = last(monkey, app, overheard, until=monotonic() + minutes * 60)
        wrong += [] if wrong else mounts_too_many(tab)
        if wrong:
            tab.screenshot(path=PICTURE, timeout=30 * SECOND)
        browser.close()
    return report(monkey, wrong, seed)


def last(monkey: Monkey, app: RunningApp, overheard: Overheard, *, until: float) -> list[str]:
    """Play until then or until something is wrong; gives what."""
    file = app.home / "graphs" / "pairs.yaml"
    while monotonic() < until:
        wrong = bout(monkey, file) + overheard.wrong + overheard.in_log(app.log)
        if wrong:
            return wrong
        if monkey.done % (20 * BETWEEN_CHECKS) == 0:
            print(f"{monkey.done} deeds, {monkey.left} left", flush=True)
    return []


def bout(monkey: Monkey, file: Path) -> list[str]:
    """Some deeds, and a look whether all agree after them; gives what is wrong."""
    try:
        for _ in range(BETWEEN_CHECKS):
            monkey.play()
            if mounted := mounts_too_many(monkey.canvas.tab):
                return mounted
        agree(monkey.canvas, GRAPH, file)
    except AssertionError as error:
        return [str(error)]
    return []


def report(monkey: Monkey, wrong: list[str], seed: int) -> int:
    """Say how it went."""
    print(f"{monkey.done} deeds were tried, {monkey.left} of them not possible.")
    if not wrong:
        print("Browser, server and file agree; nothing was said on the console.")
        return 0
    print("\nThe last deeds:", *monkey.trail, "\nWhat is wrong:", *wrong, sep="\n  ")
    print(f"\nRepeat it: make soak-canvas SEED={seed} ({PICTURE} shows the end)")
    return 1


if __name__ == "__main__":
    sys.exit(main())
