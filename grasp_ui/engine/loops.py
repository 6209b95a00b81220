"""The loops of a drawing: which nodes go round together, and which loops cross."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from grasp_ui.model.graph import EdgeSpec

IsBefore = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Loop:
    """Arrows back that are decided together, and their body: the nodes that go round.

    The body is the nodes on paths from the head of an arrow back to its tail.
    """

    back: tuple[EdgeSpec, ...]
    body: frozenset[str]

    @property
    def tails(self) -> tuple[str, ...]:
        """The nodes from which its arrows lead back, one for each arrow."""
        return tuple(arrow.source for arrow in self.back)

    def overlaps(self, other: "Loop") -> bool:
        """Whether both share nodes and neither holds the other."""
        return bool(self.body & other.body) and not (
            self.body <= other.body or other.body <= self.body
        )


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops of a graph, outer ones first.

    Attributes:
        found: the loops; where `crossing` is empty, each two are apart or one holds the other.
        crossing: pairs of loops that overlap and cannot be decided together.
    """

    found: tuple[Loop, ...] = ()
    crossing: tuple[tuple[Loop, Loop], ...] = ()
    _around: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def around(self, name: str) -> tuple[int, ...]:
        """The places in `found` of the loops that a node goes round in, outer ones first."""
        return self._around.get(name, ())

    def closed_by(self, arrow: EdgeSpec) -> int | None:
        """The place of the loop that an arrow leads back in; None where it leads forward."""
        return next((at for at, loop in enumerate(self.found) if arrow in loop.back), None)

    def left_by(self, arrow: EdgeSpec) -> int | None:
        """The outermost loop that an arrow leads out of, if it leads out of one."""
        around = self.around(arrow.source)
        return next((at for at in around if arrow.target not in self.found[at].body), None)

    def share(self, first: str, second: str) -> bool:
        """Whether some loop has both nodes in its body."""
        return bool(set(self.around(first)) & set(self.around(second)))


def loops_of(back: Sequence[EdgeSpec], bodies: Iterable[set[str]], is_before: IsBefore) -> Loops:
    """The loops that `back` makes with these bodies, one for each arrow.

    Loops that overlap without one holding the other are one loop, where no tail comes before
    another: then all tails settle before any arrow back has to be decided.
    """
    loops = [Loop((a,), frozenset(body)) for a, body in zip(back, bodies, strict=True)]
    crossing: list[tuple[Loop, Loop]] = []
    while not crossing and len(groups := _overlapping(loops)) < len(loops):
        crossing = [pair for group in groups for pair in _at_odds(group, is_before)]
        loops = loops if crossing else [_joined(group) for group in groups]
    loops.sort(key=lambda loop: -len(loop.body))
    names = {name for loop in loops for name in loop.body}
    around = {n: tuple(at for at, loop in enumerate(loops) if n in loop.body) for n in names}
    return Loops(tuple(loops), tuple(crossing), around)


def _overlapping(loops: Sequence[Loop]) -> list[list[Loop]]:
    """The loops in groups: each with all that overlap it, or overlap one that does."""
    groups: list[list[Loop]] = []
    for loop in loops:
        near = [group for group in groups if any(loop.overlaps(other) for other in group)]
        apart = [group for group in groups if group not in near]
        groups = [*apart, [*(other for group in near for other in group), loop]]
    return groups


def _at_odds(group: Sequence[Loop], is_before: IsBefore) -> Iterator[tuple[Loop, Loop]]:
    """The pairs of a group of which one ends before the other."""
    for first, second in combinations(group, 2):
        pairs = [(a, b) for a in first.tails for b in second.tails]
        if any(is_before(a, b) or is_before(b, a) for a, b in pairs):
            yield first, second


def _joined(group: Sequence[Loop]) -> Loop:
    arrows = tuple(arrow for loop in group for arrow in loop.back)
    return Loop(arrows, frozenset[str]().union(*(loop.body for loop in group)))
