"""Where a selection of nodes begins and ends, if it can stand as one node."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.engine.shape import Shape
from grasp_ui.errors import CannotGroup
from grasp_ui.model.graph import EdgeSpec, GraphSpec
from grasp_ui.text.conditions import InvalidCondition, condition_names

Goal = str | tuple[str, str | None, int | None]
"""A node inside, or an arrow out: its target, condition and limit."""


@dataclass(frozen=True, slots=True)
class Border:
    """The nodes that a selection begins with and ends with, in drawing order."""

    firsts: tuple[str, ...]
    lasts: tuple[str, ...]


def border_of(spec: GraphSpec, names: Collection[str]) -> Border:
    """The border of the nodes `names`, which can be one node that does the same.

    A node has one way in and one way out: it begins when its arrows in are settled, and its
    arrows out are decided when all inside is done. So every node that the selection begins with
    has the same arrows in, every node that it ends with the same arrows out, and these are
    reached whenever it begins.

    Raises:
        CannotGroup: it cannot; the message says why and what to choose instead.
    """
    selection = _Selection(spec, frozenset(names))
    selection.check()
    return Border(selection.firsts, selection.lasts)


class _Selection:
    """Some nodes of a graph, and the arrows inside and across."""

    def __init__(self, spec: GraphSpec, names: frozenset[str]) -> None:
        known = [e for e in spec.edges if e.source in spec.nodes and e.target in spec.nodes]
        self.spec = spec
        self.names = names
        self.inner = [e for e in known if e.source in names and e.target in names]
        self.entries = [e for e in known if e.source not in names and e.target in names]
        self.exits = [e for e in known if e.source in names and e.target not in names]
        self.shape = Shape(tuple(spec.nodes), [e for e in known if _leads_somewhere(e)])
        forward = [e for e in self.inner if _is_forward(e)]
        led_to, led_from = {e.target for e in forward}, {e.source for e in forward}
        ordered = [name for name in spec.nodes if name in names]
        self.firsts = tuple(name for name in ordered if name not in led_to)
        self.lasts = tuple(name for name in ordered if name not in led_from)

    def check(self) -> None:
        """Raise the first reason against it."""
        if self.shape.cycles:
            raise CannotGroup("A cycle here never ends. Give its arrow back a condition and limit.")
        self._comes_back()
        self._one_way_in()
        self._one_way_out()
        self._decided_as_alone()
        self._loops_around()
        self._is_always_left()

    def _comes_back(self) -> None:
        """No way leaves the selection and comes back to it."""
        after = {name for e in self.exits if _is_forward(e) for name in self.shape.after(e.target)}
        for edge in self.entries:
            if _is_forward(edge) and edge.source in after:
                raise CannotGroup(
                    f"A way leaves the selection and comes back by '{edge.name}'. "
                    f"Select '{edge.source}' and what is on that way too."
                )

    def _one_way_in(self) -> None:
        for edge in self.entries:
            if edge.target not in self.firsts:
                raise CannotGroup(
                    f"'{edge.name}' leads into the middle of the selection. "
                    f"Select '{edge.source}' too, or leave out what comes before '{edge.target}'."
                )
        ways = {n: Counter((e.source, *_terms(e)) for e in self._into(n)) for n in self.firsts}
        for name in self.firsts[1:]:
            if ways[name] != ways[self.firsts[0]]:
                raise CannotGroup(
                    f"'{self.firsts[0]}' and '{name}' do not begin together: "
                    f"{self._led_by(self.firsts[0])}; {self._led_by(name)}. "
                    "Select what is before them too, or one of them."
                )
        routers = [e for e in self.entries if self._chooses(e.source)]
        if routers and len(self.firsts) > 1:
            raise CannotGroup(
                f"'{routers[0].source}' chooses one of its arrows, and several lead into the "
                f"selection. Select '{routers[0].source}' too."
            )

    def _one_way_out(self) -> None:
        for edge in self.exits:
            if edge.source not in self.lasts:
                raise CannotGroup(
                    f"'{edge.name}' leaves the selection before its end. "
                    f"Select '{edge.target}' too, or leave out what comes after '{edge.source}'."
                )
        ways = {n: Counter((e.target, *_terms(e)) for e in self._out_of(n)) for n in self.lasts}
        for name in self.lasts[1:]:
            if ways[name] != ways[self.lasts[0]]:
                raise CannotGroup(
                    f"'{self.lasts[0]}' and '{name}' do not lead on to the same: "
                    f"{self._leads_on(self.lasts[0])}; {self._leads_on(name)}. "
                    "Select what comes after them too, or one of them."
                )

    def _decided_as_alone(self) -> None:
        """The arrows out can be decided after the selection as after its last node."""
        for name in self.lasts:
            if self._chooses(name) and len(self._out_of(name)) > 1:
                raise CannotGroup(
                    f"'{name}' chooses one of its arrows, which a subgraph cannot. "
                    f"Leave '{name}' out, or select all that it leads to."
                )
        for edge in self.exits:
            if edge.when is not None and "visit" in _named(edge.when):
                raise CannotGroup(
                    f"The condition of '{edge.name}' counts the visits of '{edge.source}'. "
                    f"Leave '{edge.source}' out, or select '{edge.target}' too."
                )

    def _loops_around(self) -> None:
        """A loop that goes round the selection takes it as a whole."""
        back = [e for e in (*self.entries, *self.exits) if not _is_forward(e)]
        if back and (len(self.firsts) > 1 or len(self.lasts) > 1):
            raise CannotGroup(
                f"'{back[0].name}' goes round the selection, which begins or ends in several "
                "places. Select the whole loop, or one of its branches."
            )

    def _is_always_left(self) -> None:
        """The arrows out are reached whenever the selection begins."""
        sure = self._sure()
        reached = {goal for name in self.firsts for goal in sure[name]}
        for edge in self.exits:
            if _goal(edge) not in reached:
                raise CannotGroup(
                    f"Whether '{edge.source}' is reached hangs on a condition inside, and "
                    f"'{edge.name}' is taken only then. Select '{edge.target}' too."
                )

    def _sure(self) -> dict[str, frozenset[Goal]]:
        """For each node what is reached for certain once it fires."""
        sure: dict[str, frozenset[Goal]] = {}
        for name in reversed([name for name in self.shape.order if name in self.names]):
            ways = [self._beyond(edge, sure) for edge in self.shape.out[name]]
            ways += [frozenset({_goal(e)}) for e in self._out_of(name) if not _is_forward(e)]
            if self._chooses(name) and len(ways) > 1:
                is_one_taken = any(edge.when is None for edge in self.shape.out[name])
                each = [self._if_taken(edge, sure) for edge in self.shape.out[name]]
                all_ways = frozenset.intersection(*each)
                sure[name] = frozenset({name}) | (all_ways if is_one_taken else frozenset())
            else:
                sure[name] = frozenset({name}).union(*ways)
        return sure

    def _beyond(self, edge: EdgeSpec, sure: dict[str, frozenset[Goal]]) -> frozenset[Goal]:
        """What an arrow leads to for certain; one out keeps its condition outside."""
        is_out = edge.target not in self.names
        return self._if_taken(edge, sure) if is_out or edge.when is None else frozenset()

    def _if_taken(self, edge: EdgeSpec, sure: dict[str, frozenset[Goal]]) -> frozenset[Goal]:
        return sure[edge.target] if edge.target in self.names else frozenset({_goal(edge)})

    def _chooses(self, name: str) -> bool:
        kind = self.spec.nodes[name].kind
        config = KINDS[kind].config if kind in KINDS else NodeConfig
        return issubclass(config, NodeConfig) and config.chooses_one

    def _into(self, name: str) -> list[EdgeSpec]:
        return [edge for edge in self.entries if edge.target == name]

    def _out_of(self, name: str) -> list[EdgeSpec]:
        return [edge for edge in self.exits if edge.source == name]

    def _led_by(self, name: str) -> str:
        return _shown(self._into(name)) or f"no arrow leads to '{name}'"

    def _leads_on(self, name: str) -> str:
        return _shown(self._out_of(name)) or f"nothing follows '{name}'"


def _is_forward(edge: EdgeSpec) -> bool:
    return edge.max_visits is None and edge.source != edge.target


def _leads_somewhere(edge: EdgeSpec) -> bool:
    return edge.source != edge.target or edge.max_visits is not None


def _terms(edge: EdgeSpec) -> tuple[str | None, int | None]:
    return edge.when, edge.max_visits


def _goal(edge: EdgeSpec) -> Goal:
    return edge.target, edge.when, edge.max_visits


def _named(when: str) -> Collection[str]:
    try:
        return condition_names(when)
    except InvalidCondition:
        return ()


def _shown(edges: list[EdgeSpec]) -> str:
    def words() -> Iterator[str]:
        for edge in edges:
            yield f"'{edge.name}' when {edge.when}" if edge.when else f"'{edge.name}'"

    return ", ".join(words())
