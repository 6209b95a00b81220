"""Graphs of many nodes in a real browser: all is painted, and a click reaches its form."""

import pytest
from playwright.sync_api import Page, expect

from benchmarks.canvas.drawings import drawing, last_of
from grasp_ui.services.graph_text import write_graph
from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
LATE = 120_000


def opened(app: RunningApp, tab: Page, nodes: int) -> Canvas:
    """The canvas with a drawing of `nodes` nodes, all of them in view."""
    folder = app.home / "graphs"
    folder.mkdir(exist_ok=True)
    text = write_graph(drawing(nodes))
    (folder / "large.yaml").write_text(text, encoding="utf-8")
    tab.emulate_media(reduced_motion="reduce")
    canvas = Canvas(tab, app.address).open("?graph=own/large").ready()
    canvas.fit()
    return canvas


def painted_and_reached(canvas: Canvas, nodes: int) -> None:
    """The last card is there, and a click on it selects it and shows its form."""
    last = last_of(nodes)
    expect(canvas.node(last)).to_be_visible(timeout=LATE)
    expect(canvas.nodes).to_have_count(nodes + 1, timeout=LATE)
    canvas.node(last).click(delay=100)
    expect(canvas.chosen).to_have_count(1)
    shown = canvas.tab.locator(f'input[aria-label="Node"][value="{last}"]')
    expect(shown).to_be_visible(timeout=LATE)
    assert canvas.mounts == 1


def test_two_hundred_nodes_are_painted_and_the_last_opens_its_form(
    app: RunningApp, tab: Page
) -> None:
    painted_and_reached(opened(app, tab, 200), 200)


def test_two_hundred_nodes_take_an_edit_and_its_undo(app: RunningApp, tab: Page) -> None:
    canvas = opened(app, tab, 200)
    before = canvas.document("own/large")
    canvas.node("hint_7").click(delay=100)
    canvas.keys("Delete")
    expect(canvas.node("advice_7").locator(".trouble")).to_be_attached(timeout=LATE)
    canvas.keys("Control+z")
    expect(canvas.tab.locator(".trouble")).to_have_count(0, timeout=LATE)
    canvas.kept()
    assert canvas.document("own/large") == before


@pytest.mark.slow
def test_a_thousand_nodes_open_and_the_last_opens_its_form(app: RunningApp, tab: Page) -> None:
    painted_and_reached(opened(app, tab, 1000), 1000)
