from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.personal_data import found, redacted

PIECES = (
    ("ada@lovelace.org", "email"),
    ("+49 30 901820", "phone"),
    ("(212) 736-5000", "phone"),
    ("4111 1111 1111 1111", "credit_card"),
    ("DE89 3704 0044 0532 0130 00", "iban"),
    ("536-90-4399", "ssn"),
    ("AB123456C", "national_id"),
    ("84.23.118.7", "ip_address"),
    ("2003:cd:7f12:8a00::1f", "ip_address"),
)


@pytest.mark.parametrize(("piece", "kind"), PIECES)
def test_a_piece_is_found_where_it_stands(piece: str, kind: str) -> None:
    text = f"Note this: {piece}. Thank you."
    assert [(p.kind, p.text, text[p.start : p.end]) for p in found(text)] == [(kind, piece, piece)]


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "DE89 3704 0044 0532 0130 01",
        "000-12-3456",
        "version 10.2.19.44",
        "192.168.0.1",
        "you@example.com",
        "me@your-company.com",
        "icon@2x.png",
        "300.400.500.600",
    ],
)
def test_a_false_check_or_an_example_is_nobodys(text: str) -> None:
    assert found(f"Take {text} for it.") == []


def test_pieces_come_in_order_and_apart() -> None:
    text = "Write to a.b@web.de, call +4930901820 or pay with 4111111111111111."
    pieces = found(text)
    assert [piece.kind for piece in pieces] == ["email", "phone", "credit_card"]
    assert all(one.end <= after.start for one, after in pairwise(pieces))


def test_a_number_after_a_word_for_phones_needs_no_form() -> None:
    assert [piece.text for piece in found("My phone number: 030 4455667")] == ["030 4455667"]


@given(st.lists(st.sampled_from([piece for piece, _ in PIECES]), max_size=4), st.text(max_size=40))
def test_a_redacted_text_has_nothing_left_to_redact(pieces: list[str], around: str) -> None:
    once = redacted(f"{around} ".join([*pieces, "\n"]))
    assert redacted(once) == once


@given(st.text(alphabet="0123456789 .:-+@aA()", max_size=60))
def test_pieces_are_slices_of_the_text(text: str) -> None:
    pieces = found(text)
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    assert all(one.end <= after.start for one, after in pairwise(pieces))
