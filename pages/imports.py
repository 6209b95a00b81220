"""Import: choose a file, see what it is and will be, take it in."""

import streamlit as st

from grasp_ui.ui.importing import (
    REPORT,
    chosen_file,
    import_form,
    looked_at,
    show_nothing,
    show_preview,
    show_report,
)
from grasp_ui.ui.session import workspace
from grasp_ui.ui.shell import title_row

opened = workspace()
title_row("Import", "Conversations from elsewhere, with what people said of them.")

path = chosen_file(opened)
if path is None:
    show_nothing()
    st.stop()

preview = looked_at(path)
if preview is None:
    st.stop()

import_form(opened, path, preview)
if REPORT in st.session_state:
    show_report(opened, st.session_state[REPORT])
else:
    show_preview(preview)
