"""Rows say all of a value, or they are not offered for it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.ui.row_shapes import ROLES, SHAPES, TYPES, text_of, value_of

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)
NAMES = WORDS.filter(str.strip)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.dictionaries(NAMES, JSON, min_size=1, max_size=2)
PROPERTY = st.sampled_from([*TYPES.values(), {"type": "string", "description": "It."}])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "inputs": st.dictionaries(NAMES, NAMES, max_size=3),
    "outputs": st.dictionaries(NAMES, NAMES, max_size=3),
    "paths": st.dictionaries(NAMES, NAMES, max_size=3),
    "roles": st.dictionaries(NAMES, st.sampled_from(ROLES), max_size=3),
    "words": st.dictionaries(NAMES, st.lists(st.sampled_from(["yes", "ja", "si"])), max_size=3),
    "values": st.dictionaries(NAMES, JSON, max_size=3),
    "parameters": st.dictionaries(NAMES, JSON, max_size=3),
    "changes": st.fixed_dictionaries(
        {}, optional={"nodes": st.dictionaries(NAMES, FIELDS, min_size=1, max_size=2)}
    ),
    "schema": st.dictionaries(NAMES, PROPERTY, min_size=1, max_size=3).map(
        lambda parts: {"type": "object", "properties": parts, "required": list(parts)}
    ),
    "messages": st.lists(
        st.fixed_dictionaries({"role": st.sampled_from(ROLES), "content": WORDS}), max_size=3
    ),
}


@pytest.mark.parametrize("name", list(SHAPES))
@given(draw=st.data())
def test_what_rows_show_of_a_value_is_that_value_again(name: str, draw: st.DataObject) -> None:
    shape, value = SHAPES[name], draw.draw(VALUES[name])
    assert shape.shows(value)
    assert shape.value(shape.rows(value)) == value


@given(JSON)
def test_a_cell_gives_back_every_value_with_its_type(value: Any) -> None:
    assert value_of(text_of(value)) == value
    assert type(value_of(text_of(value))) is type(value)


@given(JSON)
def test_a_shape_shows_a_value_in_full_or_not_at_all(value: Any) -> None:
    for shape in SHAPES.values():
        if shape.shows(value):
            once = shape.value(shape.rows(value))
            assert shape.value(shape.rows(once)) == once


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("outputs", ["critique", "critique"]),
        ("words", {"yes": ["yes, sure"]}),
        ("schema", {"type": "object", "properties": {"a": {"type": "string", "minLength": 1}}}),
        ("schema", {"type": "array"}),
        ("messages", [{"role": "user", "content": "Hi", "name": "Ann"}]),
        ("roles", {"clerk": "robot"}),
        ("values", "text"),
        ("values", {1: "a"}),
    ],
)
def test_what_rows_cannot_say_they_do_not_show(name: str, value: Any) -> None:
    assert not SHAPES[name].shows(value)


def test_a_list_of_names_is_each_by_its_own_name() -> None:
    shape = SHAPES["outputs"]
    assert shape.value(shape.rows(["critique"])) == {"critique": "critique"}
    assert SHAPES["paths"].value([*SHAPES["paths"].rows(["a.b", "c"])]) == {"b": "a.b", "c": "c"}


def test_choices_of_a_property_are_read_from_its_note() -> None:
    schema = SHAPES["schema"].value([("mood", "one of", "calm, cross")])
    assert schema["properties"] == {"mood": {"type": "string", "enum": ["calm", "cross"]}}


def test_a_row_counts_once_it_has_a_name_that_is_not_there_yet() -> None:
    shape = SHAPES["values"]
    rows = [("", ""), ("", "5"), ("a", "1"), ("a", "2")]
    assert [shape.fault(rows, number) for number in range(4)] == [
        "",
        "Variable: write something, then the row counts.",
        "",
        "'a' is there already: this row does not count.",
    ]
    assert shape.value(shape.good(rows)) == {"a": 1}


def test_two_fields_of_one_node_are_two_overrides() -> None:
    rows = [("node a", "rubric", "tone"), ("node a", "disabled", "true"), ("model w", "top_p", "1")]
    assert SHAPES["changes"].value(SHAPES["changes"].good(rows)) == {
        "nodes": {"a": {"rubric": "tone", "disabled": True}},
        "models": {"w": {"top_p": 1}},
    }
