"""The palette in a real browser: where a node comes to stand that is dragged or clicked in."""

import re

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
GRAPH = "own/apart"
APART = """\
grasp: 1
title: Two far apart
nodes:
  left: {kind: swap_roles}
  right: {kind: swap_roles}
layout: {left: [0, 0], right: [1100, 0]}
"""
HOLD = (116, 27)
"""Where the hand holds a card that is dragged in: right and down of its corner."""
GRID, HALF_A_CARD = 10, (116, 60)


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    (app.home / "graphs").mkdir()
    (app.home / "graphs" / "apart.yaml").write_text(APART, encoding="utf-8")
    tab.emulate_media(reduced_motion="reduce")
    return Canvas(tab, app.address).open(f"?graph={GRAPH}").ready().fit()


def zoom_of(canvas: Canvas) -> float:
    found = re.search(r"scale\(([\d.]+)\)", canvas.view)
    assert found
    return float(found[1])


def box_of(thing: Locator) -> FloatRect:
    box = thing.bounding_box()
    assert box
    return box


def place_of(canvas: Canvas, name: str) -> list[float]:
    place: list[float] = canvas.document(GRAPH)["nodes"][name]["position"]
    return place


def test_a_node_dragged_from_the_palette_drops_under_the_pointer_on_the_grid(
    canvas: Canvas,
) -> None:
    ground, zoom = box_of(canvas.ground), zoom_of(canvas)
    x, y = ground["width"] * 0.6, ground["height"] * 0.8
    entry = canvas.tab.locator("[data-palette='judge']")
    entry.drag_to(canvas.ground, target_position={"x": x, "y": y})
    expect(canvas.node("judge")).to_have_class(re.compile("selected"))
    card, off = box_of(canvas.node("judge")), zoom * GRID / 2 + 1
    assert card["x"] + zoom * HOLD[0] == pytest.approx(ground["x"] + x, abs=off)
    assert card["y"] + zoom * HOLD[1] == pytest.approx(ground["y"] + y, abs=off)
    place = place_of(canvas, "judge")
    assert [number % GRID for number in place] == [0, 0]
    expect(canvas.tab.get_by_label("Node", exact=True)).to_have_value("judge")
    canvas.kept()
    canvas.tab.reload()
    canvas.ready()
    assert place_of(canvas, "judge") == place


def test_a_click_in_the_palette_adds_in_the_middle_of_the_view_selected(canvas: Canvas) -> None:
    canvas.focus()
    canvas.keys("+")
    canvas.drag(canvas.ground, dx=-90, dy=140)
    ground, zoom = box_of(canvas.ground), zoom_of(canvas)
    canvas.add("judge")
    expect(canvas.node("judge")).to_have_class(re.compile("selected"))
    card, off = box_of(canvas.node("judge")), zoom * GRID / 2 + 1
    across, down = (zoom * half for half in HALF_A_CARD)
    assert card["x"] + across == pytest.approx(ground["x"] + ground["width"] / 2, abs=off)
    assert card["y"] + down == pytest.approx(ground["y"] + ground["height"] / 2, abs=off)
    assert [number % GRID for number in place_of(canvas, "judge")] == [0, 0]
    expect(canvas.chosen).to_have_count(1)
    canvas.kept()
