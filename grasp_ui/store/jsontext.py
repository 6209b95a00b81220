"""JSON text of any value, and back; what JSON or UTF-8 cannot hold is made to fit."""

from typing import Any

import orjson

_LARGEST = 2**63


def to_json(value: object) -> str:
    """`value` as compact JSON; see `storable` for what is changed on the way.

    Example:
        >>> to_json({"a": [1, None]})
        '{"a":[1,null]}'
    """
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return orjson.dumps(storable(value)).decode()


def from_json(text: str | None) -> Any:
    """The value of a JSON text; None for None."""
    return None if text is None else orjson.loads(text)


def storable(value: object) -> Any:
    r"""`value` as JSON can hold it, with lone surrogates replaced by U+FFFD.

    Whole numbers beyond 64 bits and things of unknown types become their text.

    Example:
        >>> storable({1: "half \ud83d", "n": 2**70})
        {'1': 'half �', 'n': '1180591620717411303424'}
    """
    match value:
        case str():
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        case bool() | float() | None:
            return value
        case int():
            return value if -_LARGEST <= value < _LARGEST else str(value)
        case dict():
            return {storable(str(key)): storable(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [storable(item) for item in value]
        case _:
            return storable(str(value))
