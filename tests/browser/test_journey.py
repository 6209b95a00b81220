"""The whole way once, as a newcomer goes it, with the built-in model."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import PATIENCE
from tests.browser.screens import Design, Export, Home
from tests.browser.server import RunningApp

pytestmark = [pytest.mark.browser, pytest.mark.model]
EXAMPLE = "Two answers, one preference"
PROMPT = "Give it a title of three words."
REASON = "It does not answer the question."


def test_from_an_example_to_a_file_that_reflects_an_override(app: RunningApp, tab: Page) -> None:
    design = Home(tab, app.address).open().open_graph(EXAMPLE)
    extend(design)
    watch_sample(design)
    review = design.open_conversations().read_first()
    rejected = review.messages.last.locator("p").last.inner_text()
    review.override("judge", "reject", REASON)
    tab.reload()
    expect(review.settled().text(REASON).first).to_be_visible(timeout=PATIENCE)
    sentence = Export(tab, app.address).open().choose("DPO").write()
    rows = written(app.home)
    assert sentence.startswith(f"{len(rows)} written")
    assert rejected not in str(rows)


def test_three_clicks_lead_to_conversations_with_tags(app: RunningApp, tab: Page) -> None:
    design = Home(tab, app.address).open().open_graph(EXAMPLE)
    design.press_run()
    review = design.open_conversations()
    expect(review.text("Conversations (5)")).to_be_visible(timeout=PATIENCE)


def extend(design: Design) -> None:
    """Add a node, connect it by dragging, edit its prompt, undo and redo that."""
    design.add("generate").fit().connect("verdict", "generate")
    expect(design.arrow("verdict", "generate")).to_be_attached(timeout=PATIENCE)
    design.select("generate").choose("Model", "asker").fill("Prompt", PROMPT)
    expect(design.node("generate")).to_contain_text(PROMPT, timeout=PATIENCE)
    field = design.tab.get_by_label("Prompt", exact=True)
    design.undo()
    expect(field).not_to_have_value(PROMPT, timeout=PATIENCE)
    design.redo()
    expect(field).to_have_value(PROMPT, timeout=PATIENCE)


def watch_sample(design: Design) -> None:
    """Run two records and see the cards work, then rest."""
    design.set_records(2).press_run()
    expect(design.state("question", "running")).to_be_visible(timeout=PATIENCE)
    expect(design.state("generate", "done")).to_be_visible(timeout=3 * PATIENCE)


def written(home: Path) -> list[dict[str, object]]:
    """The rows of the one export that was written."""
    (folder,) = (home / "exports").iterdir()
    lines = (folder / "data.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
