"""What a node that holds a graph can name of it: variables, nodes, models."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from grasp_ui.engine.call_settings import AliasSettings
from grasp_ui.engine.holding import BUILT_IN
from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.errors import GraspError
from grasp_ui.model.graph import GraphSpec
from grasp_ui.services.subgraphs import SUFFIXES, Shelves, find_graph
from grasp_ui.services.workspace import Workspace, bundle


@dataclass(frozen=True, slots=True)
class InnerGraph:
    """A held graph as its holder's form wants it.

    `reads` comes from outside: what it does not write itself. `fields` can be overridden, by
    `node NAME` and `model ALIAS`.
    """

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)


def inner_graph(workspace: Workspace, folder: Path, name: str) -> InnerGraph | None:
    """The graph called `name` as seen from `folder`; None where there is none."""
    spec = find_graph(name, _shelves(workspace, folder))
    if spec is None or not spec.nodes:
        return None
    reads, writes = _variables(spec)
    nodes = {
        f"node {node}": tuple(KINDS[spec.nodes[node].kind].config.model_fields)
        for node in spec.nodes
        if spec.nodes[node].kind in KINDS
    }
    models = {f"model {alias}": tuple(AliasSettings.model_fields) for alias in spec.models}
    return InnerGraph(reads=reads, writes=writes, fields=nodes | models)


def graphs_to_hold(workspace: Workspace, folder: Path) -> tuple[str, ...]:
    """What a node can hold: files below `folder`, own graphs, examples."""
    shelves = _shelves(workspace, folder)
    families = shelves.families
    beside = () if folder.resolve() in {f.resolve() for f in families.values()} else _files(folder)
    named = [path.as_posix() for path in beside]
    for family, root in families.items():
        named += [f"{family}/{path.with_suffix('').as_posix()}" for path in _files(root)]
    return tuple(named)


def _files(root: Path) -> list[Path]:
    found = (path for path in root.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    return sorted(path.relative_to(root) for path in found)


def _shelves(workspace: Workspace, folder: Path) -> Shelves:
    return Shelves(folder, workspace.home, bundle())


def _variables(spec: GraphSpec) -> tuple[tuple[str, ...], tuple[str, ...]]:
    configs = list(_configs(spec))
    writes = {name for config in configs for name in config.variables_written()}
    reads = {path.partition(".")[0] for config in configs for path in _read(config)}
    return tuple(sorted(reads - writes - set(BUILT_IN))), tuple(sorted(writes))


def _read(config: NodeConfig) -> frozenset[str]:
    try:
        return config.variables_read()
    except GraspError:  # a text of it cannot be read; its own problems say so
        return frozenset()


def _configs(spec: GraphSpec) -> Iterator[NodeConfig]:
    for node in spec.nodes.values():
        if node.kind not in KINDS:
            continue
        try:
            config = KINDS[node.kind].config.model_validate(node.fields)
        except ValidationError:
            continue
        if isinstance(config, NodeConfig):
            yield config
