"""A gate that lets no further call begin: nothing is lost, nothing is called failed."""

import asyncio
from collections.abc import Callable

import pytest

from grasp_ui.engine.compile import compile_graph
from grasp_ui.engine.plan import World
from grasp_ui.engine.run import run
from grasp_ui.errors import RunHalted
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.event import CallEnded, CallFailed, NodeEnded, RecordEnded
from grasp_ui.model.record import Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.model.value import RunId
from tests.builders import Heard, graph, play, surroundings

TALK = graph(
    "ask -> answer",
    nodes={
        "ask": {"kind": "turn", "role": "user", "prompt": "{n}"},
        "answer": {"kind": "panel", "candidates": 2},
    },
)
ROWS = [{"n": number} for number in range(6)]


def after(calls: int) -> Callable[[], None]:
    """A gate that closes when `calls` have passed it."""
    left = iter(range(calls))

    def gate() -> None:
        if next(left, None) is None:
            raise RunHalted("The budget is used up.")

    return gate


def halted(calls: int) -> tuple[Heard, ScriptedModel]:
    """What was heard of a run whose gate closes after `calls`, and the model it asked."""
    model = ScriptedModel(["said"])
    return play(TALK, model, ROWS, gate=after(calls)), model


@pytest.mark.parametrize("calls", range(18))
def test_no_call_begins_after_the_gate_has_closed(calls: int) -> None:
    heard, model = halted(calls)
    assert len(model.asked) == len(heard.of(CallEnded)) == calls


def test_a_record_that_may_not_go_on_has_neither_ended_nor_failed() -> None:
    heard, _ = halted(7)
    assert {end.state for end in heard.of(RecordEnded)} <= {"done"}
    assert not [end for end in heard.of(NodeEnded) if end.state == "failed"]
    assert heard.of(CallFailed) == []


def test_records_that_need_no_further_call_are_finished() -> None:
    heard, _ = halted(18)
    assert len(heard.results) == len(ROWS)


def test_the_run_says_why_it_was_halted() -> None:
    plan = compile_graph(TALK, surroundings("n"))
    world = World({"m": ScriptedModel(["x"])}, load_rubrics(), now=lambda: 0.0, gate=after(3))
    settings = RunSettings(run_id=RunId("run"), concurrency=2)
    seeds = [Seed(index=index, row=row) for index, row in enumerate(ROWS)]
    with pytest.raises(RunHalted, match="budget"):
        asyncio.run(run(plan, seeds, world, settings, Heard()))
