"""The first workload of the benchmark, message for message."""

from pathlib import Path
from typing import Any

import pytest

from grasp_ui.engine.compile import problems_of
from grasp_ui.engine.plan import Surroundings
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.services.graph_file import read_graph
from tests.builders import play, surroundings

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "engine" / "w1.yaml"
TOPICS = ("billing", "travel", "gardening", "python errors", "home repair",
          "cooking", "astronomy", "tax", "music", "fitness")  # fmt: skip
LINES = ("Why {x}?", "Because.", '{"score": 4, "reason": "ok"}')
VERDICT = {
    "type": "json_schema",
    "json_schema": {
        "name": "verdict",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {
                "score": {"type": "integer", "minimum": 1, "maximum": 5},
                "reason": {"type": "string"},
            },
            "required": ["score", "reason"],
            "additionalProperties": False,
        },
    },
}


def workload(record: int) -> list[list[tuple[str, str]]]:
    """What the workload sends for a record, given `LINES`."""
    question, answer, _ = LINES
    return [
        [
            ("system", "You simulate a curious user."),
            (
                "user",
                f"[rec {record}] [stage q] Topic: {TOPICS[record % 10]}. Ask one question.",
            ),
        ],
        [
            ("system", "You are a helpful assistant."),
            ("user", f"[rec {record}] [stage a] Question: {question}"),
        ],
        [
            ("system", "You grade answers. Reply with JSON: score 1-5 and reason."),
            ("user", f"[rec {record}] [stage judge] Question: {question}\nAnswer: {answer}"),
        ],
    ]


def played(record: int) -> tuple[ScriptedModel, Any]:
    """One record of the workload; the rows before it are left out of the run."""
    spec = read_graph(FILE.read_text(encoding="utf-8"))
    spec = spec.model_copy(update={"models": {"writer": {"model": "local"}}})
    model = ScriptedModel(LINES)
    rows = [*spec.seeds["rows"]][: record + 1]
    heard = play(spec, model, rows, concurrency=1)
    return model, heard


def test_the_workload_has_no_problems_where_its_endpoint_has_the_model() -> None:
    spec = read_graph(FILE.read_text(encoding="utf-8"))
    known = surroundings("topic")
    assert (
        problems_of(
            spec, Surroundings(("fake",), known.rubrics, (), known.seed_sources, ("topic",))
        )
        == ()
    )
    assert [row["topic"] for row in spec.seeds["rows"]] == list(TOPICS)
    assert spec.tagging == "none"


def test_the_requests_carry_exactly_the_messages_of_the_workload() -> None:
    spec = read_graph(FILE.read_text(encoding="utf-8"))
    spec = spec.model_copy(update={"models": {"writer": {"model": "local"}}})
    model = ScriptedModel(
        lambda messages: next(
            line
            for stage, line in zip(("q]", "a]", "judge]"), LINES, strict=True)
            if f"[stage {stage}" in str(messages[-1]["content"])
        )
    )
    play(spec, model, spec.seeds["rows"])
    sent = sorted(
        [[(one["role"], one["content"]) for one in body["messages"]] for body in model.asked]
    )
    assert sent == sorted(call for record in range(10) for call in workload(record))


def test_only_the_judge_asks_for_json_and_exactly_as_the_workload_does() -> None:
    model, _ = played(0)
    assert [body.get("response_format") for body in model.asked] == [None, None, VERDICT]
    assert all(set(body) <= {"model", "messages", "response_format"} for body in model.asked)


@pytest.mark.parametrize("name", ["question", "answer", "score", "reason"])
def test_what_the_workload_tells_of_a_record_is_kept(name: str) -> None:
    _, heard = played(0)
    expected = dict(
        zip(("question", "answer", "score", "reason"), (*LINES[:2], 4, "ok"), strict=True)
    )
    assert heard.results[0].conversation.variables[name] == expected[name]


def test_the_conversation_is_question_and_answer() -> None:
    _, heard = played(0)
    found = [(one.role, one.content) for one in heard.results[0].conversation.messages]
    assert found == [("user", LINES[0]), ("assistant", LINES[1])]
