"""Preferences from what a judge said about siblings: by scores, or of a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from grasp_ui.judging.compare import Compared
from grasp_ui.judging.parse import Judgement
from grasp_ui.model.preference import Preference, preference_id
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import ConversationId, MessageId, RunId


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judged, by what, in which run: what every one of its preferences carries."""

    author: str
    version: str
    run_id: RunId | None = None


class Siblings(NamedTuple):
    """Two answers to one prompt, by their ids; without a prompt they are roots."""

    conversation_id: ConversationId
    prompt_id: MessageId | None
    first: MessageId
    second: MessageId


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


def preference_of(
    siblings: Siblings, compared: Compared, judge: Judge
) -> tuple[Preference, Tag] | None:
    """The preference that a comparison in both orders gives, and a tag that says how.

    The margin is 1; of a tie it is 0 and the first answer stands first, so that an export can
    count the pair as dropped. The tag is about the preference: its evidence has both verdicts.
    None where an order was unparsed.
    """
    if compared.winner is None:
        return None
    better, worse = siblings.first, siblings.second
    if compared.winner == "second":
        better, worse = worse, better
    margin = 0.0 if compared.winner == "tie" else 1.0
    preference = _preferred(siblings, (better, worse), margin, judge)
    tag = Tag(
        target=Target(
            conversation_id=siblings.conversation_id, kind="preference", id=preference.id
        ),
        name=judge.version.partition("@")[0],
        value=compared.winner,
        source="judge",
        author=judge.author,
        version=judge.version,
        evidence=compared.evidence,
        run_id=judge.run_id,
    )
    return preference, tag


def _preference(
    conversation_id: ConversationId,
    prompt_id: MessageId | None,
    pair: Sequence[tuple[MessageId, Judgement]],
    judge: Judge,
) -> Preference:
    (better, high), (worse, low) = sorted(pair, key=lambda one: -one[1].value)
    siblings = Siblings(conversation_id, prompt_id, better, worse)
    return _preferred(siblings, (better, worse), round(high.value - low.value, 6), judge)


def _preferred(
    siblings: Siblings, ids: tuple[MessageId, MessageId], margin: float, judge: Judge
) -> Preference:
    better, worse = ids
    return Preference(
        id=preference_id(better, worse, f"{judge.author} {judge.version}"),
        conversation_id=siblings.conversation_id,
        prompt_id=siblings.prompt_id,
        better_id=better,
        worse_id=worse,
        margin=margin,
        source="judge",
        author=judge.author,
        version=judge.version,
        run_id=judge.run_id,
    )
