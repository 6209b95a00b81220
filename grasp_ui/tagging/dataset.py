"""Dataset rules: what a conversation is beside those before it in the store."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log
from typing import Any, NamedTuple, Protocol

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look, Registry
from grasp_ui.tagging.heuristic import Finding, HeuristicConfig, active_thread_of
from grasp_ui.text.corpus import Near
from grasp_ui.text.evaluation import Found

SPOKEN = ("user", "assistant")
GROUP = "Dataset"


class Usual(NamedTuple):
    """Mean and standard deviation of a figure over so many conversations before."""

    conversations: int
    mean: float
    deviation: float


class Evaluation(Protocol):
    """The texts of chosen evaluation sets."""

    def overlap(self, text: str) -> Found | None:
        """The first run of words of `text` that stands in them."""


class Earlier(Protocol):
    """What the dataset holds before one conversation of it, in the order of the store."""

    def same(self, text: str) -> str | None:
        """The first conversation with the same text."""

    def near(self, text: str, *, least: float) -> Near | None:
        """A conversation whose text is alike from `least` on."""

    def answers_to(self, prompt: str) -> Iterator[tuple[str, str]]:
        """Conversations that begin with the same prompt, each with its first answer."""

    def usual_ratio(self) -> Usual:
        """How much longer answers are than prompts: of the logarithms of the ratios."""

    def nearest_meaning(self, text: str) -> Near | None:
        """The conversation that means most nearly the same; None for the first of all."""

    def evaluation(self, files: Sequence[str]) -> Evaluation:
        """The evaluation sets in `files` of the workspace's folder `evaluation/`."""


DatasetRule = Callable[[Any, Conversation, Earlier], Iterable[Finding]]
DATASET_RULES: Registry[DatasetRule] = Registry("dataset rule")


def dataset_rule(
    name: str, *, config: type[HeuristicConfig], look: Look
) -> Callable[[DatasetRule], DatasetRule]:
    """Register `rule(config, conversation, earlier)`; its name is its tag's name.

    It sees those that stand before the conversation and no others, so that what it says stays
    true however many come behind.
    """
    return DATASET_RULES.part(name, config=config, look=look)


def thread_text(conversation: Conversation) -> str:
    """What user and assistant say on the active thread; empty without a message.

    System messages do not count: all conversations of a graph may share one.
    """
    thread = active_thread_of(conversation)
    told = [m.content for m in thread.messages if m.role in SPOKEN] if thread else []
    return "\n\n".join(told)


class Opening(NamedTuple):
    """All that is said before the first answer, and that answer."""

    prompt: str
    answer: Message


def opening(conversation: Conversation) -> Opening | None:
    """How the active thread begins; None without an answer to a question."""
    thread = active_thread_of(conversation)
    before: list[str] = []
    for message in thread.messages if thread else ():
        if message.role == "assistant":
            return Opening("\n\n".join(before), message) if any(before) else None
        before.append(message.content)
    return None


def length_ratio_of(conversation: Conversation) -> float | None:
    """Logarithm of the characters of all answers over those of the user."""
    thread = active_thread_of(conversation)
    lengths = dict.fromkeys(SPOKEN, 0)
    for message in thread.messages if thread else ():
        if message.role in lengths:
            lengths[message.role] += len(message.content.strip())
    said, asked = lengths["assistant"], lengths["user"]
    return log(said / asked) if said and asked else None


def measured(measure: str, number: float, threshold: float, **more: object) -> JsonObject:
    """The evidence of a finding; on a whole conversation a span would say nothing."""
    return {"measure": measure, "number": number, "threshold": threshold, **more}
