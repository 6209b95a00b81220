"""A monkey at the canvas, for a fixed row of deeds (`make soak-canvas` lets it play for long)."""

import pytest
from playwright.sync_api import Page

from tests.browser.canvas_screen import Canvas
from tests.browser.server import RunningApp
from tests.browser.workspaces import with_model
from tests.fake_server import fake_server
from tests.soak.agreement import agree
from tests.soak.monkey import Monkey
from tests.soak.overheard import Overheard

pytestmark = pytest.mark.browser
GRAPH = "own/pairs"
SEED, DEEDS, BETWEEN_CHECKS = 4, 30, 10


def test_after_random_deeds_browser_server_and_file_agree(app: RunningApp, tab: Page) -> None:
    with fake_server() as model:
        with_model(app.home, model)
        overheard = Overheard(tab)
        monkey = Monkey(Canvas(tab, app.address).open(f"?graph={GRAPH}").ready(), GRAPH, SEED)
        for _ in range(DEEDS // BETWEEN_CHECKS):
            for _ in range(BETWEEN_CHECKS):
                monkey.play()
            agree(monkey.canvas, GRAPH, app.home / "graphs" / "pairs.yaml")
    assert [*overheard.wrong, *overheard.in_log(app.log)] == [], [*monkey.trail]
