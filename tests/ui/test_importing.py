"""The Import page in its states: empty, failed, previewed, done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.model.selection import Selection
from grasp_ui.services import review
from grasp_ui.services.imports import ImportJob, ImportRequest, newest_import
from grasp_ui.services.workspace import Workspace
from tests.interchange.imports.forest import FOREST, LAYOUTS, written
from tests.ui.conftest import Show, words


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Four trees, and a line that is none."""
    return written(tmp_path, [*LAYOUTS["trees"], "{"], "trees.jsonl")


def looking(show: Show, file: Path) -> AppTest:
    """The page with the path of `file` typed."""
    return show("imports").text_input(key="import.path").set_value(str(file)).run()


def taken_in(opened: Workspace, page: AppTest) -> AppTest:
    """The page after *Import* was pressed and the import came to its end."""
    page.button(key="import.start").click().run()
    job = newest_import(opened)
    assert job is not None
    job.wait(60)
    return page.run()


def test_the_empty_page_says_what_can_be_imported(show: Show) -> None:
    page = show("imports")
    assert not page.exception
    assert "Nothing chosen yet" in words(page)
    assert "OASST" in words(page)


def test_a_file_is_recognised_and_shown_before_anything_is_stored(
    show: Show, opened: Workspace, file: Path
) -> None:
    page = looking(show, file)
    assert not page.exception
    assert "**OASST**, trees" in words(page)
    assert "Tie each stem to a cane" in words(page)
    assert review.find(opened, Selection()).total == 0


@pytest.mark.parametrize("text", ["", "{}\n", "not JSON"])
def test_a_file_that_is_none_of_ours_is_told_and_not_thrown(
    show: Show, opened: Workspace, tmp_path: Path, text: str
) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(text)
    page = looking(show, other)
    assert not page.exception
    assert "This file cannot be imported" in words(page)


def test_a_missing_file_is_told(show: Show, opened: Workspace, tmp_path: Path) -> None:
    assert "was not found" in words(looking(show, tmp_path / "gone.jsonl"))


def test_the_report_counts_what_was_stored_and_set_aside(
    show: Show, opened: Workspace, file: Path
) -> None:
    page = looking(show, file)
    taken_in(opened, page)
    assert not page.exception
    assert [one.value for one in page.metric] == ["17", "16", "0", "0", "1"]
    assert "line 5: not JSON" in page.dataframe[0].value.to_string()
    assert "3 kept" in words(page)
    assert "As it will be" not in [one.value for one in page.subheader]
    assert review.find(opened, Selection(origin="imported")).total == len(FOREST)


def test_the_same_file_again_stores_nothing(show: Show, opened: Workspace, file: Path) -> None:
    page = looking(show, file)
    taken_in(opened, taken_in(opened, page))
    assert [one.value for one in page.metric] == ["17", "0", "16", "0", "1"]


def test_without_rules_and_labels_nothing_is_said_of_it(
    show: Show, opened: Workspace, file: Path
) -> None:
    page = looking(show, file)
    page.selectbox(key="import.profile").set_value("none").run()
    page.toggle(key="import.oasst.with_tags").set_value(False).run()
    taken_in(opened, page)
    rows = review.find(opened, Selection()).rows
    assert [tagged.tags for tagged in rows] == [()] * len(FOREST)


def test_the_way_leads_to_what_was_imported(show: Show, opened: Workspace, file: Path) -> None:
    page = looking(show, file)
    taken_in(opened, page)
    page.button(key="import.review").click().run()
    assert not page.exception
    assert page.query_params["origin"] == "imported"


def test_an_imported_conversation_opens_with_what_people_said(
    show: Show, opened: Workspace, file: Path
) -> None:
    taken_in(opened, looking(show, file))
    page = show("review", origin="imported")
    page.button(key="review.first").click().run()
    assert not page.exception
    assert "of its file" in words(page)
    assert "said by imported people" in words(page)


def test_the_export_page_takes_what_is_imported(show: Show, opened: Workspace, file: Path) -> None:
    taken_in(opened, looking(show, file))
    page = show("export", origin="imported")
    assert not page.exception
    assert page.metric[0].value == "3"


def test_labels_of_a_message_stand_in_one_line(show: Show, opened: Workspace, file: Path) -> None:
    lines = [text.value for text in looking(show, file).markdown if "imported]" in text.value]
    assert any("quality 0.90 · spam 0.00 · humor 0.25" in line for line in lines)


@pytest.fixture
def waiting(opened: Workspace, file: Path) -> Iterator[ImportJob]:
    """An import that has the turn and has not begun."""
    job = ImportJob(opened, ImportRequest(file))
    opened.importing.take(job)
    yield job
    job.over.set()


def test_an_import_that_goes_on_is_shown_to_whoever_comes(show: Show, waiting: ImportJob) -> None:
    page = show("imports")
    assert not page.exception
    assert "##### Importing trees.jsonl" in words(page)
    assert "Nothing chosen yet" not in words(page)


def test_no_other_import_begins_meanwhile(show: Show, waiting: ImportJob, file: Path) -> None:
    assert looking(show, file).button(key="import.start").disabled


def test_a_cancelled_import_says_what_stays_and_how_to_go_on(
    show: Show, opened: Workspace, waiting: ImportJob, file: Path
) -> None:
    page = looking(show, file)
    page.button(key="import.cancel").click().run()
    waiting.begin()
    waiting.wait(60)
    page.run()
    assert "Cancelled: 0 conversations stored from trees.jsonl" in words(page)
    assert "The same file again takes in the rest" in words(page)
    taken_in(opened, page)
    assert [one.value for one in page.metric] == ["17", "16", "0", "0", "1"]


def test_the_result_stays_for_those_who_come_back(
    show: Show, opened: Workspace, file: Path
) -> None:
    taken_in(opened, looking(show, file))
    page = show("imports")
    assert "4 conversations stored from trees.jsonl" in words(page)
    assert not page.exception


def test_an_import_that_broke_off_says_why(show: Show, opened: Workspace, file: Path) -> None:
    file.unlink()
    opened.importing.take(job := ImportJob(opened, ImportRequest(file)))
    job.begin()
    job.wait(60)
    page = show("imports")
    assert "The import broke off" in words(page)
    assert "trees.jsonl was not found" in words(page)


def test_another_file_is_looked_at_before_the_last_result(
    show: Show, opened: Workspace, file: Path, tmp_path: Path
) -> None:
    page = taken_in(opened, looking(show, file))
    other = written(tmp_path, LAYOUTS["messages"], "other.jsonl")
    page.text_input(key="import.path").set_value(str(other)).run()
    said = words(page)
    assert "As it will be" in [one.value for one in page.subheader]
    assert said.index("Tie each stem to a cane") < said.index("stored from trees.jsonl")
