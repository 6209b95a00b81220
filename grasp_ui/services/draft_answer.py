"""From a model's answer to the graph in it: JSON or YAML, among other words."""

import re
from collections.abc import Iterator, Mapping

from grasp_ui.model.graph import GraphSpec
from grasp_ui.services.graph_file import graph_of, read_graph
from grasp_ui.text.json_text import NoJson, json_in

BLOCK = re.compile(r"```[^\n`]*\n(.*?)(?:```|\Z)", re.DOTALL)
BEGINNING = re.compile(r"^(?:grasp|title|models|nodes):", re.MULTILINE)


def graph_in(text: str) -> GraphSpec | None:
    r"""The graph that an answer holds, as JSON or YAML; None where there is none.

    Positions are left out: the canvas lays a draft out.

    Example:
        >>> graph_in('Sure!\n{"grasp": 1, "nodes": {"a": {"kind": "turn"}}}').nodes["a"].kind
        'turn'
        >>> graph_in("Here it is:\n```yaml\nnodes:\n  a: {kind: turn}\n```").unread
        ()
        >>> graph_in("I would rather not.") is None
        True
    """
    found = _from_json(text)
    if found is None:
        read = (read_graph(candidate) for candidate in _yaml_candidates(text))
        found = next((spec for spec in read if spec.nodes), None)
    if found is None:
        return None
    unread = tuple(problem for problem in found.unread if problem.field != "grasp")
    return found.model_copy(update={"layout": {}, "unread": unread})


def _from_json(text: str) -> GraphSpec | None:
    try:
        value = json_in(text)
    except NoJson:
        return None
    if isinstance(value, Mapping) and "nodes" not in value and len(value) == 1:
        value = next(iter(value.values()))
    return graph_of(value) if isinstance(value, Mapping) and "nodes" in value else None


def _yaml_candidates(text: str) -> Iterator[str]:
    yield from (match[1] for match in BLOCK.finditer(text))
    beginning = BEGINNING.search(text)
    if beginning:
        yield text[beginning.start() :]
