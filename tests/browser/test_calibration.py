"""The Calibration page in a browser: figures drawn, a model trained, switched on and off."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from grasp_ui.services.workspace import open_workspace
from tests.browser.screen import PATIENCE, Screen
from tests.browser.server import RunningApp
from tests.services import reviewed

pytestmark = pytest.mark.browser


class Calibration(Screen):
    """The Calibration page."""

    path = "calibration"

    def show(self, tab: str) -> "Calibration":
        """Open the tab called `tab`."""
        self.tab.get_by_test_id("stTab").filter(has_text=tab).click(delay=100)
        return self.settled()

    def click_cell(self, judge: int, people: int) -> None:
        """Click a cell of the table of judge and people, of values from 1 to 5."""
        chart = self.tab.get_by_test_id("stPlotlyChart").first
        place = chart.locator(".nsewdrag").bounding_box()
        assert place
        x = place["x"] + place["width"] * (people - 0.8) / 5
        y = place["y"] + place["height"] * (judge - 0.5) / 5
        self.tab.mouse.move(x, y)
        expect(chart.locator(".hovertext")).to_contain_text(f"judge {judge}, people {people}")
        # Where the mouse still moves, however little, Plotly takes no click.
        self.tab.mouse.down()
        self.tab.mouse.up()

    @property
    def where(self) -> Locator:
        """The list of what can be listed."""
        return self.tab.get_by_role("combobox", name="Conversations where")

    def lists(self, words: str, *, not_now: str) -> None:
        """Wait until conversations of one cell are listed, and those of another no more."""
        expect(self.tab.get_by_text(words, exact=True).first).to_be_visible()
        expect(self.tab.get_by_text(not_now, exact=True)).to_have_count(0)


def filled(app: RunningApp) -> None:
    """Judged and decided conversations in the app's workspace."""
    app.stop()
    workspace = open_workspace(home=app.home)
    reviewed.with_judgements(workspace)
    reviewed.with_decisions(workspace)
    workspace.close()
    app.start()


def test_figures_are_drawn_and_a_model_is_trained_switched_on_and_off(
    app: RunningApp, tab: Page
) -> None:
    filled(app)
    page = Calibration(tab, app.address).open()
    expect(tab.get_by_test_id("stPlotlyChart")).to_have_count(2, timeout=PATIENCE)
    page.click_cell(judge=4, people=4)
    expect(page.where).to_have_value(re.compile("^judge 4, people 4"), timeout=PATIENCE)
    page.lists("judge 4, people 4", not_now="judge 1, people 2")
    page.where.focus()
    tab.keyboard.press("ControlOrMeta+a")
    tab.keyboard.type("judge 1, people 2")
    tab.keyboard.press("Enter")
    expect(page.where).to_have_value(re.compile("^judge 1, people 2"), timeout=PATIENCE)
    page.lists("judge 1, people 2", not_now="judge 4, people 4")
    page.show("Learned").press("Train")
    expect(page.heading("Whether people reject a conversation")).to_be_visible(timeout=PATIENCE)
    page.press("Switch on")
    expect(tab.get_by_role("button", name="Switch off")).to_be_visible(timeout=PATIENCE)
    page.press("Switch off")
    expect(tab.get_by_role("button", name="Switch on")).to_be_visible(timeout=PATIENCE)
    expect(page.errors).to_have_count(0)
