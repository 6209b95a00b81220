"""Blocks beside the canvas: saved from the selection, put in with fresh names."""

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.model.value import GraphId
from grasp_ui.services.blocks import list_blocks
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.shelf import palette_blocks
from tests.ui.conftest import Show, words

TALK = GraphId("own/talk")


def test_without_blocks_and_selection_it_says_what_to_do(show: Show, opened: Workspace) -> None:
    assert "No blocks yet" in words(with_dialog(show))


def test_the_selection_is_saved_as_a_block(show: Show, opened: Workspace) -> None:
    saved(show, parameters="matter = {topic}")
    blocks, faults = list_blocks(opened)
    assert (list(blocks), faults) == (["question"], [])
    assert blocks["question"].nodes["ask"].fields["prompt"] == "Ask about <<matter>>."


def test_a_saved_block_stands_in_the_palette_with_its_parameters(
    show: Show, opened: Workspace
) -> None:
    saved(show, parameters="matter = {topic}")
    entry = palette_blocks(opened)["@block/question"]
    assert (entry["title"], entry["group"], entry["help"]) == ("Question", "My blocks", "ask")
    assert entry["block"]["parameters"] == {"matter": "{topic}"}
    assert list(entry["block"]["piece"]["nodes"]) == ["ask"]


def test_a_block_that_was_put_in_brings_the_models_that_the_graph_lacks(
    show: Show, opened: Workspace
) -> None:
    page = saved(show)
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    desk.change(desk.spec.model_copy(update={"models": {"other": {"model": "far"}}}))
    seen = desk.editing.server_revision
    desk.on_command({"command": "block", "name": "question"})
    assert desk.spec.models == {"writer": {"model": "local"}, "other": {"model": "far"}}
    assert desk.editing.server_revision == seen


def test_a_block_is_renamed_and_deleted_in_the_dialog(show: Show, opened: Workspace) -> None:
    page = saved(show)
    page.text_input(key="design.blocks.question.title").set_value("Opening").run()
    assert list(list_blocks(opened)[0]) == ["opening"]
    page.button(key="design.blocks.opening.delete").click().run()
    assert list_blocks(opened) == ({}, [])


@pytest.mark.parametrize("title", ["", "Question"])
def test_a_title_that_is_empty_or_taken_is_refused(
    show: Show, opened: Workspace, title: str
) -> None:
    page = saved(show)
    page.text_input(key="design.blocks.title").set_value(title)
    press(page, "Save block")
    assert "That did not work" in words(page)
    assert len(list_blocks(opened)[0]) == 1


def with_dialog(show: Show, *selected: str) -> AppTest:
    """The Design page with nodes selected and the dialog open."""
    page = show("design", graph=TALK)
    desk: Desk = page.session_state[f"design.desk.{TALK}"]
    desk.selection = {"nodes": list(selected)}
    return page.button(key="design.blocks.button").click().run()


def saved(show: Show, parameters: str = "") -> AppTest:
    """The dialog after the node `ask` was saved as the block `Question`."""
    page = with_dialog(show, "ask")
    page.text_input(key="design.blocks.title").set_value("Question")
    page.text_area(key="design.blocks.parameters").set_value(parameters)
    press(page, "Save block")
    return page


def press(page: AppTest, label: str) -> None:
    """Press the button called `label`."""
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
