"""Scripted judges for the tests of this room."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from grasp_ui.judging.inquiry import Inquiry, Send, WireMessages
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm.port import CallFailure, Reply

Line = Reply | CallFailure | str
RUBRICS = load_rubrics()


def says(*lines: Line, told: list[WireMessages] | None = None) -> Send:
    """A judge that says `lines` in turn; what it was asked is put into `told`."""
    left = iter(lines)
    return answers(lambda messages: next(left), told=told)


def answers(
    line: Callable[[WireMessages], Line], *, told: list[WireMessages] | None = None
) -> Send:
    """A judge that answers what `line` makes of the messages."""

    async def send(messages: WireMessages, inquiry: Inquiry) -> Reply:
        if told is not None:
            told.append(messages)
        said = line(messages)
        if isinstance(said, CallFailure):
            raise said
        return Reply(said) if isinstance(said, str) else said

    return send


def part(score: Any, reason: str = "r") -> dict[str, Any]:
    """What a judge says of one dimension."""
    return {"evidence": "e", "reason": reason, "score": score}


def scored(rubric: str, scores: Iterable[Any]) -> str:
    """A judge's reply with `scores` for the dimensions of a rubric, in order."""
    names = [dimension.name for dimension in RUBRICS[rubric].dimensions]
    return json.dumps({n: part(score) for n, score in zip(names, scores, strict=True)})
