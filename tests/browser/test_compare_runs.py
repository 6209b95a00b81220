"""Two runs side by side in a real browser: figures, tags and scores, conversations."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import PATIENCE
from tests.browser.screens import Run
from tests.browser.server import RunningApp
from tests.browser.workspaces import PAIRS, with_model
from tests.fake_server import fake_server

pytestmark = pytest.mark.browser


def test_two_runs_are_compared_in_cost_tags_scores_and_pairs_of_conversations(
    app: RunningApp, tab: Page
) -> None:
    with fake_server(words=20) as server:
        with_model(app.home, server, usd=100.0)
        run = Run(tab, app.address).open("?graph=own/pairs").start(2).ended("2 of 2 records")
        brief = PAIRS.replace("Ask about", "Ask briefly about")
        (app.home / "graphs" / "pairs.yaml").write_text(brief, encoding="utf-8")
        run.open("?graph=own/pairs").start(2).ended("2 of 2 records")
        tab.get_by_label("Compare with", exact=True).click(delay=100)
        tab.get_by_role("option").first.click(delay=100)
        both = tab.locator(".st-key-run-both")
        expect(both).to_be_visible(timeout=PATIENCE)
        for view in ("Nodes", "Tags", "Figures"):
            both.get_by_role("radio", name=view).click(delay=100)
            expect(both.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
        both.get_by_role("radio", name="Graph").click(delay=100)
        expect(both.get_by_text("changed").first).to_be_visible(timeout=PATIENCE)
        both.get_by_role("radio", name="Conversations").click(delay=100)
        expect(both.get_by_text(re.compile(r"^Record \d$"))).to_have_count(2, timeout=PATIENCE)
        expect(both.get_by_text(re.compile(r"score \d\.\d\d"))).to_have_count(4)
        expect(both.locator(".word-diff")).to_have_count(2 * 2 * 2)
        assert tab.url.count("against=") == 1
