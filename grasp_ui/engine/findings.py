"""From what a config model refuses to `Problem`s, each with place and remedy."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from grasp_ui.model.problem import Problem

# The model's own words are for programmers.
EXPECTED = {
    "string_type": "a text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "literal_error": "{expected}",
    "string_pattern_mismatch": "letters, digits and underscores, not beginning with a digit",
}


def meant(name: str, known: Iterable[str]) -> str:
    """Which of the known names was meant, else which there are, as advice.

    Example:
        >>> meant("trun", ["turn", "judge"]), meant("x", [])
        ("Did you mean 'turn'?", 'There are none yet.')
    """
    choices = list(known)
    near = get_close_matches(name, choices, n=1, cutoff=0.5)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"Known: {', '.join(choices)}." if choices else "There are none yet."


def refused(
    error: ValidationError, model: type[BaseModel], *, below: str = "", node: str | None = None
) -> Iterator[Problem]:
    """A problem for each error; `below` is put before the field's path."""
    for found in error.errors(include_url=False):
        path = ".".join(part for part in (below, *map(str, found["loc"])) if part)
        what, fix = _said(found, model)
        yield Problem(what=what, fix=fix, node=node, field=path or None)


def _said(found: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    name = str(found["loc"][-1]) if found["loc"] else ""
    if found["type"] == "extra_forbidden":
        known = model.model_fields if len(found["loc"]) == 1 else _known_inside(found, model)
        return f"There is no key '{name}' here.", meant(name, known)
    if found["type"] == "missing":
        return f"The key '{name}' is missing.", f"Add `{name}:`."
    words = EXPECTED.get(found["type"])
    told = f"Expected {words.format(**found.get('ctx', {}))}" if words else found["msg"]
    told = told.removeprefix("Value error, ").removesuffix(".")
    return f"{told}; found {_shown(found['input'])}.", _remedy(found, model)


def _known_inside(found: ErrorDetails, model: type[BaseModel]) -> Mapping[str, Any]:
    """The fields of the model that an inner path leads to."""
    field = model.model_fields.get(str(found["loc"][0]))
    inner = getattr(field, "annotation", None)
    for part in getattr(inner, "__args__", ()):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part.model_fields
    return {}


def _remedy(found: ErrorDetails, model: type[BaseModel]) -> str:
    field = model.model_fields.get(str(found["loc"][0])) if found["loc"] else None
    if field is None:
        return "Change it."
    if found["type"] == "literal_error" and isinstance(found["input"], str):
        options = found.get("ctx", {}).get("expected", "").replace(" or ", ", ")
        return meant(found["input"], [option.strip("'") for option in options.split(", ")])
    if field.is_required() or len(found["loc"]) > 1:
        return "Change the value."
    return "Change the value, or leave the key out."


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
