"""Problems inside of a graph that a node holds, as they are shown at that node."""

from grasp_ui.engine.inline import Flat
from grasp_ui.model.problem import Problem


def seen_from_outside(problem: Problem, flat: Flat) -> Problem:
    """`problem` at a node that was drawn; inside of a subgraph, the text says where."""
    if not flat.opened:
        return problem
    if problem.node:
        outer, _, inner = problem.node.partition("/")
        return _moved(problem, outer, inner) if outer in flat.opened else problem
    if problem.edge:
        source, _, target = problem.edge.partition(" -> ")
        outer = source.partition("/")[0]
        if outer in flat.opened and target.startswith(f"{outer}/"):
            return _moved(problem, outer, "")
        if outer in flat.opened and target == outer:
            return _moved(problem, outer, "")
        return problem.model_copy(update={"edge": problem.edge.removesuffix("/")})
    return problem


def inside_of(path: str, problem: Problem) -> Problem:
    """A problem of the graph that the map at `path` runs, as one of the map."""
    what = (
        f"Inside: {problem.place}: {problem.what}" if problem.place else f"Inside: {problem.what}"
    )
    return problem.model_copy(update={"node": path, "edge": None, "field": "graph", "what": what})


def _moved(problem: Problem, outer: str, inner: str) -> Problem:
    """`problem` as one of the node `outer`; names in its text lose the way to it."""
    if problem.node and not inner:
        return problem.model_copy(update={"node": outer})
    at = problem.model_copy(update={"node": inner or None})
    place = at.place.replace(f"{outer}/", "")
    what = f"Inside: {place}: {problem.what}".replace(f"{outer}/", "")
    fix = problem.fix.replace(f"{outer}/", "")
    return Problem(node=outer, field="graph", what=what, fix=fix, severity=problem.severity)
