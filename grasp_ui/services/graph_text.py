"""`GraphSpec` to text, changing a hand-written file as little as possible."""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any, Self

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from grasp_ui.model.graph import FORMAT, TOP_KEYS, EdgeSpec, GraphSpec, NodeSpec, StickyNote
from grasp_ui.services.graph_file import chain, dump, plain, read_graph, round_trip

# The writer leaves texts that begin so unquoted in one-line mappings, where they mean something.
AMBIGUOUS = ("?", "-", ":")


class GraphFile:
    """A graph file as it was read or written last, to be written again.

    Reading takes longer than writing, so that who writes each step of a drawing keeps it.

    Attributes:
        text: the file's text now.
    """

    text: str
    _before: GraphSpec
    _written: CommentedMap

    def __init__(self, text: str = "") -> None:
        self._read(text)

    def follow(self, text: str) -> Self:
        """The file after another hand may have written it: `text` is read where it is new."""
        if text != self.text:
            self._read(text)
        return self

    def write(self, spec: GraphSpec) -> str:
        """`spec` as text; comments, order and styles of the file are kept."""
        before, written = self._before, self._written
        if self.text.strip() and before.model_copy(update={"unread": spec.unread}) == spec:
            return self.text
        _merge(written, "title", spec.title)
        _merge(written, "notes", spec.notes)
        _merge(written, "system", spec.system)
        _merge(written, "models", spec.models, read=before.models)
        _merge(written, "seeds", spec.seeds)
        nodes = {name: _node_fields(node) for name, node in spec.nodes.items()}
        _merge(written, "nodes", nodes, read=before.nodes)
        _write_edges(written, spec.edges)
        _merge(written, "output", spec.output)
        _merge(written, "tagging", spec.tagging)
        layout = {name: [_short(x), _short(y)] for name, (x, y) in spec.layout.items()}
        _merge(written, "layout", layout, read=before.layout)
        stickies = {name: _sticky_fields(note) for name, note in spec.sticky_notes.items()}
        _merge(written, "sticky_notes", stickies, read=before.sticky_notes)
        self.text, self._before = dump(written), spec
        return self.text

    def _read(self, text: str) -> None:
        self.text = text
        self._before = read_graph(text)
        self._written = _loaded(text)


def write_graph(spec: GraphSpec, previous_text: str = "") -> str:
    r"""The graph as YAML; comments, order and styles of `previous_text` are kept.

    Example:
        >>> print(write_graph(GraphSpec(title="Hi"), "# mine\ngrasp: 1\ntitle: Ho\n"), end="")
        # mine
        grasp: 1
        title: Hi
    """
    return GraphFile(previous_text).write(spec)


def _loaded(text: str) -> CommentedMap:
    loaded = round_trip(text) if text.strip() else None
    return loaded if isinstance(loaded, CommentedMap) else CommentedMap({"grasp": FORMAT})


def _node_fields(node: NodeSpec) -> dict[str, Any]:
    return {"kind": node.kind, **node.fields}


def _sticky_fields(note: StickyNote) -> dict[str, Any]:
    places = {"at": [*map(_short, note.at)], "size": [*map(_short, note.size)]}
    return {"text": note.text, **places, "color": note.color}


def _merge(
    into: CommentedMap, key: str, value: Any, *, read: Collection[str] | None = None
) -> None:
    """Set `key` where it differs; descend into mappings; drop it where the value is empty.

    `read` has the names that could be read before: the others are not ours to drop.
    """
    written = into.get(key)
    if plain(written) == plain(value):
        return
    if isinstance(written, CommentedMap) and isinstance(value, Mapping):
        ours = set(written) if read is None else set(read)
        for gone in [name for name in written if name in ours and str(name) not in value]:
            del written[gone]
        for name, item in value.items():
            _merge(written, name, item)
        if not written:
            del into[key]
    elif key not in TOP_KEYS or value not in (None, "", {}):
        into[key] = _styled(value)
    elif written is None or isinstance(written, str):
        into.pop(key, None)


def _styled(value: Any) -> Any:
    """Long texts as blocks, mappings block style, lists of scalars in one line."""
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value)
    if isinstance(value, str) and value[:1] in AMBIGUOUS:
        return DoubleQuotedScalarString(value)
    if isinstance(value, Mapping):
        return CommentedMap({str(name): _styled(item) for name, item in value.items()})
    if isinstance(value, list | tuple):
        sequence = CommentedSeq(_styled(item) for item in value)
        if all(isinstance(item, str | int | float | bool) for item in value):
            sequence.fa.set_flow_style()
        return sequence
    return value


def _write_edges(written: CommentedMap, edges: tuple[EdgeSpec, ...]) -> None:
    """Keep every written arrow that still stands; split a chain only where it is broken."""
    left = list(edges)
    kept: list[Any] = []
    for item in written.get("edges") or ():
        kept.extend(_still_standing(item, left))
    kept.extend(_arrows(left))
    if not kept:
        written.pop("edges", None)
        return
    old = written.get("edges")
    if isinstance(old, CommentedSeq) and kept == list(old):
        return
    if isinstance(old, CommentedSeq):
        old[:] = kept
    else:
        written["edges"] = CommentedSeq(kept)


def _still_standing(item: Any, left: list[EdgeSpec]) -> list[Any]:
    """What of a written item is still drawn; takes its arrows out of `left`."""
    names = chain(item)
    if len(names) < 2:
        if not isinstance(item, Mapping) or not {"from", "to"} <= set(item):
            return [item]
        edge = EdgeSpec(
            source=str(item["from"]),
            target=str(item["to"]),
            when=None if item.get("when") is None else str(item["when"]),
            max_visits=item.get("max_visits"),
        )
        if edge not in left:
            return []
        left.remove(edge)
        return [item]
    runs = [[names[0]]]
    for source, target in pairwise(names):
        edge = EdgeSpec(source=source, target=target)
        if edge in left:
            left.remove(edge)
            runs[-1].append(target)
        else:
            runs.append([target])
    return [item] if len(runs) == 1 else [" -> ".join(run) for run in runs if len(run) > 1]


def _arrows(edges: list[EdgeSpec]) -> list[Any]:
    """New arrows as written: those that follow each other plainly as one chain."""
    written: list[Any] = []
    for edge in edges:
        is_plain = edge.when is None and edge.max_visits is None
        if is_plain and written and chain(written[-1])[-1:] == [edge.source]:
            written[-1] = f"{written[-1]} -> {edge.target}"
        else:
            written.append(edge.name if is_plain else _arrow(edge))
    return written


def _arrow(edge: EdgeSpec) -> CommentedMap:
    written = CommentedMap({"from": edge.source, "to": edge.target})
    if edge.when is not None:
        written["when"] = _styled(edge.when)
    if edge.max_visits is not None:
        written["max_visits"] = edge.max_visits
    written.fa.set_flow_style()
    return written


def _short(number: float) -> int | float:
    return int(number) if number == int(number) else round(number, 1)
