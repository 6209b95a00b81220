"""From a drawing to a plan, or to everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grasp_ui.engine.arrow_rules import ARROW_RULES
from grasp_ui.engine.draft import Draft, nearest_before
from grasp_ui.engine.inline import Held
from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.engine.loop_rules import LOOP_RULES
from grasp_ui.engine.outside import inside_of, seen_from_outside
from grasp_ui.engine.plan import Arrow, Plan, PlanLoop, PlanNode, Surroundings
from grasp_ui.engine.rules import HELD_NAME_RULES, NAME_RULES, Rule
from grasp_ui.engine.shape import Shape
from grasp_ui.engine.talk_rules import HELD_TALK_RULES, TALK_RULES
from grasp_ui.engine.variable_rules import HELD_VARIABLE_RULES, VARIABLE_RULES, available_at
from grasp_ui.errors import InvalidGraph
from grasp_ui.model.graph import EdgeSpec, GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.value import GraphVersion
from grasp_ui.text.conditions import condition, condition_names


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found out about a drawing in one look.

    Attributes:
        problems: everything that stops it from running, in drawing order.
        variables: for each node those that its texts can name, in any round.
        schemas: of variables what their nodes say of them, as JSON schema.
    """

    problems: tuple[Problem, ...]
    variables: Mapping[str, tuple[str, ...]]
    schemas: Mapping[str, Any]


def findings_of(graph: GraphSpec, surroundings: Surroundings) -> Findings:
    """What is wrong with a graph, and what its nodes can name."""
    draft = Draft(Held(graph), surroundings)
    return Findings(_problems(draft), _variables(draft), _schemas(draft))


def problems_of(graph: GraphSpec, surroundings: Surroundings) -> tuple[Problem, ...]:
    """Everything that stops a graph from running, in drawing order."""
    return _problems(Draft(Held(graph), surroundings))


def compile_graph(graph: GraphSpec, surroundings: Surroundings) -> Plan:
    """The plan of a graph that is right.

    Raises:
        InvalidGraph: it is not; `problems` has everything that is wrong.
    """
    draft = Draft(Held(graph), surroundings)
    problems = tuple(problem for problem in _problems(draft) if problem.severity == "error")
    if problems:
        raise InvalidGraph(problems)
    return _plan(draft)


def variables_at(graph: GraphSpec, surroundings: Surroundings) -> Mapping[str, tuple[str, ...]]:
    """For each node the variables that its texts can name, in any round."""
    return _variables(Draft(Held(graph), surroundings))


def _variables(draft: Draft) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(available_at(draft, name)) for name in draft.drawn.graph.nodes}


def _schemas(draft: Draft) -> Mapping[str, Any]:
    return {
        draft.actual(name, variable): schema
        for name, config in draft.working.items()
        for variable, schema in config.schemas_written().items()
    }


def _problems(draft: Draft) -> tuple[Problem, ...]:
    found = dict.fromkeys(
        seen_from_outside(problem, draft.flat) for rule in RULES for problem in rule(draft)
    )
    drawn = draft.drawn.graph
    nodes = {name: place for place, name in enumerate(drawn.nodes)}
    arrows = {arrow.name: place for place, arrow in enumerate(drawn.edges)}
    first, last = -1, len(nodes)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                nodes.get(one.node, last) if one.node else last if one.edge else first,
                arrows.get(one.edge, last) if one.edge else first,
            ),
        )
    )


def _held_graphs_are_right(draft: Draft) -> Iterator[Problem]:
    """What is wrong inside of the graphs that maps run."""
    for path, held in draft.held.items():
        for rule in HELD_RULES:
            for problem in rule(held):
                yield inside_of(path, seen_from_outside(problem, held.flat))


def _plan(draft: Draft) -> Plan:
    order = draft.shape.order
    nodes = {name: _plan_node(draft, place, name) for place, name in enumerate(order)}
    held = [node.holds.models for node in nodes.values() if node.holds]
    return Plan(
        graph=draft.drawn.graph,
        version=GraphVersion(draft.flat.version),
        nodes=nodes,
        starts=tuple(name for name in order if not draft.shape.into[name]),
        models={alias: keys for models in (*held, draft.models) for alias, keys in models.items()},
        output=draft.output,
        loops=tuple(_plan_loop(draft.shape, at) for at in range(len(draft.shape.loops.found))),
    )


def _plan_node(draft: Draft, place: int, name: str) -> PlanNode:
    config, loops = draft.configs[name], draft.shape.loops
    panels = nearest_before(draft, name) if config.judges else ()
    back = sorted(
        (arrow for arrow in draft.shape.back if arrow.source == name),
        key=lambda arrow: -(loops.closed_by(arrow) or 0),
    )
    around = loops.around(name)
    names = _names(draft, name)
    return PlanNode(
        name=name,
        config=config,
        deed=KINDS[draft.graph.nodes[name].kind].deed,
        arrows=tuple(_arrow(draft, arrow) for arrow in draft.shape.out[name]),
        incoming=len(draft.shape.into[name]),
        back=tuple(_arrow(draft, arrow) for arrow in back),
        into=tuple((a.name.removesuffix("/"), a.source) for a in draft.shape.into[name])
        if around
        else (),
        loops=around,
        is_head=any(arrow.target == name for arrow in draft.shape.back),
        panels=frozenset(panel for panel in panels if _makes_siblings(draft.configs[panel])),
        carried=frozenset(_carried(draft, name, names)) if around else frozenset(),
        place=place,
        names=names,
        is_told=not draft.flat.way_in(name),
        holds=_plan(draft.held[name]) if name in draft.held else None,
    )


def _names(draft: Draft, name: str) -> dict[str, str]:
    """What the variables of a node inside of a subgraph are called in the record."""
    if name not in draft.flat.actual:
        return {}
    config = draft.configs[name]
    read = {*config.variables_read(), *config.variables_written()}
    read.update(*(condition_names(when) for when in draft.conditions_at.get(name, ())))
    roots = sorted({one.partition(".")[0] for one in read})
    return {root: draft.actual(name, root) for root in roots if draft.actual(name, root) != root}


def _carried(draft: Draft, name: str, names: Mapping[str, str]) -> Iterator[str]:
    carried = set(draft.carried_to(name))
    yield from (root for root, actual in names.items() if actual in carried)
    yield from (one for one in carried if one not in names and "/" not in one)


def _makes_siblings(config: NodeConfig) -> bool:
    return config.speaker() is not None and not config.forks()


def _arrow(draft: Draft, drawn: EdgeSpec) -> Arrow:
    """An arrow as it runs; one that leads into a subgraph is called as it was drawn."""
    loops = draft.shape.loops
    is_alone = len(draft.shape.into[drawn.target]) == 1
    closes = loops.closed_by(drawn) if drawn.max_visits is not None else None
    leaves = loops.left_by(drawn)
    return Arrow(
        drawn.name.removesuffix("/"),
        drawn.target,
        condition(drawn.when) if drawn.when is not None else None,
        tuple(sorted(condition_names(drawn.when))) if drawn.when is not None else (),
        closes=closes,
        most=drawn.max_visits or 0,
        leaves=leaves,
        is_direct=is_alone
        and closes is None
        and leaves is None
        and not any(arrow.target == drawn.target for arrow in draft.shape.back),
    )


def _plan_loop(shape: Shape, at: int) -> PlanLoop:
    loop = shape.loops.found[at]
    later = enumerate(shape.loops.found[at + 1 :], start=at + 1)
    return PlanLoop(
        tails=loop.tails,
        unsettles={a.target: loop.body & shape.after(a.target) for a in loop.back},
        inner=tuple(other for other, inner in later if inner.body <= loop.body),
    )


RULES: tuple[Rule, ...] = (
    *NAME_RULES, *ARROW_RULES, *LOOP_RULES, *TALK_RULES, *VARIABLE_RULES, _held_graphs_are_right,
)  # fmt: skip
# A graph inside of a map need not leave a conversation, and its seeds do not count.
HELD_RULES: tuple[Rule, ...] = (
    *HELD_NAME_RULES, *ARROW_RULES, *LOOP_RULES, *HELD_TALK_RULES, *HELD_VARIABLE_RULES,
    _held_graphs_are_right,
)  # fmt: skip
