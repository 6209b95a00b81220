"""Texts in pieces: put together again they are the same."""

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.pieces import Cut, pieces

WORDS = st.from_regex(r"[b-zB-Z][a-z]{1,8}( [a-z]{2,8}){0,3}", fullmatch=True)
ITEMS = st.lists(WORDS, min_size=1, max_size=8)
MARKERS = st.sampled_from(["{n}. ", "{n}) ", "({n}) ", "- ", "* ", "• ", "{n}: "])


@given(ITEMS)
def test_lines_come_back_one_by_one(items: list[str]) -> None:
    assert pieces("\n".join(items), "lines") == items
    assert pieces("\r\n \n".join(items), "lines") == items


@given(ITEMS)
def test_paragraphs_come_back_one_by_one(items: list[str]) -> None:
    assert pieces("\n \n\n".join(items), "paragraphs") == items


@given(ITEMS, MARKERS)
def test_list_items_lose_their_markers(items: list[str], marker: str) -> None:
    lines = [marker.format(n=n) + item for n, item in enumerate(items, start=1)]
    text = "Here they are:\n\n" + "\n".join(lines) + "\n\nThat is all."
    assert pieces(text, "list") == items


@given(ITEMS, st.sampled_from([",", ";", "###", " | "]))
def test_a_separator_takes_pieces_apart(items: list[str], separator: str) -> None:
    assert pieces(f" {separator} ".join(items), "separator", separator) == items


@given(st.text(), st.sampled_from(["lines", "paragraphs", "list", "separator"]))
def test_no_piece_is_empty_or_has_white_space_at_its_ends(text: str, cut: Cut) -> None:
    assert all(piece and piece == piece.strip() for piece in pieces(text, cut))


def test_an_item_goes_on_in_the_next_line() -> None:
    assert pieces("1. One\n   and more\n2. Two", "list") == ["One and more", "Two"]


def test_a_decimal_number_is_no_marker() -> None:
    assert pieces("- It costs\n3.50 euros", "list") == ["It costs 3.50 euros"]
