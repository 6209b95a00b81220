"""What can be wrong with a graph's arrows: one function a rule."""

from collections import Counter
from collections.abc import Iterable, Iterator

from grasp_ui.engine.draft import Draft
from grasp_ui.engine.findings import meant
from grasp_ui.engine.rules import Rule
from grasp_ui.model.problem import Problem
from grasp_ui.text.conditions import InvalidCondition, condition

WAY_BACK = "Give the arrow back `when` and `max_visits`, or take it out."


def ends_are_nodes(draft: Draft) -> Iterator[Problem]:
    """Arrows lead from a node to a node."""
    known = draft.graph.nodes
    for arrow in draft.graph.edges:
        for name in dict.fromkeys((arrow.source, arrow.target)):
            if name not in known:
                yield Problem(
                    edge=arrow.name,
                    what=f"There is no node named '{name}'.",
                    fix=meant(name, _beside(name, known)),
                )


def _beside(name: str, nodes: Iterable[str]) -> list[str]:
    """The nodes of the graph in which `name` was looked for."""
    room = name.rpartition("/")[0]
    return [node for node in nodes if node.rpartition("/")[0] == room and node[-1:] != "/"]


def arrows_lead_elsewhere(draft: Draft) -> Iterator[Problem]:
    """An arrow leads back to its own node only as a loop."""
    for arrow in draft.graph.edges:
        if arrow.source == arrow.target and arrow.max_visits is None:
            yield Problem(edge=arrow.name, what=f"'{arrow.source}' leads to itself.", fix=WAY_BACK)


def arrows_stand_once(draft: Draft) -> Iterator[Problem]:
    """Two nodes have at most one arrow between them in one direction."""
    for name, times in Counter(arrow.name for arrow in draft.graph.edges).items():
        if times > 1:
            yield Problem(
                edge=name,
                what=f"The arrow stands {times} times.",
                fix="Keep one; join their conditions with `or`.",
            )


def cycles_have_a_way_out(draft: Draft) -> Iterator[Problem]:
    """A cycle needs an arrow back with a condition and a limit."""
    for cycle in draft.shape.cycles:
        drawn = [name for name in cycle if "/" not in name]
        way = drawn if len(drawn) > 1 else cycle
        yield Problem(
            edge=f"{way[-2]} -> {way[-1]}",
            what=f"The arrows go in a circle without an end: {' → '.join(way)}.",
            fix=WAY_BACK,
        )


def conditions_can_be_read(draft: Draft) -> Iterator[Problem]:
    """Every `when` is a condition."""
    for arrow in draft.graph.edges:
        if arrow.when is not None:
            try:
                condition(arrow.when)
            except InvalidCondition as error:
                yield Problem(
                    edge=arrow.name,
                    field="when",
                    what=f"{error}.",
                    fix="Write a comparison, such as `critique.score < 4`.",
                )


def choices_are_clear(draft: Draft) -> Iterator[Problem]:
    """A node that chooses one arrow has at most one that is taken when no other holds."""
    for name, config in draft.working.items():
        plain = [arrow for arrow in draft.shape.out[name] if arrow.when is None]
        if config.chooses_one and len(plain) > 1:
            targets = " and ".join(f"'{arrow.target}'" for arrow in plain)
            yield Problem(
                node=name,
                edge=plain[1].name,
                field="when",
                what=f"The arrows to {targets} have no condition: only the first could be taken.",
                fix="Give all but one of them a condition with `when`.",
            )


ARROW_RULES: tuple[Rule, ...] = (
    ends_are_nodes,
    arrows_lead_elsewhere,
    arrows_stand_once,
    cycles_have_a_way_out,
    conditions_can_be_read,
    choices_are_clear,
)
