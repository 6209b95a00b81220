"""Preferences that follow from the scores of answers to one prompt."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isclose
from statistics import fmean

from grasp_ui.model.conversation import Message
from grasp_ui.model.effective import EffectiveTag
from grasp_ui.model.judged import POINTS, Width
from grasp_ui.model.preference import Preference, preference_id
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import MessageId

AUTHOR = "scores"
GIVERS = ("judge", "learned", "person")
"""Whose scores count where no tag is named."""


@dataclass(frozen=True, slots=True)
class ScorePair:
    """A preference made from scores, and how far apart the answers are."""

    preference: Preference
    width: Width


def score_pairs(tagged: TaggedConversation, score_tag: str = "") -> Iterator[ScorePair]:
    """A pair for every two answers under a prompt that has no preferences.

    The score is that of `score_tag`, or the mean of all tags of judges and people that both
    answers have. Answers with equal scores make no pair.
    """
    known = {one.prompt_id for one in tagged.preferences}
    scores = _scores(tagged, score_tag)
    for prompt, answers in _siblings(tagged).items():
        if prompt in known:
            continue
        for one, other in combinations(answers, 2):
            pair = _pair(tagged, (one, other), (scores[one.id], scores[other.id]))
            if pair is not None:
                yield pair


def _scores(tagged: TaggedConversation, score_tag: str) -> dict[str, dict[str, EffectiveTag]]:
    """The tags with a score by message and name."""
    found: dict[str, dict[str, EffectiveTag]] = defaultdict(dict)
    for tag in tagged.effective:
        is_meant = tag.name == score_tag if score_tag else tag.source in GIVERS
        if is_meant and tag.score is not None and not tag.disputed:
            found[tag.target.id][f"{tag.name} {tag.element or ''}"] = tag
    return found


def _siblings(tagged: TaggedConversation) -> dict[MessageId | None, list[Message]]:
    answers: dict[MessageId | None, list[Message]] = defaultdict(list)
    for message in tagged.conversation.messages:
        if message.role == "assistant":
            answers[message.parent_id].append(message)
    return answers


def _pair(
    tagged: TaggedConversation,
    answers: tuple[Message, Message],
    said: tuple[dict[str, EffectiveTag], dict[str, EffectiveTag]],
) -> ScorePair | None:
    shared = [name for name in said[0] if name in said[1]]
    if not shared:
        return None
    first, second = (fmean(_score(tags[name]) for name in shared) for tags in said)
    if first == second:
        return None
    better, worse = answers if first > second else answers[::-1]
    width = _width(abs(first - second), max(first, second), [t[n] for t in said for n in shared])
    preference = Preference(
        id=preference_id(better.id, worse.id, AUTHOR),
        conversation_id=tagged.conversation.id,
        prompt_id=better.parent_id,
        better_id=better.id,
        worse_id=worse.id,
        margin=width.margin,
        source="judge",
        author=AUTHOR,
        version=", ".join(sorted(name.strip() for name in shared)),
    )
    return ScorePair(preference, width)


def _score(tag: EffectiveTag) -> float:
    return tag.score or 0.0


def _width(difference: float, best: float, said: Sequence[EffectiveTag]) -> Width:
    """In points, unless all that was said is a probability: then value and score are equal."""
    is_probability = all(
        isinstance(tag.value, int | float) and isclose(tag.value, _score(tag), abs_tol=1e-9)
        for tag in said
    )
    if is_probability:
        return Width(round(difference, 6), in_points=False, chosen=best)
    return Width(round(POINTS * difference, 6), in_points=True, chosen=1 + POINTS * best)
