"""The canvas in a real browser, on an example's graph."""

import re

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
GRAPH = "example/preference_pairs"
NODES, ARROWS = 5, 4


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    tab.emulate_media(reduced_motion="reduce")
    screen = Canvas(tab, app.address).open(f"?graph={GRAPH}").ready()
    screen.focus()
    screen.keys("f")
    return screen


def test_an_arrow_drawn_by_dragging_is_there_once(canvas: Canvas) -> None:
    canvas.drag_arrow("topic", to=canvas.node("answers"))
    expect(canvas.arrow("topic", "answers")).to_be_attached()
    expect(canvas.arrows).to_have_count(ARROWS + 1)
    canvas.kept()


def test_what_is_deleted_comes_back_and_the_server_agrees(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    canvas.node("question").locator("header").click()
    canvas.keys("Delete")
    expect(canvas.node("question")).to_have_count(0)
    expect(canvas.arrows).to_have_count(1)
    canvas.keys("Control+z")
    expect(canvas.arrows).to_have_count(ARROWS)
    canvas.kept()
    canvas.tab.reload()
    canvas.ready()
    assert canvas.document(GRAPH) == before


def test_six_fast_additions_and_undos_leave_both_sides_equal(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    for _ in range(6):
        canvas.tab.locator("[data-palette='turn']").click(no_wait_after=True)
    expect(canvas.nodes).to_have_count(NODES + 1 + 6)
    canvas.keys(*["Control+z"] * 6)
    canvas.kept()
    assert canvas.document(GRAPH) == before


def test_the_keyboard_alone_adds_connects_moves_and_runs(canvas: Canvas) -> None:
    canvas.keys("ArrowRight", "Tab")
    canvas.search.fill("judge")
    canvas.keys("Enter")
    expect(canvas.node("judge")).to_have_class(re.compile("selected"))
    place = canvas.document(GRAPH)["nodes"]["judge"]["position"]
    canvas.keys("ArrowDown")
    moved = canvas.document(GRAPH)["nodes"]["judge"]["position"]
    assert moved == [place[0], place[1] + 10]
    canvas.keys("?")
    expect(canvas.tab.get_by_label("Shortcuts", exact=True).first).to_be_visible()
    canvas.keys("Escape", "Delete")
    expect(canvas.nodes).to_have_count(NODES + 1)
    canvas.kept()


def test_keys_typed_on_the_canvas_wake_no_hotkey_of_the_page(canvas: Canvas) -> None:
    canvas.node("question").locator("header").click()
    canvas.settled()
    canvas.keys("r", "c")
    canvas.settled()
    expect(canvas.text("Clear caches")).to_have_count(0)
    expect(canvas.nodes).to_have_count(NODES + 1)


def test_a_form_edit_moves_no_view_and_mounts_nothing_anew(canvas: Canvas) -> None:
    canvas.select("question")
    view = canvas.view
    canvas.fill("Node", "ask")
    expect(canvas.node("ask")).to_have_class(re.compile("selected"))
    assert (canvas.view, canvas.mounts) == (view, 1)
    canvas.focus()
    canvas.keys("Control+z")
    expect(canvas.node("question")).to_be_attached()
    canvas.kept()


def test_leaving_the_page_keeps_undo_view_and_selection(canvas: Canvas) -> None:
    canvas.add("turn").kept()
    view = canvas.view
    canvas.tab.get_by_role("link", name="Review").click()
    canvas.settled()
    canvas.tab.get_by_role("link", name="Design").click()
    canvas.ready()
    assert canvas.view == view
    expect(canvas.node("turn")).to_have_class(re.compile("selected"))
    canvas.undo()
    expect(canvas.node("turn")).to_have_count(0)
    canvas.kept()


def test_tidying_leaves_no_card_on_another_or_under_the_map(canvas: Canvas) -> None:
    for _ in range(4):
        canvas.tab.locator("[data-palette='panel']").click()
    canvas.focus()
    canvas.keys("l")
    canvas.kept()
    seen = [card.bounding_box() for card in canvas.nodes.all()]
    seen.append(canvas.tab.locator(".react-flow__minimap").bounding_box())
    boxes = [box for box in seen if box]
    pairs = [(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :]]
    assert [pair for pair in pairs if overlap(*pair)] == []


def overlap(a: FloatRect, b: FloatRect) -> bool:
    across = a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]
    return across and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]
