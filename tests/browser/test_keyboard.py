"""The whole way without a mouse: draw, connect, write, run, read, mend, review, export."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from grasp_ui.services.settings import ModelSettings, Settings, save_settings
from tests.browser.canvas_screen import Canvas
from tests.browser.screen import PATIENCE, arrived
from tests.browser.screens import Export, Home, Review, Run
from tests.browser.server import ROOT, RunningApp
from tests.browser.walker import Walker
from tests.fake_server import FakeServer, fake_server

pytestmark = pytest.mark.browser
PROMPT = "Ask about rain."
STOPS_INSIDE = 6
"""What can have the keys behind the graph: labels of arrows, the overview, the time line."""
KEYS = ROOT / "grasp_ui/ui/canvas/frontend/src/view/keys.ts"


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with fake_server(words=8) as started:
        yield started


@pytest.fixture
def walker(app: RunningApp, tab: Page, server: FakeServer) -> Walker:
    models = (ModelSettings(name="local", url=server.url),)
    save_settings(app.home, Settings(models=models))
    tab.emulate_media(reduced_motion="reduce")
    return Walker(tab)


@pytest.fixture
def canvas(app: RunningApp, tab: Page, walker: Walker) -> Canvas:
    """A new graph, made and entered by keyboard."""
    Home(tab, app.address).open()
    walker.choose(tab.get_by_role("button", name="New graph"))
    walker.to(tab.get_by_label("Title", exact=True))
    walker.type("By keyboard")
    walker.choose(tab.get_by_role("button", name="Create"))
    arrived(tab, "/design")
    screen = Canvas(tab, app.address).ready()
    walker.choose(tab.get_by_role("button", name="Go to the graph"))
    return screen


def add(walker: Walker, canvas: Canvas, kind: str) -> None:
    """Add a node with the quick menu, by itself."""
    walker.press("Escape", "n")
    walker.type(kind)
    walker.press("Enter")
    expect(canvas.node(kind)).to_have_class(re.compile("selected"))


def test_the_whole_way_goes_by_keyboard_alone(canvas: Canvas, walker: Walker) -> None:
    draw_and_mend(canvas, walker)
    write(canvas, walker)
    run_and_read(canvas, walker)
    review_and_export(canvas, walker)
    run_many(canvas, walker)
    assert walker.unseen == []


def draw_and_mend(canvas: Canvas, walker: Walker) -> None:
    """Two nodes; the list of problems leads to the one that lacks an arrow, which is drawn."""
    add(walker, canvas, "turn")
    add(walker, canvas, "judge")
    expect(canvas.node("judge").locator(".trouble")).to_be_visible()
    walker.press("Escape", "p", "Enter")
    expect(canvas.node("judge")).to_have_class(re.compile("selected"))
    walker.press("Escape", "Control+ArrowUp")
    expect(canvas.node("turn")).to_have_class(re.compile("selected"))
    walker.press("n")
    walker.type("judge")
    walker.press("ArrowUp", "Enter")
    expect(canvas.arrow("turn", "judge")).to_be_attached()
    expect(canvas.tab.locator(".trouble")).to_have_count(0)


def write(canvas: Canvas, walker: Walker) -> None:
    """Rename the node and write its prompt at once, as fast as a typist."""
    walker.press("F6")
    name = canvas.tab.get_by_label("Node", exact=True)
    expect(name).to_be_focused(timeout=PATIENCE)
    walker.press("Control+a")
    walker.type("ask")
    walker.to(canvas.tab.get_by_label("Prompt", exact=True))
    walker.type(PROMPT)
    walker.press("F6")
    expect(canvas.ground).to_be_focused()
    expect(canvas.node("ask").locator(".prompt")).to_have_text(PROMPT)
    canvas.kept()


def run_and_read(canvas: Canvas, walker: Walker) -> None:
    """Run a sample; the text that the model wrote stands on the card."""
    walker.press("Control+Enter")
    expect(canvas.state("judge", "done")).to_be_visible(timeout=PATIENCE)
    expect(canvas.node("ask").locator(".said")).to_have_text(re.compile(r"\w+ \w+"))
    expect(canvas.ground).to_be_focused()


def review_and_export(canvas: Canvas, walker: Walker) -> None:
    """Go to the conversations, read one, write a file."""
    tab, address = canvas.tab, canvas.address
    walker.choose(tab.get_by_role("link", name="Review"), by="Shift+Tab")
    arrived(tab, "/review")
    review = Review(tab, address).settled()
    walker.choose(tab.get_by_role("button", name="Read one by one"))
    expect(review.messages.first).to_be_visible(timeout=PATIENCE)
    review.settled()
    walker.choose(tab.get_by_role("link", name="Export"), by="Shift+Tab")
    arrived(tab, "/export")
    Export(tab, address).settled()
    walker.choose(tab.get_by_role("button", name="Write"))
    expect(tab.get_by_text(re.compile(r"^[\d,]+ written")).first).to_be_visible(timeout=PATIENCE)


def run_many(canvas: Canvas, walker: Walker) -> None:
    """Start a run of many records from its own page."""
    tab = canvas.tab
    walker.choose(tab.get_by_role("link", name="Run"), by="Shift+Tab")
    arrived(tab, "/run")
    runs = Run(tab, canvas.address).settled()
    walker.choose(tab.get_by_role("button", name="Start", exact=True))
    arrived(tab, "run=")
    runs.ended()


def test_an_arrow_gets_its_condition_without_a_mouse(canvas: Canvas, walker: Walker) -> None:
    add(walker, canvas, "turn")
    walker.press("n")
    walker.type("judge")
    walker.press("Enter", "Control+ArrowLeft", "a", "Enter")
    expect(canvas.condition).to_be_focused()
    walker.type("record > 1")
    walker.press("Enter")
    expect(canvas.tab.locator(".condition")).to_have_text("record > 1")
    expect(canvas.ground).to_be_focused()
    canvas.kept()


def test_escape_then_tab_leaves_the_graph_and_no_list_keeps_the_keys(
    canvas: Canvas, walker: Walker
) -> None:
    add(walker, canvas, "turn")
    for opening in ("n", "Control+k", "?", "Tab"):
        walker.press(opening, "Escape")
        expect(canvas.ground).to_be_focused()
    walker.press("Escape", "Tab")
    for _ in range(STOPS_INSIDE):
        if walker.is_outside:
            break
        walker.press("Tab")
    assert walker.is_outside
    assert walker.unseen == []


def test_the_list_has_every_shortcut_of_the_one_table(canvas: Canvas, walker: Walker) -> None:
    walker.press("?")
    rows = canvas.tab.get_by_label("Shortcuts", exact=True).locator("dl > div")
    table = KEYS.read_text(encoding="utf-8").count("{ group:")
    expect(rows).to_have_count(table)
    for row in rows.all():
        expect(row.locator("kbd").first).to_be_visible()
        expect(row.locator("dd")).not_to_be_empty()
