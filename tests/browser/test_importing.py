"""A file comes in through the Import page: looked at, taken in, told of, reviewed."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import PATIENCE, Screen
from tests.browser.screens import Review
from tests.browser.server import RunningApp
from tests.interchange.imports.forest import FOREST, LAYOUTS, trees_of_two, written

pytestmark = pytest.mark.browser


class Import(Screen):
    """The Import page."""

    path = "imports"

    def upload(self, file: Path) -> "Import":
        """Give the page a file, and wait until it says what the file is."""
        self.tab.locator("input[type=file]").set_input_files(file)
        expect(self.heading("As it will be")).to_be_visible(timeout=PATIENCE)
        return self.settled()

    def type_path(self, file: Path) -> "Import":
        """Name a file of this machine, and wait until the page says what it is."""
        field = self.tab.get_by_label("Path of a file", exact=True)
        field.fill(str(file))
        field.press("Enter")
        expect(self.text("OASST, messages")).to_be_visible(timeout=PATIENCE)
        return self

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


def test_an_import_goes_on_through_a_reload_is_cancelled_and_begun_again(
    app: RunningApp, tab: Page, tmp_path: Path
) -> None:
    file = written(tmp_path, trees_of_two(20_000), "long.jsonl")
    page = Import(tab, app.address).open()
    page.type_path(file)
    tab.get_by_role("button", name="Import", exact=True).click(delay=100)
    expect(page.text("messages stored")).to_be_visible(timeout=PATIENCE)
    tab.reload()
    expect(page.heading("Importing long.jsonl")).to_be_visible(timeout=PATIENCE)
    page.type_path(file)
    expect(tab.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    tab.get_by_role("button", name="Cancel", exact=True).click(delay=100)
    expect(page.text("The same file again takes in the rest")).to_be_visible(timeout=PATIENCE)
    tab.reload()
    stored = page.settled().figure("Stored").inner_text()
    assert 0 < int(stored.replace(",", "")) < 40_000
    page.type_path(written(tmp_path, trees_of_two(10), "long.jsonl")).press("Import")
    expect(page.figure("Already there")).to_have_text("20", timeout=PATIENCE)
    expect(page.errors).to_have_count(0)
