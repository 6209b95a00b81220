"""One judgement by one judge: asked, read, where needed asked once more."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from grasp_ui.judging.ask import Examination, WireMessages, ask
from grasp_ui.judging.inquiry import inquire
from grasp_ui.judging.parse import Judgement, judgement_of
from grasp_ui.llm.port import Reply

Send = Callable[[WireMessages, Examination], Awaitable[Reply]]
"""As `inquiry.Send`, for examinations: what takes every inquiry takes these too."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of an examination; without a `judgement` it is unparsed, no score.

    `fault` is the code of what could not be read (`not_applicable`: no dimension had anything
    to score), `wrong` the sentence that says it; `said` is the last reply's text, at most 500
    characters. `replies` has what arrived: one, or two where it was asked again.
    """

    judgement: Judgement | None
    fault: str = ""
    said: str = ""
    replies: tuple[Reply, ...] = ()
    wrong: str = ""


async def examine(
    exam: Examination, dialogue: str, chance: Random, send: Send, *, question: str = ""
) -> Examined:
    """Put `exam` to a judge; a reply that cannot be read is shown to it once.

    Raises:
        CallFailure: a call failed for another reason than an unreadable answer.
    """
    heard = await inquire(
        ask(exam, dialogue, chance, question=question),
        lambda messages: send(messages, exam),
        lambda reply: judgement_of(exam, reply, dialogue),
    )
    return Examined(heard.found, heard.fault, heard.said, heard.replies, heard.wrong)
