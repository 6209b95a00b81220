"""A conversation as chat: each turn with its tags and their evidence beside it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from grasp_ui.model.conversation import Message, Thread
from grasp_ui.model.edits import Edited
from grasp_ui.model.effective import EffectiveTag, Verdict
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Target
from grasp_ui.ui import theme
from grasp_ui.ui.diff_parts import show_word_diff
from grasp_ui.ui.neutral import blocks, literal, one_line

LONG = 4_000
TagAction = Callable[[EffectiveTag], None]
MessageAction = Callable[[Message], None]


def generated_text(text: str) -> None:
    """Draw generated `text` as Markdown of which nothing runs, loads or leads away."""
    place = st.container(height=420, border=False) if len(text) > LONG else st.container()
    with place:
        for kind, body, language in blocks(text):
            if kind == "code":
                st.code(body, language=language or None, wrap_lines=True)
            else:
                st.markdown(body, anchors=False)


def thread_card(
    thread: Thread,
    tagged: TaggedConversation,
    *,
    on_tag: TagAction | None = None,
    on_message: MessageAction | None = None,
) -> None:
    """One thread as chat; `on_tag` and `on_message` draw what can be done there."""
    whole = Target(
        conversation_id=thread.conversation_id, kind="conversation", id=thread.conversation_id
    )
    tag_list(_tags_of(tagged, whole.id), on_tag=on_tag)
    for message in thread.messages:
        left, right = st.columns([5, 3], gap="medium")
        with left:
            message_card(message, tagged.edited.get(message.id))
            if on_message is not None:
                on_message(message)
        with right:
            tag_list(_tags_of(tagged, message.id), text=message.content, on_tag=on_tag)


def message_card(message: Message, change: Edited | None = None) -> None:
    """One turn: who said it, where it comes from, and its text.

    Of a text that a person wrote anew, also who that was, and what was there before.
    """
    with st.chat_message(message.role, avatar=theme.AVATARS[message.role]):
        st.markdown(f":small[:gray[{_origin(message)}]]")
        if change is not None:
            _change(message, change)
        generated_text(message.content)


def _change(message: Message, change: Edited) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(
            f":violet-badge[:material/edit: edited] :small[:gray[by {literal(change.person)}]]",
            width="content",
        )
        with st.popover(
            "What was changed", icon=":material/difference:", type="tertiary",
            key=f"cards.edited.{message.id}",
        ):  # fmt: skip
            st.caption(f"{change.at:%Y-%m-%d %H:%M} UTC. {literal(change.reason)}")
            show_word_diff(change.original.content, message.content)
            st.markdown("###### The text as it was")
            generated_text(change.original.content)


def tag_list(
    tags: Sequence[EffectiveTag], *, text: str = "", on_tag: TagAction | None = None
) -> None:
    """The tags that find fault with `text`, one a row, then those that found it right.

    What was imported and neither warns nor rejects stands in one line: it may be a dozen labels.
    """
    labels = [tag for tag in tags if tag.source == "imported" and tag.action == "info"]
    for tag in tags:
        if (tag.action != "pass" or tag.source == "person") and tag not in labels:
            _tag_row(tag, text, on_tag)
    if labels:
        st.markdown(_in_one_line(labels))
    fine = [literal(tag.name) for tag in tags if tag.action == "pass" and tag.source != "person"]
    if fine:
        st.markdown(f":small[:green[:material/check:] :gray[{', '.join(fine)}]]")


def verdict_badge(verdict: Verdict) -> str:
    """What becomes of a thread, and why, as a Markdown chip."""
    style = theme.VERDICTS[verdict.state]
    why = f": {', '.join(literal(reason) for reason in verdict.reasons)}" if verdict.reasons else ""
    return theme.badge(style, style.word + why)


def shown_value(value: Any) -> str:
    """A tag's value as a person reads it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.2f}"
        case _:
            return one_line(str(value), 60)


def shown_evidence(evidence: Mapping[str, Any], text: str = "") -> str:
    """Evidence in one line; of a place in `text`, the words that stand there."""
    rest = dict(evidence)
    parts = []
    if "measure" in rest:
        limit = f" (limit {_flat(rest.pop('threshold'))})" if "threshold" in rest else ""
        number = f": {_flat(rest.pop('number'))}" if "number" in rest else ""
        parts.append(f"{rest.pop('measure')}{number}{limit}")
    parts += [f"“{quoted}”" for quoted in (_quoted(rest.pop("span", None), text),) if quoted]
    parts += [f"{name.replace('_', ' ')}: {_flat(value)}" for name, value in rest.items()]
    return one_line(" · ".join(parts), 280)


def _tag_row(tag: EffectiveTag, text: str, on_tag: TagAction | None) -> None:
    style, source = theme.ACTIONS[tag.action], theme.SOURCES[tag.source]
    value = shown_value(tag.value)
    label = literal(f"{tag.name} {value}" if value else tag.name)
    with st.container(gap=None):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(theme.badge(style, label), width="content", help=f"Action: {style.word}")
            st.markdown(f":small[:{source.color}[{source.icon} {_who(tag)}]]", width="content")
            if on_tag is not None:
                on_tag(tag)
        for line in (tag.reason, shown_evidence(tag.evidence, text)):
            if line:
                st.markdown(f":small[:gray[{literal(line)}]]")


def _in_one_line(labels: Sequence[EffectiveTag]) -> str:
    """Names and values of imported tags, as Markdown."""
    style = theme.SOURCES["imported"]
    told = (f"{tag.name} {shown_value(tag.value)}" for tag in labels)
    words = " · ".join(literal(one) for one in told)
    return f":small[:{style.color}[{style.icon} {style.word}] :gray[{words}]]"


def _who(tag: EffectiveTag) -> str:
    split = " (reviewers disagree)" if tag.disputed else ""
    return literal(tag.author if tag.source == "person" else theme.SOURCES[tag.source].word) + split


def _origin(message: Message) -> str:
    parts = (
        message.role,
        message.name,
        message.node and f"node {message.node}",
        message.model,
        "cut off at the limit" if message.finish_reason == "length" else None,
    )
    return " · ".join(literal(part) for part in parts if part)


def _tags_of(tagged: TaggedConversation, target: str) -> list[EffectiveTag]:
    return [tag for tag in tagged.effective if tag.target.id == target]


def _quoted(span: Any, text: str) -> str:
    """The words at `span`, (start, end) in characters; empty where that is no place in `text`."""
    if not isinstance(span, list | tuple) or len(span) != 2:
        return ""
    start, end = span
    return one_line(text[start:end], 90) if 0 <= start < end <= len(text) else ""


def _flat(value: Any) -> str:
    match value:
        case dict():
            return ", ".join(f"{name} {_flat(part)}" for name, part in value.items())
        case list() | tuple():
            return ", ".join(_flat(part) for part in value)
        case _:
            return shown_value(value)
