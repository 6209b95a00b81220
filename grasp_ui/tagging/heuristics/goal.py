"""Whether a dialogue reached the goal that its seed gave the user."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import Action
from grasp_ui.registry import Look
from grasp_ui.tagging.closings import FAILED, REFUSED, THANKS, says_resolved
from grasp_ui.tagging.heuristic import (
    Finding,
    HeuristicConfig,
    Measured,
    active_thread_of,
    finding,
    tree_heuristic,
)
from grasp_ui.tagging.wording import share, words_of

Outcome = Literal["reached", "not reached"]
NAMES = ("goal", "user_goal")
# Words of a goal that say nothing of what it is about.
EMPTY = (
    "about after also been from have help into make more need needs solve some that their them then"
    " they this user want wants what when which will with would your yours find get learn know"
    " understand explain ask answer question problem advice assistant agent information"
)
EMPTY_WORDS = frozenset(EMPTY.split())
LEAST_LETTERS = 4
STEM = 5
SCORES: dict[Outcome, float] = {"reached": 1.0, "not reached": 0.0}


class GoalConfig(HeuristicConfig):
    """How much of the goal has to be spoken of."""

    default_action: ClassVar[Action] = "info"

    minimum_share: Annotated[
        float,
        Field(title="Words of the goal that come up", description="Share of them.", ge=0, le=1),
    ] = 0.5


LOOK = Look(
    "Goal",
    "Whether the goal of the seed seems to be reached, by words shared and by how it ends.",
    group="Self-play",
    icon="flag",
)


@tree_heuristic("goal", config=GoalConfig, look=LOOK)
def goal(config: GoalConfig, conversation: Conversation) -> Iterator[Finding]:
    """One tag on the last message of the active thread: reached or not; a hint.

    Where `goal` is among the variables or in the seed. Not reached: the user ends on that it did
    not work, the assistant on a refusal, or less than half of the goal's words (their first five
    letters) come up. Else reached.
    """
    wished = next(
        (where[name] for where in (conversation.variables, conversation.seed) for name in NAMES
         if isinstance(where.get(name), str) and where[name].strip()), None,
    )  # fmt: skip
    thread = active_thread_of(conversation) if wished else None
    if thread is None:
        return
    spoken = [one for one in thread.messages if one.role in ("user", "assistant")]
    if spoken:
        outcome, measured = _judged(config, str(wished), spoken)
        yield finding(spoken[-1], measured, value=outcome, score=SCORES[outcome])


def _judged(config: GoalConfig, wished: str, spoken: Sequence[Message]) -> tuple[Outcome, Measured]:
    last = spoken[-1].content
    whole = (0, len(last))
    user = next((one.content for one in reversed(spoken) if one.role == "user"), "")
    answer = next((one.content for one in reversed(spoken) if one.role == "assistant"), "")
    complaint = FAILED.search(user)
    if complaint and not says_resolved(user[complaint.end() :]):
        return "not reached", Measured("complaints at the end", 1, 0, whole)
    if REFUSED.match(answer.strip()) and not THANKS.search(user):
        return "not reached", Measured("refusals at the end", 1, 0, whole)
    if says_resolved(user):
        return "reached", Measured("words of success at the end", 1, 1, whole)
    number = _shared(wished, spoken)
    outcome: Outcome = "reached" if number >= config.minimum_share else "not reached"
    return outcome, Measured("share of the goal's words", number, config.minimum_share, whole)


def _shared(wished: str, spoken: Sequence[Message]) -> float:
    """The share of the goal's words that both sides together come to speak of."""
    aims = _stems(wished)
    said = {stem for one in spoken for stem in _stems(one.content)}
    return share(len(aims & said), len(aims)) if aims else 1.0


def _stems(text: str) -> set[str]:
    words = (re.sub(r"['’].*", "", word) for word in words_of(text))
    return {word[:STEM] for word in words if len(word) >= LEAST_LETTERS and word not in EMPTY_WORDS}
