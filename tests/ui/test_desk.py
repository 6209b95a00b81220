"""The desk finds out about a drawing once, however often it is asked."""

import sys
from types import FrameType
from typing import Any

from grasp_ui.engine.draft import Draft
from grasp_ui.model.graph import NodeSpec
from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs
from grasp_ui.services.graph_disk import watched_file
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.canvas.editing import Editing
from grasp_ui.ui.desk import Desk

TALK = GraphId("own/talk")


def desk_of(opened: Workspace) -> Desk:
    graph, file = graphs.open_graph(opened, TALK), watched_file(opened, TALK)
    editing = Editing(graph.spec)
    return Desk(opened, TALK, editing, file, graph.folder, is_example=False, is_saved=True)


def drafts_read(desk: Desk, revision: int, kind: str) -> int:
    """How many drawings are compiled for one edit of the canvas and all that asks about it."""
    read: list[str] = []

    def called(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is Draft.__init__.__code__:
            read.append(event)

    sys.setprofile(called)
    desk.on_edit({"revision": revision, "nodes": {"new": {"kind": kind}}})
    for name in desk.spec.nodes:
        desk.variables(name)
    assert desk.problems is desk.problems
    sys.setprofile(None)
    return len(read)


def test_an_edit_is_compiled_once(opened: Workspace) -> None:
    desk = desk_of(opened)
    assert [drafts_read(desk, 1, "judge"), drafts_read(desk, 2, "router")] == [1, 1]


def test_what_the_canvas_has_not_changed_is_not_compiled_again(opened: Workspace) -> None:
    desk = desk_of(opened)
    assert desk.problems == ()
    assert drafts_read(desk, 0, "judge") == 0


def test_each_edit_is_written_into_the_draft(opened: Workspace) -> None:
    desk = desk_of(opened)
    for revision, kind in enumerate(("judge", "router", "panel"), start=1):
        desk.on_edit({"revision": revision, "nodes": {kind: {"kind": kind}}})
    graphs.keep_draft(opened, TALK, desk.spec.model_copy(update={"title": "Elsewhere"}))
    desk.on_edit({"revision": 4, "nodes": {"judge": None}})
    drawn = graphs.open_graph(opened, TALK).spec
    assert (drawn.nodes, drawn.nodes["router"]) == (desk.spec.nodes, NodeSpec(kind="router"))
