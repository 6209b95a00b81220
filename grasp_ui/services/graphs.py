"""Graphs: the examples, one's own, drafts and versions, and what they may say."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

from grasp_ui.engine.compile import Findings, findings_of
from grasp_ui.engine.plan import Surroundings
from grasp_ui.errors import NotFound, UnreadableFile
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import GraphId
from grasp_ui.services.graph_file import known_graph, read_graph
from grasp_ui.services.graph_text import GraphFile, write_graph
from grasp_ui.services.planning import all_profiles, surroundings_of
from grasp_ui.services.stored_rows import FirstRows
from grasp_ui.services.subgraphs import Shelves, with_subgraphs
from grasp_ui.services.workspace import Workspace, bundle
from grasp_ui.store import graphs as stored

EXAMPLE = "example"
OWN = "own"
START = """\
grasp: 1
title: Untitled
models:
  writer: {model: local, temperature: 0.3, max_tokens: 60}
"""


@dataclass(frozen=True, slots=True)
class GraphEntry:
    """A graph in the list; `kinds` are those of its nodes, in drawing order."""

    id: GraphId
    title: str
    notes: str
    is_example: bool
    nodes: int
    kinds: tuple[str, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class OpenGraph:
    """A graph to work on: the newest draft where there is one, else the file."""

    id: GraphId
    title: str
    spec: GraphSpec
    text: str
    is_example: bool
    is_draft: bool
    folder: Path


def list_graphs(workspace: Workspace) -> list[GraphEntry]:
    """One's own graphs by title, then the examples, the smallest first."""
    found = [
        _entry(path, family, folder)
        for family, folder in ((OWN, _own(workspace)), (EXAMPLE, bundle() / "graphs"))
        for path in sorted(folder.rglob("*.yaml"))
    ]
    return sorted(
        found,
        key=lambda one: (one.is_example, one.nodes * one.is_example, one.title.casefold()),
    )


def open_graph(workspace: Workspace, graph_id: GraphId) -> OpenGraph:
    """The graph `example/PATH` or `own/PATH`, with its draft where there is one.

    Raises:
        NotFound: there is no such graph.
        UnreadableFile: its file is not text.
    """
    path = _path(workspace, graph_id)
    text, is_draft = _newest(workspace, graph_id)
    spec = known_graph(text)
    return OpenGraph(
        id=graph_id,
        title=spec.title or path.stem,
        spec=spec,
        text=text,
        is_example=graph_id.startswith(f"{EXAMPLE}/"),
        is_draft=is_draft,
        folder=path.parent,
    )


def new_graph(workspace: Workspace, title: str) -> GraphId:
    """A graph of one's own without nodes, saved under a name made of its title."""
    graph_id = _free_id(workspace, _slug(title))
    path = _path(workspace, graph_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    spec = read_graph(START).model_copy(update={"title": title})
    _write(path, write_graph(spec, START))
    return graph_id


def keep_draft(
    workspace: Workspace, graph_id: GraphId, spec: GraphSpec, written: GraphFile | None = None
) -> str:
    """Store the drawing beside its file, as text; `written` saves reading it again."""
    before, _ = _newest(workspace, graph_id)
    text = (written or GraphFile()).follow(before).write(spec)
    _keep(workspace, graph_id, spec, text, draft=True)
    return text


def keep_draft_text(workspace: Workspace, graph_id: GraphId, text: str) -> None:
    """Store what was written by hand as the draft, comments and all."""
    workspace.drafts.settle(graph_id)
    _keep(workspace, graph_id, known_graph(text), text, draft=True)


def discard_draft(workspace: Workspace, graph_id: GraphId) -> None:
    """Go back to the file as it was saved."""
    workspace.drafts.settle(graph_id)
    text = _text(_path(workspace, graph_id))
    _keep(workspace, graph_id, known_graph(text), text, draft=False)


def save_graph(workspace: Workspace, graph_id: GraphId, spec: GraphSpec) -> GraphId:
    """Write the graph to its file; an example is saved as a copy of one's own.

    Returns:
        The id of what was saved.

    Raises:
        UnreadableFile: the file is not YAML, so that saving would lose what is in it.
    """
    text = write_graph(spec, _writable_text(workspace, graph_id))
    saved_id = graph_id
    if graph_id.startswith(f"{EXAMPLE}/"):
        saved_id = _free_id(workspace, Path(graph_id).stem)
        discard_draft(workspace, graph_id)
    _write(_path(workspace, saved_id), text)
    _keep(workspace, saved_id, spec, text, draft=False)
    return saved_id


def read_graph_file(path: Path) -> GraphSpec:
    """The graph in a file anywhere.

    Raises:
        UnreadableFile: there is no such file, or it is not text.
    """
    return read_graph(_text(path))


def problems_of_graph(
    workspace: Workspace, spec: GraphSpec, folder: Path | None = None
) -> tuple[Problem, ...]:
    """Everything that stops the graph from running, in drawing order."""
    return findings(workspace, spec, folder).problems


def findings(workspace: Workspace, spec: GraphSpec, folder: Path | None = None) -> Findings:
    """What is wrong with a graph, and the variables that each node can use."""
    return findings_of(spec, surroundings_at(workspace, spec, folder))


def surroundings_at(workspace: Workspace, spec: GraphSpec, folder: Path | None) -> Surroundings:
    """What a graph in `folder` may name; one of one's own where no folder is said."""
    place = folder or _own(workspace)
    around = surroundings_of(
        spec,
        workspace.settings,
        folder=place,
        profiles=all_profiles(workspace.home, bundle()),
        stored=FirstRows(workspace.database),
        home=workspace.home,
    )
    return with_subgraphs(around, spec, Shelves(place, workspace.home, bundle()))


def _newest(workspace: Workspace, graph_id: GraphId) -> tuple[str, bool]:
    """The graph's newest text, and whether it is a draft that differs from the file."""
    workspace.drafts.settle(graph_id)
    path = _path(workspace, graph_id)
    if not path.exists():
        raise NotFound(f"There is no graph '{graph_id}'. It may have been moved or deleted.")
    text, draft = _text(path), stored.newest_draft(workspace.database, graph_id)
    return (text, False) if draft is None else (draft, draft != text)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"The graph {path} cannot be read: {error}. Check the file."
        ) from error


def _entry(path: Path, family: str, folder: Path) -> GraphEntry:
    """A file that is no text is listed too, with what is wrong in place of its notes."""
    try:
        spec = known_graph(_text(path))
    except UnreadableFile as error:
        spec = GraphSpec(notes=str(error))
    name = path.relative_to(folder).with_suffix("").as_posix()
    return GraphEntry(
        id=GraphId(f"{family}/{name}"),
        title=spec.title or path.stem,
        notes=spec.notes.strip(),
        is_example=family == EXAMPLE,
        nodes=len(spec.nodes),
        kinds=tuple(dict.fromkeys(node.kind for node in spec.nodes.values())),
        path=path,
    )


def _own(workspace: Workspace) -> Path:
    return workspace.home / "graphs"


def _path(workspace: Workspace, graph_id: GraphId) -> Path:
    family, _, name = graph_id.partition("/")
    folder = (bundle() / "graphs" if family == EXAMPLE else _own(workspace)).resolve()
    path = (folder / f"{name}.yaml").resolve()
    if family not in (EXAMPLE, OWN) or folder not in path.parents:
        raise NotFound(f"'{graph_id}' is no graph's id. Ids begin with example/ or own/.")
    return path


def _writable_text(workspace: Workspace, graph_id: GraphId) -> str:
    text = open_graph(workspace, graph_id).text
    unread = read_graph(text)
    if unread.unread and not unread.nodes and text.strip() and "not YAML" in str(unread.unread[0]):
        raise UnreadableFile(f"{unread.unread[0]} Saving would lose what is in it.")
    return text


def _keep(
    workspace: Workspace, graph_id: GraphId, spec: GraphSpec, text: str, *, draft: bool
) -> None:
    stored.keep_graph_version(
        workspace.database,
        graph_id,
        spec.version,
        spec.title,
        text,
        draft=draft,
        at=datetime.now(UTC).replace(tzinfo=None),
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".yaml.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def _free_id(workspace: Workspace, stem: str) -> GraphId:
    names = [stem, *(f"{stem}_{number}" for number in range(2, 1000))]
    free = (name for name in names if not _path(workspace, GraphId(f"{OWN}/{name}")).exists())
    return GraphId(f"{OWN}/{next(free)}")


def _slug(title: str) -> str:
    plain = normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "graph"
