"""The Calibration page in a browser: figures drawn, a model trained, switched on and off."""

import pytest
from playwright.sync_api import Page, expect

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
    page.show("Learned").press("Train")
    expect(page.heading("Whether people reject a conversation")).to_be_visible(timeout=PATIENCE)
    page.press("Switch on")
    expect(tab.get_by_role("button", name="Switch off")).to_be_visible(timeout=PATIENCE)
    page.press("Switch off")
    expect(tab.get_by_role("button", name="Switch on")).to_be_visible(timeout=PATIENCE)
    expect(page.errors).to_have_count(0)
