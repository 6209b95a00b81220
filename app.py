"""The app: `streamlit run app.py` serves it on 127.0.0.1."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

import grasp_ui.ui
from grasp_ui.ui.routes import MIDDLEWARE


@asynccontextmanager
async def open_until_the_end(_app: st.App) -> AsyncIterator[None]:
    """Close what the pages opened when the server ends."""
    yield
    st.cache_resource.clear()


app = st.App(
    Path(grasp_ui.ui.__file__).with_name("main.py"),
    middleware=MIDDLEWARE,
    lifespan=open_until_the_end,
)

if __name__ == "__main__":
    app.run()
