"""Patterns: they find what `re` finds, and none can hold a run."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.patterns import InvalidPattern, PatternFailed, finder

TEXTS = st.text(st.sampled_from("ab1 \n"), max_size=30)
ATOMS = st.sampled_from(["a", "b", r"\d", r"\s", "[ab]", "^", "$", "a|b", "(?:ab)", ".", r"\b"])
PATTERNS = st.lists(st.tuples(ATOMS, st.sampled_from(["", "+", "*", "?", "{1,2}"])), min_size=1)


@given(PATTERNS, TEXTS)
def test_a_pattern_finds_what_re_finds(parts: list[tuple[str, str]], text: str) -> None:
    pattern = "".join(
        atom + ("" if atom in ("^", "$", r"\b") else repeat) for atom, repeat in parts
    )
    expected = [match[0] for match in re.finditer(pattern, text, re.MULTILINE)]
    assert [one.text for one in finder(pattern).find(text)] == expected


def test_named_groups_are_given_in_the_order_in_which_they_open() -> None:
    assert finder("(?P<b>x)(?P<a>y)?").names == ("b", "a")


def test_a_group_that_took_no_part_is_empty() -> None:
    assert next(finder("(?P<a>x)|(?P<b>y)").find("y")).groups == {"a": "", "b": "y"}


def test_flags_are_heeded() -> None:
    assert next(finder("A.b", ignore_case=True, dot_all=True).find("a\nB")).text == "a\nB"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("(a|a)*$", "a" * 60 + "b"), ("(x+x+)+y", "x" * 5000), ("(?:(a+)+)+$", "a" * 50_000 + "b")],
)
def test_a_catastrophic_pattern_is_stopped(pattern: str, text: str) -> None:
    with pytest.raises(PatternFailed, match="Make it simpler") as stopped:
        list(finder(pattern).find(text))
    assert stopped.value.code == "pattern_too_slow"


def test_a_text_that_is_too_long_is_not_searched() -> None:
    with pytest.raises(PatternFailed, match="1000001"):
        list(finder("a").find("a" * 1_000_001))


@pytest.mark.parametrize(
    "pattern",
    ["", "(", "[a", "a{2}(", "(?P<a>x)(?P<a>", "x" * 1001, "(?R)", "(a(?1)?)", "(?&n)", "(?P>n)",
     r"\\(?R)", "(((a{200}){200}){200})", "(a{101}){100}", r"\p{Nonsense}"],
)  # fmt: skip
def test_a_pattern_that_is_wrong_or_dangerous_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidPattern):
        finder(pattern)


@pytest.mark.parametrize("pattern", [r"\d{4}-\d{2}-\d{2}", r"\(\?R\)", "(?i:a)", "(?-i:a)", "{x}"])
def test_a_pattern_that_only_looks_dangerous_is_read(pattern: str) -> None:
    assert list(finder(pattern).find("nothing here")) is not None


@given(st.text(st.sampled_from("ab(){}[]|*+?\\\\.^$<>=!:#-,19PR&Lp"), max_size=20))
def test_whatever_is_written_is_a_pattern_or_is_refused_with_a_reason(written: str) -> None:
    with suppress(InvalidPattern, PatternFailed):
        assert all(one.text in "some text" for one in finder(written).find("some text"))
