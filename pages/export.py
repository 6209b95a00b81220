"""Export: choose a format and a selection, see what it gives, write it."""

import streamlit as st

from grasp_ui.model.selection import Selection
from grasp_ui.services import exports, review, runs
from grasp_ui.ui.exporting import chosen_format, export_request, show_preview, write_button
from grasp_ui.ui.filters import filter_bar, selection_of_address
from grasp_ui.ui.session import workspace
from grasp_ui.ui.shell import empty_state, title_row

opened = workspace()
title_row("Export", "Files that trainers load. Whatever is left out is counted by its reason.")

selection = selection_of_address()
if not review.find(opened, Selection(), limit=1).total:
    empty_state(
        "Nothing to export yet",
        action="Run a graph first: open an example and press Run.",
        page="home",
        icon="ios_share",
    )
    st.stop()

card = chosen_format()
filter_bar(
    selection, runs=runs.recent_runs(opened, 200), tags=review.tag_names(opened), is_ordered=False
)
request = export_request(card, selection)
if request is not None:
    with st.spinner("Looking at what would be written …"):
        preview = exports.preview(opened, request)
    write_button(opened, request, preview)
    show_preview(preview)
