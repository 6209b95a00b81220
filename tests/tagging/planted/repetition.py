"""An answer that goes round in circles."""

from random import Random

from grasp_ui.model.conversation import Conversation
from tests.tagging.planted.planting import Planted, dialogues, mutated, sentences, unharmed


def _loop_of_a_sentence(text: str, chance: Random) -> str:
    longest = max(sentences(text), key=len)
    return f"{text} {f'{longest}. ' * chance.randint(4, 7)}".rstrip()


def _loop_of_some_words(text: str, chance: Random) -> str:
    words = max(sentences(text), key=len).split()
    start = chance.randrange(max(1, len(words) - 6))
    phrase = " ".join(words[start : start + 6])
    return f"{text} And {phrase}" + f", and {phrase}" * chance.randint(12, 20)


def _twice_over(text: str, chance: Random) -> str:
    return f"{text}\n\n{text}"


def _lines(text: str, chance: Random) -> str:
    return "\n".join([text.split("\n")[0]] * chance.randint(4, 6))


def faulty() -> list[Planted]:
    """Answers with a sentence, some words or all of it again and again."""
    prose = [one for one in dialogues() if not one.has and one.language not in ("zh", "ja")]
    return [
        *mutated(_loop_of_a_sentence, seed=5, told=prose[:12]),
        *mutated(_loop_of_some_words, seed=6, told=prose[12:24]),
        *mutated(_twice_over, seed=7, told=prose[6:18]),
        *mutated(_lines, seed=8, told=prose[18:]),
    ]


def clean() -> list[Conversation]:
    """Answers as they are, and those that come back to one sentence at their end."""
    told = [one for one in dialogues() if len(sentences(one.turns[-1])) > 2]
    rounded = mutated(lambda text, _: f"{text} {sentences(text)[0]}.", seed=9, told=told)
    return [*unharmed(), *(planted.conversation for planted in rounded)]
