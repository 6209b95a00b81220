"""A dialogue that ends before it was one, or begins again after its end."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from grasp_ui.model.conversation import Conversation, Message, Thread
from grasp_ui.registry import Look
from grasp_ui.tagging.closings import GREETING, goodbye_in, says_resolved
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    finding,
    heuristic,
    tree_heuristic,
)
from grasp_ui.tagging.lineage import above
from grasp_ui.tagging.wording import share, without_code, words_of

GROUP = "Self-play"
# What is written for others may end as a letter or a call does.
WRITTEN = re.compile(
    r"\b(?:e-?mails?|letters?|messages?|scripts?|story|dialog(?:ue)?s?|conversations?|speech|poem"
    r"|translat\w+|say|write|draft|lyrics|greetings?|phrases?|role-?play\w*|act as|pretend)\b",
    re.I,
)
OPEN = re.compile(r"[?？][\"'”’)\s]*$")
# Words that say nothing of what a question is about.
FEW = 3


class EarlyStopConfig(HeuristicConfig):
    """Up to where a goodbye comes too early."""

    exchanges: Annotated[
        int, Field(title="A goodbye is early in the first exchanges", ge=1, le=10)
    ] = 1


class RestartConfig(HeuristicConfig):
    """When a question is the first one again."""

    minimum_overlap: Annotated[
        float,
        Field(title="Words shared with the first question", description="Jaccard.", gt=0, le=1),
    ] = 0.7


@tree_heuristic(
    "early_stop",
    config=EarlyStopConfig,
    look=Look(
        "Early stop",
        "A goodbye in the first exchange, or a generated dialogue ends with an open question.",
        group=GROUP,
        icon="waving_hand",
    ),
)
def early_stop(config: EarlyStopConfig, conversation: Conversation) -> Iterator[Finding]:
    """The message of each thread by which it stops before it got anywhere.

    - a message of the first exchange (the user's first message and its answer) ends with a
      goodbye, and it was not the user who came to say goodbye or who wanted a text written;
    - the last message of a generated dialogue is the user's and ends with a question mark:
      nobody answered. (Imported trees have leaves of both sides by their nature.)
    """
    parents = {message.parent_id for message in conversation.messages}
    for message in conversation.messages:
        if message.role not in ("user", "assistant"):
            continue
        measured = _goodbye(config, message, conversation)
        if measured is None and message.role == "user" and message.id not in parents:
            measured = _open_question(message, conversation)
        if measured is not None:
            yield _found(message, measured)


def _goodbye(
    config: EarlyStopConfig, message: Message, conversation: Conversation
) -> Measured | None:
    span = goodbye_in(message.content)
    if span is None:
        return None
    before = [one for one in above(message, conversation) if one.role in ("user", "assistant")]
    first = before[-1] if before else message
    if len(before) >= 2 * config.exchanges or _is_wished(message, first):
        return None
    return Measured("goodbye in exchange", len(before) // 2 + 1, config.exchanges, span)


def _open_question(message: Message, conversation: Conversation) -> Measured | None:
    if conversation.source != "generated" or message.parent_id is None:
        return None
    mark = OPEN.search(message.content)
    return Measured("answers to the last question", 0, 1, mark.span()) if mark else None


@heuristic(
    "restart",
    config=RestartConfig,
    look=Look(
        "Begun again",
        "After all was solved, a greeting or the first question comes again.",
        group=GROUP,
        icon="restart_alt",
    ),
)
def restart(config: RestartConfig, thread: Thread) -> Iterator[Finding]:
    """The first message that begins anew after the matter was settled.

    Settled it is where the user said so (*that solved it*, *everything works now*), or either
    side said goodbye after the first exchange. Then a greeting of either side, or a user's
    message that shares 70 % of its words with his first one (Jaccard), is a new beginning.
    """
    spoken = [one for one in thread.messages if one.role in ("user", "assistant")]
    settled = _settled_at(spoken)
    if settled is None:
        return
    first = _content(spoken[0])
    for message in spoken[settled + 1 :]:
        greeting = GREETING.match(message.content)
        if greeting:
            yield _found(message, Measured("greetings after the end", 1, 0, greeting.span()))
            return
        shared = _jaccard(first, _content(message)) if message.role == "user" else 0.0
        if shared >= config.minimum_overlap:
            span = (0, len(message.content))
            measure, least = "words of the first question", config.minimum_overlap
            yield _found(message, Measured(measure, shared, least, span))
            return


def _is_wished(message: Message, opening: Message) -> bool:
    """Whether the goodbye belongs there: the user's own, or a text that he wanted written."""
    first = opening.content
    if WRITTEN.search(first) or without_code(message.content) != message.content:
        return True
    came_to_leave = len(words_of(first)) <= FEW or says_resolved(first) is not None
    return goodbye_in(first) is not None and came_to_leave


def _settled_at(spoken: Sequence[Message]) -> int | None:
    """The place of the message that settled the matter; None: none did."""
    for place, message in enumerate(spoken):
        if place < 2:
            continue
        is_solved = message.role == "user" and says_resolved(message.content)
        if is_solved or goodbye_in(message.content):
            return place
    return None


def _content(message: Message) -> frozenset[str]:
    return frozenset(words_of(message.content))


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return share(len(left & right), len(left | right)) if min(len(left), len(right)) >= FEW else 0.0


def _found(message: Message, measured: Measured) -> Finding:
    return finding(message, measured, value=measured.measure)
