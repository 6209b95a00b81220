"""An answer that was cut off."""

from itertools import pairwise
from random import Random

from grasp_ui.model.conversation import Conversation, Message
from tests.builders import chain
from tests.tagging.planted.planting import Dialogue, Planted, dialogues, mutated, unharmed


def _in_a_sentence(text: str, chance: Random) -> str:
    """Up to a place in the last fifth where a sentence is under way."""
    words = text.split(" ")
    ends = [n for n in range(4 * len(words) // 5, len(words) - 2) if words[n - 1][-1:].isalpha()]
    return " ".join(words[: chance.choice(ends)])


def _on_an_open_word(text: str, chance: Random) -> str:
    opening = chance.choice([" and", " because", " the", ",", " such as", " or", ", but"])
    return text.rstrip(" .!?") + opening


def _without_the_closing_fence(text: str, chance: Random) -> str:
    return text[: text.rindex("```")].rstrip()


def _stopped_at_the_limit(told: Dialogue) -> Planted:
    *before, last = told.conversation().messages
    stopped = last.model_copy(update={"finish_reason": "length"})
    return Planted(chain(*before, stopped), last.id)


def faulty() -> list[Planted]:
    """Answers that end in a sentence, on an open word, in code or at the limit."""
    english = [one for one in dialogues(language="en") if not one.has]
    prose = [one for one in english if "\n" not in one.turns[-1]]
    long = [
        one.with_turn(-1, f"{other.turns[-1]}\n\n{one.turns[-1]}") for one, other in pairwise(prose)
    ]
    return [
        *mutated(_in_a_sentence, seed=10, told=long),
        *mutated(_on_an_open_word, seed=11, told=prose),
        *mutated(_without_the_closing_fence, seed=12, told=dialogues(has="code")),
        *map(_stopped_at_the_limit, dialogues()[:5]),
    ]


def clean() -> list[Conversation]:
    """Answers as they are, and those without a last full stop whose model stopped by itself."""
    return [*unharmed(), *(_stopped_by_itself(one.conversation()) for one in dialogues())]


def _stopped_by_itself(told: Conversation) -> Conversation:
    *before, last = told.messages
    return chain(*before, _without_full_stop(last))


def _without_full_stop(last: Message) -> Message:
    text = last.content.removesuffix(".")
    return last.model_copy(update={"content": text, "finish_reason": "stop"})
