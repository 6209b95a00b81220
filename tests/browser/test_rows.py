"""Rows of a node's form in a browser: written by keyboard, undone on the canvas."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvas_screen import MEMORY, Canvas
from tests.browser.screen import PATIENCE
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
GRAPH = "own/rows"
TEXT = """\
grasp: 1
title: Rows
seeds: {kind: inline, rows: [{topic: tea}]}
nodes:
  fill: {kind: set, values: {place: shop}}
edges: []
layout: {fill: [0, 0]}
"""


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    folder = app.home / "graphs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rows.yaml").write_text(TEXT, encoding="utf-8")
    return Canvas(tab, app.address).open(f"?graph={GRAPH}").ready()


def values(canvas: Canvas) -> object:
    """The field as the browser's document has it."""
    return canvas.document(GRAPH)["nodes"]["fill"]["fields"]["values"]


def becomes(canvas: Canvas, wanted: dict[str, object]) -> None:
    """Wait until the browser's document has these values: an edit of a form comes back to it."""
    canvas.tab.wait_for_function(
        f"wanted => JSON.stringify({MEMORY}.editors.get('canvas.{GRAPH}')"
        ".document.nodes.fill.fields.values) === JSON.stringify(wanted)",
        arg=wanted,
        timeout=PATIENCE,
    )


def test_a_row_is_added_by_keyboard_and_undone_on_the_canvas(canvas: Canvas) -> None:
    canvas.select("fill")
    add = canvas.tab.get_by_role("button", name="Add a variable")
    add.focus()
    canvas.keys("Enter")
    name = canvas.tab.get_by_label("Variable 2 of Values", exact=True)
    expect(name).to_be_visible()
    name.fill("many")
    canvas.keys("Tab")
    canvas.settled()
    expect(canvas.tab.get_by_label("Value 2 of Values", exact=True)).to_be_focused()
    canvas.tab.keyboard.type("3")
    canvas.keys("Enter")
    becomes(canvas, {"place": "shop", "many": 3})
    canvas.focus()
    canvas.keys("Control+z", "Control+z")
    canvas.kept()
    assert values(canvas) == {"place": "shop"}
    expect(name).to_have_count(0)


def test_a_value_without_a_name_stays_on_screen_and_says_so(canvas: Canvas) -> None:
    canvas.select("fill")
    canvas.tab.get_by_role("button", name="Add a variable").click(delay=100)
    canvas.fill("Value 2 of Values", "{topic} shop")
    expect(canvas.tab.get_by_text("then the row counts")).to_be_visible()
    expect(canvas.tab.get_by_label("Value 2 of Values", exact=True)).to_have_value("{topic} shop")
    assert values(canvas) == {"place": "shop"}
