"""Cards and arrows of the canvas while a sample runs, and what they say of problems."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvas_screen import Canvas
from tests.browser.screen import PATIENCE
from tests.browser.server import RunningApp
from tests.browser.workspaces import with_model
from tests.fake_server import FakeServer, fake_server

pytestmark = pytest.mark.browser
PACE_SECONDS = 0.1
INKS: dict[Literal["light", "dark"], str] = {
    "light": "rgb(28, 33, 48)", "dark": "rgb(230, 232, 240)",
}  # fmt: skip
LOOP = """\
grasp: 1
title: Try it twice
models: {writer: {model: fake}}
seeds: {kind: inline, rows: [{topic: rain}, {topic: bread}]}
nodes:
  mood: {kind: sampler, writes: mood, options: {calm: 3, cross: 1}}
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}."}
  answer: {kind: turn, role: assistant, model: writer, revises: true, note: Keep it short.}
  grade: {kind: judge, rubric: helpfulness, model: writer, method: p_yes, writes: grade}
  rare: {kind: sampler, writes: rare, options: [one, other]}
  thanks: {kind: turn, role: user, model: writer, prompt: "%s Say thanks."}
  quiet: {kind: swap_roles, disabled: true}
edges:
  - mood -> ask -> answer -> grade
  - {from: grade, to: answer, when: grade.score >= 0, max_visits: 2}
  - {from: grade, to: rare, when: grade.score > 2}
  - {from: grade, to: thanks, when: grade.score <= 1}
  - thanks -> quiet
tagging: none
"""
WRONG = LOOP.replace("about {topic}", "about {nowhere}").replace("grade.score > 2", "grade.score >")
TEXTS_OF_A_CARD = """
(card) => {
  const found = new Set();
  const look = () => {
    const said = card.querySelector(".status[data-state='running'] .said");
    if (said) found.add(said.textContent);
    globalThis.saidTexts = found.size;
    requestAnimationFrame(look);
  };
  look();
}
"""
COLOUR = """
(element) => {
  const read = document.createElement("canvas").getContext("2d");
  read.fillStyle = getComputedStyle(element).color;
  read.fillRect(0, 0, 1, 1);
  return [...read.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}
"""
POOREST_CONTRAST = """
(canvas) => {
  const read = (text) => {
    const share = text.startsWith("color(") ? 255 : 1;
    const [r, g, b, a = 1] = text.match(/-?[\\d.]+/g).map(Number);
    return [r * share, g * share, b * share, a];
  };
  const over = (top, below) => below.map((c, i) => (i < 3 ? top[i] * top[3] + c * (1 - top[3]) : 1));
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(read(getComputedStyle(at).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratios = [];
  const walk = document.createTreeWalker(canvas, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const box = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !box.closest(".card, .arrow-label, .timeline")) continue;
    const below = ground(box);
    const [dark, bright] = [light(over(read(getComputedStyle(box).color), below)), light(below)].sort((a, b) => a - b);
    ratios.push((bright + 0.05) / (dark + 0.05));
  }
  return [ratios.length, Math.min(...ratios)];
}
"""  # noqa: E501 - a script of another language


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with fake_server(words=30) as started:
        yield started


@pytest.fixture
def canvas(app: RunningApp, tab: Page, server: FakeServer) -> Canvas:
    with_model(app.home, server)
    graphs = app.home / "graphs"
    (graphs / "loop.yaml").write_text(LOOP % "", encoding="utf-8")
    (graphs / "failing.yaml").write_text(LOOP % "[always 500]", encoding="utf-8")
    (graphs / "wrong.yaml").write_text(WRONG % "", encoding="utf-8")
    tab.emulate_media(reduced_motion="reduce")
    return Canvas(tab, app.address)


def opened(canvas: Canvas, graph: str) -> Canvas:
    canvas.open(f"?graph=own/{graph}").ready()
    return canvas


def test_tokens_grow_on_the_running_card_and_every_state_has_its_word(
    canvas: Canvas, server: FakeServer
) -> None:
    server.pace = PACE_SECONDS
    opened(canvas, "loop").set_records(1)
    canvas.node("answer").evaluate(TEXTS_OF_A_CARD)
    canvas.press_run()
    expect(canvas.state("ask", "running")).to_contain_text("Running", timeout=PATIENCE)
    expect(canvas.state("thanks", "queued")).to_contain_text("Queued")
    expect(canvas.state("thanks", "done")).to_contain_text("Done", timeout=PATIENCE)
    expect(canvas.state("rare", "skipped")).to_contain_text("Skipped")
    shown = canvas.tab.evaluate("() => globalThis.saidTexts")
    # Three replies of 30 words, each seen to grow.
    assert shown >= 2 * 3
    for name in ("ask", "rare"):
        expect(canvas.node(name).locator(".status .state svg")).to_be_visible()


def test_loops_show_their_rounds_and_taken_arrows_are_lit_with_a_count(canvas: Canvas) -> None:
    opened(canvas, "loop").set_records(2)
    back = canvas.tab.locator(".arrow-label[data-edge='grade -> answer']")
    expect(back.locator(".rounds")).to_have_text("≤ 2×")
    canvas.press_run()
    expect(canvas.state("thanks", "done")).to_be_visible(timeout=PATIENCE)
    expect(back.locator(".rounds")).to_have_text("2/2")
    expect(back.locator(".taken")).to_have_text("4×")
    expect(canvas.arrow("grade", "thanks").locator(".arrow")).to_have_class(re.compile("lit"))
    expect(canvas.arrow("grade", "rare").locator(".arrow")).not_to_have_class(re.compile("lit"))


def test_the_time_line_has_a_row_a_record_and_its_bars_lead_to_their_node(canvas: Canvas) -> None:
    opened(canvas, "loop").set_records(2).press_run()
    expect(canvas.state("thanks", "done")).to_be_visible(timeout=PATIENCE)
    strip = canvas.tab.get_by_label("Time line", exact=True)
    strip.get_by_role("button", name="Time line").click()
    expect(strip.locator("li")).to_have_count(2)
    bars = strip.locator("li").first.locator(".span[data-node='answer']")
    expect(bars).to_have_count(3)
    expect(bars.nth(2)).to_have_attribute("title", re.compile("answer · done · .*s · visit 3"))
    bars.first.press("Enter")
    expect(canvas.node("answer")).to_have_class(re.compile("selected"))
    bars.first.press("ArrowRight")
    expect(strip.locator("li").first.locator(".span[data-node='grade']").first).to_be_focused()
    canvas.tab.keyboard.press("+")
    expect(strip.get_by_role("button", name="Zoom out of the time line")).to_be_enabled()
    canvas.tab.keyboard.press("0")
    expect(strip.get_by_role("button", name="Zoom out of the time line")).to_be_disabled()
    canvas.tab.reload()
    canvas.ready()
    strip.get_by_role("button", name="Time line").click()
    expect(strip.locator("li")).to_have_count(2)


def test_bars_of_calls_of_milliseconds_lie_beside_each_other_and_can_be_hit(
    canvas: Canvas,
) -> None:
    opened(canvas, "loop").set_records(1).press_run()
    expect(canvas.state("thanks", "done")).to_be_visible(timeout=PATIENCE)
    strip = canvas.tab.get_by_label("Time line", exact=True)
    strip.get_by_role("button", name="Time line").click()
    boxes = [bar.bounding_box() for bar in strip.locator(".span").all()]
    found = sorted((box["y"], box["x"], box["width"]) for box in boxes if box)
    assert len(found) == 9
    assert min(width for _, _, width in found) >= 7.9
    lines = [(a, b) for a, b in pairwise(found) if a[0] == b[0]]
    assert [(a, b) for a, b in lines if a[1] + a[2] > b[1] + 0.1] == []


def test_a_failed_card_says_why_and_nothing_is_shown_as_done_that_failed(canvas: Canvas) -> None:
    opened(canvas, "failing").set_records(1).press_run()
    failed = canvas.state("thanks", "failed")
    expect(failed).to_contain_text("Failed", timeout=PATIENCE)
    expect(failed.locator(".why")).to_contain_text("status 500")
    expect(canvas.tab.locator(".progress")).to_contain_text("0 of 1 done · 1 failed")
    expect(canvas.node("quiet").locator(".badge")).to_have_text("Off")


def test_problems_stand_on_the_node_and_rows_of_the_list_jump_to_it(canvas: Canvas) -> None:
    opened(canvas, "wrong")
    trouble = canvas.node("ask").locator(".trouble")
    expect(trouble).to_contain_text("nowhere")
    red, green, blue = trouble.evaluate(COLOUR)
    assert red > 1.5 * max(green, blue)
    canvas.tab.get_by_role("button", name=re.compile(r"problems?$")).click()
    rows = canvas.tab.get_by_label("Problems", exact=True).locator(".rows button")
    rows.filter(has_text="nowhere").click()
    expect(canvas.node("ask")).to_have_class(re.compile("selected"))
    panel = canvas.tab.get_by_label("Problems", exact=True).bounding_box()
    card = canvas.node("ask").bounding_box()
    assert panel
    assert card
    assert card["x"] + card["width"] < panel["x"]
    rows.filter(has_text="grade -> rare").first.click()
    expect(canvas.arrow("grade", "rare").locator(".arrow")).to_have_class(re.compile("chosen"))


def test_a_graph_with_problems_does_not_run_and_its_list_says_why(
    canvas: Canvas, server: FakeServer
) -> None:
    opened(canvas, "wrong").press_run()
    rows = canvas.tab.get_by_label("Problems", exact=True).locator(".rows button")
    expect(rows.filter(has_text="nowhere")).to_be_visible()
    expect(rows.filter(has_text="grade -> rare").first).to_be_visible()
    expect(canvas.notice).to_contain_text("Mend the problems first")
    canvas.settled()
    expect(canvas.tab.locator(".card .status")).to_have_count(0)
    assert ("run=" in canvas.tab.url, server.asked) == (False, [])


def test_a_node_switched_off_that_others_need_stops_the_run_until_it_is_on(
    canvas: Canvas, server: FakeServer
) -> None:
    opened(canvas, "loop").set_records(1).header("grade").click()
    canvas.keys("d", "Control+Enter")
    rows = canvas.tab.get_by_label("Problems", exact=True).locator(".rows button")
    expect(rows.filter(has_text="Nothing writes 'grade': 'grade' is disabled.")).to_have_count(3)
    canvas.kept()
    assert ("run=" in canvas.tab.url, server.asked) == (False, [])
    canvas.focus()
    canvas.keys("d")
    expect(rows).to_have_count(0)
    canvas.keys("Control+Enter")
    expect(canvas.state("answer", "done")).to_be_visible(timeout=PATIENCE)


def test_light_and_dark_follow_at_once_and_all_text_can_be_read(canvas: Canvas) -> None:
    opened(canvas, "loop").set_records(1).press_run()
    expect(canvas.state("thanks", "done")).to_be_visible(timeout=PATIENCE)
    canvas.tab.get_by_role("button", name="Time line").click()
    view = canvas.view
    for scheme, ink in INKS.items():
        canvas.tab.emulate_media(color_scheme=scheme)
        expect(canvas.settled().node("ask").locator("strong")).to_have_css("color", ink)
        texts, poorest = canvas.tab.get_by_test_id("grasp-canvas").evaluate(POOREST_CONTRAST)
        assert texts > 20
        assert poorest >= 4.5
    assert (canvas.view, canvas.mounts) == (view, 1)
