"""Graphs as cards, runs as rows: what the first page shows."""

from collections.abc import Mapping, Sequence

import streamlit as st

from grasp_ui.model.run import Run
from grasp_ui.model.value import GraphId
from grasp_ui.services.graphs import GraphEntry
from grasp_ui.services.node_kinds import KindCard
from grasp_ui.ui import theme
from grasp_ui.ui.durations import local
from grasp_ui.ui.live import records_in_words
from grasp_ui.ui.neutral import literal, one_line
from grasp_ui.ui.press import pressed
from grasp_ui.ui.session import go_to

COLUMNS = 3
STEPS = (
    ("account_tree", "Draw", "who speaks, who judges, where it branches"),
    ("play_circle", "Run", "a sample on the canvas, thousands in the background"),
    ("sell", "Tag", "rules and judges look at every turn and say why"),
    ("rate_review", "Review", "you have the last word; nothing is overwritten"),
    ("ios_share", "Export", "SFT and DPO files that trainers load"),
)


def steps() -> None:
    """The whole way in five words."""
    for column, (icon, word, what) in zip(st.columns(len(STEPS)), STEPS, strict=True):
        column.markdown(f":primary[:material/{icon}:] **{word}**  \n:small[:gray[{what}]]")


def graph_cards(
    entries: Sequence[GraphEntry], kinds: Mapping[str, KindCard], *, first: GraphId | None = None
) -> None:
    """The graphs as cards of one height, three in a row; `first` is where to begin."""
    for start in range(0, len(entries), COLUMNS):
        columns = st.columns(COLUMNS, gap="medium")
        for column, entry in zip(columns, entries[start : start + COLUMNS], strict=False):
            with column:
                _graph_card(entry, kinds, is_first=entry.id == first)


def run_rows(runs: Sequence[Run]) -> None:
    """The newest runs, one a row, each with the way to its conversations."""
    for run in runs:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.markdown(theme.badge(theme.STATES[run.state]), width=120)
            st.markdown(f"**{literal(run.title)}**", width="stretch")
            st.markdown(f":gray[{_told(run)}]", width=330)
            if run.state == "running":
                label, page, icon = "Watch", "run", ":material/visibility:"
            else:
                label, page, icon = "Conversations", "review", ":material/forum:"
            if pressed(label, key=f"home.run.{run.id}", type="tertiary", icon=icon, width=160):
                go_to(page, run=run.id)


def kind_chips(names: Sequence[str], kinds: Mapping[str, KindCard]) -> str:
    """The kinds of a graph's nodes as Markdown chips, each once."""
    titles = (kinds[name].title if name in kinds else name for name in names)
    return " ".join(f":gray-badge[{literal(title)}]" for title in titles)


def _graph_card(entry: GraphEntry, kinds: Mapping[str, KindCard], *, is_first: bool) -> None:
    key = f"card-{entry.id.replace('/', '-')}"
    with st.container(border=True, key=key, height="stretch"):
        with st.container(gap="small", height="stretch"):
            st.markdown(f"##### {literal(entry.title)}", anchors=False)
            notes = one_line(entry.notes, 190) or "No notes yet."
            st.markdown(f":gray[{literal(notes)}]")
            st.markdown(kind_chips(entry.kinds, kinds))
        if pressed(
            "Open",
            key=f"home.open.{entry.id}",
            type="primary" if is_first else "secondary",
            icon=":material/arrow_forward:",
            width="stretch",
        ):
            go_to("design", graph=entry.id)


def _told(run: Run) -> str:
    failed = f", {run.failed} failed" if run.failed else ""
    return f"{records_in_words(run)}{failed} · {local(run.started):%d %b %H:%M}"
