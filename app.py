"""The app: `streamlit run app.py` serves it on 127.0.0.1."""

from pathlib import Path

import streamlit as st

import grasp_ui.ui
from grasp_ui.ui.routes import MIDDLEWARE

app = st.App(Path(grasp_ui.ui.__file__).with_name("main.py"), middleware=MIDDLEWARE)

if __name__ == "__main__":
    app.run()
