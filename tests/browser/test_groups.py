"""Groups on the canvas (line 10): made, opened, left by the breadcrumb, taken apart."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.screen import PATIENCE
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
GRAPH = "example/preference_pairs"
NODES = 5
CHOSEN = re.compile("selected")


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    tab.emulate_media(reduced_motion="reduce")
    screen = Canvas(tab, app.address).open(f"?graph={GRAPH}").ready()
    screen.focus()
    screen.keys("f")
    return screen


def group(canvas: Canvas, *names: str, title: str = "Two voices") -> None:
    """Choose nodes and make them one, by the keyboard."""
    choose(canvas, *names)
    canvas.keys("Control+g")
    field = canvas.tab.get_by_role("dialog").get_by_label("Name", exact=True)
    field.fill(title)
    field.press("Enter")
    expect(canvas.nodes).to_have_count(NODES - len(names) + 1 + 1, timeout=PATIENCE)
    canvas.kept()
    expect(canvas.ground).to_be_focused()


def choose(canvas: Canvas, *names: str) -> None:
    canvas.header(names[0]).click()
    for name in names[1:]:
        canvas.header(name).click(modifiers=["Control"])


def go_back(canvas: Canvas) -> None:
    """Press the outer graph in the breadcrumb."""
    canvas.tab.get_by_role("button", name="Two answers, one preference").click(delay=100)
    expect(canvas.ground).to_have_count(1, timeout=PATIENCE)
    expect(canvas.node("two_voices")).to_be_visible(timeout=PATIENCE)
    canvas.settled()


def test_a_selection_becomes_a_subgraph_that_undo_takes_back(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    view, mounts = canvas.view, canvas.mounts
    group(canvas, "question", "answers")
    expect(canvas.node("two_voices")).to_have_class(CHOSEN)
    after = canvas.document(GRAPH)
    assert after["nodes"]["two_voices"]["fields"]["graph"] == "own/two_voices"
    assert (canvas.view, canvas.mounts) == (view, mounts)
    canvas.focus()
    canvas.keys("Control+z")
    assert canvas.document(GRAPH) == before
    canvas.kept()


@pytest.mark.parametrize("way", ["double click", "Enter", "menu"])
def test_a_subgraph_opens_and_the_breadcrumb_leads_back(canvas: Canvas, way: str) -> None:
    group(canvas, "question", "answers")
    view = canvas.view
    canvas.header("two_voices").click()
    if way == "double click":
        canvas.header("two_voices").dblclick()
    elif way == "Enter":
        canvas.keys("Enter")
    else:
        canvas.header("two_voices").click(button="right")
        canvas.tab.get_by_role("menuitem", name="Open the graph inside").click()
    expect(canvas.node("answers")).to_be_visible(timeout=PATIENCE)
    expect(canvas.nodes).to_have_count(2 + 1)
    expect(canvas.text("used by 1 graph")).to_be_visible()
    go_back(canvas)
    assert canvas.view == view
    expect(canvas.node("two_voices")).to_have_class(CHOSEN)


def test_undo_is_kept_inside_and_outside(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    group(canvas, "question", "answers")
    canvas.keys("Enter")
    expect(canvas.ground).to_have_count(1, timeout=PATIENCE)
    canvas.header("answers").click()
    canvas.keys("d")
    canvas.kept()
    expect(canvas.text("which use the saved file")).to_be_visible()
    go_back(canvas)
    canvas.focus()
    canvas.keys("Control+z")
    assert canvas.document(GRAPH) == before
    canvas.keys("Control+y", "Enter")
    expect(canvas.node("answers")).to_contain_text("Off", timeout=PATIENCE)
    expect(canvas.ground).to_have_count(1, timeout=PATIENCE)
    canvas.focus()
    canvas.keys("Control+z")
    expect(canvas.node("answers")).not_to_contain_text("Off")


def test_a_subgraph_taken_apart_gives_the_graph_back(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    group(canvas, "question", "answers")
    canvas.keys("Control+Shift+g")
    expect(canvas.nodes).to_have_count(NODES + 1, timeout=PATIENCE)
    canvas.kept()
    assert canvas.document(GRAPH) == before
    expect(canvas.chosen).to_have_count(2)


def test_what_cannot_be_one_node_is_refused_with_what_to_select(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    choose(canvas, "topic", "answers")
    canvas.header("answers").click(button="right")
    canvas.tab.get_by_role("menuitem", name="Group into a subgraph").click()
    expect(canvas.tab.get_by_role("dialog")).to_contain_text("Select 'question'")
    canvas.keys("Escape")
    expect(canvas.tab.get_by_role("dialog")).to_have_count(0)
    assert canvas.document(GRAPH) == before


def note_in(canvas: Canvas) -> Locator:
    return canvas.tab.get_by_test_id("note")


def add_note(canvas: Canvas, text: str) -> None:
    """Add a note from the quick menu and write into it."""
    spot = canvas.ground.bounding_box()
    assert spot
    canvas.tab.mouse.dblclick(spot["x"] + spot["width"] * 0.3, spot["y"] + spot["height"] * 0.75)
    canvas.search.fill("sticky")
    canvas.keys("Enter")
    field = canvas.tab.get_by_label("Text of the note")
    expect(field).to_be_focused()
    field.fill(text)
    field.press("Escape")
    canvas.kept()


def test_a_note_is_added_edited_and_undone(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    add_note(canvas, "Ask the team\nabout bees")
    expect(note_in(canvas)).to_have_text("Ask the team\nabout bees")
    note_in(canvas).locator("p").dblclick()
    canvas.tab.get_by_label("Text of the note").fill("Bees")
    canvas.tab.get_by_label("Text of the note").press("Control+Enter")
    canvas.tab.get_by_role("button", name="pink", exact=True).click()
    expect(note_in(canvas)).to_have_attribute("data-color", "pink")
    canvas.focus()
    canvas.keys("Control+z", "Control+z")
    expect(note_in(canvas)).to_have_text("Ask the team\nabout bees")
    canvas.keys("Control+z", "Control+z")
    assert canvas.document(GRAPH) == before
    canvas.kept()


def test_a_note_is_moved_resized_copied_deleted_and_kept_in_the_file(canvas: Canvas) -> None:
    add_note(canvas, "Mind: plain text, *no* Markdown")
    canvas.drag(canvas.tab.locator(".note-grip"), dx=60, dy=40)
    canvas.drag(note_in(canvas).locator("p"), dx=-40, dy=30)
    canvas.keys("Control+d")
    expect(note_in(canvas)).to_have_count(2)
    canvas.keys("Delete")
    expect(note_in(canvas)).to_have_count(1)
    canvas.kept()
    drawn = canvas.document(GRAPH)["nodes"]["@note"]
    assert drawn["fields"]["size"] > [240, 160]
    assert all(value % 10 == 0 for value in (*drawn["fields"]["size"], *drawn["position"]))
    canvas.tab.reload()
    expect(note_in(canvas.ready())).to_have_text("Mind: plain text, *no* Markdown")
    assert canvas.document(GRAPH)["nodes"]["@note"] == drawn
