"""Run: choose a graph, say how many, start, watch, stop; and all earlier runs."""

import streamlit as st

from grasp_ui.services import runs
from grasp_ui.ui.launch import choose_graph, run_request, show_forecast, start_button
from grasp_ui.ui.live import run_table
from grasp_ui.ui.session import address, current_graph, current_run, go_to, workspace
from grasp_ui.ui.shell import empty_state, title_row
from grasp_ui.ui.watching import watch

opened = workspace()
title_row("Run", "Many records in the background. A run goes on when you close the page.")

run_id = current_run()
if run_id is not None:
    watch(opened, run_id)

with st.container(border=True):
    chosen = choose_graph(opened, address("graph") or current_graph())
    if chosen is not None:
        request = run_request(opened, chosen)
        show_forecast(opened, request)
        start_button(opened, request)

earlier = runs.recent_runs(opened, 200)
if not earlier:
    empty_state("No runs yet", action="Choose a graph above and press Start.", icon="play_circle")
    st.stop()

st.subheader("All runs", anchor=False)
table = run_table(earlier)
picked = st.dataframe(
    table,
    hide_index=True,
    key=f"run.table.{run_id or ''}.{len(earlier)}",
    on_select="rerun",
    selection_mode="single-cell",
    column_order=[name for name in table.columns if name != "Run"],
)
cells = picked.selection.cells
if cells:
    go_to("run", run=earlier[cells[0][0]].id)
