"""Heuristics: cheap rules that look at a thread and find faults, with evidence."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache, wraps
from importlib import import_module
from typing import Any, ClassVar, NamedTuple, TypeVar

from grasp_ui.model.conversation import Conversation, Message, Thread
from grasp_ui.model.tag import Target
from grasp_ui.model.value import (
    Action,
    ConversationId,
    JsonObject,
    Scalar,
    TargetKind,
    Value,
    identity,
)
from grasp_ui.registry import Look, Registry
from grasp_ui.tagging import wording


class HeuristicConfig(Value):
    """What every rule's config is: thresholds, and what a firing means by default."""

    default_action: ClassVar[Action] = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `value` is on the rule's own scale, `score` from 0 (bad) to 1 (good).

    `evidence` always has `span` ([start, end) in characters of the target's text), `measure`,
    `number` and `threshold`: what was measured, what came out, and what it was held against.
    """

    target: Target
    value: Scalar = True
    score: float = 0.0
    evidence: JsonObject = field(default_factory=dict)


class Measured(NamedTuple):
    """One measure of one text: what came out, what it was held against, and where."""

    measure: str
    number: float
    threshold: float
    span: tuple[int, int]


ThreadRule = Callable[[Any, Thread], Iterable[Finding]]
TreeRule = Callable[[Any, Conversation], Iterable[Finding]]
Rule = TypeVar("Rule", bound=Callable[..., Iterable[Finding]])
HEURISTICS: Registry[TreeRule] = Registry("heuristic")
# Where the code stands that rules share.
PLACES = ("grasp_ui.tagging.", "grasp_ui.text.")


def heuristic(
    name: str, *, config: type[HeuristicConfig], look: Look
) -> Callable[[ThreadRule], ThreadRule]:
    """Register a pure `rule(config, thread)`; its name is its tag's name.

    What is registered takes a whole conversation: the rule sees each thread, and what it finds
    on a message that several threads share counts once.
    """

    def register(rule: ThreadRule) -> ThreadRule:
        HEURISTICS.part(name, config=config, look=look)(_on_every_thread(rule))
        return rule

    return register


def tree_heuristic(
    name: str, *, config: type[HeuristicConfig], look: Look
) -> Callable[[TreeRule], TreeRule]:
    """Register a pure `rule(config, conversation)`, for what no one thread shows."""
    return HEURISTICS.part(name, config=config, look=look)


def _on_every_thread(rule: ThreadRule) -> TreeRule:
    @wraps(rule)
    def lifted(config: Any, conversation: Conversation) -> Iterable[Finding]:
        threads = threads_of(conversation)
        if len(threads) == 1:
            found = list(rule(config, threads[0]))
        else:
            found = [one for thread in threads for one in rule(config, thread)]
        return first_by_target(found) if len(found) > 1 else found

    return lifted


def threads_of(conversation: Conversation) -> tuple[Thread, ...]:
    """The threads of `conversation`, found once for all rules."""
    return _threads(conversation.threads)


# Each rule asks for the threads of one conversation before the next is looked at. A method is
# a key by the very object that it is bound to, and conversations do not change.
@lru_cache(maxsize=16)
def _threads(threads: Callable[[], Iterable[Thread]]) -> tuple[Thread, ...]:
    return tuple(threads())


def active_thread_of(conversation: Conversation) -> Thread | None:
    """What `conversation.active_thread()` is, of the threads that are found once."""
    threads = threads_of(conversation)
    return next((thread for thread in threads if thread.is_active), threads[0] if threads else None)


def first_by_target(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first finding on each target, in order of appearance."""
    first: dict[Target, Finding] = {}
    for finding in findings:
        first.setdefault(finding.target, finding)
    return tuple(first.values())


def on_message(message: Message) -> Target:
    """The target of a finding on `message`."""
    return _target(message.conversation_id, "message", message.id)


def on_conversation(conversation: Conversation) -> Target:
    """The target of a finding on all of `conversation`."""
    return _target(conversation.id, "conversation", conversation.id)


# Several rules find something on one target, one after the other.
@lru_cache(maxsize=64)
def _target(conversation_id: ConversationId, kind: TargetKind, own_id: str) -> Target:
    return Target(conversation_id=conversation_id, kind=kind, id=own_id)


def finding(
    message: Message, measured: Measured, *, value: Scalar = True, score: float = 0.0
) -> Finding:
    """What `measured` says of `message`; its span is cut to the message's text."""
    start, end = measured.span
    length = len(message.content)
    evidence = {**measured._asdict(), "span": [min(start, length), min(end, length)]}
    return Finding(on_message(message), value, score, evidence)


def answers(thread: Thread) -> Iterator[tuple[Message | None, Message]]:
    """The assistant's messages that say something, each after the message before it."""
    before: Message | None = None
    for message in thread.messages:
        if message.role == "assistant" and wording.says_something(message.content):
            yield before, message
        before = message


@cache
def code_version(name: str) -> str:
    """Hash of the code of rule `name`, and of all that it shares and asks."""
    return identity(*(inspect.getsource(import_module(place)) for place in places_of(name)))


def places_of(name: str) -> tuple[str, ...]:
    """The modules whose code decides what rule `name` finds, in order of their names."""
    module = inspect.getmodule(HEURISTICS[name].deed)
    asked = {str(getattr(part, "__module__", "")) for part in vars(module).values()}
    ours = {place for place in asked if place.startswith(PLACES)}
    return tuple(sorted((ours | {wording.__name__}) - {__name__}))


def rule_version(name: str, config: HeuristicConfig) -> str:
    """The version that tags carry: it changes with the rule's code and config."""
    return identity(name, code_version(name), config.model_dump(mode="json"))[:8]
