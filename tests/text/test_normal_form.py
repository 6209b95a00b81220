"""Normal forms: once is enough, and nothing is lost but what was to be."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.normal_form import Spaces, compared, straight_quotes, unwrapped, with_spaces

TEXTS = st.text()
FORMS: list[Spaces] = ["one_line", "lines", "keep"]


@given(TEXTS, st.sampled_from(FORMS))
def test_bringing_white_space_in_order_twice_changes_nothing(text: str, spaces: Spaces) -> None:
    once = with_spaces(text, spaces)
    assert with_spaces(once, spaces) == once


@given(TEXTS, st.sampled_from(FORMS))
def test_nothing_but_white_space_is_touched(text: str, spaces: Spaces) -> None:
    assert "".join(with_spaces(text, spaces).split()) == "".join(text.split())


@given(TEXTS)
def test_one_line_has_no_break_and_no_double_space(text: str) -> None:
    assert len(with_spaces(text, "one_line").splitlines()) <= 1
    assert "  " not in with_spaces(text, "one_line")


@given(TEXTS)
def test_straight_quotes_keep_the_length(text: str) -> None:
    assert len(straight_quotes(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("“Tea”", "Tea"), ("'Tea'", "Tea"), ("`x`", "x"), ("```\na\nb\n```", "a\nb"), ('"', '"'),
        ('"a" or "b"', '"a" or "b"'), ("it's 'so'", "it's 'so'"), ("", ""), ("``", ""),
        ("```\na\n```\nand\n```\nb\n```", "```\na\n```\nand\n```\nb\n```"),
    ],
)  # fmt: skip
def test_only_what_stands_around_the_whole_is_taken_off(text: str, bare: str) -> None:
    assert unwrapped(text) == bare


@given(TEXTS)
def test_texts_are_compared_without_case_and_punctuation(text: str) -> None:
    said = compared(text)
    assert said == compared(f" *{said.upper()}*! ") or said.upper().casefold() != said
    assert not any(unicodedata.category(sign)[0] == "P" for sign in said)
