"""A page with nothing but a canvas, for tests."""

import streamlit as st

from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.ui.canvas.component import canvas, status_pump
from grasp_ui.ui.canvas.editing import Editing
from grasp_ui.ui.canvas.protocol import document_of

KINDS = {
    "turn": {"title": "Turn", "help": "Speaks.", "group": "", "icon": "chat", "color": "#4250c8"}
}
KEY = "canvas.test"
DRAWN = GraphSpec(
    nodes={name: NodeSpec(kind="turn") for name in ("a", "b")},
    edges=(EdgeSpec(source="a", target="b"),),
)


def draw() -> None:
    """Draw the canvas and its pump as a page does."""
    if "hidden" in st.session_state:
        return
    editing = st.session_state.setdefault("editing", Editing(DRAWN))
    heard = st.session_state.setdefault("heard", [])
    canvas(
        document_of(editing.spec),
        key=KEY,
        kinds=KINDS,
        session=editing.id,
        acknowledged=editing.acknowledged,
        server_revision=editing.server_revision,
        renamed=editing.renamed,
        on_edit=editing.take,
        on_select=heard.append,
        on_command=heard.append,
    )
    status_pump(KEY, {"state": "running", "records": 1, "done": 0, "nodes": {}, "edges": {}})


if __name__ == "__main__":
    draw()
