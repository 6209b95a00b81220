"""Run: choose a graph, say how many, start, watch, stop; and all earlier runs."""

import streamlit as st

from grasp_ui.services import runs
from grasp_ui.ui.launch import choose_graph, run_request, show_forecast, start_button
from grasp_ui.ui.run_compare import compare
from grasp_ui.ui.run_list import all_runs
from grasp_ui.ui.session import address, current_graph, current_run, workspace
from grasp_ui.ui.shell import empty_state, title_row
from grasp_ui.ui.watching import watch

opened = workspace()
title_row("Run", "Many records in the background. A run goes on when you close the page.")

run_id = current_run()
if run_id is not None:
    watch(opened, run_id)
    compare(opened, run_id)

with st.container(border=True):
    chosen = choose_graph(opened, address("graph") or current_graph())
    if chosen is not None:
        request = run_request(opened, chosen)
        show_forecast(opened, request)
        start_button(opened, request)

if not runs.recent_runs(opened, 1):
    empty_state("No runs yet", action="Choose a graph above and press Start.", icon="play_circle")
    st.stop()

st.subheader("All runs", anchor=False)
all_runs(opened, run_id)
