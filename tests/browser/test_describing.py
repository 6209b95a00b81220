"""A sentence becomes a drawing that can be taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import PATIENCE, arrived
from tests.browser.screens import Design, Home
from tests.browser.server import RunningApp
from tests.browser.workspaces import with_model
from tests.fake_server import fake_server
from tests.services.drafts import draft_text

pytestmark = pytest.mark.browser


def test_a_draft_is_asked_for_accepted_and_taken_back(app: RunningApp, tab: Page) -> None:
    answers = iter((draft_text(model="fake", speaker="trun"), draft_text(model="fake")))
    with fake_server() as server:
        with_model(app.home, server)
        server.say = lambda body: next(answers)
        design = Design(tab, app.address).open("?graph=own/pairs").ready()
        design.press("Describe")
        tab.get_by_label("What should the graph do?").fill("Talk about tea.")
        design.press("Draft")
        expect(design.text("2 rounds").first).to_be_visible(timeout=PATIENCE)
        expect(tab.locator(".stGraphVizChart svg")).to_be_visible(timeout=PATIENCE)
        design.press("Accept")
        expect(design.node("grade")).to_have_count(0, timeout=PATIENCE)
        expect(design.node("answer")).to_be_visible(timeout=PATIENCE)
        assert boxes_apart(design)
        design.undo()
        expect(design.node("grade")).to_be_visible(timeout=PATIENCE)
        design.press("Take the draft back")
        expect(design.heading("Two answers, one judge")).to_be_visible(timeout=PATIENCE)


def test_home_draws_a_described_graph(app: RunningApp, tab: Page) -> None:
    with fake_server() as server:
        with_model(app.home, server)
        server.say = lambda body: draft_text(model="fake")
        home = Home(tab, app.address).open()
        home.press("Describe")
        tab.get_by_label("What should the graph do?").fill("Talk about tea.")
        home.press("Draft")
        expect(tab.get_by_test_id("stGraphVizChart").locator("svg")).to_be_visible()
        home.press("Accept")
        arrived(tab, "/design")
        expect(Design(tab, app.address).ready().node("answer")).to_be_visible(timeout=PATIENCE)


def boxes_apart(design: Design) -> bool:
    """Whether the two drafted cards do not lie on each other."""
    ask, answer = design.node("ask").bounding_box(), design.node("answer").bounding_box()
    assert ask
    assert answer
    return answer["x"] >= ask["x"] + ask["width"]
