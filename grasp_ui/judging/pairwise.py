"""Preferences from what a judge said about siblings."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from grasp_ui.judging.parse import Judgement
from grasp_ui.model.preference import Preference, preference_id
from grasp_ui.model.value import ConversationId, MessageId, RunId


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judged, by what, in which run: what every one of its preferences carries."""

    author: str
    version: str
    run_id: RunId | None = None


def preferences_of(
    conversation_id: ConversationId,
    prompt_id: MessageId | None,
    judged: Sequence[tuple[MessageId, Judgement]],
    judge: Judge,
) -> tuple[Preference, ...]:
    """One preference for each pair of siblings, in candidate order.

    The margin is the difference of the values. Where both are equal it is 0 and the earlier
    candidate stands first, so that an export can count the pair as dropped.
    """
    return tuple(
        _preference(conversation_id, prompt_id, pair, judge) for pair in combinations(judged, 2)
    )


def _preference(
    conversation_id: ConversationId,
    prompt_id: MessageId | None,
    pair: Sequence[tuple[MessageId, Judgement]],
    judge: Judge,
) -> Preference:
    (better, high), (worse, low) = sorted(pair, key=lambda one: -one[1].value)
    return Preference(
        id=preference_id(better, worse, f"{judge.author} {judge.version}"),
        conversation_id=conversation_id,
        prompt_id=prompt_id,
        better_id=better,
        worse_id=worse,
        margin=round(high.value - low.value, 6),
        source="judge",
        author=judge.author,
        version=judge.version,
        run_id=judge.run_id,
    )
