"""The canvas while a sample runs: undisturbed, cancelled, seen again, read from the store."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.screen import PATIENCE
from tests.browser.server import RunningApp
from tests.browser.test_live_canvas import LOOP
from tests.browser.workspaces import with_model
from tests.fake_server import FakeServer, fake_server

pytestmark = pytest.mark.browser
SECONDS = 0.25
MANY = 100
LOOK_OF_A_STATE = """
(line) => [
  getComputedStyle(line).color,
  line.querySelector("svg path").getAttribute("d"),
  line.querySelector("span").textContent,
]
"""


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with fake_server(seconds=SECONDS, words=20) as started:
        yield started


@pytest.fixture
def canvas(app: RunningApp, tab: Page, server: FakeServer) -> Canvas:
    with_model(app.home, server)
    graphs = app.home / "graphs"
    (graphs / "loop.yaml").write_text(LOOP % "", encoding="utf-8")
    (graphs / "failing.yaml").write_text(LOOP % "[always 500]", encoding="utf-8")
    tab.emulate_media(reduced_motion="reduce")
    return Canvas(tab, app.address)


def test_dragging_zooming_and_typing_go_on_while_a_sample_runs(canvas: Canvas) -> None:
    canvas.open("?graph=own/pairs").ready().select("ask").set_records(MANY).press_run()
    expect(canvas.state("ask", "running")).to_be_visible(timeout=PATIENCE)
    before = canvas.document("own/pairs")["nodes"]["grade"]["position"]
    canvas.drag(canvas.header("grade"), dx=60, dy=40)
    canvas.tab.get_by_role("button", name="Zoom in", exact=True).click(delay=100)
    view, done = canvas.view, canvas.tab.locator(".progress .figures")
    # What is dragged is selected: its form comes and goes first.
    canvas.select("ask")
    field = canvas.tab.get_by_label("Prompt", exact=True)
    field.fill("")
    field.press_sequentially("Typed while others run. ", delay=120)
    first = done.inner_text()
    expect(done).not_to_have_text(first, timeout=PATIENCE)
    expect(field).to_be_focused()
    expect(field).to_have_value("Typed while others run. ")
    assert canvas.document("own/pairs")["nodes"]["grade"]["position"] != before
    assert (canvas.view, canvas.mounts) == (view, 1)
    expect(canvas.tab.locator(".sample .stop")).to_be_visible()


def test_a_sample_is_seen_in_a_second_tab_and_cancelled_there_and_keeps_what_is_done(
    canvas: Canvas, server: FakeServer
) -> None:
    canvas.open("?graph=own/pairs").ready().set_records(MANY).press_run()
    expect(canvas.tab.locator(".progress .figures")).to_contain_text(
        re.compile(r"^[2-9] of"), timeout=PATIENCE
    )
    canvas.tab.reload()
    canvas.ready()
    expect(canvas.state("ask", "running")).to_be_visible(timeout=PATIENCE)
    other = Canvas(canvas.tab.context.new_page(), canvas.address)
    other.tab.goto(canvas.tab.url)
    expect(other.ready().state("ask", "running")).to_be_visible(timeout=PATIENCE)
    other.tab.locator(".sample .stop").click(delay=100)
    for seen in (other, canvas):
        figures = seen.tab.locator(".progress .figures")
        expect(figures).to_contain_text(f"of {MANY}", timeout=PATIENCE)
        expect(figures).to_contain_text("Stopped at", timeout=PATIENCE)
    asked = len(server.asked)
    review = canvas.open_conversations()
    expect(review.text(re.compile(r"Conversations \([1-9]")).first).to_be_visible(timeout=PATIENCE)
    assert len(server.asked) == asked


def test_a_reload_keeps_the_last_draft_and_the_run_that_is_watched(canvas: Canvas) -> None:
    canvas.open("?graph=own/pairs").ready().set_records(1).press_run()
    expect(canvas.state("grade", "done")).to_be_visible(timeout=PATIENCE)
    canvas.add("turn").kept()
    drawn = canvas.document("own/pairs")
    canvas.tab.reload()
    canvas.ready()
    expect(canvas.node("turn")).to_be_visible()
    expect(canvas.state("grade", "done")).to_be_visible()
    assert canvas.document("own/pairs") == drawn


def test_each_state_of_a_card_has_its_own_icon_and_word_and_a_colour(
    canvas: Canvas, server: FakeServer
) -> None:
    looks = []

    def seen(name: str, state: str) -> None:
        line = canvas.state(name, state).locator(".state")
        expect(line).to_be_visible(timeout=PATIENCE)
        looks.append(line.evaluate(LOOK_OF_A_STATE))

    server.answers.clear()
    canvas.open("?graph=own/loop").ready().set_records(2).press_run()
    for name, state in (("thanks", "queued"), ("ask", "running")):
        seen(name, state)
    server.answers.set()
    for name, state in (("thanks", "done"), ("rare", "skipped")):
        seen(name, state)
    canvas.select("grade")
    canvas.tab.get_by_role("radio", name="Last run").click(delay=100)
    canvas.press("Run from here").press("This record alone")
    seen("ask", "cached")
    canvas.open("?graph=own/failing").ready().set_records(1).press_run()
    seen("thanks", "failed")
    assert [word for _, _, word in looks] == [
        "Queued", "Running", "Done", "Skipped", "Cached", "Failed",
    ]  # fmt: skip
    assert len({icon for _, icon, _ in looks}) == 6
    # What waits and what was passed over are grey alike; each other colour is its own.
    assert len({colour for colour, _, _ in looks}) >= 5


def test_a_run_looks_after_a_restart_of_the_app_as_it_did_live(
    canvas: Canvas, app: RunningApp
) -> None:
    canvas.open("?graph=own/loop").ready().set_records(2).press_run()
    expect(canvas.state("thanks", "done")).to_be_visible(timeout=PATIENCE)
    back = canvas.tab.locator(".arrow-label[data-edge='grade -> answer']")
    for restarts in (False, True):
        if restarts:
            app.kill()
            app.start()
            canvas.tab.reload()
            canvas.ready()
        expect(back.locator(".rounds")).to_have_text("2/2")
        expect(back.locator(".taken")).to_have_text("4×")
        lit = canvas.arrow("grade", "thanks").locator(".arrow")
        expect(lit).to_have_class(re.compile("lit"))
        dark = canvas.arrow("grade", "rare").locator(".arrow")
        expect(dark).not_to_have_class(re.compile("lit"))
        expect(canvas.state("rare", "skipped")).to_be_visible()
        expect(canvas.state("answer", "done")).to_contain_text("6×")
