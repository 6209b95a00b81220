"""What was said of one answer of a comparison, on the scale on which it was said."""

from collections.abc import Iterable, Iterator
from math import isclose
from typing import NamedTuple

from grasp_ui.model.effective import EffectiveTag
from grasp_ui.model.preference import Preference
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import MessageId

# Rubrics count from 1 to 5; other scales are held against the same thresholds through the score.
POINTS = 4


class Judged(NamedTuple):
    """What was said of one answer: on the scale 0–1, by whom on which scale."""

    score: float
    is_probability: bool
    is_overruled: bool


class Width(NamedTuple):
    """How far apart two answers are: in points, or as a difference of probabilities.

    `chosen` is what the better one has on that scale; None where its score is not known.
    """

    margin: float
    in_points: bool
    chosen: float | None = None


def width(preference: Preference, tagged: TaggedConversation) -> Width:
    """How far apart the answers of `preference` are, by their scores.

    Where a person overrode the judge's value of an answer, the person's value counts. A
    preference without the scores that it came from has its own margin.
    """
    better = judged(preference, preference.better_id, tagged)
    worse = judged(preference, preference.worse_id, tagged)
    if better is None or worse is None:
        return Width(preference.margin, in_points=False)
    difference = round(better.score - worse.score, 6)
    if better.is_probability:
        told = better.is_overruled or worse.is_overruled
        margin = difference if told else preference.margin
        return Width(margin, in_points=False, chosen=better.score)
    chosen = 1 + POINTS * better.score
    return Width(round(POINTS * difference, 6), in_points=True, chosen=chosen)


def judged(
    preference: Preference, message_id: MessageId, tagged: TaggedConversation
) -> Judged | None:
    """What the author of `preference` said of one answer; None without a score."""
    said = next(_said(preference, message_id, tagged.tags), None)
    if said is None or said.score is None or not isinstance(said.value, int | float):
        return None
    is_probability = isclose(said.value, said.score, abs_tol=1e-9)  # points begin at 1
    counted = next((t for t in tagged.effective if _is_same(t, said)), None)
    if counted is None or counted.source != "person":
        return Judged(said.score, is_probability, is_overruled=False)
    return Judged(
        _score(counted, said, is_probability=is_probability), is_probability, is_overruled=True
    )


def _said(preference: Preference, message_id: MessageId, tags: Iterable[Tag]) -> Iterator[Tag]:
    mine = (preference.source, preference.author, preference.version)
    return (
        tag
        for tag in sorted(tags, key=lambda tag: -tag.seq)
        if tag.target.id == message_id and (tag.source, tag.author, tag.version) == mine
    )


def _is_same(counted: EffectiveTag, said: Tag) -> bool:
    return (counted.target, counted.name, counted.element) == (said.target, said.name, said.element)


def _score(counted: EffectiveTag, said: Tag, *, is_probability: bool) -> float:
    """The score that a person meant, who may have given a value only."""
    if counted.score is not None and counted.score != said.score:
        return counted.score
    if counted.value == said.value or not isinstance(counted.value, int | float):
        return said.score or 0.0
    value = float(counted.value)
    return min(1.0, max(0.0, value if is_probability else (value - 1) / POINTS))
