"""Blocks: a selection saved with parameters, to be put into any graph again."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field

from grasp_ui.errors import NameTaken, NotFound, UnreadableFile
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.services.graph_file import dump, graph_of, plain, read_graph, round_trip
from grasp_ui.services.graph_text import write_graph
from grasp_ui.services.workspace import Workspace

FORMAT = 1
MODEL_FIELDS = ("model", "models")


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

    def drawing(self) -> GraphSpec:
        """The block as a graph by itself, with its places for parameters unfilled."""
        parts = ("title", "notes", "models", "nodes", "edges", "layout")
        return GraphSpec(**{name: getattr(self, name) for name in parts})


def block_of(
    spec: GraphSpec,
    names: Collection[str],
    title: str,
    parameters: Mapping[str, str] | None = None,
    *,
    notes: str = "",
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
        notes=notes,
        parameters=dict(parameters or {}),
        models={alias: keys for alias, keys in spec.models.items() if alias in aliases},
        nodes=placed,
        edges=tuple(e for e in spec.edges if e.source in nodes and e.target in nodes),
        layout=_from_origin({name: spec.layout[name] for name in nodes if name in spec.layout}),
    )


def block_text(block: Block) -> str:
    """The block as YAML."""
    graph = round_trip(write_graph(block.drawing()))
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
    path = _place(workspace, _stem(block.title))
    if path.exists():
        raise NameTaken(f"There is a block '{block.title}' already. Choose another title.")
    _write(path, block)
    return path


def rename_block(workspace: Workspace, name: str, title: str) -> Path:
    """Give the block in the file `name` another title, and the file a name made of it.

    Raises:
        NameTaken: another block has that title.
        NotFound: there is no such block.
        UnreadableFile: the file holds no block.
    """
    path = _found(workspace, name)
    block = read_block(path.read_text(encoding="utf-8"), path.name)
    renamed = block.model_copy(update={"title": title})
    if _stem(title) == name:
        _write(path, renamed)
        return path
    fresh = save_block(workspace, renamed)
    path.unlink()
    return fresh


def delete_block(workspace: Workspace, name: str) -> None:
    """Delete the block in the file `name`; what was made of it in graphs stays.

    Raises:
        NotFound: there is no such block.
    """
    _found(workspace, name).unlink()


def list_blocks(workspace: Workspace) -> tuple[dict[str, Block], list[str]]:
    """The blocks by the names of their files, and what is wrong with other files.

    They are in the order of their titles.
    """
    blocks, faults = {}, []
    for path in sorted(_folder(workspace).glob("*.yaml")):
        try:
            blocks[path.stem] = read_block(path.read_text(encoding="utf-8"), path.name)
        except (UnreadableFile, OSError, UnicodeDecodeError) as error:
            faults.append(str(error))
    ordered = sorted(blocks.items(), key=lambda item: item[1].title.casefold())
    return dict(ordered), faults


def blocks_stamp(workspace: Workspace) -> tuple[tuple[str, int, int], ...]:
    """What changes when a block does: names, times and sizes of the files."""
    paths = sorted(_folder(workspace).glob("*.yaml"))
    stats = [(path.name, path.stat()) for path in paths]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _folder(workspace: Workspace) -> Path:
    return workspace.home / "blocks"


def _stem(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_") or "block"


def _place(workspace: Workspace, name: str) -> Path:
    return _folder(workspace) / f"{name}.yaml"


def _write(path: Path, block: Block) -> None:
    """Write a block whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".yaml.new")
    new.write_text(block_text(block), encoding="utf-8")
    new.replace(path)


def _found(workspace: Workspace, name: str) -> Path:
    path = _place(workspace, name)
    if path.parent != _folder(workspace) or not path.is_file():
        raise NotFound(f"There is no block '{name}' any more. Open the list of blocks again.")
    return path


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


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: change(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [change(item) for item in value]
    return value


def _from_origin(layout: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    left = min((x for x, _ in layout.values()), default=0.0)
    top = min((y for _, y in layout.values()), default=0.0)
    return {name: (x - left, y - top) for name, (x, y) in layout.items()}
