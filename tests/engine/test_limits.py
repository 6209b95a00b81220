"""Limits of a run: steps of a record, failures in a row."""

from typing import Any

import pytest

from grasp_ui.engine.compile import compile_graph
from grasp_ui.engine.plan import World
from grasp_ui.engine.run import run
from grasp_ui.errors import RunHalted
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm.port import ServerFault
from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.event import CallEnded, RecordEnded
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.record import Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.model.value import RunId
from tests.builders import Heard, graph, surroundings

ASK = graph("a", nodes={"a": {"kind": "generate", "prompt": "{n}", "writes": "a"}})
ENDLESS = graph("a -> b", "b -> a if visit >= 0 most 1000")


def broken(messages: Messages) -> str | ServerFault:
    """Fails where the prompt is below 100."""
    number = int(messages[-1]["content"])
    return "fine" if number >= 100 else ServerFault(f"boom {number}")


async def ran(spec: GraphSpec, numbers: list[int], heard: Heard, **settings: Any) -> None:
    """Run over rows with these numbers, one or two records at once."""
    plan = compile_graph(spec, surroundings("n"))
    world = World({"m": ScriptedModel(broken)}, load_rubrics(), now=lambda: 0.0)
    seeds = [Seed(index=index, row={"n": n}) for index, n in enumerate(numbers)]
    chosen = RunSettings(run_id=RunId("run"), concurrency=1, **settings)
    await run(plan, seeds, world, chosen, heard)


async def test_a_record_that_fires_too_many_nodes_fails_with_a_reason() -> None:
    heard = Heard()
    await ran(ENDLESS, [1], heard, most_steps=5)
    [end] = heard.of(RecordEnded)
    assert (end.state, end.error_code, end.node) == ("failed", "too_many_steps", "b")
    assert end.error is not None
    assert end.error.startswith("The record has fired 5 nodes, the most that the run allows.")


async def test_a_record_may_fire_just_as_many_nodes_as_are_allowed() -> None:
    heard = Heard()
    await ran(graph("a -> b -> c"), [1], heard, most_steps=3)
    assert heard.of(RecordEnded)[0].state == "done"


async def test_too_many_failures_in_a_row_halt_the_run_and_say_what_failed() -> None:
    heard = Heard()
    with pytest.raises(RunHalted, match=r"3 records in a row failed.*'a' \(server_fault\): boom"):
        await ran(ASK, list(range(50)), heard, failures_in_a_row=3)
    assert len(heard.of(RecordEnded)) <= 4


async def test_a_record_that_is_done_breaks_the_row() -> None:
    heard = Heard()
    await ran(ASK, [1, 100] * 10, heard, failures_in_a_row=4)
    assert len(heard.of(RecordEnded)) == 20


async def test_any_number_may_fail_where_the_limit_is_0() -> None:
    heard = Heard()
    await ran(ASK, list(range(80)), heard, failures_in_a_row=0)
    assert len(heard.of(RecordEnded)) == 80


async def test_no_call_begins_after_too_many_failures() -> None:
    heard = Heard()
    with pytest.raises(RunHalted):
        await ran(ASK, [1, 2, 3, *[100] * 20], heard, failures_in_a_row=3)
    assert len(heard.of(CallEnded)) <= 1
