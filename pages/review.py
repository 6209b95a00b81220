"""Review: find conversations, read one with its tags, and have the last word."""

import streamlit as st

from grasp_ui.model.selection import Selection
from grasp_ui.model.value import ConversationId
from grasp_ui.services import review, runs
from grasp_ui.ui.filters import filter_bar, selection_of_address
from grasp_ui.ui.listing import conversation_table, page_picker
from grasp_ui.ui.overrides import Reviewer
from grasp_ui.ui.press import pressed
from grasp_ui.ui.reading import read_one
from grasp_ui.ui.review_charts import show_charts
from grasp_ui.ui.session import address, number_in_address, person, workspace
from grasp_ui.ui.shell import empty_state, title_row

PAGE = 25
VISIT = "review.visit"
opened = workspace()
selection = selection_of_address()
names = review.tag_names(opened)


def show_list() -> None:
    """A page of the conversations, and their charts."""
    title_row("Review", "Rules and judges have tagged each conversation; you have the last word.")
    filter_bar(selection, runs=runs.recent_runs(opened, 200), tags=names)
    number = number_in_address("page", first=1)
    found = review.find(opened, selection, offset=(number - 1) * PAGE, limit=PAGE)
    if not found.total:
        show_nothing()
        return
    table, pictures = st.tabs(
        [f":material/table_rows: Conversations ({found.total:,})", ":material/bar_chart: Charts"],
        key="review.tab",
        on_change="rerun",
    )
    with table:
        with st.container(horizontal=True, vertical_alignment="center"):
            if pressed("Read one by one", key="review.first", icon=":material/forum:"):
                step_to((number - 1) * PAGE)
            st.caption("Or click a row to read it.", width="content")
        version = (selection, number, st.session_state.setdefault(VISIT, 0))
        clicked = conversation_table(found.rows, key=f"review.table.{hash(version)}")
        if clicked is not None:
            step_to((number - 1) * PAGE + clicked)
        page_picker(found.total, PAGE, number)
    with pictures:
        if pictures.open:
            show_charts(opened, selection)


def show_nothing() -> None:
    """Why the list is empty, and what to do."""
    if selection == Selection():
        empty_state(
            "No conversations yet",
            action="Run a graph: open an example and press Run. Or import a file.",
            page="home",
            icon="forum",
        )
    else:
        empty_state(
            "Nothing matches", action="Widen the filters, or clear them.", icon="filter_alt"
        )


def show_one(conversation_id: ConversationId) -> None:
    """One conversation, with the ways back and on."""
    number = number_in_address("row")
    tagged = review.open_conversation(opened, conversation_id)
    where = "its file" if tagged.conversation.source == "imported" else "its run"
    note = f"Record {tagged.conversation.record_index + 1} of {where}. You decide as {person()}."
    with title_row("Review", note):
        if pressed("Back to the list", key="review.back", icon=":material/arrow_back:"):
            leave()
        if pressed("Previous", key="review.previous", disabled=number < 1):
            step_to(number - 1)
        if pressed("Next", key="review.next", icon=":material/arrow_forward:"):
            step_to(number + 1)
    reviewer = Reviewer(opened, person(), version=len(tagged.reviews))
    read_one(tagged, reviewer, tag_names=names)


def step_to(number: int) -> None:
    """Open conversation `number` of the selection; the list after the last."""
    rows = review.find(opened, selection, offset=number, limit=1).rows
    if not rows:
        leave()
    st.session_state[VISIT] = st.session_state.get(VISIT, 0) + 1
    st.query_params.update({"conversation": rows[0].conversation.id, "row": str(number)})
    st.rerun()


def leave() -> None:
    """Back to the list."""
    for name in ("conversation", "row"):
        st.query_params.pop(name, None)
    st.rerun()


if address("conversation"):
    show_one(ConversationId(address("conversation")))
else:
    show_list()
