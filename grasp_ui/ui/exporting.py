"""The parts of the Export page: the format, what it would write, what was written."""

import io
import zipfile
from pathlib import Path

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.selection import Selection
from grasp_ui.services import exports
from grasp_ui.services.exports import ExportPreview, ExportReport, ExportRequest, FormatCard
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.forms import Form, draw_form, problems_in
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.shell import failed_state
from grasp_ui.ui.sizes import in_words

LARGEST_DOWNLOAD = 50_000_000
REPORT = "export.report"
FORMAT = "export.format"
FIRST = {"trl-sft": 0, "trl-dpo": 1}


def chosen_format() -> FormatCard:
    """The formats as cards; gives the chosen one."""
    cards = sorted(exports.formats(), key=lambda card: FIRST.get(card.name, len(FIRST)))
    chosen = st.session_state.setdefault(FORMAT, cards[0].name)
    for column, card in zip(st.columns(len(cards), gap="medium"), cards, strict=True):
        key = f"card-format-{card.name}"
        with column, st.container(border=True, key=key, height="stretch"):
            with st.container(gap="small", height="stretch"):
                st.markdown(f"##### {literal(card.title)}", anchors=False)
                st.markdown(f":gray[{literal(card.help)}]")
            st.button(
                "Chosen" if card.name == chosen else "Choose",
                key=f"export.choose.{card.name}",
                type="primary" if card.name == chosen else "secondary",
                icon=":material/check:" if card.name == chosen else None,
                on_click=_choose,
                args=(card.name,),
                width="stretch",
            )
    return next(card for card in cards if card.name == chosen)


def export_request(card: FormatCard, selection: Selection) -> ExportRequest | None:
    """The format's own settings; None while they are wrong, which is shown."""
    key = f"export.{card.name}"
    form = Form(key=key)
    said = st.session_state.get(f"{key}.said", {})
    with st.expander("Settings of this format", icon=":material/tune:"):
        said = draw_form(card.config, said, Form(key=key, problems=problems_in(card.config, said)))
    st.session_state[f"{form.key}.said"] = said
    if problems_in(card.config, said):
        return None
    return ExportRequest(format=card.name, selection=selection, config=said)


def show_preview(preview: ExportPreview) -> None:
    """How many rows would be written, what would be dropped and why, the first rows."""
    dropped = sum(preview.dropped.values())
    left, right = st.columns([1, 2], gap="large")
    with left:
        first, second, third = st.columns(3)
        first.metric("Rows to write", f"{preview.written:,}")
        second.metric("Dropped", f"{dropped:,}")
        third.metric("Repaired", f"{preview.repaired:,}", help="White space at the ends of texts.")
        for reason, count in sorted(preview.dropped.items(), key=lambda item: -item[1]):
            st.markdown(f":orange-badge[{count:,}] {literal(reason)}")
        if preview.remark:
            st.caption(literal(preview.remark))
    with right:
        st.caption("The first rows, as they will be written")
        for number, row in enumerate(preview.samples, start=1):
            with st.expander(f"Row {number}", expanded=number == 1):
                st.json(row)


def write_button(workspace: Workspace, request: ExportRequest, preview: ExportPreview) -> None:
    """One click writes the folder; what came of it is shown until the next one."""
    if pressed(
        f"Write {preview.written:,} rows",
        key="export.write",
        type="primary",
        icon=":material/save:",
    ):
        bar = st.progress(0.0, text="Writing …")

        def progress(done: int, total: int) -> None:
            bar.progress(min(1.0, done / max(1, total)), text=f"Writing … {done:,} of {total:,}")

        try:
            st.session_state[REPORT] = exports.export(workspace, request, progress)
        except (GraspError, OSError) as error:
            failed_state(str(error), title="Nothing was written", key="export")
        bar.empty()
    if REPORT in st.session_state:
        show_report(st.session_state[REPORT])


def show_report(report: ExportReport) -> None:
    """Where the files are, what is in them, and a download where they are small."""
    files = [report.folder / name for name in report.files]
    with st.container(border=True):
        st.markdown(f":green[:material/check_circle:] **{summary(report)}**")
        st.code(str(report.folder), language=None, wrap_lines=True)
        sizes = (
            f"{file.name} ({in_words(file.stat().st_size)})" for file in files if file.exists()
        )
        st.caption(" · ".join(sizes))
        total = sum(file.stat().st_size for file in files if file.exists())
        if total <= LARGEST_DOWNLOAD:
            st.download_button(
                "Download as ZIP", zipped(files), file_name=f"{report.folder.name}.zip",
                key="export.download", icon=":material/download:", on_click="ignore",
            )  # fmt: skip
        else:
            st.caption("Too large to download through the page: take it from the folder.")


def summary(report: ExportReport | ExportPreview) -> str:
    """What comes of an export, in one sentence.

    Example:
        >>> summary(ExportPreview(812, {"rejected: repetition": 6, "disputed": 3}, (), 1))
        '812 written (1 repaired), 9 dropped: rejected: repetition (6), disputed (3)'
    """
    repaired = f" ({report.repaired:,} repaired)" if report.repaired else ""
    count = sum(report.dropped.values())
    why = ", ".join(f"{reason} ({times})" for reason, times in report.dropped.items())
    return f"{report.written:,} written{repaired}, {count:,} dropped" + (f": {why}" if why else "")


def zipped(files: list[Path]) -> bytes:
    """The files in one archive, without their folder."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return held.getvalue()


def _choose(name: str) -> None:
    st.session_state[FORMAT] = name
    st.session_state.pop(REPORT, None)
