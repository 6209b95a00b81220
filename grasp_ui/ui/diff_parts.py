"""What differs, to be read: graphs part by part, texts word by word."""

from typing import Any

import streamlit as st
from pydantic_core import to_json

from grasp_ui.services.graph_diff import FieldChange, GraphDiff, Kind, PartChange
from grasp_ui.text.word_diff import Piece, word_diff
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.word_marks import marked

MARKS: dict[Kind, str] = {
    "added": ":green-badge[:material/add: added]",
    "removed": ":red-badge[:material/remove: removed]",
    "changed": ":orange-badge[:material/edit: changed]",
    "renamed": ":orange-badge[:material/label: renamed]",
}
NAMES = {"graph": "Graph", "seeds": "Seeds", "output": "Output", "tagging": "Tagging"}
CONTEXT = 60
"""How many letters of what is the same are shown beside a change."""


def show_diff(diff: GraphDiff) -> None:
    """All that differs; says so where nothing does."""
    if not diff.parts:
        st.markdown(":gray[:material/check: Nothing differs in what the graph does.]")
    for part in diff.parts:
        _part(part)
    if diff.moved:
        amount = f"{len(diff.moved)} node{'' if len(diff.moved) == 1 else 's'}"
        st.caption(f"{amount} only moved on the canvas.")


def diff_summary(diff: GraphDiff) -> str:
    """How many parts were added, removed and changed, as one line of Markdown."""
    counts = {kind: sum(part.kind == kind for part in diff.parts) for kind in MARKS}
    return " ".join(
        MARKS[kind].replace(f": {kind}]", f": {count} {kind}]")
        for kind, count in counts.items()
        if count
    )


def show_word_diff(before: str, after: str, *, is_whole: bool = True) -> None:
    """Two texts as one, what is gone struck out; without `is_whole` only what changed."""
    pieces = word_diff(before, after)
    shown = pieces if is_whole else tuple(_shortened(piece) for piece in pieces)
    st.html(marked(shown))


def _part(part: PartChange) -> None:
    name = NAMES.get(part.family) or f"{part.family.title()} **{literal(part.name)}**"
    was = f" :gray[was {literal(part.was)}]" if part.was else ""
    st.markdown(f"{MARKS[part.kind]} {name}{was}")
    for field in part.fields:
        if part.kind != "removed":
            _field(field)


def _field(field: FieldChange) -> None:
    st.markdown(f":small[:gray[{literal(field.name.replace('_', ' '))}]]")
    show_word_diff(_written(field.before), _written(field.after), is_whole=False)


def _written(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return to_json(value, fallback=str).decode("utf-8")


def _shortened(piece: Piece) -> Piece:
    kind, text = piece
    if kind != "same" or len(text) <= 2 * CONTEXT:
        return piece
    return kind, f"{text[:CONTEXT]} … {text[-CONTEXT:]}"
