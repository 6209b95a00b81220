"""Running one transform over one seed row: what it wrote, or why the record failed."""

from typing import Any

from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.event import RecordEnded
from tests.builders import Heard, graph, play


def ran(node: dict[str, Any], row: dict[str, Any], *, said: str = "") -> Heard:
    """The node over one row; where `said` is given, a turn says it before."""
    if not said:
        return play(graph(nodes={"t": node}), ScriptedModel([]), [row])
    nodes = {"ask": {"kind": "turn", "role": "user"}, "t": node}
    return play(graph("ask -> t", nodes=nodes), ScriptedModel([said]), [row])


def written(node: dict[str, Any], row: dict[str, Any], *, said: str = "") -> dict[str, Any]:
    """The variables that the node wrote."""
    (end,) = (heard := ran(node, row, said=said)).of(RecordEnded)
    assert end.state == "done", end.error
    return heard.results[0].conversation.variables


def failure(node: dict[str, Any], row: dict[str, Any]) -> tuple[str, str]:
    """The code with which the record failed, and the message."""
    (end,) = ran(node, row).of(RecordEnded)
    assert (end.state, end.node) == ("failed", "t")
    return str(end.error_code), str(end.error)
