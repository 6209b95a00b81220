"""Graphs of the workspace: examples stay as they are, drafts and saves lose nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.errors import NotFound, UnreadableFile
from grasp_ui.model.graph import NodeSpec
from grasp_ui.model.value import GraphId
from grasp_ui.services import graphs
from grasp_ui.services.node_kinds import node_kinds
from grasp_ui.services.workspace import Workspace, bundle, open_workspace

NOTHING_IMPORTED = "Nothing has been imported into this store."
EXAMPLE = GraphId("example/preference_pairs")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(home=tmp_path)
    yield opened
    opened.close()


def own(workspace: Workspace, text: str, name: str = "mine") -> GraphId:
    path = workspace.home / "graphs" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return GraphId(f"own/{name}")


def with_node(workspace: Workspace, graph_id: GraphId) -> tuple[str, ...]:
    spec = graphs.open_graph(workspace, graph_id).spec
    drawn = spec.model_copy(update={"nodes": {**spec.nodes, "new": NodeSpec(kind="turn")}})
    graphs.keep_draft(workspace, graph_id, drawn)
    return tuple(graphs.open_graph(workspace, graph_id).spec.nodes)


def test_the_examples_are_listed_with_titles_and_notes(workspace: Workspace) -> None:
    listed = {entry.id: entry for entry in graphs.list_graphs(workspace)}
    assert listed[EXAMPLE].title
    assert listed[EXAMPLE].notes


def test_every_example_compiles(workspace: Workspace) -> None:
    for entry in graphs.list_graphs(workspace):
        opened = graphs.open_graph(workspace, entry.id)
        problems = graphs.problems_of_graph(workspace, opened.spec, opened.folder)
        assert [one.what for one in problems if one.what != NOTHING_IMPORTED] == []


def test_a_draft_is_what_opens_next(workspace: Workspace) -> None:
    graph_id = own(workspace, "grasp: 1\n")
    assert with_node(workspace, graph_id) == ("new",)
    assert graphs.open_graph(workspace, graph_id).is_draft


def test_comments_written_by_hand_are_in_the_draft(workspace: Workspace) -> None:
    graph_id = own(workspace, "grasp: 1\n")
    graphs.keep_draft_text(workspace, graph_id, "# why\ngrasp: 1\ntitle: Mine\n")
    spec = graphs.open_graph(workspace, graph_id).spec
    graphs.save_graph(workspace, graph_id, spec.model_copy(update={"title": "Yours"}))
    assert graphs.open_graph(workspace, graph_id).text == "# why\ngrasp: 1\ntitle: Yours\n"


def test_a_discarded_draft_gives_the_file_back(workspace: Workspace) -> None:
    graph_id = own(workspace, "grasp: 1\ntitle: Mine\n")
    with_node(workspace, graph_id)
    graphs.discard_draft(workspace, graph_id)
    assert graphs.open_graph(workspace, graph_id).text == "grasp: 1\ntitle: Mine\n"


def test_an_example_is_saved_as_a_copy(workspace: Workspace) -> None:
    before = (bundle() / "graphs" / "preference_pairs.yaml").read_text(encoding="utf-8")
    spec = graphs.open_graph(workspace, EXAMPLE).spec
    saved = graphs.save_graph(workspace, EXAMPLE, spec.model_copy(update={"title": "Mine"}))
    assert saved == "own/preference_pairs"
    assert (bundle() / "graphs" / "preference_pairs.yaml").read_text(encoding="utf-8") == before


def test_a_second_copy_takes_the_next_free_name(workspace: Workspace) -> None:
    spec = graphs.open_graph(workspace, EXAMPLE).spec
    graphs.save_graph(workspace, EXAMPLE, spec)
    assert graphs.save_graph(workspace, EXAMPLE, spec) == "own/preference_pairs_2"


def test_saving_keeps_the_comments_of_the_file(workspace: Workspace) -> None:
    graph_id = own(workspace, "# mine\ngrasp: 1\ntitle: A\n")
    spec = graphs.open_graph(workspace, graph_id).spec
    graphs.save_graph(workspace, graph_id, spec.model_copy(update={"title": "B"}))
    path = workspace.home / "graphs" / "mine.yaml"
    assert path.read_text(encoding="utf-8") == "# mine\ngrasp: 1\ntitle: B\n"


def test_a_file_that_is_not_yaml_is_shown_and_never_overwritten(workspace: Workspace) -> None:
    graph_id = own(workspace, "grasp: 1\nnodes: {a: [}\n")
    opened = graphs.open_graph(workspace, graph_id)
    assert "line 2" in str(opened.spec.unread[0])
    with pytest.raises(UnreadableFile, match="lose what is in it"):
        graphs.save_graph(workspace, graph_id, opened.spec)


def test_a_file_that_is_no_text_hides_no_other_graph(workspace: Workspace) -> None:
    graph_id = own(workspace, "grasp: 1\n")
    (workspace.home / "graphs" / "mine.yaml").write_bytes(b"\xff\xfe\x00")
    listed = {entry.id: entry.notes for entry in graphs.list_graphs(workspace)}
    assert EXAMPLE in listed
    assert "cannot be read" in listed[graph_id]
    with pytest.raises(UnreadableFile, match="Check the file"):
        graphs.open_graph(workspace, graph_id)


def test_an_id_that_leaves_its_folder_is_refused(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="no graph's id"):
        graphs.open_graph(workspace, GraphId("own/../settings"))


def test_a_new_graph_is_named_after_its_title(workspace: Workspace) -> None:
    assert graphs.new_graph(workspace, "Café talk, 2nd try!") == "own/cafe_talk_2nd_try"


def test_a_new_graph_has_a_model_for_its_first_node(workspace: Workspace) -> None:
    spec = graphs.open_graph(workspace, graphs.new_graph(workspace, "A")).spec
    assert spec.models["writer"]["model"] == "local"


def test_new_graphs_of_one_title_get_different_names(workspace: Workspace) -> None:
    assert graphs.new_graph(workspace, "A") != graphs.new_graph(workspace, "A")


def test_the_palette_has_a_group_after_the_other_and_first_what_calls_models() -> None:
    cards = node_kinds()
    groups = list(dict.fromkeys(card.group for card in cards))
    assert [card.group for card in cards] == sorted(
        (card.group for card in cards), key=groups.index
    )
    assert groups[:5] == ["Dialogue", "Variables", "Text", "Quality", "Flow"]
    assert [card.name for card in cards][:2] == ["panel", "turn"]
