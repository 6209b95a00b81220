"""Conversations as a table: what each is about, and what became of it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from grasp_ui.model.effective import EffectiveTag, Verdict
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.ui import theme
from grasp_ui.ui.neutral import one_line

MARKS = {"keep": "✓ ", "drop": "✕ ", "disputed": "? "}
COLUMNS = ["Verdict", "Begins", "Ends", "Score", "Tags", "Turns", "Reviewed"]


def conversation_rows(rows: Sequence[TaggedConversation]) -> pd.DataFrame:
    """The table of `rows`, in their order."""
    return pd.DataFrame([_row(tagged) for tagged in rows], columns=COLUMNS)


def conversation_table(rows: Sequence[TaggedConversation], *, key: str) -> int | None:
    """Draw the table; gives the number of the row that was clicked, if one was."""
    picked = st.dataframe(
        conversation_rows(rows),
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height="content",
        column_config={
            "Verdict": st.column_config.TextColumn(width=90),
            "Begins": st.column_config.TextColumn(width=300),
            "Ends": st.column_config.TextColumn(width=300),
            "Score": st.column_config.ProgressColumn(
                min_value=0, max_value=1, format="%.2f", width=110
            ),
            "Tags": st.column_config.ListColumn(width=230),
            "Turns": st.column_config.NumberColumn(width=60),
            "Reviewed": st.column_config.CheckboxColumn(width=80),
        },
    )
    cells = picked.selection.cells
    return int(cells[0][0]) if cells else None


def best_verdict(tagged: TaggedConversation) -> Verdict | None:
    """The verdict of the active thread; of the first one where that has none."""
    thread = tagged.conversation.active_thread()
    found = tagged.verdicts.get(thread.leaf_id) if thread else None
    return found or next(iter(tagged.verdicts.values()), None)


def _row(tagged: TaggedConversation) -> dict[str, Any]:
    thread, verdict = tagged.conversation.active_thread(), best_verdict(tagged)
    messages = thread.messages if thread else ()
    return {
        "Verdict": MARKS[verdict.state] + theme.VERDICTS[verdict.state].word if verdict else "",
        "Begins": one_line(messages[0].content, 160) if messages else "",
        "Ends": one_line(messages[-1].content, 160) if messages else "",
        "Score": verdict.score if verdict else None,
        "Tags": list(dict.fromkeys(_chip(tag) for tag in tagged.effective if _speaks(tag))),
        "Turns": len(messages),
        "Reviewed": bool(tagged.reviews),
    }


def _speaks(tag: EffectiveTag) -> bool:
    return tag.action in ("reject", "warn") or tag.source in ("judge", "person")


def _chip(tag: EffectiveTag) -> str:
    mark = {"reject": "✕ ", "warn": "! ", "pass": "✓ "}.get(tag.action, "")
    return f"{mark}{tag.name}"


def page_picker(total: int, size: int, number: int) -> None:
    """The pages of a list that does not fit one; the choice goes into the address."""
    count = -(-total // size)
    if count < 2:
        return
    key = f"pages.{count}"
    if st.session_state.get(key) not in (None, number):
        st.session_state[key] = number
    st.pagination(
        count, default=min(number, count), key=key, on_change=_turn, args=(key,)
    )  # fmt: skip


def _turn(key: str) -> None:
    st.query_params["page"] = str(st.session_state[key])
