"""Which arrows a record takes, and when a node has heard from all that lead to it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from grasp_ui.engine.plan import Arrow, PlanNode
from grasp_ui.text.templates import UnknownVariable, look_up, path_of


def arrows_taken(
    node: PlanNode, variables: Mapping[str, Any], notes: list[str], taken: Mapping[str, int]
) -> list[Arrow]:
    """The arrows out of `node` that are taken: all that hold, or the one chosen.

    An arrow back is decided first, that of an inner loop before that of an outer one: where one
    is taken, no other arrow is asked. `taken` says how often each was taken before. Where one is
    chosen, the arrow without a condition is taken when no other holds. What was false because a
    value was missing is added to `notes`.

    Raises:
        ConditionFailed: a condition met values that it cannot compare.
        UnknownVariable: a condition names a part that its variable lacks.
    """
    if node.back:
        back = _back_taken(node, variables, notes, taken)
        if back:
            return back
    if not node.config.chooses_one:
        return [arrow for arrow in node.arrows if _holds(arrow, variables, notes)]
    conditional = [arrow for arrow in node.arrows if arrow.when is not None]
    otherwise = [arrow for arrow in node.arrows if arrow.when is None]
    return _those_that_hold(node, conditional, variables, notes) or otherwise[:1]


def _back_taken(
    node: PlanNode, variables: Mapping[str, Any], notes: list[str], taken: Mapping[str, int]
) -> list[Arrow]:
    """The arrows back that are taken, all of one loop: the innermost for which one holds."""
    for _, arrows in groupby(node.back, key=lambda arrow: arrow.closes):
        open_ones = [arrow for arrow in arrows if _is_open(arrow, taken, notes)]
        back = _those_that_hold(node, open_ones, variables, notes)
        if back:
            return back
    return []


def arrows_settled(node: PlanNode, taken: Sequence[Arrow]) -> Iterable[Arrow]:
    """The arrows that `taken` settles, those that decide a loop last.

    Where one leads back in a loop, those that leave the loop stay open until it has ended.
    """
    going_back = taken[0].closes if taken else None
    if going_back is None:
        return (*node.arrows, *node.back[::-1]) if node.back else node.arrows
    return [a for a in node.back[::-1] if a.closes is not None and a.closes >= going_back]


def _those_that_hold(
    node: PlanNode, arrows: Iterable[Arrow], variables: Mapping[str, Any], notes: list[str]
) -> list[Arrow]:
    held = (arrow for arrow in arrows if _holds(arrow, variables, notes))
    if not node.config.chooses_one:
        return list(held)
    first = next(held, None)
    return [first] if first else []


def _is_open(arrow: Arrow, taken: Mapping[str, int], notes: list[str]) -> bool:
    if taken.get(arrow.name, 0) < arrow.most:
        return True
    notes.append(f"{arrow.name}: it was taken {arrow.most} times, its limit.")
    return False


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
