"""The script that Streamlit runs: names the pages and shows the chosen one."""

import streamlit as st

from grasp_ui.services.workspace import bundle
from grasp_ui.ui.shell import dress, guarded

folder = bundle() / "pages"
pages = {
    "home": st.Page(folder / "home.py", title="Home", icon=":material/home:", default=True),
    "design": st.Page(folder / "design.py", title="Design", icon=":material/account_tree:"),
    "run": st.Page(folder / "run.py", title="Run", icon=":material/play_circle:"),
    "review": st.Page(folder / "review.py", title="Review", icon=":material/rate_review:"),
    "export": st.Page(folder / "export.py", title="Export", icon=":material/ios_share:"),
    "settings": st.Page(folder / "settings.py", title="Settings", icon=":material/tune:"),
}
st.session_state["pages"] = pages
page = st.navigation(list(pages.values()), position="top")
dress(page.title)
with guarded():
    page.run()
