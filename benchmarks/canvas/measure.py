"""How fast the canvas is, beside streamlit-agraph's picture of the same graph.

    python -m benchmarks.canvas.measure [--nodes 10 50 200 1000] [--rounds 5]

Both are served by processes of their own and opened in turns, each time in a browser's tab
without a cache; times are taken by the page's own clock. Prints Markdown tables of medians.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from playwright.sync_api import Browser, Error

from benchmarks.canvas.drawings import drawing
from benchmarks.canvas.our_canvas import OurCanvas
from benchmarks.canvas.picture import SCRIPT, Picture
from benchmarks.canvas.sheet import Sheet
from benchmarks.canvas.tabs import new_tab, started_browser
from grasp_ui.engine.compile import findings_of
from grasp_ui.services.graph_text import write_graph
from grasp_ui.services.planning import surroundings_of
from grasp_ui.services.settings import Settings
from tests.browser.server import ROOT, RunningApp

SIZES = (10, 50, 200, 1000)
COLUMNS = {
    "first paint": "first paint ms",
    "last card": "last node painted ms",
    "click": "click ms",
    "click, whole form": "whole form ms",
    "drag": "drag → server ms",
    "edit to findings": "edit → findings ms",
    "pan, frames/s": "frames/s",
    "open, server CPU": "open: server CPU ms",
    "open, page CPU": "open: page CPU ms",
    "click, server CPU": "click: server CPU ms",
    "drag, server CPU": "drag: server CPU ms",
    "edit, server CPU": "edit: server CPU ms",
    "compile, CPU": "compile CPU ms",
    "mounts": "mounts",
}


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    typed = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"| nodes | | {' | '.join(COLUMNS.values())} |\n|{'---|' * (len(COLUMNS) + 2)}")
    with TemporaryDirectory() as folder, started_browser() as browser:
        lost = _measured(browser, Path(folder), typed.nodes, typed.rounds)
    print(f"\n{os.cpu_count()} cores, load {load:.1f} before and {os.getloadavg()[0]:.1f} after.")
    sys.exit("".join(lost))


def _cell(figure: float) -> str:
    return "" if figure != figure else f"{figure:,.0f}"  # noqa: PLR0124 - NaN is not itself


def _measured(browser: Browser, folder: Path, sizes: Sequence[int], rounds: int) -> list[str]:
    """Measure and print one size after the other; gives the sizes that failed, and why."""
    lost: list[str] = []
    for nodes in sizes:
        ours, theirs = Sheet(), Sheet()
        try:
            _measure(browser, folder / str(nodes), (nodes, rounds), (ours, theirs))
        except Error as error:
            lost.append(f"{nodes} nodes, not measured to the end: {error}\n")
        _print(f"{nodes:,}", {"canvas": ours, "agraph": theirs})
    return lost


def _measure(
    browser: Browser, folder: Path, amount: tuple[int, int], sheets: tuple[Sheet, Sheet]
) -> None:
    """Measure a size, so many rounds, with servers of its own."""
    nodes, rounds = amount
    file = _written(folder / "home" / "graphs", nodes)
    _compile(nodes, sheets[0], rounds)
    with _started(RunningApp(home=folder / "home")) as app, _picture(folder, file) as shown:
        contestants = (OurCanvas(app, nodes), Picture(shown, nodes))
        _in_turns(browser, tuple(zip(contestants, sheets, strict=True)), rounds)


def _print(nodes: str, sheets: dict[str, Sheet]) -> None:
    for who, sheet in sheets.items():
        cells = (_cell(sheet.median(name)) for name in COLUMNS)
        print(f"| {nodes} | {who} | {' | '.join(cells)} |", flush=True)


def _in_turns(
    browser: Browser, pair: Sequence[tuple[OurCanvas | Picture, Sheet]], rounds: int
) -> None:
    """Measure both so many times; the first time each is only warmed up."""
    for contestant, _ in pair:
        _once(browser, contestant.measure)
    for at in range(rounds):
        for contestant, sheet in pair:
            _once(browser, contestant.measure, sheet)
        print(f"{pair[0][0].nodes} nodes, round {at + 1}", file=sys.stderr)


def _compile(nodes: int, sheet: Sheet, rounds: int) -> None:
    """Note what it takes to find everything that is wrong, and what each node can name."""
    spec = drawing(nodes)
    for _ in range(rounds):
        begun = process_time()
        around = surroundings_of(spec, Settings(), folder=ROOT, profiles={})
        findings_of(spec, around)
        sheet.note("compile, CPU", 1000 * (process_time() - begun))


def _once(browser: Browser, measure: Callable[..., None], sheet: Sheet | None = None) -> None:
    """Measure in a tab of its own; without a sheet it is a warming up."""
    with new_tab(browser) as tab:
        measure(tab, Sheet() if sheet is None else sheet)


def _written(folder: Path, nodes: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"dialogue_{nodes}.yaml"
    file.write_text(write_graph(drawing(nodes)), encoding="utf-8")
    return file


def _picture(folder: Path, file: Path) -> AbstractContextManager[RunningApp]:
    variables = {"BENCH_DRAWING": str(file), "PYTHONPATH": str(ROOT)}
    return _started(RunningApp(folder / "picture", str(SCRIPT), variables))


@contextmanager
def _started(app: RunningApp) -> Iterator[RunningApp]:
    app.start()
    try:
        yield app
    finally:
        app.stop()


if __name__ == "__main__":
    main()
