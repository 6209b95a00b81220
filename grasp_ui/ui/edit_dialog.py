"""The dialog in which a person writes a message anew."""

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.conversation import Message
from grasp_ui.services import edits
from grasp_ui.services.edits import Rewrite
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.press import pressed
from grasp_ui.ui.shell import failed_state, toast


def edit_button(workspace: Workspace, message: Message, *, person: str) -> None:
    """A pencil that opens the dialog for one message."""
    key = f"review.edit.{message.id}"
    if pressed("Edit text", key=key, icon=":material/edit_note:", type="tertiary"):
        edit_dialog(workspace, message, person)


@st.dialog("Edit text", width="large", icon=":material/edit_note:")
def edit_dialog(workspace: Workspace, message: Message, person: str) -> None:
    """The text as it reads now; what is saved stands in its place in exports too."""
    key = f"review.edit.{message.id}"
    with st.form(f"{key}.form", border=False):
        text = st.text_area("Text", value=message.content, key=f"{key}.text", height=280)
        reason = st.text_input("Reason", key=f"{key}.reason", placeholder="Why?")
        st.caption(
            "The first text stays beside it. Rules look at the new one at once; what judges said "
            "of the old one counts no more until they are asked again."
        )
        if st.form_submit_button("Save text", key=f"{key}.save", type="primary"):
            rewrite = Rewrite(message.id, text, message.content, reason)
            _save(workspace, message, rewrite, person)


def _save(workspace: Workspace, message: Message, rewrite: Rewrite, person: str) -> None:
    try:
        edits.edit_text(workspace, message.conversation_id, rewrite, person=person)
    except GraspError as error:
        failed_state(str(error), title="Not saved", key=f"review.edit.{message.id}.failed")
    else:
        toast("Text kept; the first one stays beside it.")
        st.rerun()
