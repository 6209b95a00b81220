"""A draft is written soon after its edit, once, and before anybody reads it."""

from functools import partial
from pathlib import Path
from threading import Event

import pytest

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.graph import GraphSpec, NodeSpec
from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs
from grasp_ui.services.drafts import LateDrafts
from grasp_ui.services.workspace import Workspace
from tests.services.rooms import workspace

MINE, THEIRS = GraphId("own/mine"), GraphId("own/theirs")


def test_a_draft_is_written_without_anybody_asking() -> None:
    written = Event()
    LateDrafts().put(MINE, written.set)
    assert written.wait(10)


def test_the_newest_of_a_graph_is_written_and_no_other() -> None:
    drafts, written = LateDrafts(), list[str]()
    for text in ("older", "newer"):
        drafts.put(MINE, partial(written.append, text))
    drafts.put(THEIRS, lambda: written.append("theirs"))
    drafts.settle(MINE)
    assert written == ["newer"]
    drafts.settle()
    assert written == ["newer", "theirs"]


def test_what_could_not_be_written_is_told_and_tried_again() -> None:
    drafts, tries = LateDrafts(), list[Event]()

    def write() -> None:
        tries.append(Event())
        if len(tries) == 1:
            raise UnreadableFile("The disk is full.")

    drafts.put(MINE, write)
    with pytest.raises(UnreadableFile):
        drafts.settle(MINE)
    drafts.settle(MINE)
    assert len(tries) == 2


def test_who_reads_sees_what_waits(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        graph_id = edited(opened)
        assert list(graphs.open_graph(opened, graph_id).spec.nodes) == ["ask"]


def test_what_waits_is_written_when_the_workspace_closes(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        graph_id = edited(opened)
    with workspace(tmp_path) as again:
        assert list(graphs.open_graph(again, graph_id).spec.nodes) == ["ask"]


def edited(opened: Workspace) -> GraphId:
    """A new graph whose first node is still to be written."""
    graph_id = graphs.new_graph(opened, "Tea")
    drawn = GraphSpec(title="Tea", nodes={"ask": NodeSpec(kind="turn")})
    opened.drafts.put(graph_id, lambda: graphs.keep_draft(opened, graph_id, drawn))
    return graph_id
