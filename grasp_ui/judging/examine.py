"""One judgement by one judge: asked, read, asked once more where it cannot be read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from grasp_ui.judging.ask import Examination, WireMessages, ask
from grasp_ui.judging.parse import Judgement, UnreadableJudgement, judgement_of
from grasp_ui.llm.port import (
    CallFailure,
    CutOff,
    EmptyReply,
    MalformedReply,
    Reply,
    SchemaMismatch,
)

Send = Callable[[WireMessages, Examination], Awaitable[Reply]]
"""Asks a model: the caller adds the model's name, a budget, a memory of earlier answers.

The request takes the examination's `settings`. It is best sent without a schema to check (the
endpoint is told it all the same, by `settings`): a reply that is not of the schema then arrives
here, where it is shown to the judge.
"""
MOST_SHOWN = 2000
"""How many characters of an unreadable reply go back to the judge."""
MOST_KEPT = 500
"""How many characters of an unreadable reply are kept."""
UNREADABLE = (SchemaMismatch, MalformedReply, EmptyReply, CutOff)
"""Failures of a call that say that the model answered and gave no judgement."""
FINAL = {"no_probabilities", "not_applicable"}
"""Codes of what asking again does not mend."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of an examination; without a `judgement` it is unparsed, and never a score.

    `fault` is the code of what could not be read, `said` the last reply's text, at most 500
    characters. `replies` has what arrived: one, or two where it was asked again.
    """

    judgement: Judgement | None
    fault: str = ""
    said: str = ""
    replies: tuple[Reply, ...] = ()


async def examine(
    exam: Examination, dialogue: str, chance: Random, send: Send, *, question: str = ""
) -> Examined:
    """Put `exam` to a judge; a reply that cannot be read is shown to it once.

    Raises:
        CallFailure: a call failed for another reason than an unreadable answer.
    """
    messages = ask(exam, dialogue, chance, question=question)
    first = await _heard(exam, messages, send)
    if first.judgement or first.fault in FINAL:
        return first.examined()
    again = await _heard(exam, _repair(messages, first), send)
    return again.examined(first.replies)


@dataclass(frozen=True, slots=True)
class _Heard:
    judgement: Judgement | None
    reply: Reply | None
    fault: str = ""
    complaint: str = ""

    @property
    def replies(self) -> tuple[Reply, ...]:
        return (self.reply,) if self.reply else ()

    @property
    def text(self) -> str:
        return self.reply.text if self.reply else ""

    def examined(self, before: tuple[Reply, ...] = ()) -> Examined:
        said = "" if self.judgement else self.text[:MOST_KEPT]
        return Examined(self.judgement, self.fault, said, (*before, *self.replies))


async def _heard(exam: Examination, messages: WireMessages, send: Send) -> _Heard:
    reply = None
    try:
        reply = await send(messages, exam)
        return _Heard(judgement_of(exam, reply), reply)
    except UnreadableJudgement as error:
        return _Heard(None, reply, error.code, str(error))
    except UNREADABLE as failure:
        return _Heard(None, reply, _code(failure), str(failure))


def _code(failure: CallFailure) -> str:
    return "not_json" if isinstance(failure, SchemaMismatch) else failure.code


def _repair(messages: WireMessages, heard: _Heard) -> WireMessages:
    shown = heard.text[:MOST_SHOWN]
    said = [{"role": "assistant", "content": shown}] if shown else []
    wrong = f"Your answer cannot be read. {heard.complaint}\nAnswer again, in the form asked for."
    if said:
        return [*messages, *said, {"role": "user", "content": wrong}]
    *before, last = messages
    return [*before, {**last, "content": f"{last['content']}\n{wrong}"}]
