"""The script that Streamlit runs: names the pages and shows the chosen one."""

import streamlit as st

from grasp_ui.services.workspace import bundle
from grasp_ui.ui.session import write_wishes
from grasp_ui.ui.shell import dress, guarded

# Without icons: Streamlit would fetch a page's icon from another machine for the browser's tab.
NAMES = (
    "home", "design", "run", "imports", "tagging", "review", "calibration", "export", "settings",
)  # fmt: skip
TITLES = {"imports": "Import"}

folder = bundle() / "pages"
pages = {
    name: st.Page(
        folder / f"{name}.py", title=TITLES.get(name, name.title()), default=name == "home"
    )
    for name in NAMES
}
st.session_state["pages"] = pages
page = st.navigation(list(pages.values()), position="top")
dress(page.title)
write_wishes(page.title)
with guarded():
    page.run()
