"""The graph file: YAML text to `GraphSpec`, and back with order and comments kept."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from io import StringIO
from itertools import pairwise
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from grasp_ui.engine.findings import meant
from grasp_ui.model.graph import FORMAT, TOP_KEYS, EdgeSpec, GraphSpec, NodeSpec, StickyNote
from grasp_ui.model.problem import Problem

STICKY_ADVICE = "Write `{text: …, at: [x, y], size: [width, height], color: yellow}`."
EDGE_KEYS = ("from", "to", "when", "max_visits")


def read_graph(text: str) -> GraphSpec:
    r"""The graph that `text` holds; what cannot be read stands in its `unread`.

    Example:
        >>> read_graph("grasp: 1\nnodes: {a: {kind: turn}}\nedgs: []").unread[0].fix
        "Did you mean 'edges'?"
    """
    try:
        loaded = _yaml(pure="safe").load(text)
    except MarkedYAMLError as error:
        return GraphSpec(unread=(_syntax_problem(error),))
    except YAMLError as error:
        return GraphSpec(unread=(Problem(what=f"The file is not YAML: {error}", fix=""),))
    if loaded is None:
        loaded = {"grasp": FORMAT}
    if not isinstance(loaded, Mapping):
        found = type(loaded).__name__
        return GraphSpec(
            unread=(
                Problem(
                    what=f"The file holds a {found}, not a graph.",
                    fix="Begin it with `grasp: 1` and `nodes:`.",
                ),
            )
        )
    return graph_of(loaded)


@lru_cache(maxsize=1024)
def known_graph(text: str) -> GraphSpec:
    """As `read_graph`; a text is read once while it is in use.

    Pages list all graphs whenever they are drawn, and 200 nodes take half a second to read.
    """
    return read_graph(text)


def graph_of(loaded: Mapping[Any, Any]) -> GraphSpec:
    """The graph that a mapping holds, as a file of the same keys and values would.

    Example:
        >>> graph_of({"grasp": 1, "edges": ["a -> b"]}).edges[0].name
        'a -> b'
    """
    return _Reader({str(key): value for key, value in loaded.items()}).graph()


class _Reader:
    """Reads one loaded mapping and collects what it could not read."""

    def __init__(self, loaded: Mapping[str, Any]) -> None:
        self.loaded = loaded
        self.problems: list[Problem] = []

    def graph(self) -> GraphSpec:
        self._check_keys()
        return GraphSpec(
            title=self._text("title"),
            notes=self._text("notes"),
            system=self._text("system"),
            models=self._each("models", self._settings),
            seeds=self._settings(self.loaded.get("seeds"), "seeds") or {},
            nodes=self._each("nodes", self._node),
            edges=tuple(self._edges(self.loaded.get("edges"))),
            output=self._settings(self.loaded.get("output"), "output") or {},
            tagging=self.loaded.get("tagging"),
            layout=self._each("layout", self._position),
            sticky_notes=self._each("sticky_notes", self._sticky),
            unread=tuple(self.problems),
        )

    def _say(self, what: str, fix: str, **place: str) -> None:
        self.problems.append(Problem(what=what, fix=fix, **place))

    def _check_keys(self) -> None:
        for key in self.loaded:
            if key not in TOP_KEYS:
                self._say(f"There is no part '{key}' in a graph.", meant(key, TOP_KEYS), field=key)
        if self.loaded.get("grasp") != FORMAT:
            found = self.loaded.get("grasp", "nothing")
            self._say(
                f"The format is {found}, not {FORMAT}.", "Begin with `grasp: 1`.", field="grasp"
            )

    def _text(self, key: str) -> str:
        value = self.loaded.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        self._say(f"Expected a text, found {_shown(value)}.", "Put it in quotes.", field=key)
        return str(value)

    def _settings(self, value: Any, place: str) -> dict[str, Any] | None:
        if value is None:
            return {}
        if isinstance(value, Mapping):
            return {str(key): plain(item) for key, item in value.items()}
        self._say(
            f"Expected keys with values, found {_shown(value)}.",
            "Write it as `key: value`.",
            field=place,
        )
        return None

    def _each(self, key: str, read: Callable[[Any, str], Any]) -> dict[str, Any]:
        named = self._settings(self.loaded.get(key), key) or {}
        read_items = {name: read(value, f"{key}.{name}") for name, value in named.items()}
        return {name: item for name, item in read_items.items() if item is not None}

    def _node(self, value: Any, place: str) -> NodeSpec | None:
        name = place.removeprefix("nodes.")
        if not isinstance(value, Mapping):
            self._say(
                f"Expected the node's fields, found {_shown(value)}.",
                "Write at least `kind: turn`.",
                node=name,
            )
            return None
        fields = {str(key): plain(item) for key, item in value.items()}
        kind = fields.pop("kind", "")
        if not isinstance(kind, str) or not kind:
            self._say("The node has no kind.", "Add `kind:`.", node=name, field="kind")
        return NodeSpec(kind=str(kind), fields=fields)

    def _position(self, value: Any, place: str) -> tuple[float, float] | None:
        match value:
            case [int() | float() as x, int() | float() as y]:
                return (float(x), float(y))
        self._say(f"Expected [x, y], found {_shown(value)}.", "Write two numbers.", field=place)
        return None

    def _sticky(self, value: Any, place: str) -> StickyNote | None:
        try:
            return StickyNote.model_validate(plain(value))
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            where = ".".join((place, *map(str, fault["loc"])))
            self._say(f"No sticky note: {fault['msg']}.", STICKY_ADVICE, field=where)
        return None

    def _edges(self, value: Any) -> Iterable[EdgeSpec]:
        if value is None:
            return
        if not isinstance(value, list):
            self._say(
                f"Expected a list of arrows, found {_shown(value)}.",
                "Write `- a -> b`.",
                field="edges",
            )
            return
        for position, item in enumerate(value):
            yield from self._arrows(item, f"edges.{position}")

    def _arrows(self, item: Any, place: str) -> Iterable[EdgeSpec]:
        names = chain(item)
        if len(names) > 1:
            yield from (EdgeSpec(source=a, target=b) for a, b in pairwise(names))
        elif isinstance(item, Mapping) and "from" in item and "to" in item:
            yield self._arrow(item, place)
        else:
            self._say(
                f"Not an arrow: {_shown(item)}.",
                "Write `a -> b` or `{from: a, to: b, when: …}`.",
                field=place,
            )

    def _arrow(self, item: Mapping[Any, Any], place: str) -> EdgeSpec:
        edge = f"{item['from']} -> {item['to']}"
        for key in item:
            if key not in EDGE_KEYS:
                self._say(
                    f"There is no key '{key}' on an arrow.",
                    meant(str(key), EDGE_KEYS),
                    edge=edge,
                    field=place,
                )
        visits = item.get("max_visits")
        if visits is not None and (isinstance(visits, bool) or not isinstance(visits, int)):
            self._say(
                f"Expected a whole number, found {_shown(visits)}.",
                "Write how often the arrow may be taken for a record.",
                edge=edge,
                field="max_visits",
            )
            visits = None
        when = item.get("when")
        return EdgeSpec(
            source=str(item["from"]),
            target=str(item["to"]),
            when=None if when is None else str(when),
            max_visits=visits,
        )


def chain(item: Any) -> list[str]:
    """The names on a written chain `a -> b -> c`; empty for anything else."""
    if not isinstance(item, str):
        return []
    names = [name.strip() for name in item.split("->")]
    return names if all(names) else []


def plain(value: Any) -> Any:
    """`value` in plain lists and dicts with text keys, as JSON would have it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def _yaml(*, pure: str = "rt") -> YAML:
    yaml = YAML(typ=pure, pure=True)
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def round_trip(text: str) -> Any:
    """`text` loaded with its comments, order and styles."""
    return _yaml().load(text)


def dump(loaded: Any) -> str:
    """A round-trip mapping as text."""
    out = StringIO()
    _yaml().dump(loaded, out)
    return out.getvalue()


def _syntax_problem(error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark
    place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the file"
    what = str(error.problem or error.context or "not YAML").strip()
    return Problem(
        what=f"The file is not YAML at {place}: {what}.",
        fix="Mend that line; check quotes, colons and indents.",
    )


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
