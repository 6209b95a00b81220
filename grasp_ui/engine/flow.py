"""Which arrows a record takes, and when a node has heard from all that lead to it."""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from grasp_ui.engine.plan import Arrow, PlanNode
from grasp_ui.engine.transcript import Post, deepest
from grasp_ui.text.templates import UnknownVariable, look_up, path_of


class Ready(NamedTuple):
    """A node that can fire, and the transcript's end that it sees."""

    node: PlanNode
    tip: Post | None


class Joins:
    """What has arrived at each node of one record.

    A node is ready when every arrow to it is settled and one at least was taken; where none
    was, it is skipped, and so are its arrows.
    """

    __slots__ = ("_left", "_nodes", "_tips")

    def __init__(self, nodes: Mapping[str, PlanNode]) -> None:
        self._nodes = nodes
        self._left: dict[str, int] = {}
        self._tips: dict[str, list[Post | None]] = {}

    def leave(
        self, node: PlanNode, taken: Iterable[Arrow], tip: Post | None
    ) -> tuple[list[Ready], list[PlanNode]]:
        """Settle the arrows out of `node`: who is ready now, and who is skipped by it."""
        chosen = {arrow.name for arrow in taken}
        ready: list[Ready] = []
        skipped: list[PlanNode] = []
        settled = deque((arrow.target, arrow.name in chosen) for arrow in node.arrows)
        while settled:
            target, is_taken = settled.popleft()
            arrived = self._arrive(self._nodes[target], tip, is_taken=is_taken)
            if arrived is None:
                continue
            if arrived:
                ready.append(Ready(self._nodes[target], deepest(arrived)))
            else:
                skipped.append(self._nodes[target])
                settled.extend((arrow.target, False) for arrow in self._nodes[target].arrows)
        return ready, skipped

    def _arrive(
        self, node: PlanNode, tip: Post | None, *, is_taken: bool
    ) -> list[Post | None] | None:
        """None while arrows are open; then the tips that came over the taken ones."""
        if node.incoming == 1:
            return [tip] if is_taken else []
        tips = self._tips.setdefault(node.name, [])
        if is_taken:
            tips.append(tip)
        left = self._left.get(node.name, node.incoming) - 1
        self._left[node.name] = left
        return None if left else tips


def arrows_taken(node: PlanNode, variables: Mapping[str, Any], notes: list[str]) -> list[Arrow]:
    """The arrows out of `node` that are taken: all that hold, or the one chosen.

    Where one is chosen, the arrow without a condition is taken when no other holds. What was
    false because a value was missing is added to `notes`.

    Raises:
        ConditionFailed: a condition met values that it cannot compare.
        UnknownVariable: a condition names a part that its variable lacks.
    """
    if not node.config.chooses_one:
        return [arrow for arrow in node.arrows if _holds(arrow, variables, notes)]
    otherwise = [arrow for arrow in node.arrows if arrow.when is None]
    conditional = (arrow for arrow in node.arrows if arrow.when is not None)
    first = next((arrow for arrow in conditional if _holds(arrow, variables, notes)), None)
    return [first] if first else otherwise[:1]


def _holds(arrow: Arrow, variables: Mapping[str, Any], notes: list[str]) -> bool:
    if arrow.when is None:
        return True
    if arrow.when(variables):
        return True
    notes.extend(
        f"{arrow.name}: '{name}' has no value, so the comparison is false."
        for name in arrow.reads
        if _is_missing(variables, name)
    )
    return False


def _is_missing(variables: Mapping[str, Any], name: str) -> bool:
    try:
        return look_up(variables, path_of(name)) is None
    except UnknownVariable:
        return True
