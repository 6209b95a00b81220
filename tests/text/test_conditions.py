import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.conditions import ConditionFailed, InvalidCondition, condition, condition_names
from grasp_ui.text.templates import UnknownVariable

VARIABLES = {"n": 3, "mood": "calm", "tags": ["a", "b"], "critique": {"score": 4}, "none": None}


@pytest.mark.parametrize(
    "text",
    [
        "n < 4",
        "1 < n <= 3",
        "n == 3.0 and mood == 'calm'",
        'mood in ["calm", "glad"]',
        "mood not in ('sad',)",
        "'a' in tags",
        "tags[0] == 'a'",
        "critique.score >= 4",
        "critique['score'] > 3",
        "not (n > 3) or false",
        "n > -1",
        "true",
    ],
)
def test_a_condition_that_holds(text: str) -> None:
    assert condition(text)(VARIABLES)


@pytest.mark.parametrize("text", ["n != 3", "mood in ['sad']", "not n", "n > 2 and n < 3", "''"])
def test_a_condition_that_does_not_hold(text: str) -> None:
    assert not condition(text)(VARIABLES)


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "==", "!=", "in", "not in"])
def test_none_in_a_comparison_is_false(op: str) -> None:
    assert not condition(f"x {op} y")({"x": None, "y": [1]})
    assert not condition(f"x {op} null")({"x": 1})


def test_a_variable_that_was_not_written_counts_as_none() -> None:
    assert not condition("critique.score < 4")({})
    assert condition("not critique")({})


def test_a_part_that_an_object_lacks_is_an_error() -> None:
    with pytest.raises(UnknownVariable, match="'critique' has score"):
        condition("critique.scroe < 4")(VARIABLES)


def test_values_that_cannot_be_compared_are_an_error() -> None:
    with pytest.raises(ConditionFailed, match="mood < 4"):
        condition("mood < 4")(VARIABLES)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "n()",
        "n + 1 < 4",
        "(lambda: 1)",
        "[x for x in tags]",
        "n if n else 1",
        "n is 3",
        "f'{n}'",
        "n := 4",
        "tags[n]",
        "'a'.upper",
        "n = 3",
        "",
        "   ",
        "a" * 1001,
        "b'x'",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidCondition):
        condition_names(text)
    with pytest.raises(InvalidCondition):
        condition(text)


@pytest.mark.parametrize(
    ("text", "position"), [("n << 4", 0), ("n < ", 3), ("  n < 4 and", 11), ("  é < n()", 6)]
)
def test_a_refusal_says_where(text: str, position: int) -> None:
    with pytest.raises(InvalidCondition) as caught:
        condition(text)
    assert caught.value.position == position


def test_the_names_of_a_condition_keep_their_dots() -> None:
    text = "critique.score < 4 and (not tags[0] in moods.all or true)"
    assert condition_names(text) == {"critique.score", "tags.0", "moods.all"}


@given(
    st.integers() | st.floats(allow_nan=False),
    st.integers(0, 99),
    st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
)
def test_numbers_compare_as_numbers_do(left: float, right: int, op: str) -> None:
    names = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
    expected = getattr(operator, names[op])(left, right)
    assert condition(f"x {op} {right}")({"x": left}) == expected


@given(st.text(max_size=60) | st.text("n <4and()'.[]=!", max_size=20))
def test_any_text_is_a_condition_or_is_refused_within_it(text: str) -> None:
    refused = None
    try:
        condition(text)
    except InvalidCondition as error:
        refused = error.position
    assert refused is None or 0 <= refused <= len(text)
