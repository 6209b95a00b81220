"""Runs go on without their page, and every page sees them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import PATIENCE
from tests.browser.screens import Design, Run
from tests.browser.server import RunningApp
from tests.browser.workspaces import with_model
from tests.fake_server import fake_server

pytestmark = pytest.mark.browser
MANY = 500


def test_a_reload_and_a_second_tab_see_the_run_and_either_can_stop_it(
    app: RunningApp, tab: Page
) -> None:
    with fake_server(seconds=0.1) as server:
        with_model(app.home, server)
        run = Run(tab, app.address).open("?graph=own/pairs").start(MANY)
        tab.reload()
        expect(run.settled().state("running")).to_be_visible(timeout=PATIENCE)
        second = tab.context.new_page()
        second.goto(tab.url)
        Run(second, app.address).press_stop()
        run.ended("stopped")
        expect(run.state("stopped")).to_contain_text("records")


def test_a_sample_does_not_disturb_what_is_typed(app: RunningApp, tab: Page) -> None:
    with fake_server(seconds=0.2) as server:
        with_model(app.home, server)
        design = Design(tab, app.address).open("?graph=own/pairs").ready()
        design.select("ask").set_records(30).press_run()
        expect(design.state("ask", "running")).to_be_visible(timeout=PATIENCE)
        field = tab.get_by_label("Prompt", exact=True)
        field.fill("")
        field.press_sequentially("One word after the other. ", delay=120)
        expect(field).to_be_focused()
        expect(field).to_have_value("One word after the other. ", timeout=PATIENCE)


def test_a_failed_run_says_why_and_where(app: RunningApp, tab: Page) -> None:
    with fake_server(faults=["500"] * 1000) as server:
        with_model(app.home, server)
        run = Run(tab, app.address).open("?graph=own/pairs").start(1).ended("done")
        expect(
            run.tab.locator(".st-key-watched").get_by_test_id("stDataFrame").first
        ).to_be_visible()


def test_a_run_that_reached_its_ceiling_goes_on_once_it_is_raised(
    app: RunningApp, tab: Page
) -> None:
    with fake_server() as server:
        with_model(app.home, server)
        run = Run(tab, app.address).open("?graph=own/pairs").most("Most calls", 12).start(6)
        run.ended("halted")
        expect(run.text("reached its ceiling of 12 calls")).to_be_visible()
        tab.reload()
        run.settled().raise_to("Most calls", 100).press("Resume")
        run.ended("6 of 6 records")
        expect(run.state("done")).to_be_visible()
        assert len(server.asked) == 30
