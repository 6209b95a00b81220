"""The Tagging page in a browser: a threshold moved and applied, a rubric edited and tried."""

import json
import re
from typing import Self

import pytest
from playwright.sync_api import Locator, Page, expect

from grasp_ui.model.event import RecordResult
from grasp_ui.model.value import ConversationId
from grasp_ui.services import review
from grasp_ui.services.workspace import open_workspace
from grasp_ui.store.conversations import add_conversations
from tests.browser.screen import PATIENCE, Screen
from tests.browser.screens import Review
from tests.browser.server import RunningApp
from tests.browser.workspaces import with_model
from tests.fake_server import fake_server
from tests.services.test_profile_effect import LOOP, named

pytestmark = pytest.mark.browser

WARM = "The pot has to be warm before the leaves go in."
KETTLE = f"""{WARM} Pour a little hot water into it, swirl it around and tip it out again.
{WARM} A cold pot takes so much heat from the water that black tea tastes flat, and guests will
notice. Oolong asks for eighty-five degrees, green tea for less, and both like a lid while they
draw. {WARM} After three minutes lift the basket, let it drip, and serve at once with milk."""
GRADE = {"helpfulness": {"evidence": "Sencha.", "reason": "It is named.", "score": 4}}


class Tagging(Screen):
    """The Tagging page: its rules, judges and rubrics."""

    path = "tagging"

    def figure(self, label: str) -> Locator:
        """A number of what the profile would do."""
        metric = self.tab.get_by_test_id("stMetric").filter(has_text=label)
        return metric.get_by_test_id("stMetricValue")

    def copy(self, name: str) -> Self:
        """Make a copy of what is shown, under `name`, and go on with it."""
        self.press("Copy")
        form = self.tab.get_by_test_id("stPopoverBody")
        form.get_by_label("Name").fill(name)
        form.get_by_role("button", name="Make the copy").click(delay=100)
        expect(self.text("your own").first).to_be_visible(timeout=PATIENCE)
        self.tab.keyboard.press("Escape")
        return self.settled()

    def fill(self, label: str, text: str) -> Self:
        """Write into a field and leave it."""
        field = self.tab.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")
        return self.settled()

    def choose(self, label: str, option: str) -> Self:
        """Choose one option of a list."""
        self.tab.get_by_label(label, exact=True).first.click(delay=100)
        self.tab.get_by_role("option", name=option, exact=True).click(delay=100)
        return self.settled()

    def apply(self) -> Self:
        """Apply the profile to all that is stored."""
        self.press("Apply").press("Apply to all conversations")
        expect(self.tab.locator(".st-key-tagging-applied")).to_be_visible(timeout=PATIENCE)
        return self.settled()


def filled(app: RunningApp, told: dict[str, tuple[str, str]], *, kept: str = "") -> None:
    """Questions and answers by name in the app's workspace; Ann keeps one of them."""
    app.stop()
    workspace = open_workspace(home=app.home)
    results = [RecordResult(conversation=named(name, *said)) for name, said in told.items()]
    add_conversations(workspace.database, results)
    if kept:
        review.decide(workspace, ConversationId(kept), "keep", person="ann", reason="A joke.")
    workspace.close()
    app.start()


def test_a_threshold_is_moved_applied_and_what_a_person_said_stays(
    app: RunningApp, tab: Page
) -> None:
    tea = ("Which tea is green?", "Sencha is a green tea from Japan.")
    kettle, loop = ("How do I warm a pot?", KETTLE), ("Tell me something.", LOOP)
    filled(app, {"tea": tea, "kettle": kettle, "loop": loop}, kept="loop")
    page = Tagging(tab, app.address).open("?rule=repetition").copy("strict")
    expect(page.figure("Dropped")).to_have_text("0", timeout=PATIENCE)
    page.fill("So often the same line is too often", "3")
    expect(page.figure("Dropped")).to_have_text("1", timeout=PATIENCE)
    page.press("Which ones")
    named_there = tab.get_by_test_id("stPopoverBody").get_by_text("How do I warm a pot?")
    expect(named_there).to_be_visible(timeout=PATIENCE)
    tab.keyboard.press("Escape")
    page.press("Save").apply()
    expect(page.text("2 of 3 conversations are kept")).to_be_visible()
    expect(page.text("People spoke of 1 of them")).to_be_visible()
    kept = Review(tab, app.address).open("?conversation=loop")
    expect(kept.text("repetition").first).to_be_visible(timeout=PATIENCE)
    expect(kept.text(re.compile(r"\bkept$")).first).to_be_visible()
    expect(page.errors).to_have_count(0)


def test_an_edited_rubric_is_tried_on_five_conversations_and_saved(
    app: RunningApp, tab: Page
) -> None:
    with fake_server() as server:
        server.say = lambda body: json.dumps(GRADE)
        with_model(app.home, server)
        filled(app, {f"tea{n}": (f"Which tea is green, cup {n}?", "Sencha.") for n in range(6)})
        page = Tagging(tab, app.address).open("?view=rubrics&rubric=helpfulness").copy("mine")
        page.fill("What it asks", "Does the answer name a tea?").choose("Model", "fake")
        page.press("Try on 5 conversations")
        expect(page.text("It is named.")).to_have_count(5, timeout=PATIENCE)
        assert sum("Does the answer name a tea?" in str(body) for body in server.asked) == 5
    page.press("Save")
    expect(page.text("changed, not saved")).to_have_count(0, timeout=PATIENCE)
    expect(page.errors).to_have_count(0)
