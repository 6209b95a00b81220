"""The frame of every page: its title row, and the states empty and failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from grasp_ui import errors
from grasp_ui.ui import theme
from grasp_ui.ui.press import pressed
from grasp_ui.ui.session import go_to

ASSETS = Path(__file__).with_name("assets")
ABOUT = "**GraSP UI** draws dialogue graphs, runs, tags, reviews and exports them. Apache-2.0."


def dress(title: str) -> None:
    """Set the window's title, the logo and what the theme's settings cannot say."""
    st.set_page_config(
        page_title=f"{title} · GraSP UI",
        page_icon=str(ASSETS / "icon.svg"),
        layout="wide",
        menu_items={"About": ABOUT, "Get help": None, "Report a bug": None},
    )
    st.logo(ASSETS / "logo.svg", size="large")
    st.html(ASSETS / "pages.css")
    if theme.ground() == "dark":
        st.html(ASSETS / "dark.css")


@contextmanager
def guarded() -> Iterator[None]:
    """Show what went wrong as the page's failed state, instead of a traceback."""
    try:
        yield
    except errors.GraspError as error:
        st.session_state.pop("graph", None)
        failed_state(str(error), title=_headline(error))
        if isinstance(error, errors.NotFound):
            if pressed("Go to Home", key="failed.home", icon=":material/arrow_back:"):
                go_to("home")
        elif pressed("Try again", key="failed.again", icon=":material/refresh:"):
            st.rerun()


def title_row(title: str, note: str = "") -> DeltaGenerator:
    """The page's title with a line below it; gives the place for actions beside it."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="title-row"):
        with st.container(gap=None):
            st.title(title, anchor=False)
            if note:
                st.caption(note)
        return st.container(
            horizontal=True, horizontal_alignment="right", width="content", key="title-actions"
        )


def empty_state(what: str, *, action: str, page: str = "", icon: str = "inbox") -> None:
    """Say that there is nothing yet, and what to do; `page` adds a button to there."""
    with st.container(key=f"state-empty-{icon}", gap="small"):
        st.markdown(f"### :gray[:material/{icon}:] {what}")
        st.markdown(f":gray[{action}]")
        if page:
            label = f"Go to {page.title()}"
            if pressed(label, key=f"empty.{page}", type="primary", icon=":material/arrow_forward:"):
                go_to(page)


def failed_state(what: str, *, title: str = "That did not work", key: str = "page") -> None:
    """Say what failed, with the program's own words, which tell what to do."""
    with st.container(key=f"failed-{key}", border=True):
        st.markdown(f"#### :red[:material/error:] {title}")
        st.text(what)


def toast(text: str, *, good: bool = True) -> None:
    """A short note that something happened."""
    st.toast(text, icon=":material/check_circle:" if good else ":material/error:")


def _headline(error: errors.GraspError) -> str:
    match error:
        case errors.StoreHeld():
            return "The store is in use"
        case errors.StoreTooNew():
            return "The store is newer than this program"
        case errors.UnreadableFile():
            return "A file cannot be read"
        case errors.NotFound():
            return "Not found"
        case _:
            return "That did not work"
