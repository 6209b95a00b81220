"""Versions in a real browser: compared on the canvas, restored, undone; a changed file."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp
from tests.browser.workspaces import PAIRS

pytestmark = pytest.mark.browser
GRAPH = "own/pairs"


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    (app.home / "graphs").mkdir()
    (app.home / "graphs" / "pairs.yaml").write_text(PAIRS, encoding="utf-8")
    tab.emulate_media(reduced_motion="reduce")
    screen = Canvas(tab, app.address).open(f"?graph={GRAPH}").ready()
    screen.focus()
    screen.keys("f")
    return screen


def test_a_snapshot_is_compared_on_the_canvas_restored_and_undone(canvas: Canvas) -> None:
    tab = canvas.tab
    tab.get_by_text("Versions", exact=True).click()
    tab.get_by_label("Keep this state as").fill("Good one")
    canvas.press("Keep a snapshot")
    canvas.node("grade").locator("header").click()
    canvas.keys("Delete")
    expect(canvas.node("grade")).to_have_count(0)
    canvas.kept()
    tab.get_by_text("Versions", exact=True).click()
    canvas.press("Good one")
    expect(tab.locator(".card[data-mark='removed']")).to_have_count(1)
    expect(tab.locator(".arrow[data-mark='removed']")).to_have_count(1)
    canvas.press("Restore")
    expect(tab.locator(".card[data-mark]")).to_have_count(0)
    expect(canvas.arrow("answers", "grade")).to_be_attached()
    canvas.focus()
    canvas.keys("Control+z")
    expect(canvas.arrow("answers", "grade")).to_have_count(0)
    canvas.kept()


def test_a_file_changed_by_hand_is_offered_and_drawn_in_place(
    canvas: Canvas, app: RunningApp
) -> None:
    before = canvas.mounts
    path = app.home / "graphs" / "pairs.yaml"
    path.write_text(PAIRS.replace("grade", "mark"), encoding="utf-8")
    expect(canvas.tab.get_by_text("The file was changed elsewhere.")).to_be_visible(timeout=20_000)
    canvas.press("Take the file")
    expect(canvas.node("mark")).to_be_visible()
    expect(canvas.tab.get_by_text("The file was changed elsewhere.")).to_have_count(0)
    assert canvas.mounts == before
