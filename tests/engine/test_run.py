"""The run: failures stay local, answers are replayed, stopping leaves nothing half."""

import asyncio
from typing import Any

import pytest

from grasp_ui.engine.calls import answer_of
from grasp_ui.engine.compile import compile_graph
from grasp_ui.engine.plan import World
from grasp_ui.engine.run import run
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm.port import Reply, Request, ServerFault, Watch
from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.event import CallEnded, CallFailed, NodeEnded, RecordEnded, TextArrived
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.record import Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.model.value import RunId
from tests.builders import Heard, graph, play, surroundings

SETTINGS = RunSettings(run_id=RunId("run"), concurrency=2)
ASK: dict[str, Any] = {"kind": "generate", "prompt": "{n}", "writes": "a"}
TALK = graph(
    "ask -> answers -> score",
    nodes={
        "ask": {"kind": "turn", "role": "user", "prompt": "{n}"},
        "answers": {"kind": "panel", "candidates": 2},
        "score": {"kind": "judge", "writes": "critique"},
    },
)
ROWS = [{"n": number} for number in range(4)]


def said(messages: Messages) -> str:
    """Yes to a judge, else something of the prompt."""
    text = str(messages[-1]["content"])
    return "Yes" if "Yes or No" in text else f"re {text}"


def broken_at(number: int) -> ScriptedModel:
    """A model that fails where the prompt is `number`."""
    return ScriptedModel(
        lambda messages: (
            ServerFault("boom") if messages[-1]["content"] == str(number) else said(messages)
        )
    )


def ends(heard: Heard) -> dict[int, RecordEnded]:
    return {end.record_index: end for end in heard.of(RecordEnded)}


def test_a_failed_call_fails_its_record_and_no_other() -> None:
    heard = play(TALK, broken_at(2), ROWS)
    found = ends(heard)
    assert [found[index].state for index in range(4)] == ["done", "done", "failed", "done"]
    assert (found[2].node, found[2].error_code, found[2].result) == ("ask", "server_fault", None)


def test_a_failed_call_is_told_with_its_request() -> None:
    [failed] = play(TALK, broken_at(2), ROWS).of(CallFailed)
    assert (failed.node, failed.error_code, failed.error) == ("ask", "server_fault", "boom")
    assert b'"content":"2"' in failed.request


def test_the_node_that_failed_says_why() -> None:
    failed = [end for end in play(TALK, broken_at(2), ROWS).of(NodeEnded) if end.state == "failed"]
    assert [(end.node, end.error_code, end.error) for end in failed] == [
        ("ask", "server_fault", "boom")
    ]


def test_a_failed_condition_fails_its_record_and_no_other() -> None:
    heard = play(graph("a -> b if n > 1"), ScriptedModel(["x"]), [{"n": "many"}, {"n": 2}])
    found = ends(heard)
    assert (found[0].error_code, found[0].node) == ("condition_failed", "a")
    assert found[1].state == "done"


def test_a_variable_without_a_value_fails_its_record_and_no_other() -> None:
    heard = play(graph("s -> g", nodes={"g": ASK}), ScriptedModel(["x"]), [{}, {"n": 2}])
    found = ends(heard)
    assert (found[0].error_code, found[0].node) == ("unknown_variable", "g")
    assert found[1].state == "done"


def test_an_output_that_names_what_a_record_lacks_fails_that_record() -> None:
    output = {"messages": [{"role": "user", "content": "{b}"}]}
    heard = play(
        graph("a -> b if n > 1", output=output), ScriptedModel(["x"]), [{"n": 1}, {"n": 2}]
    )
    assert {index: end.state for index, end in ends(heard).items()} == {0: "failed", 1: "done"}


def test_a_fault_of_the_program_itself_fails_one_record_too() -> None:
    def faulty(messages: Messages) -> str:
        return str(1 // int(messages[-1]["content"]))

    heard = play(graph("s -> g", nodes={"g": ASK}), ScriptedModel(faulty), [{"n": 0}, {"n": 1}])
    found = ends(heard)
    assert found[0].error_code == "zero_division_error"
    assert found[1].state == "done"


def test_error_text_enters_no_prompt_and_no_result() -> None:
    model = broken_at(2)
    heard = play(TALK, model, ROWS)
    assert "boom" not in str(model.asked)
    assert "boom" not in str(heard.results)


def test_another_branch_is_heard_out_but_does_not_go_on_after_a_failure() -> None:
    nodes: dict[str, Any] = {n: {**ASK, "writes": n} for n in "bcd"}
    nodes["b"]["prompt"] = "2"
    spec = graph("a -> c -> d", "a -> b", nodes=nodes)
    heard = play(spec, SlowModel(broken_at(2), slow_at="1"), [{"n": 1}])
    ends_of = {end.node: end.state for end in heard.of(NodeEnded)}
    assert ends_of == {"a": "done", "b": "failed", "c": "done"}
    assert [call.node for call in heard.of(CallEnded)] == ["c"]


def test_known_answers_are_not_asked_again() -> None:
    first = play(TALK, ScriptedModel(said), ROWS)
    answers = {call.key: answer_of(call) for call in first.of(CallEnded)}
    silent = ScriptedModel([])
    again = play(TALK, silent, ROWS, answers=answers)
    assert silent.asked == []
    assert again.results == first.results
    assert again.of(CallEnded) == []


def test_only_what_is_missing_is_asked() -> None:
    first = play(TALK, ScriptedModel(said), ROWS)
    calls = first.of(CallEnded)
    answers = {call.key: answer_of(call) for call in calls if call.node != "score"}
    model = ScriptedModel(said)
    again = play(TALK, model, ROWS, answers=answers)
    assert len(model.asked) == sum(call.node == "score" for call in calls)
    assert again.results == first.results


def test_json_answers_are_read_again_from_the_log() -> None:
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    spec = graph("a", nodes={"a": {"kind": "generate", "json_schema": schema}})
    first = play(spec, ScriptedModel(['{"n": 3}']))
    answers = {call.key: answer_of(call) for call in first.of(CallEnded)}
    again = play(spec, ScriptedModel([]), answers=answers)
    assert again.results[0].conversation.variables == {"n": 3}


def test_a_call_is_known_by_record_node_candidate_and_request() -> None:
    heard = play(TALK, ScriptedModel(["x"] * 3 + ["Yes"] * 2), [{"n": 1}, {"n": 1}], concurrency=1)
    keys = [call.key for call in heard.of(CallEnded)]
    assert len(set(keys)) == len(keys)


def test_a_call_is_told_with_all_that_a_replay_needs() -> None:
    call = next(c for c in play(TALK, ScriptedModel(said), ROWS).of(CallEnded) if c.node == "score")
    assert answer_of(call).top == (("Yes", 0.0),)
    assert call.model == "scripted"


def test_pieces_of_a_reply_are_shown_where_they_are_wanted() -> None:
    heard = Heard(wants_text=True)
    asyncio.run(started(TALK, ScriptedModel(said), heard, [Seed(index=0, row={"n": 1})]))
    pieces = [tick for tick in heard.ticks if isinstance(tick, TextArrived)]
    assert TextArrived(0, "answers", 1, "re re 1") in pieces


async def started(spec: GraphSpec, model: Any, heard: Heard, seeds: Any) -> None:
    plan = compile_graph(spec, surroundings("n"))
    world = World({"m": model}, load_rubrics(), now=lambda: 0.0)
    await run(plan, seeds, world, SETTINGS, heard)


class SlowModel:
    """Lets others go first where the prompt is `slow_at`."""

    name = wire_name = "slow"

    def __init__(self, model: ScriptedModel, slow_at: str) -> None:
        self._model = model
        self._slow_at = f'"content":"{slow_at}"'.encode()

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        for _ in range(20 if self._slow_at in request.body else 0):
            await asyncio.sleep(0)
        return await self._model.reply(request, watch)


class StuckModel:
    """Answers as a scripted model, but never where the prompt is `stuck_at`."""

    name = wire_name = "stuck"

    def __init__(self, stuck_at: str) -> None:
        self.stuck_at = stuck_at
        self.is_stuck = asyncio.Event()
        self.was_cancelled = False
        self._model = ScriptedModel(said)

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        if f'"content":"{self.stuck_at}"'.encode() in request.body:
            self.is_stuck.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.was_cancelled = True
                raise
        return await self._model.reply(request, watch)


async def test_stopping_leaves_what_is_finished_and_tells_nothing_half() -> None:
    model, heard = StuckModel("1"), Heard()
    seeds = [Seed(index=row["n"], row=row) for row in ROWS]
    task = asyncio.create_task(started(TALK, model, heard, seeds))
    await model.is_stuck.wait()
    while len(heard.results) < 3:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.was_cancelled
    assert sorted(ends(heard)) == [0, 2, 3]
    assert not [event for event in heard.events if event.record_index == 1]


async def test_stopping_ends_calls_on_side_branches_too() -> None:
    nodes = {"b": {**ASK, "writes": "b"}, "c": {**ASK, "prompt": "stuck", "writes": "c"}}
    model, heard = StuckModel("stuck"), Heard()
    spec = graph("a -> b", "a -> c", nodes=nodes)
    task = asyncio.create_task(started(spec, model, heard, [Seed(index=0, row={"n": 1})]))
    await model.is_stuck.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.was_cancelled
    assert heard.of(RecordEnded) == []


class FullSink(Heard):
    """A sink whose disk is full after a few events."""

    def event(self, event: Any) -> None:
        if len(self.events) >= 3:
            raise OSError("disk full")
        super().event(event)


async def test_a_sink_that_fails_ends_the_run() -> None:
    with pytest.raises(OSError, match="disk full"):
        await started(TALK, ScriptedModel(said), FullSink(), [Seed(index=0, row={"n": 1})])


async def test_seeds_are_taken_when_a_record_can_begin() -> None:
    taken: list[int] = []

    def stream() -> Any:
        for index in range(50):
            taken.append(index)
            yield Seed(index=index, row={"n": index})

    model = StuckModel("0")
    task = asyncio.create_task(started(TALK, model, Heard(), stream()))
    await model.is_stuck.wait()
    assert len(taken) <= SETTINGS.concurrency
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
