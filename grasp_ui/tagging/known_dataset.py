"""The dataset as rules see it: fingerprints of all, a view of those before."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.fingerprint import Fingerprints
from grasp_ui.model.fingerprint import Meanings as StoredMeanings
from grasp_ui.model.value import ConversationId
from grasp_ui.tagging.dataset import Evaluation, Usual, length_ratio_of, opening, thread_text
from grasp_ui.text import meaning, similarity
from grasp_ui.text.corpus import Near
from grasp_ui.text.postings import Postings
from grasp_ui.text.shingles import normal_text, text_key
from grasp_ui.text.similarity import VALUES, Known, TextIndex

RECIPE = f"{similarity.RECIPE}; active thread, form 1"
MEANING = meaning.RECIPE
LIKELY = 0.7
"""What is looked for ahead: the usual threshold of near duplicates."""
Figures = npt.NDArray[np.float64]


def fingerprints_of(conversations: Sequence[Conversation]) -> Fingerprints:
    """The fingerprint of each conversation."""
    texts = [thread_text(one) for one in conversations]
    begun = [opening(one) for one in conversations]
    return Fingerprints(
        conversations=[one.id for one in conversations],
        texts=[text_key(text) for text in texts],
        prompts=[None if one is None else text_key(one.prompt) for one in begun],
        ratios=[length_ratio_of(one) for one in conversations],
        minhashes=[row.tobytes() for row in similarity.signatures(texts)],
    )


def meanings_of(conversations: Sequence[Conversation]) -> StoredMeanings:
    """The embedding of each conversation."""
    rows = meaning.vectors([thread_text(one) for one in conversations])
    return StoredMeanings(
        conversations=[one.id for one in conversations], vectors=[row.tobytes() for row in rows]
    )


@dataclass(frozen=True)
class Reading:
    """How the dataset reads what its fingerprints do not say."""

    conversations: Callable[[Sequence[ConversationId]], Iterable[Conversation]]
    evaluation: Callable[[Sequence[str]], Evaluation]
    meanings: Callable[[], StoredMeanings]


class KnownDataset:
    """All conversations by their fingerprints; `before` gives what one may see."""

    def __init__(self, known: Fingerprints, reading: Reading) -> None:
        self.reading = reading
        self.names = known.conversations
        rows = np.frombuffer(b"".join(known.minhashes), np.uint16).reshape(-1, VALUES)
        whole = Known(known.conversations, known.texts, rows)
        self.index = TextIndex(whole, text_of=lambda name: self.text(ConversationId(name)))
        # A conversation without a question has a key of its own, which no text has.
        prompts = [-1 - n if key is None else key for n, key in enumerate(known.prompts)]
        self._prompt_keys = np.array(prompts, np.int64).astype(np.uint64).reshape(-1, 1)
        self.prompts = Postings(self._prompt_keys)
        self._sums = _running(np.array(known.ratios, np.float64))
        self._read: dict[ConversationId, Conversation] = {}

    def before(self, conversation_id: ConversationId) -> "Standing":
        """What the dataset holds before a conversation of it."""
        return Standing(self, self.index.place(conversation_id))

    def look_ahead(self, some: Sequence[ConversationId]) -> None:
        """Read at once what `some` are compared with; forget what was read."""
        wanted: dict[ConversationId, None] = {}
        for place in map(self.index.place, some):
            likely = [*self.index.likely(place, LIKELY)[:1], *self.asked_before(place)[:1]]
            wanted |= dict.fromkeys(self.names[other] for other in likely)
        self._read = {one.id: one for one in self.reading.conversations(list(wanted))}

    def read(self, conversation_id: ConversationId) -> Conversation:
        """A conversation of the store."""
        if conversation_id not in self._read:
            [self._read[conversation_id]] = self.reading.conversations([conversation_id])
        return self._read[conversation_id]

    def text(self, conversation_id: ConversationId) -> str:
        """What is said on the active thread of a conversation."""
        return thread_text(self.read(conversation_id))

    def asked_before(self, place: int) -> list[int]:
        """The places before `place` with the same prompt, in order."""
        found: list[int] = self.prompts.places(self._prompt_keys[place], before=place).tolist()
        return found

    def usual_ratio(self, place: int) -> Usual:
        """Mean and deviation of the ratios of all before `place`."""
        count, total, squares = (float(sums[place]) for sums in self._sums)
        if not count:
            return Usual(0, 0.0, 0.0)
        mean = total / count
        return Usual(int(count), mean, max(0.0, squares / count - mean * mean) ** 0.5)

    @cached_property
    def meanings(self) -> meaning.Meanings:
        """The embeddings of all conversations; read when a rule asks for the first one."""
        stored = self.reading.meanings()
        rows = np.frombuffer(b"".join(stored.vectors), np.int8).reshape(-1, meaning.WIDTH)
        by_name = dict(zip(stored.conversations, rows, strict=True))
        empty = np.zeros(meaning.WIDTH, np.int8)
        held = np.array([by_name.get(name, empty) for name in self.names], np.int8)
        return meaning.Meanings(self.names, held)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a dataset holds before the conversation at `place`."""

    dataset: KnownDataset
    place: int

    def same(self, text: str) -> str | None:
        """The first conversation with the same text."""
        return self.dataset.index.same_known(self.place) if text else None

    def near(self, text: str, *, least: float) -> Near | None:
        """A conversation whose text is alike from `least` on."""
        return self.dataset.index.near_known(self.place, text, least=least)

    def answers_to(self, prompt: str) -> Iterator[tuple[str, str]]:
        """Conversations that begin with the same prompt, each with its first answer."""
        for place in self.dataset.asked_before(self.place):
            name = self.dataset.names[place]
            begun = opening(self.dataset.read(name))
            if begun is not None and normal_text(begun.prompt) == normal_text(prompt):
                yield name, begun.answer.content

    def usual_ratio(self) -> Usual:
        """How much longer answers are than prompts, before this one."""
        return self.dataset.usual_ratio(self.place)

    def nearest_meaning(self, text: str) -> Near | None:
        """The conversation that means most nearly the same as the one at `place`."""
        return self.dataset.meanings.nearest(self.place) if text else None

    def evaluation(self, files: Sequence[str]) -> Evaluation:
        """The evaluation sets in `files`."""
        return self.dataset.reading.evaluation(files)


def _running(ratios: Figures) -> tuple[Figures, Figures, Figures]:
    """Count, sum and sum of squares of what stands before each place."""
    there = ~np.isnan(ratios)
    figures = np.where(there, ratios, 0.0)
    sums = (np.cumsum(each) for each in (there.astype(np.float64), figures, figures * figures))
    count, total, squares = (np.concatenate([[0.0], each]) for each in sums)
    return count, total, squares
