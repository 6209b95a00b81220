"""What the keywords of a JSON schema say of a single value."""

import re
from collections.abc import Callable
from math import isclose
from typing import Any

import orjson

from grasp_ui.errors import GraspError

Check = Callable[[Any], str | None]
"""Says what is wrong with a value, beginning with where; None where nothing is."""


class InvalidSchema(GraspError):
    """A JSON schema that cannot be checked: the message says where and why."""


def _is_whole(value: Any) -> bool:
    is_int = isinstance(value, int) and not isinstance(value, bool)
    return is_int or (isinstance(value, float) and value.is_integer())


TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": _is_whole,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}


def check_type(names: Any) -> Check:
    """The check of `type`, which is a name or several."""
    wanted = [names] if isinstance(names, str) else list(names)
    for name in wanted:
        if name not in TYPES:
            raise InvalidSchema(f"There is no type '{name}': write one of {', '.join(TYPES)}.")
    tests = [TYPES[name] for name in wanted]
    kind = " or ".join(wanted)
    return lambda value: (
        None if any(test(value) for test in tests) else f"{shown(value)} is not of type {kind}"
    )


def check_options(options: list[Any]) -> Check:
    """The check of `enum`, and of `const` as its one option."""
    return lambda value: (
        None
        if any(_same(value, option) for option in options)
        else f"{shown(value)} is none of {shown(options)}"
    )


def _same(one: Any, other: Any) -> bool:
    """Equality as JSON has it: true is not 1, and 1 is 1.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


Limit = tuple[Callable[[Any, Any], bool], str]
NUMBER: dict[str, Limit] = {
    "minimum": (lambda value, limit: value >= limit, "is less than"),
    "maximum": (lambda value, limit: value <= limit, "is more than"),
    "exclusiveMinimum": (lambda value, limit: value > limit, "is not more than"),
    "exclusiveMaximum": (lambda value, limit: value < limit, "is not less than"),
    "multipleOf": (lambda value, limit: _divides(value / limit), "is no multiple of"),
}
TEXT: dict[str, Limit] = {
    "minLength": (lambda value, limit: len(value) >= limit, "is shorter than"),
    "maxLength": (lambda value, limit: len(value) <= limit, "is longer than"),
    "pattern": (lambda value, limit: re.search(limit, value) is not None, "does not match"),
}
LIST: dict[str, Limit] = {
    "minItems": (lambda value, limit: len(value) >= limit, "has fewer items than"),
    "maxItems": (lambda value, limit: len(value) <= limit, "has more items than"),
    "uniqueItems": (lambda value, limit: not limit or _are_unique(value), "repeats an item:"),
}


Kind = type | tuple[type, ...]
LIMITS: tuple[tuple[dict[str, Limit], Kind], ...] = (
    (NUMBER, (int, float)),
    (TEXT, str),
    (LIST, list),
)


def _divides(ratio: float) -> bool:
    return isclose(ratio, round(ratio), abs_tol=1e-9)


def _are_unique(items: list[Any]) -> bool:
    pairs = ((one, other) for at, one in enumerate(items) for other in items[:at])
    return not any(_same(one, other) for one, other in pairs)


def check_limits(schema: dict[str, Any], limits: dict[str, Limit], kind: Kind) -> Check:
    """Checks of one kind of value: a number below `minimum`, a text too long."""
    if "pattern" in limits and "pattern" in schema:
        try:
            re.compile(schema["pattern"])
        except re.error as error:
            raise InvalidSchema(f"Pattern '{schema['pattern']}': {error}.") from error
    wanted = [(schema[name], *limit) for name, limit in limits.items() if name in schema]

    def check(value: Any) -> str | None:
        if not isinstance(value, kind) or isinstance(value, bool):
            return None
        for limit, holds, complaint in wanted:
            if not holds(value, limit):
                return f"{shown(value)} {complaint} {limit}"
        return None

    return check


def shown(value: Any) -> str:
    """`value` as JSON, cut to what a message can bear."""
    text = orjson.dumps(value).decode()
    return text if len(text) <= 60 else f"{text[:57]}…"
