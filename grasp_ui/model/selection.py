"""A selection: which conversations a list, a chart or an export is about."""

from typing import Annotated, Literal

from pydantic import Field

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.edits import Edited, as_stored
from grasp_ui.model.effective import EffectiveTag, Verdict
from grasp_ui.model.preference import Preference
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import Action, MessageId, RunId, Source, Value

Order = Literal["newest", "oldest", "lowest score", "highest score"]


class Selection(Value):
    """Filters that all must hold; an empty selection is everything."""

    run_id: RunId | None = None
    origin: Literal["generated", "imported"] | None = None
    tag: str | None = None
    action: Action | None = None
    source: Source | None = None
    verdict: Literal["keep", "drop", "disputed"] | None = None
    reviewed: bool | None = None
    text: str = ""
    minimum_score: Annotated[float | None, Field(ge=0, le=1)] = None
    maximum_score: Annotated[float | None, Field(ge=0, le=1)] = None
    order: Order = "newest"
    as_of: int | None = None


class TaggedConversation(Value):
    """A conversation as people left it, with everything that was said about it.

    `verdicts` has one for each thread, by its leaf's id. `tags` is the history in order,
    `effective` what counts of it. `edited` has the messages whose text a person wrote anew.
    """

    conversation: Conversation
    tags: tuple[Tag, ...] = ()
    reviews: tuple[ReviewEvent, ...] = ()
    effective: tuple[EffectiveTag, ...] = ()
    preferences: tuple[Preference, ...] = ()
    verdicts: dict[MessageId, Verdict] = Field(default_factory=dict)
    edited: dict[MessageId, Edited] = Field(default_factory=dict)

    @property
    def stored(self) -> Conversation:
        """The conversation as it was stored, without what people edited."""
        return as_stored(self.conversation, self.edited)
