"""One conversation in full: chat, tags beside the turns, branches, tree, history."""

import pandas as pd
import streamlit as st

from grasp_ui.model.conversation import Thread
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Target
from grasp_ui.model.value import MessageId
from grasp_ui.ui import theme
from grasp_ui.ui.cards import shown_evidence, shown_value, thread_card, verdict_badge
from grasp_ui.ui.neutral import literal, one_line
from grasp_ui.ui.overrides import Reviewer
from grasp_ui.ui.trees import conversation_tree


def read_one(tagged: TaggedConversation, reviewer: Reviewer, *, tag_names: list[str]) -> None:
    """Draw `tagged` with everything a reviewer can say of it."""
    threads = list(tagged.conversation.threads())
    with st.container(horizontal=True, vertical_alignment="center", key="reading-bar"):
        thread = _chosen_thread(tagged, threads)
        if thread is not None and thread.leaf_id in tagged.verdicts:
            verdict = tagged.verdicts[thread.leaf_id]
            score = "" if verdict.score is None else f" :gray[score {verdict.score:.2f}]"
            st.markdown(verdict_badge(verdict) + score, width="stretch")
        reviewer.decide_buttons(tagged.conversation.id)
        reviewer.add_tag(_targets(tagged, thread), tag_names)
        reviewer.undo_button()
    if thread is None:
        st.caption("This conversation has no messages.")
    else:
        thread_card(
            thread, tagged, on_tag=reviewer.override_button, on_message=reviewer.edit_button
        )
    _preferences(tagged)
    _more(tagged)


def _chosen_thread(tagged: TaggedConversation, threads: list[Thread]) -> Thread | None:
    if len(threads) < 2:
        return next(iter(threads), None)
    active = tagged.conversation.active_thread()
    names = {thread.leaf_id: f"Branch {chr(65 + n % 26)}" for n, thread in enumerate(threads)}
    leaf = st.segmented_control(
        "Branch",
        list(names),
        default=active.leaf_id if active else None,
        required=True,
        format_func=lambda leaf: names[leaf],
        key=f"review.branch.{tagged.conversation.id}",
        label_visibility="collapsed",
    )
    return next(thread for thread in threads if thread.leaf_id == leaf)


def _targets(tagged: TaggedConversation, thread: Thread | None) -> dict[str, Target]:
    whole = tagged.conversation.id
    found = {"The whole conversation": Target(conversation_id=whole, kind="conversation", id=whole)}
    for number, message in enumerate(thread.messages if thread else (), start=1):
        label = f"Turn {number} ({message.role}): {one_line(message.content, 40)}"
        found[label] = Target(conversation_id=whole, kind="message", id=message.id)
    return found


def _preferences(tagged: TaggedConversation) -> None:
    if not tagged.preferences:
        return
    texts = {message.id: message.content for message in tagged.conversation.messages}
    st.subheader("Preferences", anchor=False)
    for one in tagged.preferences:
        style = theme.SOURCES[one.source]
        better, worse = (_quoted(texts, name) for name in (one.better_id, one.worse_id))
        st.markdown(
            f":green[:material/thumb_up:] {better}  \n:red[:material/thumb_down:] {worse}  \n"
            f":small[:gray[by {one.margin:.2f}, said by {style.word} {literal(one.author)}]]"
        )


def _more(tagged: TaggedConversation) -> None:
    names = ["Everything said", "Tree", "Seed and variables"]
    history, tree, origin = st.tabs(names, key="review.more", on_change="rerun")
    if history.open and (tagged.tags or tagged.reviews):
        history.dataframe(_history(tagged), hide_index=True)
    elif history.open:
        history.caption("No rule, no judge and no person has said anything of it yet.")
    if tree.open:
        with tree:
            conversation_tree(tagged, look=theme.ground())
    if origin.open:
        left, right = origin.columns(2)
        left.caption("Seed row")
        left.json(tagged.conversation.seed)
        right.caption("Variables at the end")
        right.json(tagged.conversation.variables)


def _history(tagged: TaggedConversation) -> pd.DataFrame:
    """Every judgement and every deed of a person, in order; nothing is ever overwritten."""
    said: list[tuple[int | str, ...]] = [
        (tag.seq, tag.source, tag.author, tag.name, tag.action, shown_value(tag.value),
         shown_evidence(tag.evidence))
        for tag in tagged.tags
    ]  # fmt: skip
    said += [
        (event.seq, "person", event.person, str(event.payload.get("name", event.kind)),
         str(event.payload.get("action", event.kind)),
         shown_value(event.payload.get("value", event.payload.get("content"))),
         event.reason)
        for event in tagged.reviews
    ]  # fmt: skip
    columns = ["No.", "Source", "Who", "About", "Action", "Value", "Why"]
    return pd.DataFrame(said, columns=columns).sort_values("No.")


def _quoted(texts: dict[MessageId, str], name: MessageId) -> str:
    return literal(one_line(texts.get(name, "(gone)"), 160))
