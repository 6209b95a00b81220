"""A preference: under one prompt, one message is better than another, by a margin."""

from grasp_ui.model.value import (
    ConversationId,
    MessageId,
    PreferenceId,
    RunId,
    Source,
    Value,
    identity,
)


class Preference(Value):
    """`better_id` over `worse_id`, siblings under `prompt_id` (None: they are roots).

    `margin` ≥ 0 is on the scale of its source: rubric points, or difference of P(yes).
    """

    id: PreferenceId
    conversation_id: ConversationId
    prompt_id: MessageId | None
    better_id: MessageId
    worse_id: MessageId
    margin: float
    source: Source
    author: str
    version: str = ""
    run_id: RunId | None = None
    seq: int = 0


def preference_id(better: MessageId, worse: MessageId, author: str) -> PreferenceId:
    """The id of what `author` prefers."""
    return PreferenceId(identity("preference", better, worse, author))
