"""From a drawing to a plan, or to everything that is wrong with it."""

from collections.abc import Iterator

from grasp_ui.engine.arrow_rules import ARROW_RULES
from grasp_ui.engine.draft import Draft
from grasp_ui.engine.kind import KINDS
from grasp_ui.engine.plan import Arrow, Plan, PlanNode, Surroundings
from grasp_ui.engine.rules import NAME_RULES
from grasp_ui.engine.talk_rules import TALK_RULES
from grasp_ui.engine.variable_rules import VARIABLE_RULES, available_at
from grasp_ui.errors import InvalidGraph
from grasp_ui.model.graph import EdgeSpec, GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.text.conditions import condition, condition_names

RULES = (*NAME_RULES, *ARROW_RULES, *TALK_RULES, *VARIABLE_RULES)


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
    nodes = {name: _plan_node(draft, name) for name in draft.shape.order}
    return Plan(
        graph=graph,
        version=graph.version,
        nodes=nodes,
        starts=tuple(name for name in draft.shape.order if not draft.shape.into[name]),
        models=draft.models,
        output=draft.output,
    )


def variables_at(graph: GraphSpec, surroundings: Surroundings) -> dict[str, tuple[str, ...]]:
    """For each node the variables that its texts can name; arrows back do not count."""
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


def _plan_node(draft: Draft, name: str) -> PlanNode:
    panels = draft.nearest_before(name) if draft.configs[name].judges else ()
    return PlanNode(
        name=name,
        config=draft.configs[name],
        deed=KINDS[draft.graph.nodes[name].kind].deed,
        arrows=tuple(_arrows(draft.shape.out[name])),
        incoming=len(draft.shape.into[name]),
        panels=frozenset(panel for panel in panels if draft.configs[panel].speaker()),
    )


def _arrows(drawn: list[EdgeSpec]) -> Iterator[Arrow]:
    for arrow in drawn:
        if arrow.when is None:
            yield Arrow(arrow.name, arrow.target)
        else:
            reads = tuple(sorted(condition_names(arrow.when)))
            yield Arrow(arrow.name, arrow.target, condition(arrow.when), reads)
