"""Versions in a real browser: compared on the canvas, restored, undone; a changed file."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from grasp_ui.services.graph_file import read_graph
from tests.browser.axe import findings
from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp
from tests.browser.workspaces import PAIRS

pytestmark = pytest.mark.browser
GRAPH = "own/pairs"


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    (app.home / "graphs").mkdir()
    (app.home / "graphs" / "pairs.yaml").write_text(f"# Mine\n{PAIRS}", encoding="utf-8")
    tab.emulate_media(reduced_motion="reduce")
    screen = Canvas(tab, app.address).open(f"?graph={GRAPH}").ready()
    screen.focus()
    screen.keys("f")
    return screen


def test_a_snapshot_is_compared_on_the_canvas_restored_and_undone(canvas: Canvas) -> None:
    tab = canvas.tab
    keep(canvas, "Good one")
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


def test_two_kept_versions_are_looked_at_in_place_of_the_drawing(canvas: Canvas) -> None:
    tab = canvas.tab
    keep(canvas, "Good one")
    canvas.header("grade").click()
    canvas.keys("Delete")
    canvas.header("answers").click()
    canvas.keys("d")
    canvas.add("router").kept()
    keep(canvas, "Other one")
    canvas.header("ask").click()
    canvas.keys("Delete")
    canvas.kept()
    view = canvas.view
    tab.get_by_text("Versions", exact=True).click()
    canvas.press("Good one").choose("Compared with", "Other one")
    expect(tab.locator(".compared")).to_contain_text("Good one → Other one")
    for name, mark in (("router", "added"), ("grade", "removed"), ("answers", "changed")):
        expect(canvas.node(name).locator(".card")).to_have_attribute("data-mark", mark)
    expect(canvas.node("ask").locator(".card")).not_to_have_attribute("data-mark", re.compile("."))
    assert [found for found in findings(tab) if found.is_ours] == []
    canvas.header("router").click()
    canvas.keys("Delete")
    expect(canvas.notice).to_contain_text("Kept versions are only looked at")
    expect(canvas.node("router")).to_be_visible()
    canvas.press("Back to the drawing")
    expect(tab.locator(".card[data-mark]")).to_have_count(0)
    expect(canvas.node("ask")).to_have_count(0)
    assert (canvas.view, canvas.mounts) == (view, 1)
    expect(canvas.ground).to_be_focused()
    canvas.keys("Control+z")
    expect(canvas.node("ask")).to_be_visible()
    canvas.kept()


def keep(canvas: Canvas, name: str) -> None:
    """Keep a snapshot of what is drawn."""
    canvas.tab.get_by_text("Versions", exact=True).click()
    canvas.tab.get_by_label("Keep this state as").fill(name)
    canvas.press("Keep a snapshot")


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


def test_the_drawing_stays_where_a_file_changed_by_hand_is_not_wanted(
    canvas: Canvas, app: RunningApp
) -> None:
    path = app.home / "graphs" / "pairs.yaml"
    path.write_text(PAIRS.replace("grade", "mark"), encoding="utf-8")
    expect(canvas.tab.get_by_text("The file was changed elsewhere.")).to_be_visible(timeout=20_000)
    canvas.press("Keep mine")
    expect(canvas.tab.get_by_text("The file was changed elsewhere.")).to_have_count(0)
    expect(canvas.node("grade")).to_be_visible()
    canvas.focus()
    canvas.keys("Control+s")
    expect(canvas.tab.locator(".toolbar .save")).to_be_disabled()
    assert list(read_graph(path.read_text(encoding="utf-8")).nodes) == ["ask", "answers", "grade"]


def test_a_graph_leaves_as_a_file_and_comes_back_as_one(canvas: Canvas, tmp_path: Path) -> None:
    tab = canvas.tab
    canvas.add("router").kept()
    tab.get_by_role("radio", name="YAML", exact=True).click()
    with tab.expect_download() as downloading:
        tab.get_by_role("button", name="Download").click()
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert text == tab.get_by_label("Graph file (YAML)").input_value()
    assert (file.name, text.splitlines()[0], [*read_graph(text).nodes]) == (
        "pairs.yaml",
        "# Mine",
        ["ask", "answers", "grade", "router"],
    )
    torn = tmp_path / "torn.yaml"
    torn.write_bytes(b"\xff\xfe no graph")
    tab.locator("input[type=file]").set_input_files(torn)
    canvas.press("Replace the drawing by it")
    expect(canvas.heading("This is no graph")).to_be_visible()
    expect(canvas.node("router")).to_be_visible()
    file.write_text(PAIRS.replace("grade", "mark"), encoding="utf-8")
    tab.locator("input[type=file]").set_input_files(file)
    expect(canvas.text("pairs.yaml")).to_be_visible()
    canvas.press("Replace the drawing by it")
    expect(canvas.node("mark")).to_be_visible()
    expect(canvas.node("router")).to_have_count(0)
    canvas.focus()
    canvas.keys("Control+z")
    expect(canvas.node("router")).to_be_visible()
    canvas.kept()
