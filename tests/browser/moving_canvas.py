"""A page that draws its canvas in another place after each Ctrl+S."""

import streamlit as st

from tests.ui.canvas.canvas_app import draw


def page() -> None:
    """Two columns; the canvas is in one of them."""
    st.set_page_config(layout="wide")
    heard = st.session_state.get("heard", [])
    saved = sum(message.get("command") == "save" for message in heard)
    with st.columns(2)[saved % 2]:
        draw()


if __name__ == "__main__":
    page()
