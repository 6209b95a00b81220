"""Editing on the canvas: drawing, choosing, copying, moving, searching."""

import re
from typing import Literal

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
GRAPH = "example/preference_pairs"
OTHER = "example/first_steps"
NODES, ARROWS = 5, 4


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    tab.emulate_media(reduced_motion="reduce")
    screen = Canvas(tab, app.address).open(f"?graph={GRAPH}").ready()
    screen.focus()
    screen.keys("f")
    return screen


def test_while_an_arrow_is_drawn_what_fits_glows_and_what_does_not_dims(canvas: Canvas) -> None:
    canvas.begin_arrow("topic")
    expect(canvas.node("verdict").locator(".card.fits")).to_be_attached()
    expect(canvas.node("question").locator(".card.unfit")).to_be_attached()
    canvas.tab.mouse.up()
    expect(canvas.tab.locator(".card.fits")).to_have_count(0)


def test_an_arrow_that_cannot_be_is_refused_with_its_reason(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    canvas.drag_arrow("topic", to=canvas.node("topic").locator(".react-flow__handle-left"))
    expect(canvas.notice).to_contain_text("itself")
    canvas.drag_arrow("topic", to=canvas.node("question"))
    expect(canvas.notice).to_contain_text("already")
    canvas.drag_arrow("verdict", to=canvas.node("topic"))
    canvas.keys("Escape")
    expect(canvas.notice).to_contain_text("an arrow back needs a condition and a limit")
    assert canvas.document(GRAPH) == before


def test_an_arrow_back_is_drawn_with_its_condition_and_limit(canvas: Canvas) -> None:
    canvas.drag_arrow("verdict", to=canvas.node("question"))
    canvas.condition.fill("verdict.score < ")
    canvas.keys("Enter")
    expect(canvas.arrows).to_have_count(ARROWS)
    canvas.condition.fill("verdict.score < 0.5")
    canvas.tab.get_by_label("Rounds at most").fill("3")
    canvas.tab.get_by_role("button", name="Draw", exact=True).click()
    expect(canvas.arrow("verdict", "question")).to_be_attached()
    edge = canvas.document(GRAPH)["edges"]["verdict -> question"]
    assert (edge["when"], edge["max_visits"]) == ("verdict.score < 0.5", 3)
    canvas.kept()


def test_an_arrow_dropped_on_free_ground_adds_and_connects(canvas: Canvas) -> None:
    canvas.drag_arrow("verdict", to=canvas.ground, at=(0.3, 0.95))
    canvas.search.fill("rou")
    canvas.keys("Enter")
    expect(canvas.arrow("verdict", "router")).to_be_attached()
    canvas.keys("Control+z")
    expect(canvas.node("router")).to_have_count(0)
    expect(canvas.arrows).to_have_count(ARROWS)
    canvas.kept()


@pytest.mark.parametrize("way", ["double click", "right click", "Tab"])
def test_three_ways_open_the_menu_and_enter_adds_the_first_hit(canvas: Canvas, way: str) -> None:
    spot = canvas.ground.bounding_box()
    assert spot
    x, y = spot["x"] + spot["width"] * 0.3, spot["y"] + spot["height"] * 0.95
    if way == "double click":
        canvas.tab.mouse.dblclick(x, y)
    elif way == "right click":
        canvas.tab.mouse.click(x, y, button="right")
    else:
        canvas.keys("Tab")
    canvas.search.fill("judg")
    canvas.keys("Enter")
    expect(canvas.node("judge")).to_have_class(re.compile("selected"))
    canvas.kept()


def test_a_condition_is_written_on_its_arrow_with_known_variables(canvas: Canvas) -> None:
    canvas.arrow("question", "answers").locator("path").first.dblclick(force=True)
    canvas.condition.fill("top")
    expect(canvas.tab.get_by_role("option", name="topic", exact=True)).to_be_visible()
    canvas.keys("Tab")
    expect(canvas.condition).to_have_value("topic")
    canvas.tab.keyboard.type(" = 'bees'")
    expect(canvas.tab.locator(".verdict")).to_contain_text("not allowed")
    canvas.condition.fill("topic == 'bees'")
    expect(canvas.tab.locator(".verdict")).to_contain_text("can be read")
    canvas.keys("Enter")
    expect(canvas.tab.locator("button.condition")).to_have_text("topic = 'bees'")
    canvas.kept()
    canvas.focus()
    canvas.keys("Control+z")
    expect(canvas.tab.locator("button.condition")).to_have_count(0)


@pytest.mark.parametrize("key", ["Control", "Shift"])
def test_a_click_with_a_key_held_chooses_one_more(
    canvas: Canvas, key: Literal["Control", "Shift"]
) -> None:
    canvas.header("topic").click()
    canvas.header("answers").click(modifiers=[key])
    expect(canvas.chosen).to_have_count(2)
    canvas.header("topic").click(modifiers=[key])
    expect(canvas.chosen).to_have_count(1)


def test_what_a_box_chooses_moves_as_one_step(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)["nodes"]
    canvas.box("topic", "opening")
    expect(canvas.chosen).to_have_count(2)
    canvas.drag(canvas.header("topic"), dx=0, dy=-60)
    canvas.kept()
    after = canvas.document(GRAPH)["nodes"]
    assert {name for name in after if after[name] != before[name]} == {"topic", "opening"}
    canvas.focus()
    canvas.keys("Control+z")
    assert canvas.document(GRAPH)["nodes"] == before


def test_copies_keep_the_arrows_among_them_also_in_another_graph(canvas: Canvas) -> None:
    canvas.header("question").click()
    canvas.header("answers").click(modifiers=["Control"])
    canvas.keys("Control+c", "Control+v")
    expect(canvas.arrow("question_2", "answers_2")).to_be_attached()
    canvas.keys("Control+d")
    expect(canvas.arrow("question_3", "answers_3")).to_be_attached()
    canvas.keys("Control+x")
    expect(canvas.nodes).to_have_count(NODES + 1 + 2)
    canvas.kept()
    other = Canvas(canvas.tab, canvas.address).open(f"?graph={OTHER}").ready()
    other.focus()
    other.keys("Control+v")
    expect(other.tab.locator(".react-flow__edge-arrow[data-id*='answers']")).to_have_count(1)
    other.kept()


def test_arrow_keys_nudge_and_a_dropped_card_snaps_to_the_grid(canvas: Canvas) -> None:
    x, y = canvas.document(GRAPH)["nodes"]["opening"]["position"]
    canvas.header("opening").click()
    canvas.keys("ArrowDown", "ArrowRight", "Shift+ArrowDown")
    assert canvas.document(GRAPH)["nodes"]["opening"]["position"] == [x + 10, y + 60]
    canvas.drag(canvas.header("opening"), dx=33, dy=47)
    canvas.kept()
    place = canvas.document(GRAPH)["nodes"]["opening"]["position"]
    assert [value % 10 for value in place] == [0, 0]
    assert place != [x + 10, y + 60]


def test_tidying_is_one_step_that_can_be_undone(canvas: Canvas) -> None:
    canvas.header("opening").click()
    canvas.keys("Shift+ArrowUp", "Shift+ArrowUp")
    before = canvas.document(GRAPH)
    canvas.keys("l")
    assert canvas.document(GRAPH) != before
    canvas.keys("Control+z")
    assert canvas.document(GRAPH) == before
    canvas.kept()


def test_a_hundred_steps_are_undone_and_done_again_without_a_new_mount(canvas: Canvas) -> None:
    before = canvas.document(GRAPH)
    canvas.select("topic")
    canvas.keys(*["ArrowDown"] * 100)
    after = canvas.document(GRAPH)
    assert after["nodes"]["topic"]["position"][1] == before["nodes"]["topic"]["position"][1] + 1000
    canvas.keys(*["Control+z"] * 100)
    assert canvas.document(GRAPH) == before
    canvas.keys(*["Control+y"] * 100)
    assert canvas.document(GRAPH) == after
    canvas.kept()
    assert canvas.mounts == 1


@pytest.mark.parametrize(
    ("words", "name"), [("better", "verdict"), ("panel", "answers"), ("glass made", "question")]
)
def test_search_finds_by_title_kind_and_prompt_and_jumps(
    canvas: Canvas, words: str, name: str
) -> None:
    canvas.keys("Control+k")
    canvas.finder.fill(words)
    canvas.keys("Enter")
    expect(canvas.node(name)).to_have_class(re.compile("selected"))
    expect(canvas.node(name)).to_be_in_viewport(ratio=1)


def test_a_node_is_switched_off_by_key_and_on_by_menu(canvas: Canvas) -> None:
    canvas.header("verdict").click()
    canvas.keys("d")
    expect(canvas.node("verdict")).to_contain_text("Off")
    canvas.kept()
    assert canvas.document(GRAPH)["nodes"]["verdict"]["fields"]["disabled"] is True
    canvas.header("verdict").click(button="right")
    canvas.tab.get_by_role("menuitem", name="Switch on").click()
    expect(canvas.node("verdict")).not_to_contain_text("Off")
    canvas.kept()


def test_a_wide_graph_opens_with_no_card_under_palette_or_map(app: RunningApp, tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 720})
    tab.emulate_media(reduced_motion="reduce")
    canvas = Canvas(tab, app.address).open(f"?graph={OTHER}").ready()
    for _ in range(9):
        canvas.tab.locator("[data-palette='turn']").click()
    canvas.focus()
    canvas.keys("l")
    canvas.kept()
    assert covered(canvas) == []
    tab.reload()
    canvas.ready()
    assert covered(canvas) == []


def covered(canvas: Canvas) -> list[str]:
    """The cards that lie, in part, under the palette or the map."""
    covers = [canvas.tab.locator(".palette"), canvas.tab.locator(".react-flow__minimap")]
    boxes = [seen for cover in covers if (seen := cover.bounding_box())]
    assert len(boxes) == len(covers)
    cards = canvas.tab.locator(".react-flow__node-card").all()
    return [name_of(card) for card in cards if any(overlaps(card, box) for box in boxes)]


def name_of(card: Locator) -> str:
    return card.get_attribute("data-id") or ""


def overlaps(card: Locator, cover: FloatRect) -> bool:
    box = card.bounding_box()
    assert box
    across = box["x"] < cover["x"] + cover["width"] and cover["x"] < box["x"] + box["width"]
    return (
        across and box["y"] < cover["y"] + cover["height"] and cover["y"] < box["y"] + box["height"]
    )
