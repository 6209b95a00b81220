"""What has arrived at each node of one record, and so who is ready and who is not."""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grasp_ui.engine.flow import arrows_settled
from grasp_ui.engine.plan import Arrow, Plan, PlanLoop, PlanNode
from grasp_ui.engine.progress import Progress
from grasp_ui.engine.transcript import Post, latest

Tip = Post | None
NO_ROUND = -1


class Ready(NamedTuple):
    """A node that can fire (or is skipped), and the transcript's end that it sees.

    Attributes:
        number: how often the record has been here before.
        visits: the rounds of the loops around it, outer ones first.
        round_began_at: the order of the last message when its round began.
    """

    node: PlanNode
    tip: Tip
    number: int = 0
    visits: tuple[int, ...] = ()
    round_began_at: int = NO_ROUND


Settled = tuple[Arrow, bool, Tip, bool]
"""An arrow, whether it is taken, the transcript's end on it, whether its loops have ended."""


class Round:
    """Where a record is in one loop.

    `left` arrows back are still to be settled; `held` are arrows out of the loop, which wait for
    its end; `taken` counts how often each arrow back was.
    """

    __slots__ = ("began_at", "going", "held", "left", "number", "taken")

    def __init__(self, left: int) -> None:
        self.left = left
        self.number = 0
        self.began_at = NO_ROUND
        self.going: list[Settled] = []
        self.held: dict[str, Settled] = {}
        self.taken: dict[str, int] = {}

    def copy(self) -> "Round":
        """The same, to go on apart."""
        twin = Round(self.left)
        twin.number, twin.began_at = self.number, self.began_at
        twin.going, twin.held, twin.taken = [*self.going], {**self.held}, {**self.taken}
        return twin


class Joins:
    """What has arrived at each node of one record.

    A node is ready when every forward arrow to it is settled and one at least was taken; where
    none was, it is skipped, and so are its arrows.
    """

    __slots__ = ("_left", "_loops", "_nodes", "_record", "_rounds", "_tips")

    def __init__(self, plan: Plan, record: Progress) -> None:
        self._nodes = plan.nodes
        self._loops = plan.loops
        self._record = record
        self._left: dict[str, int] = {}
        self._tips: dict[str, dict[str, Tip]] = {}
        self._rounds = [Round(len(loop.tails)) for loop in plan.loops]

    def begin(self, names: Iterable[str], tip: Tip) -> list[Ready]:
        """The nodes that a record starts with."""
        return [self._visit(self._nodes[name], tip) for name in names]

    def taken(self, node: PlanNode) -> dict[str, int]:
        """How often the arrows back out of `node` were taken."""
        return {
            a.name: self._rounds[a.closes].taken.get(a.name, 0)
            for a in node.back
            if a.closes is not None
        }

    def leave(
        self, node: PlanNode, taken: Sequence[Arrow], tip: Tip
    ) -> tuple[list[Ready], list[Ready]]:
        """Settle the arrows out of `node`: who is ready now, and who is skipped by it."""
        if len(taken) == len(node.arrows) == 1 and taken[0].is_direct and not node.back:
            return [self._visit(self._nodes[taken[0].target], tip)], []
        ready: list[Ready] = []
        skipped: list[Ready] = []
        settled = deque([(a, a in taken, tip, False) for a in arrows_settled(node, taken)])
        while settled:
            one = settled.popleft()
            arrow, is_taken, end, is_free = one
            if arrow.leaves is not None and not is_free:
                self._rounds[arrow.leaves].held[arrow.name] = (arrow, is_taken, end, True)
                continue
            if arrow.closes is not None:
                settled.extend(self._come_back(arrow.closes, one, ready))
                continue
            target = self._nodes[arrow.target]
            tips = self._arrive(target, one)
            if tips:
                ready.append(self._visit(target, latest(tips)))
            elif tips is not None:
                skipped.append(self._visit(target, None))
                settled.extend([(a, False, None, False) for a in arrows_settled(target, ())])
        return ready, skipped

    def copy(self, record: Progress) -> "Joins":
        """The same, for `record`, a fork of this one."""
        twin = object.__new__(Joins)
        twin._nodes, twin._loops, twin._record = self._nodes, self._loops, record
        twin._left = {**self._left}
        twin._tips = {name: {**tips} for name, tips in self._tips.items()}
        twin._rounds = [one.copy() for one in self._rounds]
        return twin

    def _visit(self, node: PlanNode, tip: Tip) -> Ready:
        """One more visit to `node`, with its numbers."""
        record = self._record
        if not node.loops and not record.around:
            return Ready(node, tip)
        path = record.path + node.name
        number = record.times.get(path, 0)
        record.times[path] = number + 1
        if len(node.loops) == 1:
            innermost = self._rounds[node.loops[0]]
            visits = (*record.around, innermost.number)
            return Ready(node, tip, number, visits, innermost.began_at)
        rounds = [self._rounds[at] for at in node.loops]
        visits = (*record.around, *[one.number for one in rounds])
        began_at = max([one.began_at for one in rounds], default=NO_ROUND)
        return Ready(node, tip, number, visits, began_at)

    def _arrive(self, node: PlanNode, one: Settled) -> Sequence[Tip] | None:
        """None while arrows are open; then the tips that came over the taken ones."""
        arrow, is_taken, tip, _ = one
        if node.incoming == 1 and not node.is_head:
            return (tip,) if is_taken else ()
        tips = self._tips.get(node.name)
        if tips is None:
            tips = self._tips[node.name] = {}
        if is_taken:
            tips[arrow.name] = tip
        left = self._left.get(node.name, node.incoming) - 1
        self._left[node.name] = left
        return None if left else tuple(tips.values())

    def _come_back(self, at: int, one: Settled, ready: list[Ready]) -> Iterable[Settled]:
        """Settle an arrow back; what leaves the loop is given back when the loop has ended."""
        here = self._rounds[at]
        here.left -= 1
        if one[1]:
            here.going.append(one)
        if here.left:
            return ()
        if here.going:
            self._go_round(here, self._loops[at], ready)
            return ()
        held, here.held = here.held, {}
        return held.values()

    def _go_round(self, here: Round, loop: PlanLoop, ready: list[Ready]) -> None:
        """Unsettle what the arrows back lead to, and begin again at their heads."""
        going, here.going = here.going, []
        heads = dict.fromkeys(arrow.target for arrow, *_ in going)
        open_again = frozenset[str]().union(*(loop.unsettles[head] for head in heads))
        here.number += 1
        here.left = sum(tail in open_again for tail in loop.tails)
        here.began_at = max((tip.order for _, _, tip, _ in going if tip), default=NO_ROUND)
        for arrow, *_ in going:
            here.taken[arrow.name] = here.taken.get(arrow.name, 0) + 1
        for at in loop.inner:
            self._rounds[at] = Round(sum(tail in open_again for tail in self._loops[at].tails))
        for name in open_again:
            node = self._nodes[name]
            if node.incoming != 1 or node.is_head:
                self._unsettle(node, open_again)
        for arrow, _, tip, _ in going:
            self._tips[arrow.target][arrow.name] = tip
        ready += [
            self._visit(self._nodes[head], latest(tuple(self._tips[head].values())))
            for head in heads
            if not self._left[head]
        ]

    def _unsettle(self, node: PlanNode, open_again: frozenset[str]) -> None:
        """Forget what came from nodes that go round; what came from outside of them stays."""
        inside = [name for name, source in node.into if source in open_again]
        self._left[node.name] = len(inside)
        tips = self._tips.get(node.name, {})
        outside = {name for name, _ in node.into}.difference(inside)
        self._tips[node.name] = {name: tip for name, tip in tips.items() if name in outside}
