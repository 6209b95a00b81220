"""Blocks beside the canvas: saved from the selection, put in with fresh names."""

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs
from grasp_ui.services.blocks import list_blocks
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.desk import Desk
from tests.ui.conftest import Show, words

TALK = GraphId("own/talk")


def test_without_blocks_and_selection_it_says_what_to_do(show: Show, opened: Workspace) -> None:
    assert "No blocks yet" in words(with_dialog(show))


def test_the_selection_is_saved_as_a_block(show: Show, opened: Workspace) -> None:
    saved(show, parameters="matter = {topic}")
    (block,), faults = list_blocks(opened)
    assert (block.title, faults) == ("Question", [])
    assert block.nodes["ask"].fields["prompt"] == "Ask about <<matter>>."


def test_a_block_is_put_in_with_its_parameter(show: Show, opened: Workspace) -> None:
    page = saved(show, parameters="matter = {topic}")
    page.text_input(key="design.blocks.Question.matter").set_value("milk")
    press(page, "Insert")
    nodes = graphs.open_graph(opened, TALK).spec.nodes
    assert list(nodes) == ["ask", "answer", "ask_2"]
    assert nodes["ask_2"].fields["prompt"] == "Ask about milk."


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
