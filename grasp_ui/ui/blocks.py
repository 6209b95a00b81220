"""Blocks beside the canvas: save what is selected, put a saved one in."""

from typing import Any

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.services.blocks import Block, block_of, insert_block, list_blocks, save_block
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.shell import failed_state, toast

KEY = "design.blocks"
EMPTY = (
    "No blocks yet. Select a few nodes on the canvas, open this again, and save them as a block: "
    "it can be put into every graph."
)


def blocks_button(desk: Desk) -> None:
    """The way to the dialog with the blocks."""
    st.button(
        "Blocks", key=f"{KEY}.button", icon=":material/widgets:", on_click=_open,
        help="Save the selected nodes as a block, or put a saved one in.",
    )  # fmt: skip
    if st.session_state.get(f"{KEY}.is_open"):
        st.dialog("Blocks", icon=":material/widgets:", on_dismiss=_shut)(blocks_form)(desk)


def blocks_form(desk: Desk) -> None:
    """The selection to save, and the saved blocks with their parameters."""
    selected = desk.selected("nodes")
    if selected:
        _save_form(desk, selected)
    blocks, faults = list_blocks(desk.workspace)
    if not blocks and not selected:
        st.markdown(f":gray[{EMPTY}]")
    for block in blocks:
        _block_form(desk, block)
    for number, fault in enumerate(faults):
        failed_state(fault, title="A file is no block", key=f"block-{number}")


def parameters_in(text: str) -> dict[str, str]:
    r"""Names and texts from lines `name = text`; other lines are left out.

    Example:
        >>> parameters_in("topic = tea and milk\nnothing")
        {'topic': 'tea and milk'}
    """
    parts = (line.partition("=") for line in text.splitlines())
    named = {name.strip(): value.strip() for name, _, value in parts}
    return {name: value for name, value in named.items() if name.isidentifier() and value}


def _save_form(desk: Desk, selected: list[str]) -> None:
    with st.form(f"{KEY}.save", border=True):
        st.markdown(f"**Save as a block:** {literal(', '.join(selected))}")
        title = st.text_input("Title", key=f"{KEY}.title", placeholder="Critique loop")
        text = st.text_area(
            "Parameters", key=f"{KEY}.parameters", placeholder="topic = tea", height=80,
            help="One a line, `name = text`: wherever the text stands in these nodes, "
            "another can be put when the block is inserted.",
        )  # fmt: skip
        if not st.form_submit_button("Save block", icon=":material/save:"):
            return
    if not title.strip():
        failed_state("The block has no title. Write one.", key="block-title")
        return
    try:
        save_block(
            desk.workspace, block_of(desk.spec, selected, title.strip(), parameters_in(text))
        )
    except GraspError as error:
        failed_state(str(error), key="block-save")
        return
    toast("Saved as a block.")
    st.rerun()


def _block_form(desk: Desk, block: Block) -> None:
    with st.form(f"{KEY}.insert.{block.title}", border=True):
        st.markdown(f"**{literal(block.title)}** :gray[{literal(', '.join(block.nodes))}]")
        values: dict[str, Any] = {}
        for name, default in block.parameters.items():
            key = f"{KEY}.{block.title}.{name}"
            said = st.text_input(name, value=str(default), key=key)
            values[name] = default if said == str(default) else said
        if st.form_submit_button("Insert", icon=":material/add:"):
            spec, names = insert_block(desk.spec, block, values)
            desk.change(spec)
            _shut()
            toast(f"Inserted: {literal(', '.join(names))}.")
            st.rerun()


def _open() -> None:
    st.session_state[f"{KEY}.is_open"] = True


def _shut() -> None:
    st.session_state.pop(f"{KEY}.is_open", None)
