"""A run of many records begun in a browser that is closed, and looked at again from another.

    python -m benchmarks.engine.in_browser [-n 10000] [--concurrency 64]

The run must go on while no browser is there, be seen again by a new one, and end whole, with no
call sent twice.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.engine.whole_runs import CALLS_A_RECORD, HERE, Counting, counting_server
from grasp_ui.services.settings import ModelSettings, Settings, save_settings
from tests.browser.screens import Run
from tests.browser.server import RunningApp
from tools.browser import find_browser

HOURS = 2 * 3600 * 1000


def main() -> None:
    """Begin, close the browser, open another, wait; leaves with 1 where calls do not add up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=64)
    typed = parser.parse_args()
    with TemporaryDirectory() as folder, counting_server() as server:
        app = RunningApp(home=_workspace(Path(folder) / "home", server, typed.concurrency))
        app.start()
        try:
            _run(app, server, typed.n)
        finally:
            app.stop()
        asked, due = server.asked(), CALLS_A_RECORD * typed.n
    print(f"{typed.n} records made, {asked} calls sent, {due} due.")
    sys.exit(asked != due)


def _workspace(home: Path, server: Counting, concurrency: int) -> Path:
    (home / "graphs").mkdir(parents=True)
    text = (HERE / "w1.yaml").read_text(encoding="utf-8")
    (home / "graphs" / "w1.yaml").write_text(text, encoding="utf-8")
    fake = ModelSettings(name="fake", url=server.url, calls_at_once=concurrency)
    save_settings(home, Settings(models=(*Settings().models, fake)))
    return home


def _run(app: RunningApp, server: Counting, records: int) -> None:
    with _browser() as tab:
        Run(tab, app.address).open("?graph=own/w1").start(records)
        address = tab.url
        _wait_for(server, records // 2)
    alone = server.asked()
    print(f"Browser closed when {alone} calls had been sent.", file=sys.stderr)
    _wait_for(server, alone + records // 2)
    with _browser() as tab:
        tab.goto(address)
        run = Run(tab, app.address).settled()
        expect(run.state("running")).to_be_visible(timeout=60_000)
        print(f"Opened again: {run.state('running').inner_text()}", file=sys.stderr)
        expect(run.state(f"{records:,} of {records:,} records")).to_be_visible(timeout=HOURS)
        print(f"At the end: {run.state('records').inner_text()}", file=sys.stderr)


@contextmanager
def _browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield started.new_page()
        started.close()


def _wait_for(server: Counting, calls: int) -> None:
    while server.asked() < calls:
        sleep(0.2)


if __name__ == "__main__":
    main()
