"""The graphs that a graph's nodes hold: files beside it, own graphs, examples."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grasp_ui.engine.holding import HOLDERS
from grasp_ui.engine.plan import Surroundings
from grasp_ui.model.graph import GraphSpec, NodeSpec
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.planning import Overrides, with_overrides

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where graphs are: beside the graph (`folder`), own graphs, examples."""

    folder: Path
    home: Path
    bundle: Path

    @property
    def families(self) -> dict[str, Path]:
        """The folders of the graphs that have an id."""
        return {"own": self.home / "graphs", "example": self.bundle / "graphs"}


def with_subgraphs(
    around: Surroundings,
    spec: GraphSpec,
    shelves: Shelves,
    overrides: Overrides | None = None,
    held: Mapping[str, GraphSpec] | None = None,
) -> Surroundings:
    """`around` with the graphs that `spec` holds, and those that these hold.

    They are `held` where that is given, else read from their files. `overrides` of a run are for
    their models too. A graph that is not there, or no text, is left out: the compiler says so at
    its node.
    """
    changes = overrides or Overrides()
    found = held_graphs(spec, shelves) if held is None else held.items()
    graphs = {name: with_overrides(one, changes) for name, one in found}
    if not graphs:
        return around
    models = frozenset(around.models)
    if changes.endpoint:
        named = (keys.get("model") for one in graphs.values() for keys in one.models.values())
        models |= {str(name) for name in named}
    return replace(around, graphs=graphs, models=models)


def held_graphs(spec: GraphSpec, shelves: Shelves) -> Iterator[tuple[str, GraphSpec]]:
    """Each graph that is held, by name; the names in it are as seen from `spec`."""
    left, seen = list(_names(spec)), set[str]()
    while left:
        name = left.pop(0)
        path = _path(name, shelves.folder, shelves)
        if name in seen or path is None:
            continue
        seen.add(name)
        inner = named_by_id(_read(path), path.parent, shelves)
        yield name, inner
        left += _names(inner)


def find_graph(name: str, shelves: Shelves) -> GraphSpec | None:
    """The graph that a node calls `name`, seen from the folder; None for none."""
    path = _path(name, shelves.folder, shelves) if name else None
    return _read(path) if path else None


def _read(path: Path) -> GraphSpec:
    try:
        return read_graph(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return read_graph("no text")


def _names(spec: GraphSpec) -> Iterator[str]:
    for node in spec.nodes.values():
        name = node.fields.get("graph")
        if node.kind in HOLDERS and isinstance(name, str) and name:
            yield name


def _path(name: str, folder: Path, shelves: Shelves) -> Path | None:
    """The file of a graph: by its id, else below `folder`; None where there is none."""
    family, _, rest = name.partition("/")
    below = shelves.families.get(family)
    root, relative = (below, rest) if below else (folder, name)
    plain = root / relative
    paths = (
        [plain] if plain.suffix in SUFFIXES else [plain.with_name(plain.name + s) for s in SUFFIXES]
    )
    return next((path for path in paths if _is_below(root, path) and path.is_file()), None)


def _is_below(root: Path, path: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def id_of_held(name: str, shelves: Shelves) -> str | None:
    """The id of what a graph in `shelves.folder` calls `name`, if it is there.

    A graph that has no id is called as seen from that folder.
    """
    path = _path(name, shelves.folder, shelves)
    return _name_of(path, shelves) if path else None


def named_by_id(inner: GraphSpec, folder: Path, shelves: Shelves) -> GraphSpec:
    """`inner` with ids, or names from the outer folder, of the graphs it holds."""
    nodes = {name: _renamed(node, folder, shelves) for name, node in inner.nodes.items()}
    return inner.model_copy(update={"nodes": nodes})


def _renamed(node: NodeSpec, folder: Path, shelves: Shelves) -> NodeSpec:
    name = node.fields.get("graph")
    if node.kind not in HOLDERS or not isinstance(name, str) or not name:
        return node
    path = _path(name, folder, shelves)
    new = _name_of(path, shelves) if path else name
    return node.model_copy(update={"fields": {**node.fields, "graph": new}})


def _name_of(path: Path, shelves: Shelves) -> str:
    for family, root in shelves.families.items():
        if _is_below(root, path):
            below = path.resolve().relative_to(root.resolve())
            return f"{family}/{below.with_suffix('').as_posix()}"
    return path.resolve().relative_to(shelves.folder.resolve()).as_posix()
