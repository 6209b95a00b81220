"""What canvas and server say to each other about a graph, in pure functions.

The server shows a *document*. The canvas answers with *edits*: each carries the present value of
every id that was touched since the last acknowledged revision, so that none can be lost by a
message that a later one overtook, and none can do harm by coming twice.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field, ValidationError
from pydantic_core import to_jsonable_python

from grasp_ui.errors import NameTaken, UnknownName
from grasp_ui.model.fields import NAME_PATTERN
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec, StickyNote
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import JsonObject, Value
from grasp_ui.ui.canvas.order import Item, Renames, arranged, in_place, renamed_key

SEEDS_NAMED_BY = ("path", "name", "run", "sql")
"""The keys that say best which seeds they are."""
SEEDS_SHOWN = 40
NOTE = "@note"
"""The kind of a sticky note on the canvas; no node kind is called so."""


class NodeValue(Value):
    """A node as the canvas sees it; without a position the canvas finds one."""

    kind: str
    fields: JsonObject = Field(default_factory=dict)
    position: tuple[float, float] | None = None


class Edit(Value):
    """One message of the canvas: present values by id, `None` for what was removed.

    `renamed` are pairs of old and new names in order, so that a renamed node keeps its place in
    the file; what became of it stands in `nodes` and `edges` all the same. `places` are nodes and
    arrows that stand at a new place of the file, each with the one it stands after ("": none).
    `server_revision` is the newest server edit that the canvas had seen. `session` is whom it
    speaks to; a message without one is for anybody.
    """

    revision: int
    session: str = ""
    server_revision: int = 0
    why: str = ""
    renamed: tuple[tuple[str, str], ...] = ()
    nodes: dict[str, NodeValue | None] = Field(default_factory=dict)
    edges: dict[str, EdgeSpec | None] = Field(default_factory=dict)
    places: tuple[tuple[str, str], ...] = ()


def document_of(spec: GraphSpec) -> JsonObject:
    """The graph as the canvas shows it: nodes by name, edges by id, the seeds' card.

    Example:
        >>> spec = GraphSpec(nodes={"ask": NodeSpec(kind="turn")}, layout={"ask": (0, 40)})
        >>> document_of(spec)["nodes"]
        {'ask': {'kind': 'turn', 'fields': {}, 'position': [0.0, 40.0]}}
    """
    nodes = {
        name: {
            "kind": node.kind,
            "fields": to_jsonable_python(node.fields, fallback=str),
            "position": list(spec.layout[name]) if name in spec.layout else None,
        }
        for name, node in spec.nodes.items()
    }
    edges = {key: edge.model_dump() for key, edge in _keyed(spec.edges).items()}
    nodes |= {f"@{name}": drawn_note(note) for name, note in spec.sticky_notes.items()}
    return {"nodes": nodes, "edges": edges, "seeds": _seeds_card(spec.seeds)}


def apply_edit(
    spec: GraphSpec, edit: Edit | Mapping[str, Any], *, keep_fields: bool = False
) -> GraphSpec:
    """`spec` after an edit of the canvas; applying it again changes nothing.

    Args:
        spec: the graph as the server has it.
        edit: the message.
        keep_fields: whether kind and fields of known nodes and notes stay the server's, because
            the canvas had not seen the server's last change when it spoke.
    """
    whole = edit if isinstance(edit, Edit) else Edit.model_validate(edit)
    notes, message = parted(whole)
    renames = renames_of(message)
    kept = spec.nodes if keep_fields else {}
    notes |= {name: note for name, note in _moved_notes(spec, notes).items() if keep_fields}
    arrows = _keyed(spec.edges)

    def placed(edited: Mapping[str, Item], before: Mapping[str, object]) -> dict[str, Item]:
        return arranged(in_place(edited, before, renames), message.places)

    changed = {
        "nodes": placed(_edited_nodes(spec, message, kept), spec.nodes),
        "layout": placed(_edited(spec.layout, _positions(message)), spec.layout),
        "edges": tuple(placed(_edited(arrows, message.edges), arrows).values()),
        "sticky_notes": arranged(_edited(spec.sticky_notes, notes), _places_of_notes(whole)),
    }
    return spec.model_copy(update=changed)


def drawn_note(note: StickyNote) -> JsonObject:
    """A sticky note as the canvas has it: a node of a kind of its own."""
    fields = {"text": note.text, "size": list(note.size), "color": note.color}
    return {"kind": NOTE, "fields": fields, "position": list(note.at)}


def parted(edit: Edit) -> tuple[dict[str, StickyNote | None], Edit]:
    """The notes of an edit by name, and the rest of it."""
    notes: dict[str, StickyNote | None] = {
        key[1:]: _note(value) if value else None
        for key, value in edit.nodes.items()
        if key.startswith("@")
    }
    nodes = {key: value for key, value in edit.nodes.items() if not key.startswith("@")}
    return notes, edit.model_copy(update={"nodes": nodes}) if notes else edit


def _note(value: NodeValue) -> StickyNote:
    """What the canvas says of a note; what cannot be one (a paste from elsewhere) is left out."""
    written = {**value.fields, "at": value.position or (0.0, 0.0)}
    said: JsonObject = {}
    for name in StickyNote.model_fields.keys() & written.keys():
        try:
            StickyNote.model_validate({name: written[name]})
        except ValidationError:
            continue
        said[name] = written[name]
    return StickyNote.model_validate(said)


def rename_node(spec: GraphSpec, old: str, new: str) -> GraphSpec:
    """`spec` with one node renamed in place: order, arrows and position are kept.

    Raises:
        UnknownName: there is no node `old`.
        NameTaken: there is a node `new` already.
    """
    if old == new:
        return spec
    if old not in spec.nodes:
        raise UnknownName(f"There is no node named '{old}'. Rename one that is on the canvas.")
    if new in spec.nodes:
        raise NameTaken(f"There is a node named '{new}' already. Choose another name.")

    def named(name: str) -> str:
        return new if name == old else name

    return spec.model_copy(
        update={
            "nodes": {named(name): node for name, node in spec.nodes.items()},
            "layout": {named(name): place for name, place in spec.layout.items()},
            "edges": tuple(
                edge.model_copy(update={"source": named(edge.source), "target": named(edge.target)})
                for edge in spec.edges
            ),
        }
    )


def problem_of_name(spec: GraphSpec, old: str, new: str) -> Problem | None:
    """Why the node `old` cannot be named `new`; None when it can.

    Example:
        >>> print(problem_of_name(GraphSpec(), "ask", "two words"))
        node 'ask': 'two words' is not a name. Use letters, digits and _, and no digit first.
    """
    if old == new:
        return None
    if not re.match(NAME_PATTERN, new):
        fix = "Use letters, digits and _, and no digit first."
        return Problem(node=old, what=f"'{new}' is not a name.", fix=fix)
    if new in spec.nodes:
        what = f"There is a node named '{new}' already."
        return Problem(node=old, what=what, fix="Choose another name.")
    return None


def renamed_edit(edit: Edit, renames: Renames) -> Edit:
    """`edit` as it reads after nodes were renamed that the canvas knew by old names."""

    def named(name: str) -> str:
        return renames.get(name, name)

    edges: dict[str, EdgeSpec | None] = {}
    for key, edge in edit.edges.items():
        if edge is None:
            edges[renamed_key(key, renames)] = None
        else:
            ends = {"source": named(edge.source), "target": named(edge.target)}
            edges[renamed_key(key, renames)] = edge.model_copy(update=ends)
    nodes = {named(name): value for name, value in edit.nodes.items()}
    places = tuple((renamed_key(a, renames), renamed_key(b, renames)) for a, b in edit.places)
    return edit.model_copy(update={"nodes": nodes, "edges": edges, "places": places})


def renames_of(message: Edit) -> dict[str, str]:
    """What each renamed node is called in the end.

    A rename says only what stands where.
    """
    latest: dict[str, str] = {}
    for old, new in message.renamed:
        latest = {first: new if last == old else last for first, last in latest.items()}
        latest[old] = new
    return latest


def _edited(items: Mapping[str, Item], edits: Mapping[str, Item | None]) -> dict[str, Item]:
    edited = dict(items)
    for key, value in edits.items():
        if value is None:
            edited.pop(key, None)
        else:
            edited[key] = value
    return edited


def _edited_nodes(
    spec: GraphSpec, message: Edit, kept: Mapping[str, NodeSpec]
) -> dict[str, NodeSpec]:
    origins = {new: old for old, new in renames_of(message).items()}
    edits: dict[str, NodeSpec | None] = {}
    for name, value in message.nodes.items():
        if value is None:
            edits[name] = None
        elif name not in kept:
            origin = spec.nodes.get(name) or spec.nodes.get(origins.get(name, ""))
            edits[name] = _merged(origin, value)
    return _edited(spec.nodes, edits)


def _positions(message: Edit) -> dict[str, tuple[float, float] | None]:
    return {name: value.position if value else None for name, value in message.nodes.items()}


def _moved_notes(
    spec: GraphSpec, notes: Mapping[str, StickyNote | None]
) -> dict[str, StickyNote | None]:
    """The server's notes where the canvas puts them."""
    known = {name: note for name, note in notes.items() if note and name in spec.sticky_notes}
    return {
        name: spec.sticky_notes[name].model_copy(update={"at": note.at})
        for name, note in known.items()
    }


def _places_of_notes(edit: Edit) -> list[tuple[str, str]]:
    return [(key[1:], before[1:]) for key, before in edit.places if key.startswith("@")]


def _merged(known: NodeSpec | None, value: NodeValue) -> NodeSpec:
    """The node that the canvas wants; untouched fields stay the very objects they were."""
    if known is None:
        return NodeSpec(kind=value.kind, fields=value.fields)
    seen = to_jsonable_python(known.fields, fallback=str)
    fields = {
        name: known.fields[name] if name in seen and seen[name] == field else field
        for name, field in value.fields.items()
    }
    return NodeSpec(kind=value.kind, fields=fields)


def _keyed(edges: Iterable[EdgeSpec]) -> dict[str, EdgeSpec]:
    """Edges by id: `a -> b`, and `a -> b #2` for a second one between the same nodes."""
    keyed: dict[str, EdgeSpec] = {}
    seen: Counter[str] = Counter()
    for edge in edges:
        seen[edge.name] += 1
        number = seen[edge.name]
        keyed[edge.name if number == 1 else f"{edge.name} #{number}"] = edge
    return keyed


def _seeds_card(seeds: JsonObject) -> JsonObject:
    kind = seeds.get("kind")
    rows = seeds.get("rows")
    if isinstance(rows, list):
        names = dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row)
        amount = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
        return {"kind": kind, "summary": amount, "columns": [str(name) for name in names]}
    named = next((str(seeds[key]) for key in SEEDS_NAMED_BY if seeds.get(key)), "")
    summary = named if len(named) <= SEEDS_SHOWN else f"{named[: SEEDS_SHOWN - 1]}…"
    return {"kind": kind, "summary": summary, "columns": []}
