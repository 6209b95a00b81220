from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.llm.schema import InvalidSchema, compile_schema

NUMBERS = st.integers(-3, 6) | st.sampled_from([0.5, 2.0, -1.5])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text("ab1", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=6,
)
COUNTS = st.integers(0, 3)
NAMES = ["object", "array", "string", "integer", "number", "boolean", "null"]
TYPE = st.sampled_from(NAMES) | st.lists(
    st.sampled_from(NAMES), min_size=1, max_size=3, unique=True
)
LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "type": TYPE,
    "enum": st.lists(VALUES, min_size=1, max_size=3),
    "const": VALUES,
    "minimum": NUMBERS,
    "exclusiveMaximum": NUMBERS,
    "multipleOf": st.sampled_from([1, 2, 0.5]),
    "minLength": COUNTS,
    "maxLength": COUNTS,
    "pattern": st.sampled_from(["^a", "1$", "[ab]{2}", "^$"]),
    "minItems": COUNTS,
    "maxItems": COUNTS,
    "uniqueItems": st.booleans(),
    "required": st.lists(st.sampled_from("abc"), max_size=2, unique=True),
    "$ref": st.sampled_from(["#/$defs/small", "#/$defs/tree"]),
    "title": st.just("A title"),
}
DEFS = {
    "small": {"type": "integer", "minimum": 0, "maximum": 2},
    "tree": {"properties": {"a": {"$ref": "#/$defs/tree"}}, "required": ["b"]},
}


def schemas() -> st.SearchStrategy[dict[str, Any]]:
    """Schemas of every supported keyword, some within others."""
    return st.recursive(
        st.fixed_dictionaries({}, optional=LEAVES),
        lambda inner: st.fixed_dictionaries({}, optional={**LEAVES, **nesting(inner)}),
        max_leaves=5,
    )


def nesting(inner: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    several = st.lists(inner, min_size=1, max_size=2)
    return {
        "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
        "additionalProperties": st.booleans() | inner,
        "items": st.booleans() | inner,
        "prefixItems": several,
        "anyOf": several,
        "oneOf": several,
        "allOf": several,
        "not": inner,
    }


@given(schemas(), VALUES)
def test_values_pass_as_the_reference_checker_has_it(schema: dict[str, Any], value: Any) -> None:
    schema = {**schema, "$defs": DEFS}
    reference = import_module("jsonschema").Draft202012Validator(schema)
    assert (compile_schema(schema)(value) is None) == reference.is_valid(value)


def test_a_complaint_says_where() -> None:
    schema = {"properties": {"parts": {"items": {"properties": {"score": {"type": "integer"}}}}}}
    check = compile_schema(schema)
    assert check({"parts": [{"score": 1}, {"score": "high"}]}) == (
        'parts: 1: score: "high" is not of type integer'
    )


def test_the_same_schema_is_compiled_once() -> None:
    assert compile_schema({"type": "null"}) is compile_schema({"type": "null"})


@pytest.mark.parametrize(
    ("schema", "complaint"),
    [
        ({"type": "whole"}, "no type 'whole'"),
        ({"pattern": "("}, "Pattern"),
        ({"$ref": "#/$defs/gone"}, "points at nothing"),
        ({"$ref": "https://example.org/x"}, "outside the schema"),
        ({"properties": {"a": 7}}, "A schema is an object"),
        ({"properties": None}, "not a JSON schema"),
    ],
)
def test_a_wrong_schema_is_refused_when_it_is_compiled(
    schema: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(InvalidSchema, match=complaint):
        compile_schema(schema)
