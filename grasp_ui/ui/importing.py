"""The parts of the Import page: the file, what it is, what came of it."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.services import import_look, imports, review
from grasp_ui.services.import_look import Detected, ImportPreview
from grasp_ui.services.imports import ImportReport, ImportRequest
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui import theme
from grasp_ui.ui.cards import thread_card
from grasp_ui.ui.forms import Form, draw_form
from grasp_ui.ui.neutral import literal, one_line
from grasp_ui.ui.press import pressed
from grasp_ui.ui.session import go_to
from grasp_ui.ui.shell import empty_state, failed_state
from grasp_ui.ui.sizes import in_words

REPORT = "import.report"
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
    """What can be imported, and how to begin."""
    empty_state(
        "Nothing chosen yet",
        action="Name a file above, or drop one there. Nothing is stored before you press Import.",
        icon="upload_file",
    )
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
            st.session_state.pop(REPORT, None)
    except (GraspError, OSError) as error:
        st.session_state.pop(PREVIEW, None)
        failed_state(str(error), title="This file cannot be imported", key="import")
        return None
    found: ImportPreview = kept[1]
    return found


def import_form(workspace: Workspace, path: Path, preview: ImportPreview) -> None:
    """What was found, what is taken over, and the button that takes it in."""
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
        if pressed("Import", key="import.start", type="primary", icon=":material/download:"):
            _take_in(workspace, ImportRequest(path, found.format, said, profile))


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
        _aside_table([str(one) for one in preview.set_aside])
    if not preview.is_whole:
        st.caption("The file has more conversations.")


def show_report(workspace: Workspace, report: ImportReport) -> None:
    """What became of every message, and where to go on."""
    with st.container(border=True):
        st.markdown(f":green[:material/check_circle:] **{literal(report_line(report))}**")
        counts = {
            "Messages read": report.read,
            "Stored": report.stored,
            "Already there": report.already_there,
            "Repeated": report.repeated,
            "Set aside": report.set_aside_count,
        }
        for column, (label, count) in zip(st.columns(len(counts)), counts.items(), strict=True):
            column.metric(label, f"{count:,}")
        learned = f", learned models {report.learned_tags:,}" if report.learned_tags else ""
        st.caption(
            f"{report.tags:,} tags and {report.preferences:,} preferences came with them; "
            f"rules added {report.rule_tags:,} tags{learned}."
        )
        st.markdown(_verdicts(workspace))
        for reason, count in report.passed_over.items():
            st.markdown(f":orange-badge[{count:,}] passed over: {literal(reason)}")
        if report.set_aside:
            _aside_table([str(one) for one in report.set_aside])
        with st.container(horizontal=True):
            if pressed("Review what is imported", key="import.review", type="primary",
                         icon=":material/rate_review:"):  # fmt: skip
                go_to("review", origin="imported")
            if pressed("Export", key="import.export", icon=":material/ios_share:"):
                go_to("export", origin="imported")


def detected_line(found: Detected) -> str:
    """What a file was found to be, as Markdown."""
    layouts = ", ".join(literal(name) for name in found.layouts) or "unknown objects"
    size = in_words(found.size)
    return f"**{literal(found.title)}**, {layouts} · {literal(found.path.name)} · {size}"


def report_line(report: ImportReport) -> str:
    """What came of an import, in one sentence.

    Example:
        >>> report_line(ImportReport("a.jsonl", "oasst", conversations=3, set_aside_count=1))
        '3 conversations stored from a.jsonl, 0 were there already, 1 message set aside'
    """
    return (
        f"{_counted(report.conversations, 'conversation')} stored from {report.file}, "
        f"{report.conversations_already_there:,} were there already, "
        f"{_counted(report.set_aside_count, 'message')} set aside"
    )


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _verdicts(workspace: Workspace) -> str:
    """How many of all that is imported are kept, disputed and dropped, as Markdown."""
    counts = []
    for state, style in theme.VERDICTS.items():
        what = Selection(origin="imported", verdict=state)
        total = review.find(workspace, what, limit=1).total
        counts.append(theme.badge(style, f"{total:,} {style.word}"))
    return f"Of all imported conversations: {' '.join(counts)}"


def _take_in(workspace: Workspace, request: ImportRequest) -> None:
    bar = st.progress(0.0, text="Reading …")

    def progress(done: int, total: int) -> None:
        words = f"Importing … {done:,} of {total:,} messages"
        bar.progress(min(1.0, done / max(1, total)), text=words)

    try:
        st.session_state[REPORT] = imports.import_file(workspace, request, progress)
    except (GraspError, OSError) as error:
        st.session_state.pop(REPORT, None)
        failed_state(str(error), title="The import broke off", key="import")
        st.caption("What was stored before stays; the same file again takes in the rest.")
    bar.empty()


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
    told = f" · {_counted(pairs, 'preference')}" if pairs else ""
    return f"{first} · {_counted(len(messages), 'message')}{told}"


def _aside_table(lines: list[str]) -> None:
    st.dataframe(pd.DataFrame({"Set aside": lines}), hide_index=True, height="content")


def _profile_name(name: str) -> str:
    return "No rules" if name == NO_RULES else name
