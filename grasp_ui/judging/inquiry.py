"""A question to a model whose answer has a form: asked, read, asked once more."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from grasp_ui.judging.fence import without_fences
from grasp_ui.judging.strict_json import UnreadableJudgement
from grasp_ui.llm.port import (
    CallFailure,
    CutOff,
    EmptyReply,
    MalformedReply,
    Reply,
    SchemaMismatch,
)

Found = TypeVar("Found")
WireMessages = list[dict[str, str]]
Put = Callable[[WireMessages], Awaitable[Reply]]
MOST_SHOWN = 2000
"""How many characters of an unreadable reply go back to the judge."""
MOST_KEPT = 500
"""How many characters of an unreadable reply are kept."""
UNREADABLE = (SchemaMismatch, MalformedReply, EmptyReply, CutOff)
"""Failures of a call that say that the model answered and gave no judgement."""
FINAL = {
    "no_probabilities",
    "not_applicable",
    *(failure.code for failure in (MalformedReply, EmptyReply, CutOff)),
}
"""Codes of what asking again does not mend: the model itself has tried such calls again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What is asked, made ready: asked often, prepared once.

    `version` names what is asked, its content and the method, as tags carry it. `schema` is
    what a reply must satisfy, where the method asks for one. `settings` are the parameters of
    the request that the method needs, the schema's among them.
    """

    version: str
    instruction: str = ""
    schema: dict[str, Any] | None = None
    settings: dict[str, Any] = field(default_factory=dict)


Send = Callable[[WireMessages, Inquiry], Awaitable[Reply]]
"""Asks a model: the caller adds the model's name, a budget, a memory of earlier answers.

The request takes the inquiry's `settings`. It is best sent without a schema to check (the
endpoint is told it all the same, by `settings`): a reply that is not of the schema then arrives
here, where it is shown to the judge.
"""


@dataclass(frozen=True, slots=True)
class Heard(Generic[Found]):
    """What came of a question; without a `found` it is unparsed.

    `fault` is the code of what could not be read and `wrong` the sentence that says it; `said`
    is the last reply's text, at most 500 characters. `replies` has what arrived: one, or two
    where it was asked again.
    """

    found: Found | None
    fault: str = ""
    said: str = ""
    replies: tuple[Reply, ...] = ()
    wrong: str = ""


async def inquire(messages: WireMessages, put: Put, read: Callable[[Reply], Found]) -> Heard[Found]:
    """Ask; a reply that cannot be read is shown to the model once, with what is wrong.

    Raises:
        CallFailure: a call failed for another reason than an unreadable answer.
    """
    first = await _heard(messages, put, read)
    if first.found is not None or first.fault in FINAL:
        return _cut(first)
    again = await _heard(_repair(messages, first), put, read)
    replies = (*first.replies, *again.replies)
    return _cut(Heard(again.found, again.fault, again.said, replies, again.wrong))


async def _heard(messages: WireMessages, put: Put, read: Callable[[Reply], Found]) -> Heard[Found]:
    try:
        reply = await put(messages)
    except UNREADABLE as failure:
        return Heard(None, _code(failure), wrong=str(failure))
    try:
        return Heard(read(reply), replies=(reply,))
    except UnreadableJudgement as error:
        return Heard(None, error.code, reply.text, (reply,), str(error))


def _code(failure: CallFailure) -> str:
    return "not_json" if isinstance(failure, SchemaMismatch) else failure.code


def _cut(heard: Heard[Found]) -> Heard[Found]:
    return Heard(heard.found, heard.fault, heard.said[:MOST_KEPT], heard.replies, heard.wrong)


def _repair(messages: WireMessages, heard: Heard[Found]) -> WireMessages:
    wrong = f"Your answer cannot be read. {without_fences(heard.wrong)}"
    wrong += "\nAnswer again, in the form asked for."
    if shown := without_fences(heard.said[:MOST_SHOWN]):
        said = {"role": "assistant", "content": shown}
        return [*messages, said, {"role": "user", "content": wrong}]
    *before, last = messages
    return [*before, {**last, "content": f"{last['content']}\n{wrong}"}]
