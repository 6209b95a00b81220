"""Blocks: a selection saved with parameters, to be put into any graph again."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import Field

from grasp_ui.errors import NameTaken, UnreadableFile
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.services.graph_file import dump, graph_of, plain, read_graph, round_trip
from grasp_ui.services.graph_text import write_graph
from grasp_ui.services.workspace import Workspace

FORMAT = 1
PLACE = re.compile(r"<<([A-Za-z_][A-Za-z0-9_]*)>>")
MODEL_FIELDS = ("model", "models")
BELOW = 240.0
"""How far below the lowest card a block is put, in the canvas's units."""


class Block(Value):
    """Nodes and the arrows between them; `<<name>>` in their fields is a parameter.

    `parameters` has the value that each one takes where no other is given.
    """

    title: str
    notes: str = ""
    parameters: JsonObject = Field(default_factory=dict)
    models: dict[str, JsonObject] = Field(default_factory=dict)
    nodes: dict[str, NodeSpec] = Field(default_factory=dict)
    edges: tuple[EdgeSpec, ...] = ()
    layout: dict[str, tuple[float, float]] = Field(default_factory=dict)


def block_of(
    spec: GraphSpec, names: Collection[str], title: str, parameters: Mapping[str, str] | None = None
) -> Block:
    """The nodes `names` with their inner arrows and the aliases that they call.

    Each text of `parameters` becomes a place wherever it stands in a field of a node.
    """
    nodes = {name: node for name, node in spec.nodes.items() if name in names}
    texts = {text: name for name, text in (parameters or {}).items() if text}
    placed = {name: _with_fields(node, _opened(node.fields, texts)) for name, node in nodes.items()}
    aliases = {alias for node in nodes.values() for alias in _aliases(node)}
    return Block(
        title=title,
        parameters=dict(parameters or {}),
        models={alias: keys for alias, keys in spec.models.items() if alias in aliases},
        nodes=placed,
        edges=tuple(e for e in spec.edges if e.source in nodes and e.target in nodes),
        layout=_from_origin({name: spec.layout[name] for name in nodes if name in spec.layout}),
    )


def insert_block(
    spec: GraphSpec, block: Block, values: Mapping[str, Any] | None = None
) -> tuple[GraphSpec, tuple[str, ...]]:
    """`spec` with the block in it under fresh names, and these names.

    Aliases that are there already stay as they are; variables keep their names.
    """
    filled = {**block.parameters, **(values or {})}
    fresh = _fresh(block.nodes, spec.nodes)
    nodes = {
        fresh[name]: _with_fields(node, _closed(node.fields, filled))
        for name, node in block.nodes.items()
    }
    edges = tuple(
        edge.model_copy(update={"source": fresh[edge.source], "target": fresh[edge.target]})
        for edge in block.edges
        if edge.source in fresh and edge.target in fresh
    )
    x, y = _free_place(spec.layout.values())
    layout = {fresh[name]: (x + a, y + b) for name, (a, b) in block.layout.items() if name in fresh}
    changed = {
        "nodes": {**spec.nodes, **nodes},
        "edges": (*spec.edges, *edges),
        "layout": {**spec.layout, **layout},
        "models": {**block.models, **spec.models},
    }
    return spec.model_copy(update=changed), tuple(nodes)


def block_text(block: Block) -> str:
    """The block as YAML."""
    parts = ("title", "notes", "models", "nodes", "edges", "layout")
    graph = round_trip(write_graph(GraphSpec(**{name: getattr(block, name) for name in parts})))
    del graph["grasp"]
    graph.insert(0, "block", FORMAT)
    if block.parameters:
        graph.insert(2, "parameters", dict(block.parameters))
    return dump(graph)


def read_block(text: str, place: str = "The block") -> Block:
    """The block that `text` holds.

    Raises:
        UnreadableFile: it is no block; the message begins with `place`.
    """
    faults = [p for p in read_graph(text).unread if "not YAML" in p.what or "holds a" in p.what]
    if faults:
        raise UnreadableFile(f"{place}: {faults[0]}")
    loaded = plain(round_trip(text)) or {}
    parameters = loaded.pop("parameters", None) or {}
    if loaded.pop("block", None) != FORMAT or not isinstance(parameters, dict):
        raise UnreadableFile(f"{place} is no block. Begin it with `block: 1` and `nodes:`.")
    spec = graph_of({"grasp": 1, **loaded})
    if spec.unread:
        raise UnreadableFile(f"{place}: {spec.unread[0]}")
    return Block(
        title=spec.title, notes=spec.notes, parameters=parameters, models=spec.models,
        nodes=spec.nodes, edges=spec.edges, layout=spec.layout,
    )  # fmt: skip


def save_block(workspace: Workspace, block: Block) -> Path:
    """Write the block into the workspace's `blocks/`, under a name made of its title.

    Raises:
        NameTaken: there is a block of that name already.
    """
    stem = re.sub(r"[^a-z0-9]+", "_", block.title.casefold()).strip("_") or "block"
    path = workspace.home / "blocks" / f"{stem}.yaml"
    if path.exists():
        raise NameTaken(f"There is a block '{block.title}' already. Choose another title.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block_text(block), encoding="utf-8")
    return path


def list_blocks(workspace: Workspace) -> tuple[list[Block], list[str]]:
    """The workspace's blocks by title, and what is wrong with files that are none."""
    blocks, faults = [], []
    for path in sorted((workspace.home / "blocks").glob("*.yaml")):
        try:
            blocks.append(read_block(path.read_text(encoding="utf-8"), path.name))
        except (UnreadableFile, OSError, UnicodeDecodeError) as error:
            faults.append(str(error))
    return sorted(blocks, key=lambda block: block.title.casefold()), faults


def _with_fields(node: NodeSpec, fields: JsonObject) -> NodeSpec:
    return node.model_copy(update={"fields": fields})


def _aliases(node: NodeSpec) -> list[str]:
    named = (node.fields.get(field) for field in MODEL_FIELDS)
    return [
        str(alias)
        for value in named
        if value
        for alias in (value if isinstance(value, list | tuple) else [value])
    ]


def _opened(value: Any, names: Mapping[str, str]) -> Any:
    """`value` with places where texts stood; the longest text first."""
    if isinstance(value, str):
        if not names:
            return value
        texts = sorted(names, key=len, reverse=True)
        found = re.compile("|".join(map(re.escape, texts)))
        return found.sub(lambda match: f"<<{names[match[0]]}>>", value)
    return _each(value, lambda item: _opened(item, names))


def _closed(value: Any, values: Mapping[str, Any]) -> Any:
    """`value` with places filled; one that stands alone takes the value with its type."""
    if isinstance(value, str):
        alone = PLACE.fullmatch(value)
        if alone and alone[1] in values:
            return values[alone[1]]
        return PLACE.sub(lambda match: str(values.get(match[1], match[0])), value)
    return _each(value, lambda item: _closed(item, values))


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: change(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [change(item) for item in value]
    return value


def _fresh(names: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """A name for each of `names` that nobody has: its own, else with a number."""
    fresh: dict[str, str] = {}
    used = set(taken)
    for name in names:
        tries = (name if number == 1 else f"{name}_{number}" for number in count(1))
        fresh[name] = next(one for one in tries if one not in used)
        used.add(fresh[name])
    return fresh


def _from_origin(layout: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    left = min((x for x, _ in layout.values()), default=0.0)
    top = min((y for _, y in layout.values()), default=0.0)
    return {name: (x - left, y - top) for name, (x, y) in layout.items()}


def _free_place(places: Collection[tuple[float, float]]) -> tuple[float, float]:
    if not places:
        return (0.0, 0.0)
    return (min(x for x, _ in places), max(y for _, y in places) + BELOW)
