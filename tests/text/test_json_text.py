"""JSON in texts: what goes in comes out, whatever stands around it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.json_text import NoJson, at_path, json_in, path_steps

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
BOXES = st.lists(VALUES) | st.dictionaries(st.text(), VALUES)
PROSE = st.text(st.characters(blacklist_characters="{}[]`", blacklist_categories=["Cs"]))


@given(VALUES)
def test_json_goes_out_and_comes_back(value: Any) -> None:
    assert json_in(json.dumps(value)) == value


@given(BOXES, PROSE, PROSE)
def test_words_around_an_object_or_a_list_are_let_pass(value: Any, before: str, after: str) -> None:
    assert json_in(f"{before}?{json.dumps(value)}{after}") == value


@given(VALUES.filter(lambda value: "```" not in json.dumps(value)), PROSE)
def test_a_code_fence_is_taken_off(value: Any, words: str) -> None:
    text = f"Here! {words}\n```json\n{json.dumps(value, indent=2)}\n```\n{words}"
    assert json_in(text) == value


def test_a_line_break_inside_of_a_string_is_let_pass() -> None:
    assert json_in('{"a": "one\ntwo\tthree"}') == {"a": "one\ntwo\tthree"}


@pytest.mark.parametrize(
    "text", ["", "  \n", "Yes.", "{", '{"a": NaN}', "[1, 2", "{'a': 1}", "[" * 5000, "9" * 5000]
)
def test_what_is_no_json_is_said(text: str) -> None:
    with pytest.raises(NoJson, match=r"\.$"):
        json_in(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 2], "b": oops}',
        'Well: {"a": {"b": 1}, "c',
        'Well: {"a": "open [1]',
        '{"a": [1], ',
    ],
)
def test_no_part_of_what_is_broken_is_taken_for_the_whole(text: str) -> None:
    with pytest.raises(NoJson):
        json_in(text)


def test_brackets_in_the_words_before_are_passed_over() -> None:
    assert json_in('See [note] and {x}: {"a": [1]} [2]') == {"a": [1]}


def test_the_place_of_the_first_mistake_is_named() -> None:
    with pytest.raises(NoJson, match="character 7"):
        json_in('{"a": }')


def _paths(value: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [
        (path, value),
        *(found for key, part in items for found in _paths(part, (*path, str(key)))),
    ]


@given(BOXES)
def test_a_json_pointer_leads_to_every_part(value: Any) -> None:
    for steps, part in _paths(value):
        pointer = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
        assert path_steps(pointer) == steps
        assert at_path(value, pointer) == part


@pytest.mark.parametrize("path", ["b", "a.5", "a.x", "/a/0/c", "a.0.0"])
def test_a_path_that_leads_nowhere_is_said(path: str) -> None:
    with pytest.raises(NoJson, match="is not there"):
        at_path({"a": [1]}, path)
