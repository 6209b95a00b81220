"""Values with places: types are kept, what is filled in is never read again."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.templates import UnknownVariable
from grasp_ui.text.values import value_names, value_template

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
PLAIN = st.text(st.sampled_from(string.ascii_letters + " {}.")).filter(lambda t: not value_names(t))
VALUES = st.recursive(
    SCALARS | PLAIN, lambda inner: st.lists(inner) | st.dictionaries(PLAIN, inner), max_leaves=8
)


@given(VALUES)
def test_a_value_without_places_stays_what_it_is(value: Any) -> None:
    assert value_template(value)({}) == value
    assert value_names(value) == frozenset()


@given(VALUES | st.text())
def test_a_lone_name_takes_the_variables_own_value(value: Any) -> None:
    assert value_template(["{x}"])({"x": value}) == [value]


@given(st.text(), st.text())
def test_what_was_filled_in_is_not_read_again(first: str, second: str) -> None:
    filled = value_template({"k": "{a}-{b.0}"})({"a": first, "b": [second]})
    assert filled == {"k": f"{first}-{second}"}


def test_a_name_without_a_value_is_an_error() -> None:
    with pytest.raises(UnknownVariable):
        value_template({"a": ["{gone}"]})({})


def test_jinja_gives_texts_alone() -> None:
    assert value_template(["{{ n + 1 }}", 2], jinja=True)({"n": 1}) == ["2", 2]
    assert value_names(["{{ n }} {m}"], jinja=True) == {"n"}
