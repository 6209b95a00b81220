"""`GraphSpec` to text, changing a hand-written file as little as possible."""

from collections.abc import Collection, Mapping
from typing import Any, Self

from ruamel.yaml.comments import CommentedMap

from grasp_ui.model.graph import FORMAT, GraphSpec, NodeSpec, StickyNote
from grasp_ui.services.arrow_text import write_edges
from grasp_ui.services.graph_file import dump, known_graph, plain, round_trip
from grasp_ui.services.yaml_style import styled


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
        _put_in_order(written, "nodes", spec.nodes)
        write_edges(written, spec.edges)
        _merge(written, "output", spec.output)
        _merge(written, "tagging", spec.tagging)
        layout = {name: [_short(x), _short(y)] for name, (x, y) in spec.layout.items()}
        _merge(written, "layout", layout, read=before.layout)
        _put_in_order(written, "layout", spec.layout)
        stickies = {name: _sticky_fields(note) for name, note in spec.sticky_notes.items()}
        _merge(written, "sticky_notes", stickies, read=before.sticky_notes)
        self.text, self._before = dump(written), spec
        return self.text

    def _read(self, text: str) -> None:
        self.text = text
        self._before = known_graph(text)
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
    into: CommentedMap,
    key: str,
    value: Any,
    *,
    read: Collection[str] | None = None,
    is_top: bool = True,
) -> None:
    """Set `key` where it differs; descend into mappings; drop a top one whose value is empty.

    `read` has the names that could be read before: the others are not ours to drop.
    """
    written = into.get(key)
    if key in into and plain(written) == plain(value):
        return
    if isinstance(written, CommentedMap) and isinstance(value, Mapping):
        ours = set(written) if read is None else set(read)
        for gone in [name for name in written if name in ours and str(name) not in value]:
            del written[gone]
        for name, item in value.items():
            _merge(written, name, item, is_top=False)
        if is_top and not written:
            del into[key]
    elif not is_top or value not in (None, "", {}):
        into[key] = styled(value)
    elif written is None or isinstance(written, str):
        into.pop(key, None)


def _put_in_order(written: CommentedMap, key: str, names: Collection[str]) -> None:
    """Let what is written under `key` follow each other as `names` do."""
    items = written.get(key)
    if not isinstance(items, CommentedMap):
        return
    wanted = [name for name in names if name in items]
    if [name for name in items if name in names] != wanted:
        for name in wanted:
            items.move_to_end(name)


def _short(number: float) -> int | float:
    return int(number) if number == int(number) else round(number, 1)
