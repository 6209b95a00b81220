"""Two texts side by side, with the words marked that differ."""

from collections.abc import Sequence
from html import escape
from typing import Literal

import streamlit as st

from grasp_ui.text.word_diff import Piece, word_diff

PLAIN = "white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext;"
MARKS: dict[Literal["del", "ins"], str] = {
    "del": "background: rgba(201, 64, 79, .22); text-decoration: line-through;",
    "ins": "background: rgba(42, 154, 113, .26); text-decoration: none;",
}


def marked_texts(old: str, new: str) -> None:
    """Draw both texts beside each other: words that went are struck out, new ones lit."""
    left, right = st.columns(2, gap="medium")
    pieces = word_diff(old, new)
    left.html(marked([piece for piece in pieces if piece[0] != "added"], "del"))
    right.html(marked([piece for piece in pieces if piece[0] != "removed"], "ins"))


def marked(pieces: Sequence[Piece], mark: Literal["del", "ins"]) -> str:
    """Pieces as HTML in which every mark of the texts themselves is only a letter.

    Example:
        >>> marked([("same", "<b>")], "ins").partition(">")[2]
        '&lt;b&gt;</div>'
    """
    parts = (
        escape(text) if kind == "same" else f'<{mark} style="{MARKS[mark]}">{escape(text)}</{mark}>'
        for kind, text in pieces
    )
    return f'<div style="{PLAIN}">{"".join(parts)}</div>'
