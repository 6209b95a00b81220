"""Two texts word by word."""

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.word_diff import Piece, word_diff

TEXTS = st.text(alphabet="ab \n.é", max_size=60)


@given(TEXTS, TEXTS)
def test_pieces_put_together_are_the_texts(old: str, new: str) -> None:
    left, right = word_diff(old, new)
    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (old, new)


@given(TEXTS, TEXTS)
def test_what_is_not_changed_stands_in_both(old: str, new: str) -> None:
    sides = [[p.text for p in side if not p.is_changed] for side in word_diff(old, new)]
    assert sides[0] == sides[1]


@given(TEXTS)
def test_equal_texts_have_no_changed_piece(text: str) -> None:
    assert not any(piece.is_changed for side in word_diff(text, text) for piece in side)


def test_a_replaced_word_is_the_only_change() -> None:
    left, right = word_diff("Ask about rain.", "Ask about snow.")
    assert left == [Piece("Ask about ", False), Piece("rain", True), Piece(".", False)]
    assert right[1] == Piece("snow", True)
