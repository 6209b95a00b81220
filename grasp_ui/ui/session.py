"""What a page's session knows: the workspace, the person, the address."""

import streamlit as st

from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services.settings import default_person
from grasp_ui.services.workspace import Workspace, open_workspace

WISHES = "address.wishes"
PAGE = "address.page"


@st.cache_resource(show_spinner="Opening the workspace …", on_release=Workspace.close)
def workspace() -> Workspace:
    """The one workspace of this process; `workspace.clear()` closes it."""
    return open_workspace()


def person() -> str:
    """Who reviews here: the name in Settings, else the account's."""
    return default_person(workspace().settings)


def address(name: str) -> str:
    """A value of the page's address, such as `run`; empty where it is absent."""
    return st.query_params.get(name, "")


def wishes() -> dict[str, str]:
    """What is to stand in the address from the page's next run on.

    Ask for it before a deed and write its outcome in behind it: wherever Streamlit is asked for
    anything, a newer rerun may break the run off, and who wrote into the address itself then
    would have started a run that no page shows.
    """
    kept: dict[str, str] = st.session_state.setdefault(WISHES, {})
    return kept


def write_wishes(page: str) -> None:
    """Write what was wished for on `page` into the address; elsewhere forget it."""
    wished = wishes()
    if st.session_state.setdefault(PAGE, page) != page:
        wished.clear()
        st.session_state[PAGE] = page
    if wished:
        st.query_params.update(wished)
        wished.clear()


def go_to(page: str, **query: str) -> None:
    """Open another page, with these values in its address."""
    st.switch_page(st.session_state["pages"][page], query_params=query)


def current_graph() -> GraphId:
    """The graph that this session works on: the address's, else the last; or none."""
    named = address("graph") or st.session_state.get("graph", "")
    st.session_state["graph"] = named
    return GraphId(named)


def current_run() -> RunId | None:
    """The run that the address names."""
    return RunId(address("run")) if address("run") else None


def number_in_address(name: str, *, first: int = 0) -> int:
    """A whole number of the address, `first` where it is none or smaller."""
    written = address(name)
    return max(first, int(written)) if written.isdecimal() else first
