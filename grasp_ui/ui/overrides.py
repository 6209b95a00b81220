"""What a person can say of a tag or a conversation, as small forms at their place."""

from dataclasses import dataclass
from typing import Literal, get_args

import streamlit as st

from grasp_ui.model.conversation import Message
from grasp_ui.model.effective import EffectiveTag
from grasp_ui.model.tag import Target
from grasp_ui.model.value import Action, ConversationId, Scalar
from grasp_ui.services import review
from grasp_ui.services.review import Correction
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.cards import shown_value
from grasp_ui.ui.edit_dialog import edit_button
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.shell import toast

SCALES = ((0.0, 1.0), (1.0, 5.0), (0.0, 4.0), (1.0, 10.0))


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides, and where it is kept.

    `version` counts the decisions so far: a form that was sent is a new one, and so closed.
    """

    workspace: Workspace
    person: str
    version: int = 0

    def override_button(self, tag: EffectiveTag) -> None:
        """A pencil that opens the form by which a person overrules `tag`."""
        key = f"review.override.{tag.target.id}.{tag.name}.{tag.element or ''}.{self.version}"
        with st.popover("Override", icon=":material/edit:", type="tertiary", key=f"{key}.open"):
            st.markdown(f"**{literal(tag.name)}** is {_standing(tag)}.")
            with st.form(key, border=False):
                action = st.segmented_control(
                    "What it should be", get_args(Action), default=tag.action, required=True,
                    key=f"{key}.action",
                )  # fmt: skip
                value = _value_field(tag, f"{key}.value")
                reason = st.text_input("Reason", key=f"{key}.reason", placeholder="Why?")
                if st.form_submit_button("Save override", key=f"{key}.save", type="primary"):
                    self._override(tag, action=action, value=value, reason=reason)

    def add_tag(self, targets: dict[str, Target], names: list[str]) -> None:
        """A form by which a person adds a tag of their own to a turn or to the whole."""
        with (
            st.popover("Add a tag", icon=":material/new_label:", key=f"review.add.{self.version}"),
            st.form("review.add.form", border=False, clear_on_submit=True),
        ):
            where = st.selectbox("To", list(targets), key="review.add.where")
            name = st.selectbox(
                "Tag", names, index=None, accept_new_options=True, key="review.add.name"
            )
            action = st.segmented_control(
                "Action", get_args(Action), default="warn", required=True, key="review.add.action"
            )
            reason = st.text_input("Reason", key="review.add.reason")
            if st.form_submit_button("Add", key="review.add.save", type="primary") and name:
                self._say(targets[where], Correction(name, action, value=True), reason)

    def decide_buttons(self, conversation: ConversationId) -> None:
        """Keep or reject the whole conversation, with a reason."""
        words: tuple[tuple[Literal["keep", "reject"], str], ...] = (
            ("keep", ":material/thumb_up:"), ("reject", ":material/thumb_down:"),
        )  # fmt: skip
        for word, icon in words:
            key = f"review.{word}.{self.version}"
            with (
                st.popover(word.capitalize(), icon=icon, key=f"{key}.open"),
                st.form(key, border=False),
            ):
                reason = st.text_input("Reason", key=f"{key}.reason", placeholder="Why?")
                if st.form_submit_button(f"{word.capitalize()} it", type="primary"):
                    review.decide(
                        self.workspace, conversation, word, reason=reason, person=self.person
                    )
                    _done(f"Kept as your decision: {word}.")

    def edit_button(self, message: Message) -> None:
        """A pencil that opens the dialog in which a person writes `message` anew."""
        edit_button(self.workspace, message, person=self.person)

    def undo_button(self) -> None:
        """Take back the reviewer's last deed."""
        if pressed("Undo", key="review.undo", icon=":material/undo:"):
            undone = review.undo(self.workspace, self.person)
            _done("Taken back." if undone else "There is nothing of yours to take back.")

    def _override(self, tag: EffectiveTag, *, action: Action, value: Scalar, reason: str) -> None:
        is_new = value is not None and value != tag.value
        correction = Correction(
            tag.name,
            action,
            value=value if is_new else None,
            score=score_of(value, tag) if is_new else None,
            element=tag.element,
        )
        self._say(tag.target, correction, reason)

    def _say(self, target: Target, correction: Correction, reason: str) -> None:
        review.override(self.workspace, target, correction, person=self.person, reason=reason)
        _done("Override kept; what was said before stays beside it.")


def score_of(value: Scalar, tag: EffectiveTag) -> float | None:
    """`value` as a score, on the scale that the tag's own value and score show.

    Example:
        >>> from grasp_ui.model.tag import Target
        >>> target = Target(conversation_id="c", kind="conversation", id="c")
        >>> score_of(5, EffectiveTag(target=target, name="help", value=2, score=0.25,
        ...                          source="judge", author="m"))
        1.0
    """
    if not _is_number(value) or not _is_number(tag.value) or tag.score is None:
        return None
    for low, high in SCALES:
        if abs((float(tag.value or 0) - low) / (high - low) - tag.score) < 1e-6:
            return min(1.0, max(0.0, (float(value or 0) - low) / (high - low)))
    return None


def _value_field(tag: EffectiveTag, key: str) -> Scalar:
    """A field for the value, where a judge gave a number."""
    if tag.score is None or not _is_number(tag.value):
        return None
    number: float | None = st.number_input(
        "Value", value=float(tag.value or 0), step=0.05 if float(tag.value or 0) <= 1 else 1.0,
        key=key,
    )  # fmt: skip
    return number


def _is_number(value: Scalar) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _standing(tag: EffectiveTag) -> str:
    value = shown_value(tag.value)
    shown = f" ({literal(value)})" if value else ""
    return f"**{tag.action}**{shown}, said by {tag.source} {literal(tag.author)}"


def _done(text: str) -> None:
    toast(text)
    st.rerun()
