"""The shape of a graph: its loops, its order, what can happen at one time."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from grasp_ui.engine.loops import Loops, loops_of
from grasp_ui.model.graph import EdgeSpec


class Shape:
    """Nodes and arrows; the arrows that close a cycle are set apart.

    Attributes:
        out: the forward arrows from each node, in the order drawn.
        into: the forward arrows to each node.
        cycles: each closed way of arrows that are not declared to lead back.
        back: the declared arrows (with `max_visits`) that lead back.
        astray: the declared arrows that lead forward.
        loops: what the arrows back make.
        stuck: the arrows out of loops that wait for each other; none in a graph that runs.
    """

    def __init__(self, nodes: Sequence[str], arrows: Iterable[EdgeSpec]) -> None:
        self.nodes = nodes
        self.out: dict[str, list[EdgeSpec]] = defaultdict(list)
        self.into: dict[str, list[EdgeSpec]] = defaultdict(list)
        self._waits: dict[str, list[str]] = {}
        declared: list[EdgeSpec] = []
        plain: dict[str, list[EdgeSpec]] = defaultdict(list)
        for arrow in arrows:
            if arrow.max_visits is None:
                plain[arrow.source].append(arrow)
            else:
                declared.append(arrow)
        self.cycles, closing = _cycles(nodes, plain)
        for arrow in (arrow for name in nodes for arrow in plain[name]):
            if arrow not in closing:
                self.out[arrow.source].append(arrow)
                self.into[arrow.target].append(arrow)
        reach = {arrow.target: self.after(arrow.target) for arrow in declared}
        self.back = [arrow for arrow in declared if arrow.source in reach[arrow.target]]
        self.astray = [arrow for arrow in declared if arrow.source not in reach[arrow.target]]
        self.order = self._ordered()
        self._before = self._bits_before()
        self.loops, self.stuck = Loops(), list[EdgeSpec]()
        if self.back:
            self._find_loops(reach)

    @property
    def is_tangled(self) -> bool:
        """Whether its loops cross or wait for each other, so that nothing can run."""
        return bool(self.loops.crossing or self.stuck)

    def after(self, name: str) -> set[str]:
        """The nodes that forward arrows lead to from `name`, and `name` itself."""
        found, left = {name}, [name]
        while left:
            for arrow in self.out[left.pop()]:
                if arrow.target not in found:
                    found.add(arrow.target)
                    left.append(arrow.target)
        return found

    def is_before(self, first: str, second: str) -> bool:
        """Whether `second` waits for `first`: by forward arrows, or for a loop to end."""
        return bool(self._before[second] & self._bit[first])

    def _find_loops(self, reach: Mapping[str, set[str]]) -> None:
        """Find the loops, and let what follows one come after all that goes round in it."""
        bodies = (
            {n for n in reach[a.target] if n == a.source or self.is_before(n, a.source)}
            for a in self.back
        )
        self.loops = loops_of(self.back, bodies, self.is_before)
        if self.loops.crossing:
            return
        leaving = [
            (arrow, loop)
            for loop in self.loops.found
            for name in self.nodes
            if name in loop.body
            for arrow in self.out[name]
            if arrow.target not in loop.body
        ]
        for arrow, loop in leaving:
            self._waits.setdefault(arrow.target, []).extend(loop.tails)
        order = self._ordered()
        if len(order) < len(self.order):
            late = set(self.nodes).difference(order)
            self.stuck = [a for a, loop in leaving if a.target in late and late & set(loop.tails)]
            self._waits = {}
            return
        self.order = order
        self._before = self._bits_before()

    def _ordered(self) -> tuple[str, ...]:
        """All nodes, each after those that it waits for; else as drawn."""
        followers: dict[str, list[str]] = defaultdict(list)
        for target, tails in self._waits.items():
            for tail in tails:
                followers[tail].append(target)
        left = {n: len(self.into[n]) + len(self._waits.get(n, ())) for n in self.nodes}
        ready = deque(name for name in self.nodes if not left[name])
        ordered = []
        while ready:
            name = ready.popleft()
            ordered.append(name)
            for target in (*(arrow.target for arrow in self.out[name]), *followers[name]):
                left[target] -= 1
                if not left[target]:
                    ready.append(target)
        return tuple(ordered)

    @cached_property
    def _bit(self) -> dict[str, int]:
        return {name: 1 << position for position, name in enumerate(self.nodes)}

    def _bits_before(self) -> dict[str, int]:
        """For each node, the nodes before it as bits."""
        before: dict[str, int] = {}
        for name in self.order:
            found = 0
            for other in (*(a.source for a in self.into[name]), *self._waits.get(name, ())):
                found |= before[other] | self._bit[other]
            before[name] = found
        return before


class Branches:
    """For each node, by which arrows of each choosing node it can be reached."""

    def __init__(self, shape: Shape, choosers: Collection[str]) -> None:
        self._shape = shape
        self._ways: dict[str, dict[str, frozenset[str]]] = {}
        for name in shape.order:
            self._ways[name] = self._reached(name, choosers)

    def _reached(self, name: str, choosers: Collection[str]) -> dict[str, frozenset[str]]:
        """What every way to `name` tells of the choosers on it; ways are added up."""
        arriving = []
        for arrow in self._shape.into[name]:
            ways = dict(self._ways[arrow.source])
            if arrow.source in choosers:
                ways[arrow.source] = frozenset((arrow.name,))
            arriving.append(ways)
        if not arriving:
            return {}
        shared = set.intersection(*(set(ways) for ways in arriving))
        return {chooser: frozenset().union(*(w[chooser] for w in arriving)) for chooser in shared}

    def are_parallel(self, first: str, second: str) -> bool:
        """Whether both can run for one record with neither waiting for the other."""
        if self._shape.is_before(first, second) or self._shape.is_before(second, first):
            return False
        ways, others = self._ways[first], self._ways[second]
        return all(ways[name] & others[name] for name in set(ways) & set(others))


def _cycles(
    nodes: Sequence[str], out: dict[str, list[EdgeSpec]]
) -> tuple[list[list[str]], list[EdgeSpec]]:
    """Each closed way (its first node again at its end), and the arrow that closes it."""
    found: list[list[str]] = []
    closing: list[EdgeSpec] = []
    done: set[str] = set()
    for start in nodes:
        if start in done:
            continue
        path, arrows = [start], [iter(out[start])]
        while path:
            arrow = next(arrows[-1], None)
            if arrow is None:
                done.add(path.pop())
                arrows.pop()
            elif arrow.target in path:
                found.append([*path[path.index(arrow.target) :], arrow.target])
                closing.append(arrow)
            elif arrow.target not in done:
                path.append(arrow.target)
                arrows.append(iter(out[arrow.target]))
    return found, closing
