"""A file comes in through the Import page: looked at, taken in, told of, reviewed."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import PATIENCE, Screen
from tests.browser.screens import Review
from tests.browser.server import RunningApp
from tests.interchange.imports.forest import FOREST, LAYOUTS, written

pytestmark = pytest.mark.browser


class Import(Screen):
    """The Import page."""

    path = "imports"

    def upload(self, file: Path) -> "Import":
        """Give the page a file, and wait until it says what the file is."""
        self.tab.locator("input[type=file]").set_input_files(file)
        expect(self.heading("As it will be")).to_be_visible(timeout=PATIENCE)
        return self.settled()

    def figure(self, label: str) -> Locator:
        """A number of the report."""
        metric = self.tab.get_by_test_id("stMetric").filter(has_text=label)
        return metric.get_by_test_id("stMetricValue")


def test_a_file_is_looked_at_taken_in_told_of_and_reviewed(
    app: RunningApp, tab: Page, tmp_path: Path
) -> None:
    file = written(tmp_path, [*LAYOUTS["trees"], "{"], "trees.jsonl")
    page = Import(tab, app.address).open().upload(file)
    expect(page.text("Tie each stem to a cane").first).to_be_visible(timeout=PATIENCE)
    expect(page.text("set aside among the first lines")).to_be_visible()
    page.press("Import")
    expect(page.figure("Stored")).to_have_text("16", timeout=PATIENCE)
    expect(page.figure("Set aside")).to_have_text("1")
    expect(page.text("3 kept")).to_be_visible()
    page.press("Review what is imported")
    tab.wait_for_url("**/review**origin=imported**")
    review = Review(tab, app.address).settled()
    expect(review.text(f"Conversations ({len(FOREST)})").first).to_be_visible(timeout=PATIENCE)
    review.read_first()
    expect(review.text("imported").first).to_be_visible()
    expect(page.errors).to_have_count(0)
