"""The prompt editor in a real browser, in the form beside the canvas."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.canvas_screen import MEMORY, Canvas
from tests.browser.prompt_screen import PromptField
from tests.browser.screen import PATIENCE
from tests.browser.server import RunningApp
from tests.browser.workspaces import PAIRS

pytestmark = pytest.mark.browser
GRAPH = "example/preference_pairs"
LONG = "Ask about {topic} as {opening} would.\nAnd then, when all is said, ask again.\n" * 12


@pytest.fixture
def canvas(app: RunningApp, tab: Page) -> Canvas:
    return Canvas(tab, app.address).open(f"?graph={GRAPH}").ready().select("question")


@pytest.fixture
def field(canvas: Canvas) -> PromptField:
    return PromptField(canvas.tab)


def arrived(canvas: Canvas, prompt: str) -> None:
    """Wait until the server has told the canvas that this is the prompt."""
    found = f"{MEMORY}.editors.get('canvas.{GRAPH}').document.nodes.question.fields.prompt"
    canvas.tab.wait_for_function(f"text => {found} === text", arg=prompt, timeout=PATIENCE)


def test_fast_typing_through_many_reruns_loses_no_letter(
    canvas: Canvas, field: PromptField
) -> None:
    view = canvas.view
    field.empty()
    for line in LONG.splitlines()[:4]:
        field.type(line, delay=35)
        field.tab.keyboard.press("Home")
        field.tab.keyboard.type("- ")
    written = field.area.input_value()
    assert written.count("- ") == 4
    canvas.tab.keyboard.press("Control+Enter")
    arrived(canvas, written)
    expect(field.area).to_have_value(written)
    assert (canvas.view, canvas.mounts) == (view, 1)
    expect(field.area).to_be_focused()


def test_names_are_completed_with_keys_and_undone_by_the_browser(field: PromptField) -> None:
    field.empty()
    field.type("About {")
    expect(field.names).to_have_text(["topic", "opening", "record", "visit"])
    field.tab.keyboard.press("ArrowDown")
    field.tab.keyboard.press("Enter")
    expect(field.area).to_have_value("About {opening}")
    field.type(" and {to")
    expect(field.names).to_have_text(["topic"])
    field.tab.keyboard.press("Tab")
    expect(field.area).to_have_value("About {opening} and {topic}")
    field.tab.keyboard.press("Control+z")
    expect(field.area).to_have_value("About {opening} and {to")
    field.type("p")
    field.tab.keyboard.press("Escape")
    expect(field.names).to_have_count(0)
    field.tab.keyboard.press("Tab")
    expect(field.area).not_to_be_focused()


def test_an_unknown_name_is_marked_at_once_with_its_reason(
    canvas: Canvas, field: PromptField
) -> None:
    field.type(" {tpic} {topic.x}")
    expect(field.unknown).to_have_text("{tpic}")
    expect(field.area).to_have_attribute("aria-invalid", "true")
    expect(field.reasons).to_have_text("There is no variable 'tpic'. Did you mean 'topic'?")
    expect(canvas.node("question")).to_contain_text("There is no variable 'tpic'")
    canvas.settled()
    expect(field.reasons).to_have_count(1)
    assert field.is_in_step


def test_the_colours_keep_step_with_a_long_text(field: PromptField) -> None:
    field.empty()
    field.tab.keyboard.insert_text(LONG)
    assert field.is_in_step
    height = field.root.locator(".box").bounding_box()
    assert height
    assert height["height"] <= 0.45 * 900
    field.type("The end.\n\n")
    assert field.is_in_step
    box = field.root.locator(".box")
    assert box.evaluate("box => box.scrollHeight - box.clientHeight - box.scrollTop") <= 12


def test_renaming_after_typing_keeps_text_selection_and_view(
    canvas: Canvas, field: PromptField
) -> None:
    view = canvas.view
    field.type(" Be brief.")
    canvas.fill("Node", "asked")
    expect(canvas.node("asked")).to_have_class(re.compile("selected"))
    canvas.kept()
    expect(PromptField(canvas.tab).area).to_have_value(re.compile("Be brief.$"))
    expect(canvas.node("asked")).to_contain_text("Be brief.")
    assert (canvas.view, canvas.mounts) == (view, 1)


def test_a_click_elsewhere_right_after_typing_loses_neither(
    canvas: Canvas, field: PromptField
) -> None:
    field.type(" Be brief.", delay=0)
    written = field.area.input_value()
    names = canvas.tab.get_by_label("Node", exact=True)
    canvas.node("answers").locator("header").click(delay=100)
    expect(names.first).to_have_value("answers", timeout=PATIENCE)
    expect(names).to_have_count(1, timeout=PATIENCE)
    arrived(canvas, written)
    canvas.select("question")
    expect(field.area).to_have_value(written)


def test_undo_on_the_canvas_comes_back_into_the_text(canvas: Canvas, field: PromptField) -> None:
    before = field.area.input_value()
    field.type(" Be brief.")
    expect(canvas.node("question")).to_contain_text("Be brief.")
    canvas.kept()
    canvas.focus()
    canvas.keys("Control+z")
    expect(field.area).to_have_value(before)


def test_another_record_is_chosen_by_keys_and_stays_for_the_next_node(
    app: RunningApp, tab: Page
) -> None:
    (app.home / "graphs").mkdir()
    (app.home / "graphs" / "pairs.yaml").write_text(PAIRS, encoding="utf-8")
    canvas = Canvas(tab, app.address).open("?graph=own/pairs").ready().select("ask")
    field, keys = PromptField(tab), tab.keyboard
    field.root.get_by_text("Preview", exact=True).focus()
    for key in ("Enter", "Tab", "Tab", "Tab", "Enter", "Enter"):
        keys.press(key)
    expect(field.record).to_have_value("2")
    expect(field.preview).to_have_text("Ask about music, number 2.")
    expect(field.source).to_contain_text("Record 2 as it begins, from row 3 of the seeds.")
    expect(field.root.get_by_role("button", name="Next record")).to_be_focused()
    assert [found for found in findings(tab) if found.is_ours] == []
    keys.press("Shift+Tab")
    keys.type("0")
    keys.press("Enter")
    expect(field.preview).to_have_text("Ask about rain, number 0.")
    keys.press("ArrowUp")
    expect(field.record).to_have_value("1")
    canvas.select("answers")
    field.type("On {topic}.")
    expect(field.preview).to_have_text("On bread.")


def test_a_jinja_prompt_is_shown_as_the_server_fills_it(app: RunningApp, tab: Page) -> None:
    (app.home / "graphs").mkdir()
    text = "{% for n in range(3) %}{{ n }} {% endfor %}on {{ topic | upper }}."
    graph = PAIRS.replace('"Ask about {topic}, number {record}."', f'"{text}", jinja: true')
    (app.home / "graphs" / "pairs.yaml").write_text(graph, encoding="utf-8")
    canvas = Canvas(tab, app.address).open("?graph=own/pairs").ready().select("ask")
    field = PromptField(tab)
    field.root.get_by_text("Preview", exact=True).click()
    expect(field.preview).to_have_text("0 1 2 on RAIN.")
    field.root.get_by_role("button", name="Next record").click()
    expect(field.preview).to_have_text("0 1 2 on BREAD.")
    field.empty()
    field.type("{{ topic }} and {{ gone")
    expect(field.preview).to_contain_text("cannot be read")
    field.type(" }}")
    expect(field.preview).to_contain_text("'gone' is undefined")
    assert canvas.mounts == 1


def test_what_few_need_is_drawn_when_more_is_opened(canvas: Canvas, field: PromptField) -> None:
    view, heat = canvas.view, canvas.tab.get_by_label("Temperature", exact=True)
    expect(heat).to_have_count(0)
    canvas.tab.get_by_text("More", exact=True).click()
    expect(heat).to_be_visible()
    canvas.tab.get_by_text("More", exact=True).click()
    expect(heat).to_have_count(0)
    field.type(" {record.name}")
    expect(field.unknown).to_have_text(["{record.name}"])
    expect(field.reasons).to_have_text(["'record' is a text or a number: it has no part 'name'."])
    assert (canvas.view, canvas.mounts) == (view, 1)
