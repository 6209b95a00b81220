"""Blocks beside the canvas: save what is selected, look after the saved ones."""

from collections.abc import Callable

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.services.blocks import (
    Block,
    block_of,
    delete_block,
    list_blocks,
    rename_block,
    save_block,
)
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.shelf import GROUP, help_of
from grasp_ui.ui.shell import failed_state, toast

KEY = "design.blocks"
EMPTY = (
    "No blocks yet. Select a few nodes on the canvas, open this again, and save them as a block: "
    f"it then stands in the palette under *{GROUP}*, for every graph."
)
HINT = f"Drag a block from *{GROUP}* in the palette onto the canvas, or click it there."


def blocks_button(desk: Desk) -> None:
    """The way to the dialog with the blocks."""
    st.button(
        "Blocks", key=f"{KEY}.button", icon=":material/widgets:", on_click=_open,
        help="Save the selected nodes as a block; rename and delete blocks.",
    )  # fmt: skip
    if st.session_state.get(f"{KEY}.is_open"):
        st.dialog("Blocks", icon=":material/widgets:", on_dismiss=_shut)(blocks_form)(desk)


def blocks_form(desk: Desk) -> None:
    """The selection to save, and the saved blocks to rename and delete."""
    selected = desk.selected("nodes")
    if selected:
        _save_form(desk, selected)
    blocks, faults = list_blocks(desk.workspace)
    if blocks:
        st.caption(HINT)
    elif not selected:
        st.markdown(f":gray[{EMPTY}]")
    refused = st.session_state.pop(f"{KEY}.refused", "")
    if refused:
        failed_state(refused, key="block-change")
    for name, block in blocks.items():
        _kept_block(desk, name, block)
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
        notes = st.text_input(
            "What it does", key=f"{KEY}.notes", placeholder="Judge, then answer again",
            help="One line, shown in the palette below the title.",
        )  # fmt: skip
        text = st.text_area(
            "Parameters", key=f"{KEY}.parameters", placeholder="topic = tea", height=80,
            help="One a line, `name = text`: wherever the text stands in these nodes, "
            "another can be put when the block is put in.",
        )  # fmt: skip
        if not st.form_submit_button("Save block", icon=":material/save:"):
            return
    if not title.strip():
        failed_state("The block has no title. Write one.", key="block-title")
        return
    block = block_of(
        desk.spec, selected, title.strip(), parameters_in(text), notes=notes.strip()
    )  # fmt: skip
    try:
        save_block(desk.workspace, block)
    except GraspError as error:
        failed_state(str(error), key="block-save")
        return
    toast(f"Saved: it is in the palette under {GROUP}.")
    st.rerun()


def _kept_block(desk: Desk, name: str, block: Block) -> None:
    """One block: its title to write over, what is in it, and the way to delete it."""
    key = f"{KEY}.{name}"
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input(
                "Title", value=block.title, key=f"{key}.title", on_change=_rename, args=(desk, name)
            )
            st.button(
                "Delete", key=f"{key}.delete", icon=":material/delete:", type="tertiary",
                help="Nodes that were made of it stay where they are.",
                on_click=_delete, args=(desk, name),
            )  # fmt: skip
        asked = f" · asks for {', '.join(block.parameters)}" if block.parameters else ""
        st.caption(literal(f"{help_of(block)}{asked}"))


def _rename(desk: Desk, name: str) -> None:
    title = st.session_state[f"{KEY}.{name}.title"].strip()
    if title:
        _change(lambda: rename_block(desk.workspace, name, title))


def _delete(desk: Desk, name: str) -> None:
    _change(lambda: delete_block(desk.workspace, name))


def _change(deed: Callable[[], object]) -> None:
    """Do it, or keep what was wrong for the next time the dialog is drawn."""
    try:
        deed()
    except GraspError as error:
        st.session_state[f"{KEY}.refused"] = str(error)


def _open() -> None:
    st.session_state[f"{KEY}.is_open"] = True


def _shut() -> None:
    st.session_state.pop(f"{KEY}.is_open", None)
