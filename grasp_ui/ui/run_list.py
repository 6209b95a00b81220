"""The list of all runs: fresh while one of them goes on, and a way to each."""

import streamlit as st

from grasp_ui.model.value import RunId
from grasp_ui.services import runs
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.live import run_table
from grasp_ui.ui.session import go_to

MOST = 200
BEAT_SECONDS = 2.0


def all_runs(workspace: Workspace, watched: RunId | None) -> None:
    """The newest runs as a table; a click on a row other than `watched` opens it."""
    goes_on = any(run.state == "running" for run in runs.recent_runs(workspace, MOST))
    st.fragment(_table, run_every=BEAT_SECONDS if goes_on else None)(workspace, watched)


def _table(workspace: Workspace, watched: RunId | None) -> None:
    found = runs.recent_runs(workspace, MOST)
    table = run_table(found)
    # A selection is a row's number: a list with another first row is another list.
    picked = st.dataframe(
        table,
        hide_index=True,
        key=f"run.table.{watched or ''}.{len(found)}.{found[0].id}",
        on_select="rerun",
        selection_mode="single-cell",
        column_order=[name for name in table.columns if name != "Run"],
    )
    cells = picked.selection.cells
    if cells:
        go_to("run", run=found[cells[0][0]].id)
