"""Blocks of one's own in the palette: dragged, added by key, asked for parameters, undone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
GRAPH = "example/preference_pairs"
NODES = 5
PLAIN = """\
block: 1
title: Ask back
notes: A question and its answer.
models: {helper: {model: local}}
nodes:
  ask: {kind: turn, role: user, model: helper, prompt: Ask again.}
  reply: {kind: turn, role: assistant, model: helper}
edges: [ask -> reply]
layout: {ask: [0, 0], reply: [300, 0]}
"""
ASKING = """\
block: 1
title: Ask about
parameters: {topic: tea, many: 2}
nodes: {about: {kind: generate, prompt: Say something of <<topic>>., writes: said}}
"""


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    folder = app.home / "blocks"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ask_back.yaml").write_text(PLAIN, encoding="utf-8")
    (folder / "ask_about.yaml").write_text(ASKING, encoding="utf-8")
    tab.emulate_media(reduced_motion="reduce")
    return Canvas(tab, app.address).open(f"?graph={GRAPH}").ready()


def test_a_block_is_dropped_under_the_pointer_and_taken_back_whole(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    x, y = drop(canvas, "ask_back")
    expect(canvas.arrow("ask", "reply")).to_be_attached()
    expect(canvas.chosen).to_have_count(2)
    canvas.kept()
    places = [canvas.document(GRAPH)["nodes"][name]["position"] for name in ("ask", "reply")]
    assert all(value % 10 == 0 for place in places for value in place)
    first, last = (canvas.node(name).bounding_box() for name in ("ask", "reply"))
    assert first
    assert last
    assert first["x"] < x < last["x"] + last["width"]
    assert first["y"] < y < last["y"] + last["height"] + 40
    canvas.focus()
    canvas.keys("Control+z")
    canvas.kept()
    assert canvas.document(GRAPH) == before


def test_a_block_brings_the_models_that_its_nodes_call(canvas: Canvas) -> None:
    entry(canvas, "ask_back").focus()
    canvas.keys("Enter")
    canvas.kept()
    expect(canvas.node("reply")).to_contain_text("local")
    expect(canvas.tab.locator(".trouble").filter(has_text="helper")).to_have_count(0)
    assert canvas.mounts == 1


def test_a_block_with_parameters_asks_for_them_first(canvas: Canvas) -> None:
    drop(canvas, "ask_about")
    field = canvas.tab.get_by_label("topic", exact=True)
    expect(field).to_be_focused()
    expect(canvas.nodes).to_have_count(NODES + 1)
    field.fill("rain")
    canvas.keys("Enter")
    expect(canvas.node("about")).to_contain_text("Say something of rain.")
    canvas.kept()


def test_parameters_are_left_with_escape_and_nothing_is_added(canvas: Canvas) -> None:
    entry(canvas, "ask_about").click()
    canvas.keys("Escape")
    expect(canvas.tab.get_by_role("dialog")).to_have_count(0)
    expect(canvas.nodes).to_have_count(NODES + 1)


def test_the_menu_finds_a_block_and_connects_it_to_the_arrow(canvas: Canvas) -> None:
    canvas.focus()
    canvas.keys("f")
    canvas.drag_arrow("verdict", to=canvas.ground, at=(0.3, 0.95))
    expect(canvas.tab.locator(".choices .heading").first).to_have_text("Fits here")
    canvas.search.fill("question and its answer")
    canvas.keys("Enter")
    expect(canvas.arrow("verdict", "ask")).to_be_attached()
    canvas.kept()


def test_what_lacks_a_message_is_offered_last_and_says_so(canvas: Canvas) -> None:
    canvas.focus()
    canvas.keys("f")
    canvas.drag_arrow("topic", to=canvas.ground, at=(0.3, 0.95))
    headings = canvas.tab.locator(".choices .heading")
    expect(headings.filter(has_text="Needs a message before it")).to_have_count(1)
    expect(headings.first).to_have_text("Fits here")
    canvas.keys("Escape")
    canvas.drag_arrow("question", to=canvas.ground, at=(0.3, 0.95))
    expect(headings.filter(has_text="Needs a message before it")).to_have_count(0)
    canvas.search.fill("judge")
    canvas.keys("Enter")
    expect(canvas.arrow("question", "judge")).to_be_attached()
    canvas.kept()


def entry(canvas: Canvas, name: str) -> Locator:
    """A block in the palette."""
    found = canvas.tab.locator(f"[data-palette='@block/{name}']")
    found.scroll_into_view_if_needed()
    return found


def drop(canvas: Canvas, name: str) -> tuple[float, float]:
    """Drag a block onto free ground; gives where the pointer let it go."""
    box = canvas.ground.bounding_box()
    assert box
    spot = {"x": box["width"] * 0.45, "y": box["height"] * 0.8}
    entry(canvas, name).drag_to(canvas.ground, target_position={"x": spot["x"], "y": spot["y"]})
    return box["x"] + spot["x"], box["y"] + spot["y"]
