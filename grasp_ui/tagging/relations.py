"""Relations: how a message stands to its prompt and to the other answers there."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import MessageId
from grasp_ui.tagging.wording import share, without_code, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# The commonest English words: a text of letters without any of them is seldom a sentence.
FREQUENT = frozenset(
    re.findall(
        r"\w+",
        "the of and to a in is it you that he was for on are with as i his they be at one have "
        "this from or had by not but what some we can out other were all there when up use your "
        "how said an each she which do their if will way about many then them would like so these "
        "her make has look more could no than my me am just because ",
    )
)


class Read(NamedTuple):
    """A message as it is compared: words, those not frequent, and what it means."""

    message: Message
    words: Sequence[str]
    telling: frozenset[str]
    meaning: "Numbers"


def read(conversation: Conversation) -> dict[MessageId, Read]:
    """Every message of a conversation, made ready to be compared."""
    meanings = _meanings([message.content for message in conversation.messages])
    return {
        message.id: _read(message, meaning)
        for message, meaning in zip(conversation.messages, meanings, strict=True)
    }


def relations(known: Mapping[MessageId, Read]) -> dict[MessageId, dict[str, float]]:
    """How each message stands to the one before, and to others that answer it."""
    answers: defaultdict[tuple[MessageId, str], list[Read]] = defaultdict(list)
    for one in known.values():
        before = one.message.parent_id
        if before is not None and before in known:
            answers[before, one.message.role].append(one)
    found = {name: to_prompt(one, None) for name, one in known.items()}
    for (before, _), siblings in answers.items():
        for one, beside in zip(siblings, _to_others(siblings), strict=True):
            found[one.message.id] = {**to_prompt(one, known[before]), **beside}
    return found


def to_prompt(one: Read, before: Read | None) -> dict[str, float]:
    """How much of the message before stands in this one, and the other way round."""
    if before is None:
        return dict.fromkeys(TO_PROMPT, 0.0)
    both = len(one.telling & before.telling)
    longer = math.log1p(len(one.words)) - math.log1p(len(before.words))
    return {
        "words of the prompt": share(both, len(before.telling)),
        "words from the prompt": share(both, len(one.telling)),
        "length to the prompt": longer if before.words else 0.0,
        "meaning of the prompt": _cosine(float(one.meaning @ before.meaning)),
    }


TO_PROMPT = (
    "words of the prompt", "words from the prompt", "length to the prompt",
    "meaning of the prompt",
)  # fmt: skip


def _to_others(siblings: Sequence[Read]) -> list[dict[str, float]]:
    """How each of several answers stands to the rest; nothing of one that stands alone.

    What other answers say is the cheapest hint at what a good answer has to say (Wang et al.
    2023 choose by it).
    """
    import numpy as np

    if len(siblings) < 2:
        return [{} for _ in siblings]
    meanings = np.array([one.meaning for one in siblings])
    alike = meanings @ meanings.T
    said = Counter(word for one in siblings for word in one.telling)
    lengths = [math.log1p(len(one.message.content)) for one in siblings]
    found = []
    for place, one in enumerate(siblings):
        others = np.delete(alike[place], place)
        longer = lengths[place] - (sum(lengths) - lengths[place]) / (len(lengths) - 1)
        found.append(
            {
                "has other answers beside it": 1.0,
                "words of the other answers": _covered(one, said),
                "meaning of the other answers": _cosine(others.mean()),
                "meaning of the nearest other answer": _cosine(others.max()),
                "length to the other answers": longer,
                "length unlike the other answers": abs(longer),
            }
        )
    return found


def _covered(one: Read, said: Counter[str]) -> float:
    """The share of the words of the others that stand in this one too."""
    alone = sum(said[word] == 1 for word in one.telling)
    return share(len(one.telling) - alone, len(said) - alone)


def _read(message: Message, meaning: "Numbers") -> Read:
    words = words_of(without_code(message.content))
    return Read(message, words, frozenset(words) - FREQUENT, meaning)


def _meanings(texts: Sequence[str]) -> "Numbers":
    """A row of length one for each text; zeros for one of white space."""
    # Loads numpy and the embeddings: only what is learned from people asks for them.
    import numpy as np

    from grasp_ui.text.meaning import vectors

    rows = vectors(texts).astype(np.float64)
    rows[[not text.strip() for text in texts]] = 0.0
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Numbers = rows / np.maximum(lengths, 1.0)
    return unit


def _cosine(found: float) -> float:
    # Rounded: the last digits hang on the machine, and a model's version on the numbers.
    return round(float(found), 4)
