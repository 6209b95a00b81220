"""The parts of the Import page: the file, what it is, the way in."""

from pathlib import Path
from typing import Any

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.services import import_look, imports
from grasp_ui.services.import_look import Detected, ImportPreview
from grasp_ui.services.imports import ImportRequest
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.cards import thread_card
from grasp_ui.ui.forms import Form, draw_form
from grasp_ui.ui.import_report import aside_table, counted
from grasp_ui.ui.neutral import literal, one_line
from grasp_ui.ui.press import pressed
from grasp_ui.ui.shell import empty_state, failed_state
from grasp_ui.ui.sizes import in_words

PREVIEW = "import.preview"
UPLOAD = "import.upload"
SHOWN = 3
NO_RULES = "none"


def chosen_file(workspace: Workspace) -> Path | None:
    """A path of this machine, which counts where both are there, or an upload."""
    left, right = st.columns(2, gap="large")
    typed = left.text_input(
        "Path of a file",
        key="import.path",
        placeholder="/data/oasst_ready.trees.jsonl.gz",
        help="On the machine on which this program runs. The way for large files.",
    )
    dropped = right.file_uploader(
        "Or a file from here", type=["jsonl", "json", "gz"], key="import.file"
    )
    if typed.strip():
        return Path(typed.strip().strip("\"'")).expanduser()
    return _uploaded(workspace, dropped) if dropped is not None else None


def show_nothing() -> None:
    """How to begin."""
    empty_state(
        "Nothing chosen yet",
        action="Name a file above, or drop one there. Nothing is stored before you press Import.",
        icon="upload_file",
    )


def show_formats() -> None:
    """What can be imported."""
    with st.container(border=True):
        st.markdown("**What can be imported**")
        for card in import_look.formats():
            st.markdown(f"{literal(card.title)} :gray[{literal(card.help)}]")
        st.caption(
            "Packed by gzip or not. What people said in the file comes along: labels, reviews and "
            "ranks. `grasp import FILE` does the same from the command line."
        )


def looked_at(path: Path) -> ImportPreview | None:
    """The preview of the file at `path`; None where it cannot be read, which is said."""
    try:
        stamp = (str(path), path.stat().st_mtime_ns if path.exists() else 0)
        kept = st.session_state.get(PREVIEW)
        if kept is None or kept[0] != stamp:
            with st.spinner("Looking at the file …"):
                kept = (stamp, import_look.preview(path, SHOWN))
            st.session_state[PREVIEW] = kept
    except (GraspError, OSError) as error:
        st.session_state.pop(PREVIEW, None)
        failed_state(str(error), title="This file cannot be imported", key="import")
        return None
    found: ImportPreview = kept[1]
    return found


def import_form(workspace: Workspace, path: Path, preview: ImportPreview) -> None:
    """What was found, what is taken over, and the button that begins to take it in."""
    job = imports.newest_import(workspace)
    is_at_work = job is not None and job.view().is_running
    found = preview.detected
    with st.container(border=True):
        st.markdown(f":green[:material/check_circle:] {detected_line(found)}")
        left, right = st.columns([2, 1], gap="large")
        with left:
            said = draw_form(found.config, {}, Form(key=f"import.{found.format}"))
        names = imports.profile_names(workspace)
        profile = right.selectbox(
            "Rules that tag it", names, key="import.profile", format_func=_profile_name
        )
        asked = pressed(
            "Import", key="import.start", type="primary", icon=":material/download:",
            disabled=is_at_work, help="One import at a time." if is_at_work else None,
        )  # fmt: skip
        if asked:
            _start(workspace, ImportRequest(path, found.format, said, profile))


def show_preview(preview: ImportPreview) -> None:
    """The first conversations as they will be, and what of those lines is set aside."""
    st.subheader("As it will be", anchor=False)
    if not preview.conversations:
        st.caption("No conversation could be read from the first lines.")
    for number, tagged in enumerate(preview.conversations):
        with st.expander(_summary(tagged), expanded=number == 0):
            thread = tagged.conversation.active_thread()
            if thread is not None:
                thread_card(thread, tagged)
    if preview.set_aside:
        st.markdown(f":orange-badge[{len(preview.set_aside):,}] set aside among the first lines")
        aside_table(preview.set_aside)
    if not preview.is_whole:
        st.caption("The file has more conversations.")


def detected_line(found: Detected) -> str:
    """What a file was found to be, as Markdown."""
    layouts = ", ".join(literal(name) for name in found.layouts) or "unknown objects"
    size = in_words(found.size)
    return f"**{literal(found.title)}**, {layouts} · {literal(found.path.name)} · {size}"


def _start(workspace: Workspace, request: ImportRequest) -> None:
    try:
        imports.start_import(workspace, request)
    except GraspError as error:
        failed_state(str(error), title="The import did not begin", key="import")
        return
    st.rerun()


def _uploaded(workspace: Workspace, dropped: Any) -> Path:
    kept = st.session_state.get(UPLOAD)
    if kept is None or kept[0] != dropped.file_id:
        path = import_look.keep_upload(workspace, dropped.name, dropped.getvalue())
        st.session_state[UPLOAD] = kept = (dropped.file_id, path)
    path = kept[1]
    assert isinstance(path, Path)  # noqa: S101 - nothing else is put there
    return path


def _summary(tagged: TaggedConversation) -> str:
    messages = tagged.conversation.messages
    first = literal(one_line(messages[0].content, 80)) if messages else ""
    pairs = len(tagged.preferences)
    told = f" · {counted(pairs, 'preference')}" if pairs else ""
    return f"{first} · {counted(len(messages), 'message')}{told}"


def _profile_name(name: str) -> str:
    return "No rules" if name == NO_RULES else name
