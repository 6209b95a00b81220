"""One question to one model: its key, how it is put, what came of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from pydantic import Field

from grasp_ui.judging.ask import Examination
from grasp_ui.judging.compare import Compared, Pair, compare
from grasp_ui.judging.examine import Examined, examine
from grasp_ui.judging.inquiry import Inquiry, Send
from grasp_ui.model.value import JsonObject, Scalar, Score, Value, identity

NOT_APPLICABLE = "not_applicable"
UNPARSED = "unparsed"
"""The tag of a judge whose reply could not be read: it warns, and is never a score."""


class Outcome(Value):
    """What came of a question. With a `fault` there is no value, and never a score."""

    value: Scalar = None
    score: Score | None = None
    reason: str = ""
    evidence: JsonObject = Field(default_factory=dict)
    fault: str = ""
    said: str = ""


Put = Callable[[Random, Send], Awaitable[Outcome]]
"""Asks by a sender, with chance for the fence; what cannot be read has a fault."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a model of Settings about a text; `name` says it to people.

    `version` names what is asked, its content and its method.
    """

    name: str
    version: str
    model: str
    text: str
    put: Put
    sample: int = 0
    samples: int = 1

    def key(self, wire_name: str) -> str:
        """What its answer is kept by: the same text is asked of the same model once.

        A lone answer is asked for at temperature 0, several are not: they are other questions.
        """
        way = "alone" if self.samples == 1 else "sampled"
        return identity(self.version, self.model, wire_name, way, self.sample, self.text)


Ask = Callable[[Question], Awaitable[Outcome | None]]
"""Gives the answer to a question, known or new; None where the call failed."""


def by_rubric(exam: Examination, dialogue: str) -> Put:
    """Puts a rubric to a judge, about the last message of `dialogue`."""

    async def put(chance: Random, send: Send) -> Outcome:
        return outcome_of(await examine(exam, dialogue, chance, send))

    return put


def by_pair(inquiry: Inquiry, pair: Pair) -> Put:
    """Has a judge compare two answers, in both orders."""

    async def put(chance: Random, send: Send) -> Outcome:
        return _outcome_of_pair(await compare(inquiry, pair, chance, send))

    return put


def _outcome_of_pair(compared: Compared) -> Outcome:
    if compared.winner is None:
        unread = compared.asked if compared.asked.found is None else compared.swapped
        return Outcome(fault=unread.fault or "unreadable", said=unread.said)
    return Outcome(value=compared.winner, evidence=compared.evidence)


def outcome_of(examined: Examined) -> Outcome:
    """What an examination came to."""
    found = examined.judgement
    if found is None:
        return Outcome(fault=examined.fault or "unreadable", said=examined.said)
    return Outcome(
        value=found.value, score=found.score, reason=found.reason, evidence=found.evidence
    )
