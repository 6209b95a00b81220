"""Groups on the canvas (line 10): made, opened, left by the breadcrumb, taken apart."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.screen import PATIENCE
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
GRAPH = "example/preference_pairs"
NODES = 5


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
    expect(canvas.nodes).to_have_count(NODES - len(names) + 1, timeout=PATIENCE)
    canvas.kept()


def choose(canvas: Canvas, *names: str) -> None:
    canvas.header(names[0]).click()
    for name in names[1:]:
        canvas.header(name).click(modifiers=["Control"])


def crumb(canvas: Canvas) -> None:
    canvas.tab.locator(".st-key-design-crumbs").get_by_role("button").first.click(delay=100)
    canvas.settled()


def test_a_selection_becomes_a_subgraph_that_undo_takes_back(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    group(canvas, "question", "answers")
    expect(canvas.node("two_voices")).to_have_class("selected", use_inner_text=False)
    after = canvas.document(GRAPH)
    assert after["nodes"]["two_voices"]["fields"]["graph"] == "own/two_voices"
    canvas.focus()
    canvas.keys("Control+z")
    assert canvas.document(GRAPH) == before
    canvas.kept()
