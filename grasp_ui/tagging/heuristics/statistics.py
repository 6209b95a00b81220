"""What a conversation is made of: figures for charts and filters, no faults."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Annotated, ClassVar

from pydantic import Field

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import Action, JsonObject, Scalar
from grasp_ui.registry import Look
from grasp_ui.tagging.asking import instruction_of, question_of
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    active_thread_of,
    on_conversation,
    tree_heuristic,
)
from grasp_ui.tagging.lexical import mtld, reading_level, tokens_of, type_token_ratio
from grasp_ui.tagging.wording import may_hold_code, without_code, word_set, words_of

GROUP = "Statistics"


class StatisticsConfig(HeuristicConfig):
    """How much is told."""

    default_action: ClassVar[Action] = "info"

    per_message: Annotated[
        bool,
        Field(title="Tell of each message", description="Words and tokens, in the evidence."),
    ] = True


class TypeConfig(HeuristicConfig):
    """The types of what users ask have no thresholds."""

    default_action: ClassVar[Action] = "info"


@tree_heuristic(
    "statistics",
    config=StatisticsConfig,
    look=Look(
        "Statistics",
        "Turns, words, tokens, variety of words and reading level of the conversation.",
        group=GROUP,
        icon="query_stats",
    ),
)
def statistics(config: StatisticsConfig, conversation: Conversation) -> Iterator[Finding]:
    """One tag for a conversation: its value is the turns of its active thread.

    A turn is a message of the user. The evidence has, of the active thread: messages, words
    outside code, tokens (an estimate: four characters each, one of a script without spaces), and
    of all that the assistant said the type-token ratio, MTLD (McCarthy & Jarvis 2010, from 50
    words on) and the automated readability index (Smith & Senter 1967, English prose). A row a
    conversation, not a message: charts read the evidence.
    """
    thread = active_thread_of(conversation)
    if thread is None:
        return
    spoken = [one for one in thread.messages if one.role in ("user", "assistant")]
    turns = sum(one.role == "user" for one in spoken)
    sizes = [_size(one.content) for one in spoken]
    more: JsonObject = {
        "messages": len(spoken),
        "words": sum(words for words, _ in sizes),
        "tokens": sum(tokens for _, tokens in sizes),
        **_variety(tuple(one.content for one in spoken if one.role == "assistant")),
    }
    if config.per_message:
        more["of_messages"] = [
            {"id": one.id, "role": one.role, "words": words, "tokens": tokens}
            for one, (words, tokens) in zip(spoken, sizes, strict=True)
        ]
    yield _told(conversation, turns, "turns", turns, more)


@tree_heuristic(
    "question_type",
    config=TypeConfig,
    look=Look(
        "Question type",
        "What the user's first message asks: what, how, why, yes or no, a choice, a request.",
        group=GROUP,
        icon="contact_support",
    ),
)
def question_type(config: TypeConfig, conversation: Conversation) -> Iterator[Finding]:
    """One tag for a conversation: the type of its first question.

    It is what, how, why, yes-no, choice, request or other; the evidence has that of each of the
    user's messages. The types are those by which Li & Roth (2002) and later lists of questions
    begin, by the question's first word; a polite question (*could you …?*) is a request.
    """
    asked = _asked(conversation)
    if asked:
        types = [question_of(one.content) for one in asked]
        yield _told(conversation, types[0], "questions of the user", len(asked), {"types": types})


@tree_heuristic(
    "instruction_type",
    config=TypeConfig,
    look=Look(
        "Instruction type",
        "What kind of work the user's first message asks for: code, translate, explain, …",
        group=GROUP,
        icon="assignment",
    ),
)
def instruction_type(config: TypeConfig, conversation: Conversation) -> Iterator[Finding]:
    """One tag for a conversation: the kind of work asked for first, by key words.

    The kinds are coarse ones of InsTag's (Lu et al. 2023) that key words can tell: code,
    translate, summarise, rewrite, classify, extract, compute, create, compare, advise, explain,
    chat or other; the evidence has that of each of the user's messages.
    """
    asked = _asked(conversation)
    if asked:
        types = [instruction_of(one.content) for one in asked]
        measure = "instructions of the user"
        yield _told(conversation, types[0], measure, len(asked), {"types": types})


def _asked(conversation: Conversation) -> Sequence[Message]:
    thread = active_thread_of(conversation)
    return [one for one in thread.messages if one.role == "user"] if thread else []


def _told(
    conversation: Conversation, value: Scalar, measure: str, number: int, more: JsonObject
) -> Finding:
    evidence = {"measure": measure, "number": number, "threshold": 0, "span": [0, 0], **more}
    return Finding(on_conversation(conversation), value=value, score=1.0, evidence=evidence)


@lru_cache(maxsize=512)
def _size(text: str) -> tuple[int, int]:
    return len(words_of(without_code(text))), tokens_of(text)


@lru_cache(maxsize=256)
def _variety(texts: tuple[str, ...]) -> JsonObject:
    prose, words = "\n".join(texts), tuple(chain.from_iterable(map(words_of, texts)))
    different = frozenset().union(*map(word_set, texts))
    if may_hold_code(texts):
        prose = without_code(prose)
        words, different = words_of(prose), word_set(prose)
    return {
        "ttr": type_token_ratio(words, different),
        "mtld": mtld(words),
        "ari": reading_level(prose, words),
    }
