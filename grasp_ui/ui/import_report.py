"""An import on its page: how far it is, how to cancel it, what came of it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from grasp_ui.interchange.rows import SetAside
from grasp_ui.model.selection import Selection
from grasp_ui.services import review
from grasp_ui.services.imports import ImportReport, ImportView, newest_import
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui import session, theme
from grasp_ui.ui.durations import seconds_in_words
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.session import go_to
from grasp_ui.ui.shell import failed_state
from grasp_ui.ui.sizes import in_words

STAYS = "What is stored stays. The same file again takes in the rest, and nothing twice."


def watch_import(workspace: Workspace) -> None:
    """The import that goes on, or the last one; nothing where there is none."""
    job = newest_import(workspace)
    if job is None:
        return
    view = job.view()
    if view.is_running:
        st.fragment(_watched, run_every=0.5)()
    else:
        _show_end(workspace, view)


def show_report(workspace: Workspace, report: ImportReport) -> None:
    """What became of every message, and where to go on."""
    counts = {
        "Messages read": report.read,
        "Stored": report.stored,
        "Already there": report.already_there,
        "Repeated": report.repeated,
        "Set aside": report.set_aside_count,
        **({"Not taken in": report.unfinished} if report.unfinished else {}),
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
        aside_table(report.set_aside)
    with st.container(horizontal=True):
        if pressed("Review what is imported", key="import.review", type="primary",
                     icon=":material/rate_review:"):  # fmt: skip
            go_to("review", origin="imported")
        if pressed("Export", key="import.export", icon=":material/ios_share:"):
            go_to("export", origin="imported")


def aside_table(lines: Sequence[SetAside]) -> None:
    """What was set aside, each with its line and the reason."""
    table = pd.DataFrame({"Set aside": [str(one) for one in lines]})
    st.dataframe(table, hide_index=True, height="content")


def report_line(report: ImportReport) -> str:
    """What came of an import, in one sentence.

    Example:
        >>> report_line(ImportReport("a.jsonl", "oasst", conversations=3, set_aside_count=1))
        '3 conversations stored from a.jsonl, 0 were there already, 1 message set aside'
    """
    return (
        f"{counted(report.conversations, 'conversation')} stored from {report.file}, "
        f"{report.conversations_already_there:,} were there already, "
        f"{counted(report.set_aside_count, 'message')} set aside"
    )


def progress_line(view: ImportView) -> str:
    """Where in its file an import is, as Markdown.

    Example:
        >>> from pathlib import Path
        >>> report = ImportReport("a.jsonl", "oasst", read=7, stored=5)
        >>> progress_line(ImportView(Path("a.jsonl"), report, "running", "", 3, 2_000, 9_000, 1.0))
        'Taking in: line 3, 2.0 kB of 9.0 kB, 5 messages stored'
    """
    where = f"line {view.line:,}, {in_words(view.bytes_read)} of {in_words(view.size)}"
    if view.is_counting:
        return f"Looking through it first: {where}"
    return f"Taking in: {where}, {counted(view.report.stored, 'message')} stored"


def counted(count: int, what: str) -> str:
    """A number with its noun.

    Example:
        >>> counted(1, "message"), counted(2000, "message")
        ('1 message', '2,000 messages')
    """
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _watched() -> None:
    """A running import; when it ends, the page is drawn with what came of it."""
    job = newest_import(session.workspace())
    if job is None or not job.view().is_running:
        st.rerun()
        return
    view = job.view()
    with st.container(border=True, key="import-job"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"##### Importing {literal(view.report.file)}", width="stretch", anchors=False
            )
            st.button("Cancel", key="import.cancel", icon=":material/stop:", on_click=job.cancel,
                      help="What is stored stays.")  # fmt: skip
        st.progress(view.share, text=progress_line(view))
        st.caption(
            f"{seconds_in_words(view.seconds)} so far. It goes on when this page is left or closed."
        )


def _show_end(workspace: Workspace, view: ImportView) -> None:
    if view.state == "failed":
        failed_state(view.reason, title="The import broke off", key="import")
    with st.container(border=True, key="import-end"):
        said = literal(report_line(view.report))
        match view.state:
            case "cancelled":
                st.markdown(f":gray[:material/stop_circle:] **Cancelled: {said}**")
            case "failed":
                st.markdown(f":orange[:material/warning:] **{said}**")
            case _:
                st.markdown(f":green[:material/check_circle:] **{said}**")
        if view.state != "done":
            st.markdown(STAYS)
        show_report(workspace, view.report)


def _verdicts(workspace: Workspace) -> str:
    """How many of all that is imported are kept, disputed and dropped, as Markdown."""
    counts = []
    for state, style in theme.VERDICTS.items():
        what = Selection(origin="imported", verdict=state)
        total = review.find(workspace, what, limit=1).total
        counts.append(theme.badge(style, f"{total:,} {style.word}"))
    return f"Of all imported conversations: {' '.join(counts)}"
