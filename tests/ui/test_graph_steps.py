"""What the canvas does not draw can be undone beside it."""

from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.graph_steps import GraphSteps
from tests.ui.conftest import Show

TALK = GraphId("own/talk")


def test_a_title_written_in_the_graph_tab_is_undone_and_redone(
    show: Show, opened: Workspace
) -> None:
    page = show("design", graph=TALK)
    page.session_state["design.side"] = "Graph"
    page.run().text_input(key=f"design.{TALK}.heading.title").set_value("Tea time").run()
    assert graphs.open_graph(opened, TALK).spec.title == "Tea time"
    undo = page.button(key="design.graph.Undo")
    assert undo.label == "Undo: title"
    undo.click().run()
    assert graphs.open_graph(opened, TALK).spec.title == "Small talk"
    assert next(one.value for one in page.text_input if one.label == "Title") == "Small talk"
    page.button(key="design.graph.Redo").click().run()
    assert graphs.open_graph(opened, TALK).spec.title == "Tea time"


def test_a_removed_model_comes_back_as_it_was(show: Show, opened: Workspace) -> None:
    page = show("design", graph=TALK)
    page.session_state["design.side"] = "Graph"
    page.run().button(key=f"design.{TALK}.models.writer.remove").click().run()
    assert graphs.open_graph(opened, TALK).spec.models == {}
    page.button(key="design.graph.Undo").click().run()
    assert graphs.open_graph(opened, TALK).spec.models == {"writer": {"model": "local"}}


def test_a_step_leaves_nodes_and_other_parts_as_they_are_now() -> None:
    steps = GraphSteps()
    steps.note(GraphSpec(title="a"), GraphSpec(title="b"))
    later = GraphSpec(title="b", notes="written since")
    assert steps.undo(later) == GraphSpec(title="a", notes="written since")


def test_a_step_whose_part_was_changed_elsewhere_is_not_undone() -> None:
    steps = GraphSteps()
    steps.note(GraphSpec(title="a"), GraphSpec(title="b"))
    assert steps.undo(GraphSpec(title="other")) == GraphSpec(title="other")
    assert (steps.past, steps.future) == ([], [])


def test_what_changes_nothing_beside_the_canvas_is_no_step() -> None:
    steps = GraphSteps()
    steps.note(GraphSpec(), GraphSpec())
    assert steps.past == []
