"""Faults of structure that no trainer forgives: roles, empty turns, broken trees."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import ClassVar

from grasp_ui.model.conversation import Conversation, Message, Thread
from grasp_ui.model.value import Action, MessageId
from grasp_ui.registry import Look
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    finding,
    heuristic,
    tree_heuristic,
)

GROUP = "Structure"
# They are drawn as nothing, but are no white space to Python.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2800\u3164"
VISIBLE = re.compile(rf"[^\s{INVISIBLE}]")


class StructureConfig(HeuristicConfig):
    """These rules have no thresholds."""

    default_action: ClassVar[Action] = "reject"


class UnansweredConfig(StructureConfig):
    """No thresholds. It warns: exports for training cut an unanswered turn off."""

    default_action: ClassVar[Action] = "warn"


def _look(title: str, help_text: str) -> Look:
    return Look(title, help_text, group=GROUP, icon="account_tree")


def _fault(message: Message, measure: str, number: int, threshold: int) -> Finding:
    return finding(message, Measured(measure, number, threshold, (0, len(message.content))))


@heuristic(
    "role_alternation",
    config=StructureConfig,
    look=_look("Roles alternate", "The same speaker has two turns in a row."),
)
def role_alternation(config: StructureConfig, thread: Thread) -> Iterator[Finding]:
    """The second of two neighbours with one role and one name.

    System messages do not count, and a tool's answer stands between two turns.
    """
    spoken = [m for m in thread.messages if m.role in ("user", "assistant")]
    after_tool = {
        later.id for earlier, later in pairwise(thread.messages) if earlier.role == "tool"
    }
    run = 1
    for earlier, later in pairwise(spoken):
        is_same = (earlier.role, earlier.name) == (later.role, later.name)
        run = run + 1 if is_same and later.id not in after_tool else 1
        if run > 1:
            yield _fault(later, "turns of one speaker in a row", run, 1)


@heuristic(
    "first_not_user",
    config=StructureConfig,
    look=_look("User begins", "The first message after the system's is not the user's."),
)
def first_not_user(config: StructureConfig, thread: Thread) -> Iterator[Finding]:
    """The first message but the system's, where another than the user wrote it."""
    first = next((m for m in thread.messages if m.role != "system"), None)
    if first is not None and first.role != "user":
        yield _fault(first, "messages of the user before it", 0, 1)


@heuristic(
    "last_not_assistant",
    config=UnansweredConfig,
    look=_look("Assistant ends", "The last message is not the assistant's."),
)
def last_not_assistant(config: UnansweredConfig, thread: Thread) -> Iterator[Finding]:
    """The last message, where another than the assistant wrote it."""
    last = thread.messages[-1]
    if last.role != "assistant":
        yield _fault(last, "answers of the assistant after it", 0, 1)


@heuristic(
    "empty_turn",
    config=StructureConfig,
    look=_look("No empty turn", "A message has no visible text."),
)
def empty_turn(config: StructureConfig, thread: Thread) -> Iterator[Finding]:
    """Each message of white space and invisible characters only."""
    for message in thread.messages:
        if not VISIBLE.search(message.content):
            yield _fault(message, "visible characters", 0, 1)


@heuristic(
    "system_not_first",
    config=StructureConfig,
    look=_look("System first", "A system message stands after another message."),
)
def system_not_first(config: StructureConfig, thread: Thread) -> Iterator[Finding]:
    """Each system message but the one at the very beginning."""
    for place, message in enumerate(thread.messages):
        if place and message.role == "system":
            yield _fault(message, "messages before it", place, 0)


@tree_heuristic(
    "orphan",
    config=StructureConfig,
    look=_look("No orphan", "A message answers one that is not there."),
)
def orphan(config: StructureConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each message whose parent is missing, or is below it (a ring)."""
    by_id = {message.id: message for message in conversation.messages}
    for message in conversation.messages:
        if message.parent_id and (message.parent_id not in by_id or _is_in_ring(message, by_id)):
            yield _fault(message, "parents found above it", 0, 1)


@tree_heuristic(
    "duplicate_id",
    config=StructureConfig,
    look=_look("One id each", "Two messages of the conversation have one id."),
)
def duplicate_id(config: StructureConfig, conversation: Conversation) -> Iterator[Finding]:
    """Each id that several messages have, on the first of them."""
    if len({message.id for message in conversation.messages}) == len(conversation.messages):
        return
    counts = Counter(message.id for message in conversation.messages)
    firsts = {m.id: m for m in reversed(conversation.messages) if counts[m.id] > 1}
    for message in reversed(firsts.values()):
        yield _fault(message, "messages with this id", counts[message.id], 1)


def _is_in_ring(message: Message, by_id: Mapping[MessageId, Message]) -> bool:
    seen: set[MessageId] = set()
    above = message.parent_id
    while above and above in by_id and above not in seen:
        seen.add(above)
        above = by_id[above].parent_id
    return message.id in seen
