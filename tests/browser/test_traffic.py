"""How much goes over the socket for one edit of a graph with 50 nodes."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp
from tests.browser.traffic import Traffic

pytestmark = pytest.mark.browser
NAMES = [f"turn_{number}" for number in range(50)]
MOST_BYTES = 50 * 1024


def chain(home: Path) -> None:
    """Fifty turns one after another, in five rows."""
    turn = "kind: turn, role: {role}, model: writer, persona: A curious person from the country."
    prompt = 'prompt: "Ask one short question about {topic}, other than those asked before."'
    roles = ("user", "assistant")
    nodes = [
        f"  {name}: {{{turn.format(role=roles[number % 2])}, {prompt}}}"
        for number, name in enumerate(NAMES)
    ]
    places = [f"{name}: [{n % 10 * 300}, {n // 10 * 240}]" for n, name in enumerate(NAMES)]
    head = "grasp: 1\ntitle: Fifty\nmodels: {writer: {model: local}}\nnodes:"
    ends = [f"edges: [{' -> '.join(NAMES)}]", f"layout: {{{', '.join(places)}}}"]
    (home / "graphs").mkdir(parents=True)
    text = "\n".join([head, *nodes, *ends])
    (home / "graphs" / "fifty.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    chain(app.home)
    tab.emulate_media(reduced_motion="reduce")
    return Canvas(tab, app.address)


def least(canvas: Canvas, traffic: Traffic, edits: Sequence[Callable[[], object]]) -> int:
    """The bytes of the cheapest of some equal edits: the page also asks for news by itself."""
    costs = []
    for edit in edits:
        canvas.kept()
        traffic.clear()
        edit()
        canvas.kept()
        costs.append(traffic.total)
    return min(costs)


def test_an_edit_of_fifty_nodes_sends_less_than_50_kb(canvas: Canvas) -> None:
    traffic = Traffic(canvas.tab)
    canvas.open("?graph=own/fifty").ready().select("turn_0").focus()

    def rename(name: str) -> None:
        canvas.fill("Node", name)
        canvas.node(name).wait_for()

    moves = [partial(canvas.keys, "ArrowDown")] * 3
    renames = [partial(rename, name) for name in ("one", "two", "three")]
    assert 0 < least(canvas, traffic, moves) < MOST_BYTES
    assert 0 < least(canvas, traffic, renames) < MOST_BYTES
