"""Groups in a workspace: where the inner graphs are kept, and who holds them."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from grasp_ui.engine.compile import problems_of
from grasp_ui.engine.plan import Surroundings
from grasp_ui.errors import CannotGroup
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import GraphId
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.graphs import new_graph, read_graph_file, save_graph, surroundings_at
from grasp_ui.services.grouping import Grouped, group_of
from grasp_ui.services.subgraphs import Shelves, held_graphs, id_of_held, named_by_id
from grasp_ui.services.ungrouping import ungrouped
from grasp_ui.services.workspace import Workspace, bundle
from grasp_ui.store.graphs import graph_texts_below

NOT_YET = "own/-"
"""Stands for the id of a graph that is not kept yet."""


def try_group(
    workspace: Workspace, spec: GraphSpec, names: Collection[str], folder: Path
) -> Grouped:
    """What a group of these nodes would be; nothing is kept.

    Raises:
        CannotGroup: one node cannot stand for them; the message says why.
    """
    group = group_of(spec, names, "Group", NOT_YET)
    around = surroundings_at(workspace, spec, folder)
    if not _errors(spec, around):
        held = replace(around, graphs={**around.graphs, NOT_YET: group.inner})
        for problem in _errors(group.outer, held):
            raise CannotGroup(f"As one node they would not run. {problem}")
    return group


def group_nodes(
    workspace: Workspace, spec: GraphSpec, names: Collection[str], title: str, folder: Path
) -> Grouped:
    """These nodes as a subgraph; the inner graph is kept as a graph of one's own.

    One that is there already with the same title and nodes is used again.

    Raises:
        CannotGroup: as `try_group`; nothing is kept then.
    """
    try_group(workspace, spec, names, folder)
    called = " ".join(title.split()) or "Group"
    inner = group_of(spec, names, called, NOT_YET).inner
    if folder.resolve() != _own(workspace).resolve():
        inner = named_by_id(inner, folder, _shelves(workspace, folder))
    graph_id = _kept_already(workspace, inner)
    if graph_id is None:
        graph_id = new_graph(workspace, called)
        save_graph(workspace, graph_id, inner)
    return group_of(spec, names, called, graph_id)


def ungroup_node(
    workspace: Workspace, spec: GraphSpec, node: str, folder: Path
) -> tuple[GraphSpec, tuple[str, ...]]:
    """A subgraph's nodes in its place, and their names; its graph is left.

    Raises:
        CannotGroup: they would not do the same, or its graph is not there.
    """
    known = spec.nodes.get(node)
    if known is None or known.kind != "subgraph":
        raise CannotGroup(f"'{node}' is no subgraph. Select one.")
    name = str(known.fields.get("graph", ""))
    shelves = _shelves(workspace, folder)
    inner = next((one for held, one in held_graphs(spec, shelves) if held == name), None)
    if inner is None:
        raise CannotGroup(f"There is no graph '{name}' here. Choose another at the node.")
    path = _file(workspace, id_of_held(name, shelves) or "")
    if path is not None and path.parent.resolve() == folder.resolve():
        inner = read_graph_file(path)
    return ungrouped(spec, node, inner)


def graph_inside(workspace: Workspace, spec: GraphSpec, node: str, folder: Path) -> GraphId | None:
    """The id of the graph that a node holds; None where there is none with an id."""
    known = spec.nodes.get(node)
    name = known.fields.get("graph") if known else None
    if not isinstance(name, str) or not name:
        return None
    found = id_of_held(name, _shelves(workspace, folder))
    return GraphId(found) if found and _file(workspace, found) else None


def graphs_that_hold(workspace: Workspace, graph_id: GraphId) -> tuple[GraphId, ...]:
    """The graphs that hold this one, in their files or as they are drawn now."""
    workspace.drafts.settle()
    return tuple(
        GraphId(name)
        for name, folder, texts in _texts(workspace)
        if name != graph_id and any(_holds(workspace, text, folder, graph_id) for text in texts)
    )


def _texts(workspace: Workspace) -> Iterator[tuple[str, Path, set[str]]]:
    """Each graph's id and folder, and what its file and its drawing say."""
    for family, root in _shelves(workspace, _own(workspace)).families.items():
        drawn = graph_texts_below(workspace.database, GraphId(family))
        for path in sorted(root.rglob("*.yaml")):
            name = path.relative_to(root).with_suffix("").as_posix()
            texts = {path.read_text(encoding="utf-8", errors="replace"), drawn.get(name, "")}
            yield f"{family}/{name}", path.parent, texts


def _holds(workspace: Workspace, text: str, folder: Path, graph_id: GraphId) -> bool:
    if graph_id.rpartition("/")[2] not in text:  # most files name it nowhere: none is parsed
        return False
    spec = read_graph(text)
    return any(graph_inside(workspace, spec, node, folder) == graph_id for node in spec.nodes)


def _kept_already(workspace: Workspace, inner: GraphSpec) -> GraphId | None:
    for path in sorted(_own(workspace).glob("*.yaml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if inner.title in text and read_graph(text) == inner:
            return GraphId(f"own/{path.stem}")
    return None


def _errors(spec: GraphSpec, around: Surroundings) -> list[Problem]:
    return [problem for problem in problems_of(spec, around) if problem.severity == "error"]


def _own(workspace: Workspace) -> Path:
    return workspace.home / "graphs"


def _shelves(workspace: Workspace, folder: Path) -> Shelves:
    return Shelves(folder, workspace.home, bundle())


def _file(workspace: Workspace, graph_id: str) -> Path | None:
    """The file of a graph that has an id, as the app opens it."""
    family, _, name = graph_id.partition("/")
    root = _shelves(workspace, _own(workspace)).families.get(family)
    path = root / f"{name}.yaml" if root and name else None
    return path if path and path.is_file() else None
