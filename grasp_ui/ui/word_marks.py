"""Words that differ, marked: in one text, or in two beside each other."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from grasp_ui.text.word_diff import Piece, word_diff


def marked_texts(old: str, new: str) -> None:
    """Draw both texts beside each other: words that went are struck out, new ones lit."""
    left, right = st.columns(2, gap="medium")
    pieces = word_diff(old, new)
    left.html(marked(piece for piece in pieces if piece[0] != "added"))
    right.html(marked(piece for piece in pieces if piece[0] != "removed"))


def marked(pieces: Iterable[Piece]) -> str:
    """Pieces as HTML in which every mark of the texts themselves is only a letter.

    Example:
        >>> marked([("same", "<b>"), ("added", "x")]).partition(">")[2]
        '&lt;b&gt;<ins>x</ins></div>'
    """
    return f'<div class="word-diff" dir="auto">{"".join(map(_inked, pieces))}</div>'


def _inked(piece: Piece) -> str:
    kind, text = piece
    words = escape(text.encode("utf-8", "replace").decode("utf-8"))
    match kind:
        case "added":
            return f"<ins>{words}</ins>"
        case "removed":
            return f"<del>{words}</del>"
        case _:
            return words
