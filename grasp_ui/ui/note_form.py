"""The form of a sticky note: what it says, and in which colour."""

from typing import Annotated

import streamlit as st
from pydantic import BaseModel, Field

from grasp_ui.model.fields import Passage
from grasp_ui.model.graph import NoteColor, StickyNote
from grasp_ui.model.value import JsonObject
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.forms import Form, changed_value, draw_form

MARK = "@"
"""What the canvas puts before the name of a note."""


class NoteSettings(BaseModel):
    """What can be said of a sticky note beside its place and size."""

    text: Annotated[
        Passage,
        Field(title="Text", description="Plain text for people; a run takes no notice of it."),
    ] = ""
    color: Annotated[NoteColor, Field(title="Colour")] = "yellow"


def selected_notes(desk: Desk) -> list[str]:
    """The names of the selected notes that are still there."""
    chosen = [name for name in desk.selection.get("nodes", ()) if name.startswith(MARK)]
    return [name[1:] for name in chosen if name[1:] in desk.spec.sticky_notes]


def note_form(desk: Desk, name: str) -> None:
    """A note's text and colour; moving, sizing and deleting are the canvas's."""
    st.markdown(
        "###### Note",
        anchors=False,
        help="A double click on it writes there. Drag it, or its corner, and delete it by key.",
    )

    def changed(field: str) -> None:
        notes = desk.spec.sticky_notes
        if name not in notes:  # undone on the canvas while its form was still on screen
            return
        now = _values(notes[name])
        said = NoteSettings.model_validate(changed_value(NoteSettings, now, form, field))
        fresh = notes[name].model_copy(update=said.model_dump(include={field}))
        desk.change(desk.spec.model_copy(update={"sticky_notes": {**notes, name: fresh}}))

    form = Form(key=f"design.{desk.graph_id}.{MARK}{name}", on_change=changed)
    draw_form(NoteSettings, _values(desk.spec.sticky_notes[name]), form)


def _values(note: StickyNote) -> JsonObject:
    return {"text": note.text, "color": note.color}
