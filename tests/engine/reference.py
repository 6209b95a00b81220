"""How a record runs, written from docs/semantics.md: one node at a time, slow and plain.

Nothing of the engine is used: every question is answered anew from the drawing and from what was
decided so far.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from grasp_ui.model.graph import EdgeSpec, GraphSpec

Trace = list[tuple[str, str, int]]
"""Each node that settled: its name, `done` or `skipped`, how often it had settled before."""


class Loop:
    """Arrows back that are decided together, and the nodes between their heads and tails."""

    def __init__(self, back: list[EdgeSpec], body: set[str]) -> None:
        self.back = back
        self.body = body


class Reference:
    """One record: `trace` is what happened to its nodes."""

    def __init__(self, spec: GraphSpec, row: dict[str, Any]) -> None:
        self.spec = spec
        self.row = row
        self.forward = [edge for edge in spec.edges if edge.max_visits is None]
        self.loops = self.all_loops()
        self.trace: Trace = []
        self.settled: set[str] = set()
        self.decided: dict[EdgeSpec, bool] = {}
        self.came_back: set[str] = set()
        self.times = Counter[str]()
        self.taken = Counter[EdgeSpec]()

    def run(self) -> Trace:
        """Let whatever can fire do so, one after the other, until nothing can."""
        while (name := next(self.waiting(), None)) is not None:
            self.settle(name)
            while (loop := next(self.going_round(), None)) is not None:
                self.go_round(loop)
        return self.trace

    def waiting(self) -> Iterator[str]:
        """The nodes whose forward arrows are all settled."""
        for name in self.spec.nodes:
            if name not in self.settled and all(self.is_settled(e) for e in self.into(name)):
                yield name

    def settle(self, name: str) -> None:
        """Fire a node, or skip it where no arrow to it was taken."""
        into = self.into(name)
        fires = not into or name in self.came_back or any(self.decided[edge] for edge in into)
        self.settled.add(name)
        self.trace.append((name, "done" if fires else "skipped", self.times[name]))
        if fires:
            self.decide(name)
        else:
            self.decided |= {e: False for e in self.spec.edges if e.source == name}
        self.times[name] += 1

    def decide(self, name: str) -> None:
        """An arrow back is decided first; where it is taken, the others stay unsettled."""
        for loop in self.inner_first():
            back = [e for e in self.spec.edges if e in loop.back and e.source == name]
            held = self.chosen(name, [e for e in back if self.taken[e] < (e.max_visits or 0)])
            self.decided |= {edge: edge in held for edge in back}
            if held:
                return
        out = [edge for edge in self.forward if edge.source == name]
        held = self.chosen(name, out)
        self.decided |= {edge: edge in held for edge in out}

    def chosen(self, name: str, edges: list[EdgeSpec]) -> list[EdgeSpec]:
        """All that hold; of a router's the first with a condition, else the one without."""
        known = {**self.row, "visit": self.times[name]}
        held = [e for e in edges if e.when is None or eval(e.when, {}, known)]  # noqa: S307
        if self.spec.nodes[name].kind != "router":
            return held
        return ([e for e in held if e.when] or held)[:1]

    def going_round(self) -> Iterator[Loop]:
        """The loops whose arrows back are all settled, and one of them taken."""
        for loop in self.inner_first():
            is_decided = all(self.is_settled(edge) for edge in loop.back)
            if is_decided and any(self.decided[edge] for edge in loop.back):
                yield loop

    def go_round(self, loop: Loop) -> None:
        """Unsettle the body from the heads on; loops inside are counted anew."""
        back = [edge for edge in loop.back if self.decided[edge]]
        again = {n for edge in back for n in self.reached(edge.target) if n in loop.body}
        self.taken.update(back)
        for inner in self.loops:
            if inner.body < loop.body:
                for edge in inner.back:
                    self.taken[edge] = 0
        self.settled -= again
        self.came_back = (self.came_back - again) | {edge.target for edge in back}
        self.decided = {
            e: is_taken for e, is_taken in self.decided.items() if e.source not in again
        }

    def is_settled(self, edge: EdgeSpec) -> bool:
        """An arrow is settled when it is decided and every loop that it leaves has ended."""
        left = [x for x in self.loops if edge.source in x.body and edge.target not in x.body]
        return edge in self.decided and all(self.has_ended(loop) for loop in left)

    def has_ended(self, loop: Loop) -> bool:
        """A loop has ended when its arrows back are settled, and none of them taken."""
        return all(self.is_settled(edge) and not self.decided[edge] for edge in loop.back)

    def into(self, name: str) -> list[EdgeSpec]:
        """The forward arrows to a node."""
        return [edge for edge in self.forward if edge.target == name]

    def reached(self, name: str) -> set[str]:
        """The nodes on forward arrows from `name`, itself too."""
        targets = [edge.target for edge in self.forward if edge.source == name]
        return {name}.union(*(self.reached(target) for target in targets))

    def inner_first(self) -> list[Loop]:
        """The loops, each before those that hold it."""
        return sorted(self.loops, key=lambda loop: len(loop.body))

    def all_loops(self) -> list[Loop]:
        """The loops of the drawing; those that overlap and end together are one."""
        loops = [
            Loop([e], {n for n in self.reached(e.target) if e.source in self.reached(n)})
            for e in self.spec.edges
            if e.max_visits is not None
        ]
        while len(groups := self.overlapping(loops)) < len(loops):
            loops = [
                Loop([e for one in group for e in one.back], {n for one in group for n in one.body})
                for group in groups
            ]
        return loops

    def overlapping(self, loops: list[Loop]) -> list[list[Loop]]:
        """The loops in groups: each with those that share nodes while each has some of its own."""
        groups = [[loop] for loop in loops]
        for one, other in combinations(loops, 2):
            if one.body & other.body and one.body - other.body and other.body - one.body:
                both = [group for group in groups if one in group or other in group]
                rest = [group for group in groups if group not in both]
                groups = [*rest, [loop for group in both for loop in group]]
        return groups
