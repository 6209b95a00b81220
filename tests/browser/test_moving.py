"""A canvas stays what it is where the page draws its place anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser


@pytest.fixture
def moving(tmp_path: Path, tab: Page) -> Iterator[Canvas]:
    """A canvas that Ctrl+S sends to another place of its page."""
    app = RunningApp(home=tmp_path / "home", script="tests/browser/moving_canvas.py")
    app.start()
    tab.goto(app.address)
    canvas = Canvas(tab, app.address)
    expect(canvas.node("a")).to_be_visible(timeout=60_000)
    yield canvas
    app.stop()


def test_a_canvas_moves_along_with_its_place_and_keeps_the_keys(moving: Canvas) -> None:
    moving.header("a").click()
    expect(moving.chosen).to_have_count(1)
    view = moving.view
    columns = moving.tab.get_by_test_id("stColumn")
    for place in (1, 0):
        moving.tab.keyboard.press("Control+s")
        expect(columns.nth(place).locator(".react-flow__node-card")).to_have_count(2)
        expect(columns.nth(1 - place).locator(".react-flow__node-card")).to_have_count(0)
    assert (moving.mounts, moving.view) == (1, view)
    moving.tab.keyboard.press("Delete")
    expect(moving.node("a")).to_have_count(0)
