"""Replies from outside the run's log stand in for calls, and are told of."""

import asyncio

from grasp_ui.engine.compile import compile_graph
from grasp_ui.engine.plan import Question, Recalled, World
from grasp_ui.engine.run import run
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm.port import Reply
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.event import CallEnded, CallReplayed
from grasp_ui.model.record import Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.model.value import RunId
from tests.builders import Heard, graph, surroundings

TALK = graph(
    "ask -> answer",
    nodes={
        "ask": {"kind": "turn", "role": "user", "prompt": "{n}"},
        "answer": {"kind": "turn", "role": "assistant"},
    },
)


def asked_known(question: Question) -> Recalled | None:
    """The node `ask` is known, from event 7 of another run."""
    if question.node != "ask":
        return None
    return Recalled(Reply(f"known {question.record_index}", reasoning="so"), "run", 7)


def played() -> tuple[Heard, ScriptedModel]:
    """What was heard of two records, and the model."""
    model, heard = ScriptedModel(["said"]), Heard()
    plan = compile_graph(TALK, surroundings("n"))
    world = World({"m": model}, load_rubrics(), now=lambda: 3.0, recall=asked_known)
    seeds = [Seed(index=index, row={"n": index}) for index in range(2)]
    asyncio.run(run(plan, seeds, world, RunSettings(run_id=RunId("r")), heard))
    return heard, model


def test_what_is_recalled_is_not_asked_and_is_read_on_from() -> None:
    heard, model = played()
    assert len(model.asked) == len(heard.of(CallEnded)) == 2
    texts = [[m.content for m in result.conversation.messages] for result in heard.results]
    assert texts == [["known 0", "said"], ["known 1", "said"]]


def test_what_is_recalled_is_told_with_its_request_and_whose_it_was() -> None:
    heard, _ = played()
    told = sorted(heard.of(CallReplayed), key=lambda event: event.record_index)
    assert [(t.node, t.reply, t.source, t.source_seq, t.started) for t in told] == [
        ("ask", "known 0", "run", 7, 3.0),
        ("ask", "known 1", "run", 7, 3.0),
    ]
    assert told[0].request.startswith(b"{")
    assert told[0].extra == {"reasoning": "so"}
