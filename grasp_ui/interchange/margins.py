"""Whether a preference is wide enough: margins on the scale of what was asked."""

from collections.abc import Iterable, Iterator
from math import isclose
from typing import Annotated, NamedTuple

from pydantic import Field

from grasp_ui.interchange.pairs import is_human
from grasp_ui.model.effective import EffectiveTag
from grasp_ui.model.preference import Preference
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import MessageId, Value

# Rubrics count from 1 to 5; other scales are held against the same thresholds through the score.
POINTS = 4


class Margins(Value):
    """How far apart two answers must be; what people prefer needs no margin."""

    minimum_probability_margin: Annotated[
        float,
        Field(
            title="Margin of P(yes)", description="Where a judge gave probabilities.", ge=0, le=1
        ),
    ] = 0.1
    minimum_points_margin: Annotated[
        float, Field(title="Margin in points", description="Where a judge gave 1 to 5.", ge=0, le=4)
    ] = 1.0
    minimum_chosen_points: Annotated[
        float,
        Field(
            title="Points of the chosen answer",
            description="Where a judge gave 1 to 5.",
            ge=1,
            le=5,
        ),
    ] = 4.0


class _Judged(NamedTuple):
    """What was said of one answer: on the scale 0–1, by whom on which scale."""

    score: float
    is_probability: bool
    is_overruled: bool


def margin_fault(margins: Margins, preference: Preference, tagged: TaggedConversation) -> str:
    """Why `preference` is not wide enough; empty where it is.

    Where a person overrode the judge's value of an answer, the person's value counts: the
    preference is then withheld if it no longer holds, but never turned round. A preference
    without the scores that it came from is held against the margin of P(yes) only.
    """
    if is_human(preference):
        return ""
    better = _judged(preference, preference.better_id, tagged)
    worse = _judged(preference, preference.worse_id, tagged)
    if better is None or worse is None:
        return _too_small(preference.margin, margins.minimum_probability_margin)
    difference = round(better.score - worse.score, 6)
    if better.is_probability:
        told = better.is_overruled or worse.is_overruled
        margin = difference if told else preference.margin
        return _too_small(margin, margins.minimum_probability_margin)
    if 1 + POINTS * better.score < margins.minimum_chosen_points:
        return "chosen answer scores too low"
    return _too_small(round(POINTS * difference, 6), margins.minimum_points_margin)


def _too_small(margin: float, minimum: float) -> str:
    return "margin too small" if margin < minimum else ""


def _judged(
    preference: Preference, message_id: MessageId, tagged: TaggedConversation
) -> _Judged | None:
    said = next(_said(preference, message_id, tagged.tags), None)
    if said is None or said.score is None or not isinstance(said.value, int | float):
        return None
    is_probability = isclose(said.value, said.score, abs_tol=1e-9)  # points begin at 1
    counted = next((t for t in tagged.effective if _is_same(t, said)), None)
    if counted is None or counted.source != "person":
        return _Judged(said.score, is_probability, is_overruled=False)
    return _Judged(
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
