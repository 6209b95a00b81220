"""What a drafted profile would keep and drop, and for which that is new."""

from collections.abc import Mapping, Sequence

import streamlit as st

from grasp_ui.errors import NotFound
from grasp_ui.model.value import ConversationId
from grasp_ui.services import review
from grasp_ui.services.profile_effect import Effect
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.heuristic import HEURISTICS
from grasp_ui.ui.neutral import literal, one_line
from grasp_ui.ui.press import pressed
from grasp_ui.ui.rule_bench import Bench
from grasp_ui.ui.session import go_to

SHOWN = 10
"""Of the conversations that a draft changes so many are named."""


def effect_row(bench: Bench) -> None:
    """What the draft would keep and drop of the conversations it is tried on."""
    if not len(bench.meter):
        return
    effect = bench.effect
    first, second, third, fourth = st.columns(4)
    change = len(effect.newly_kept) - len(effect.newly_dropped)
    first.metric("Kept", f"{effect.kept:,}", delta=f"{change:+,}" if change else None)
    second.metric("Dropped", f"{effect.dropped:,}", help="Every thread of them is rejected.")
    third.metric("Disputed", f"{effect.disputed:,}", help="Reviewers are split.")
    fourth.metric("Looked at", f"{effect.looked_at:,}")
    with st.container(horizontal=True, vertical_alignment="center", key="tagging-change"):
        st.markdown(f":small[:gray[{change_words(effect)}]]", width="content")
        if effect.newly_dropped or effect.newly_kept:
            _which(bench, effect)


def _which(bench: Bench, effect: Effect) -> None:
    """The conversations whose fate the draft changes; read once they are asked for."""
    look = st.popover("Which ones", icon=":material/list:", key="tagging.which", on_change="rerun")
    if look.open:
        with look:
            _changed_list(bench, effect)


def change_words(effect: Effect) -> str:
    """How the draft differs from what counts now.

    Example:
        >>> change_words(Effect(9, 9, 0, 0, (), (), {}))
        'Nothing would change: this is what counts in the store now.'
        >>> change_words(Effect(9, 7, 0, 2, (ConversationId("a"),), (), {}))
        'Against what counts in the store now: 1 more would be dropped, 0 more kept.'
    """
    if not effect.newly_dropped and not effect.newly_kept:
        return "Nothing would change: this is what counts in the store now."
    return (
        f"Against what counts in the store now: {len(effect.newly_dropped):,} more would be "
        f"dropped, {len(effect.newly_kept):,} more kept."
    )


def reasons(effect: Effect) -> Mapping[ConversationId, Sequence[str]]:
    """The titles of the rules that have a part in dropping each dropped conversation."""
    found: dict[ConversationId, list[str]] = {}
    for name, rule in effect.rules.items():
        for dropped in rule.dropped:
            found.setdefault(dropped, []).append(HEURISTICS[name].look.title)
    return found


def opening_of(workspace: Workspace, name: ConversationId) -> str:
    """How a conversation begins, in one line."""
    try:
        messages = review.open_conversation(workspace, name).conversation.messages
    except NotFound:
        return "(no longer there)"
    return one_line(messages[0].content, 90) if messages else "(empty)"


def nothing_to_tag() -> None:
    """Say that there are no conversations yet, and where they come from."""
    with st.container(border=True, key="tagging-nothing"):
        st.markdown(
            "**No conversations to try it on yet.** Rules and judges look at what runs make and "
            "imports bring; what they find is shown here."
        )
        with st.container(horizontal=True):
            if pressed("Import a file", key="empty.imports", type="primary",
                       icon=":material/upload_file:"):  # fmt: skip
                go_to("imports")
            if pressed("Run an example", key="empty.home", icon=":material/play_arrow:"):
                go_to("home")


def _changed_list(bench: Bench, effect: Effect) -> None:
    why = reasons(effect)
    for title, names in (
        ("More would be dropped", effect.newly_dropped),
        ("More would be kept", effect.newly_kept),
    ):
        if names:
            st.markdown(f"**{title}** :gray[{len(names):,}]")
        for name in names[:SHOWN]:
            _changed(bench, name, why.get(name, ()))
        if len(names) > SHOWN:
            st.caption(f"and {len(names) - SHOWN:,} more")


def _changed(bench: Bench, name: ConversationId, why: Sequence[str]) -> None:
    told = f"  \n:small[:gray[{literal(', '.join(why))}]]" if why else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{literal(opening_of(bench.workspace, name))}{told}", width="stretch")
        if pressed("Open", key=f"tagging.which.{name}", type="tertiary"):
            go_to("review", conversation=name)
