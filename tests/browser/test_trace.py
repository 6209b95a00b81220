"""What a node did, and once more from there, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.screen import PATIENCE
from tests.browser.server import RunningApp
from tests.browser.workspaces import with_model
from tests.fake_server import FakeServer, fake_server

pytestmark = pytest.mark.browser


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with fake_server() as started:
        yield started


@pytest.fixture
def sampled(app: RunningApp, tab: Page, server: FakeServer) -> Canvas:
    """The canvas after a sample, with the last run of `answers` beside it."""
    tab.emulate_media(reduced_motion="reduce")
    with_model(app.home, server)
    canvas = Canvas(tab, app.address).open("?graph=own/pairs").ready()
    canvas.set_records(2).press_run()
    expect(canvas.tab.get_by_role("button", name="Open conversations").last).to_be_visible(
        timeout=PATIENCE
    )
    canvas.select("answers")
    canvas.tab.get_by_role("radio", name="Last run").click(delay=100)
    expect(canvas.text("reply, as it came").first).to_be_visible(timeout=PATIENCE)
    server.asked.clear()
    return canvas


def test_running_from_here_asks_no_node_before(sampled: Canvas, server: FakeServer) -> None:
    before = sampled.tab.url
    sampled.press("Run from here")
    sampled.press("All 2 records")
    expect(sampled.tab).not_to_have_url(before, timeout=PATIENCE)
    expect(sampled.state("ask", "cached")).to_be_visible(timeout=PATIENCE)
    expect(sampled.state("grade", "done")).to_be_visible(timeout=PATIENCE)
    assert len(server.asked) == 2 * 4


def test_a_pinned_output_is_used_by_the_next_sample(sampled: Canvas, server: FakeServer) -> None:
    sampled.press("Pin output")
    sampled.press("For every record")
    expect(sampled.text("1 pinned")).to_be_visible(timeout=PATIENCE)
    sampled.press_run()
    expect(sampled.state("answers", "cached")).to_be_visible(timeout=PATIENCE)
    expect(sampled.state("grade", "done")).to_be_visible(timeout=PATIENCE)
    assert sum("max_tokens" in body and body["max_tokens"] == 41 for body in server.asked) == 0


def test_an_edited_prompt_shows_before_and_after(sampled: Canvas) -> None:
    sampled.press("Edit and rerun")
    dialog = sampled.tab.get_by_role("dialog")
    dialog.get_by_label("Prompt", exact=True).fill("<img src=x> Answer in verse.")
    dialog.get_by_role("button", name="Run this record").click(delay=100)
    expect(dialog.get_by_text(re.compile("^After"))).to_have_count(4, timeout=PATIENCE)
    assert dialog.locator("ins").count() > 0
    dialog.get_by_role("button", name="Use this prompt in the graph").click(delay=100)
    expect(sampled.node("answers")).to_contain_text("Answer in verse.", timeout=PATIENCE)
