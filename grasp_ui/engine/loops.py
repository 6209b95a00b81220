"""The loops of a drawing: which nodes go round together, and which loops cross."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    loops = [Loop((arrow,), frozenset(body)) for arrow, body in zip(back, bodies, strict=True)]
    while (pair := _to_be_joined(loops, is_before)) is not None:
        first, second = pair
        loops[loops.index(first)] = Loop((*first.back, *second.back), first.body | second.body)
        loops.remove(second)
    loops.sort(key=lambda loop: -len(loop.body))
    names = {name for loop in loops for name in loop.body}
    around = {n: tuple(at for at, loop in enumerate(loops) if n in loop.body) for n in names}
    crossing = tuple(pair for pair in combinations(loops, 2) if pair[0].overlaps(pair[1]))
    return Loops(tuple(loops), crossing, around)


def _to_be_joined(loops: Sequence[Loop], is_before: IsBefore) -> tuple[Loop, Loop] | None:
    for first, second in combinations(loops, 2):
        pairs = ((a, b) for a in first.tails for b in second.tails)
        if first.overlaps(second) and not any(is_before(a, b) or is_before(b, a) for a, b in pairs):
            return first, second
    return None
