"""What differs between two graphs by meaning: each part, field by field.

How a file is written (order of nodes, chains of arrows, comments) is no difference.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic_core import to_jsonable_python

from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.model.value import identity

Kind = Literal["added", "removed", "changed", "renamed"]
Family = Literal["graph", "model", "seeds", "node", "arrow", "output", "tagging", "sticky note"]
WORDS = ("title", "notes")
"""What is only said about a graph: a change of it makes no other version."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; what was not there is None."""

    name: str
    kind: Literal["added", "removed", "changed"]
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of a graph that differs; `was` is the old name of a renamed node."""

    family: Family
    kind: Kind
    name: str
    fields: tuple[FieldChange, ...] = ()
    was: str = ""


@dataclass(frozen=True, slots=True)
class GraphDiff:
    """All that differs, in the order of the file; `moved` nodes only stand elsewhere."""

    parts: tuple[PartChange, ...] = ()
    moved: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both graphs do and say the same and look the same."""
        return not self.parts and not self.moved

    @property
    def changes_results(self) -> bool:
        """Whether a run of one is no run of the other: the versions differ."""
        return any(
            part.family != "sticky note"
            and (part.family != "graph" or any(field.name not in WORDS for field in part.fields))
            for part in self.parts
        )

    def of(self, family: Family) -> tuple[PartChange, ...]:
        """The changes of one family."""
        return tuple(part for part in self.parts if part.family == family)


def diff_graphs(before: GraphSpec, after: GraphSpec) -> GraphDiff:
    """What has to be done to `before` to make it mean what `after` means.

    A node that is gone and a new one of the same kind are one renamed node where their fields
    or their place on the canvas are the same.

    Example:
        >>> ask = {"ask": NodeSpec(kind="turn", fields={"prompt": "Hi"})}
        >>> bid = {"ask": NodeSpec(kind="turn", fields={"prompt": "Ho"})}
        >>> diff_graphs(GraphSpec(nodes=ask), GraphSpec(nodes=bid)).parts[0].fields
        (FieldChange(name='prompt', kind='changed', before='Hi', after='Ho'),)
    """
    renamed = _renamed(before, after)
    parts = (
        *_whole("graph", _heading(before), _heading(after)),
        *_named("model", before.models, after.models),
        *_whole("seeds", before.seeds, after.seeds),
        *_nodes(before, after, renamed),
        *_arrows(before.edges, after.edges, renamed),
        *_whole("output", before.output, after.output),
        *_whole("tagging", _setting(before.tagging), _setting(after.tagging)),
        *_named("sticky note", _stickies(before), _stickies(after)),
    )
    return GraphDiff(parts, tuple(_moved(before, after, renamed)))


def _stickies(spec: GraphSpec) -> dict[str, dict[str, Any]]:
    """What notes say; where they stand is no difference, as with nodes."""
    return {
        name: {"text": note.text, "color": note.color} for name, note in spec.sticky_notes.items()
    }


def _heading(spec: GraphSpec) -> dict[str, Any]:
    words = {"title": spec.title, "notes": spec.notes, "system": spec.system}
    return {name: text for name, text in words.items() if text}


def _setting(tagging: Any) -> Mapping[str, Any]:
    if isinstance(tagging, Mapping) and tagging:
        return tagging
    return {} if tagging is None else {"as a whole": tagging}


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike: 1, 1.0 and true are three values."""
    return one is other or identity(_plain(one)) == identity(_plain(other))


def _plain(value: Any) -> Any:
    return to_jsonable_python(value, fallback=str)


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """The fields that differ: those there before in their order, then new ones."""

    def found() -> Iterator[FieldChange]:
        for name in dict.fromkeys((*before, *after)):
            if name not in after:
                yield FieldChange(name, "removed", before=before[name])
            elif name not in before:
                yield FieldChange(name, "added", after=after[name])
            elif not _same(before[name], after[name]):
                yield FieldChange(name, "changed", before[name], after[name])

    return tuple(found())


def _whole(
    family: Family, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[PartChange]:
    """A part that a graph has once."""
    fields = _fields(before, after)
    if fields or bool(before) != bool(after):
        kind: Kind = "changed" if before and after else "added" if after else "removed"
        yield PartChange(family, "changed" if family == "graph" else kind, family, fields)


def _named(
    family: Family,
    before: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Mapping[str, Any]],
    renamed: Mapping[str, str] | None = None,
) -> Iterator[PartChange]:
    """Parts by name; `renamed` has new names by old ones."""
    now = {old: (renamed or {}).get(old, old) for old in before}
    for old, name in now.items():
        if name not in after:
            yield PartChange(family, "removed", name, _fields(before[old], {}))
        elif fields := _fields(before[old], after[name]):
            kind: Kind = "changed" if old == name else "renamed"
            yield PartChange(family, kind, name, fields, was="" if old == name else old)
        elif old != name:
            yield PartChange(family, "renamed", name, was=old)
    for name in after:
        if name not in now.values():
            yield PartChange(family, "added", name, _fields({}, after[name]))


def _nodes(before: GraphSpec, after: GraphSpec, renamed: Mapping[str, str]) -> Iterator[PartChange]:
    def drawn(nodes: Mapping[str, NodeSpec]) -> dict[str, dict[str, Any]]:
        return {name: {"kind": node.kind, **node.fields} for name, node in nodes.items()}

    return _named("node", drawn(before.nodes), drawn(after.nodes), renamed)


def _arrows(
    before: Iterable[EdgeSpec], after: Iterable[EdgeSpec], renamed: Mapping[str, str]
) -> Iterator[PartChange]:
    """Arrows by their ends, and nodes whose arrows are asked in another order."""
    old = tuple(_with_names(edge, renamed) for edge in before)
    new = tuple(after)
    changes = tuple(_named("arrow", _keyed(old), _keyed(new)))
    yield from changes
    if not changes:
        then, now = _targets(old), _targets(new)
        for source in (name for name in now if now[name] != then[name]):
            order = FieldChange("order of the arrows", "changed", then[source], now[source])
            yield PartChange("arrow", "changed", source, (order,))


def _with_names(edge: EdgeSpec, renamed: Mapping[str, str]) -> EdgeSpec:
    source, target = (renamed.get(name, name) for name in (edge.source, edge.target))
    return edge.model_copy(update={"source": source, "target": target})


def _keyed(edges: Iterable[EdgeSpec]) -> dict[str, dict[str, Any]]:
    """What is said of each arrow by its id; a second one between two nodes is `a -> b #2`."""
    keyed: dict[str, dict[str, Any]] = {}
    seen: Counter[str] = Counter()
    for edge in edges:
        seen[edge.name] += 1
        number = seen[edge.name]
        said = {"when": edge.when, "max_visits": edge.max_visits}
        keyed[edge.name if number == 1 else f"{edge.name} #{number}"] = {
            name: value for name, value in said.items() if value is not None
        }
    return keyed


def _targets(edges: Iterable[EdgeSpec]) -> dict[str, list[str]]:
    targets: dict[str, list[str]] = {}
    for edge in edges:
        targets.setdefault(edge.source, []).append(edge.target)
    return targets


def _renamed(before: GraphSpec, after: GraphSpec) -> dict[str, str]:
    """New names by old ones, where it is evident which node became which."""
    gone = [name for name in before.nodes if name not in after.nodes]
    new = [name for name in after.nodes if name not in before.nodes]
    found: dict[str, str] = {}
    for is_same in (_alike, _at_one_place):
        fits = {old: [name for name in new if is_same(before, old, after, name)] for old in gone}
        takers = Counter(name for names in fits.values() for name in names)
        sure = {old: names[0] for old, names in fits.items() if len(names) == 1}
        found |= {old: name for old, name in sure.items() if takers[name] == 1}
        gone = [name for name in gone if name not in found]
        new = [name for name in new if name not in found.values()]
    return found


def _alike(before: GraphSpec, old: str, after: GraphSpec, new: str) -> bool:
    one, other = before.nodes[old], after.nodes[new]
    return one.kind == other.kind and bool(one.fields) and _same(one.fields, other.fields)


def _at_one_place(before: GraphSpec, old: str, after: GraphSpec, new: str) -> bool:
    place = before.layout.get(old)
    is_kin = before.nodes[old].kind == after.nodes[new].kind
    return is_kin and place is not None and place == after.layout.get(new)


def _moved(before: GraphSpec, after: GraphSpec, renamed: Mapping[str, str]) -> Iterator[str]:
    for old in before.nodes:
        name = renamed.get(old, old)
        if name in after.nodes and before.layout.get(old) != after.layout.get(name):
            yield name
