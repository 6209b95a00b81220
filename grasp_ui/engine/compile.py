"""From a drawing to a plan, or to everything that is wrong with it."""

from grasp_ui.engine.arrow_rules import ARROW_RULES
from grasp_ui.engine.draft import Draft
from grasp_ui.engine.kind import KINDS, NodeConfig
from grasp_ui.engine.loop_rules import LOOP_RULES
from grasp_ui.engine.plan import Arrow, Plan, PlanLoop, PlanNode, Surroundings
from grasp_ui.engine.rules import NAME_RULES
from grasp_ui.engine.shape import Shape
from grasp_ui.engine.talk_rules import TALK_RULES
from grasp_ui.engine.variable_rules import VARIABLE_RULES, available_at
from grasp_ui.errors import InvalidGraph
from grasp_ui.model.graph import EdgeSpec, GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.text.conditions import condition, condition_names

RULES = (*NAME_RULES, *ARROW_RULES, *LOOP_RULES, *TALK_RULES, *VARIABLE_RULES)


def problems_of(graph: GraphSpec, surroundings: Surroundings) -> tuple[Problem, ...]:
    """Everything that stops a graph from running, in drawing order."""
    return _problems(Draft(graph, surroundings))


def compile_graph(graph: GraphSpec, surroundings: Surroundings) -> Plan:
    """The plan of a graph that is right.

    Raises:
        InvalidGraph: it is not; `problems` has everything that is wrong.
    """
    draft = Draft(graph, surroundings)
    problems = tuple(problem for problem in _problems(draft) if problem.severity == "error")
    if problems:
        raise InvalidGraph(problems)
    order = draft.shape.order
    nodes = {name: _plan_node(draft, place, name) for place, name in enumerate(order)}
    return Plan(
        graph=graph,
        version=graph.version,
        nodes=nodes,
        starts=tuple(name for name in order if not draft.shape.into[name]),
        models=draft.models,
        output=draft.output,
        loops=tuple(_plan_loop(draft.shape, at) for at in range(len(draft.shape.loops.found))),
    )


def variables_at(graph: GraphSpec, surroundings: Surroundings) -> dict[str, tuple[str, ...]]:
    """For each node the variables that its texts can name, in any round."""
    draft = Draft(graph, surroundings)
    return {name: tuple(available_at(draft, name)) for name in graph.nodes}


def _problems(draft: Draft) -> tuple[Problem, ...]:
    found = dict.fromkeys(problem for rule in RULES for problem in rule(draft))
    nodes = {name: place for place, name in enumerate(draft.graph.nodes)}
    arrows = {arrow.name: place for place, arrow in enumerate(draft.graph.edges)}
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


def _plan_node(draft: Draft, place: int, name: str) -> PlanNode:
    config, loops = draft.configs[name], draft.shape.loops
    panels = draft.nearest_before(name) if config.judges else ()
    back = sorted(
        (arrow for arrow in draft.shape.back if arrow.source == name),
        key=lambda arrow: -(loops.closed_by(arrow) or 0),
    )
    around = loops.around(name)
    return PlanNode(
        name=name,
        config=config,
        deed=KINDS[draft.graph.nodes[name].kind].deed,
        arrows=tuple(_arrow(draft, arrow) for arrow in draft.shape.out[name]),
        incoming=len(draft.shape.into[name]),
        back=tuple(_arrow(draft, arrow) for arrow in back),
        into=tuple((a.name, a.source) for a in draft.shape.into[name]) if around else (),
        loops=around,
        is_head=any(arrow.target == name for arrow in draft.shape.back),
        panels=frozenset(panel for panel in panels if _makes_siblings(draft.configs[panel])),
        carried=frozenset(draft.carried_to(name)) if around else frozenset(),
        place=place,
    )


def _makes_siblings(config: NodeConfig) -> bool:
    return config.speaker() is not None and not config.forks()


def _arrow(draft: Draft, drawn: EdgeSpec) -> Arrow:
    loops = draft.shape.loops
    is_alone = len(draft.shape.into[drawn.target]) == 1 and not loops.around(drawn.target)
    return Arrow(
        drawn.name,
        drawn.target,
        condition(drawn.when) if drawn.when is not None else None,
        tuple(sorted(condition_names(drawn.when))) if drawn.when is not None else (),
        closes=loops.closed_by(drawn) if drawn.max_visits is not None else None,
        most=drawn.max_visits or 0,
        leaves=loops.left_by(drawn),
        is_direct=is_alone and not loops.around(drawn.source),
    )


def _plan_loop(shape: Shape, at: int) -> PlanLoop:
    loop = shape.loops.found[at]
    later = enumerate(shape.loops.found[at + 1 :], start=at + 1)
    return PlanLoop(
        tails=loop.tails,
        unsettles={a.target: loop.body & shape.after(a.target) for a in loop.back},
        inner=tuple(other for other, inner in later if inner.body <= loop.body),
    )
