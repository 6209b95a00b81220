"""What stands below a variable: `critique` has `critique.score`.

Parts are a tree: of a text or number `{}`, of an object a tree for each key, of a list one for
`0`. `None` is what nothing is known of, and so is a key `*`: there may be others.
"""

from collections.abc import Mapping
from typing import Any

Tree = dict[str, Any] | None
DEEPEST = 4
MOST_KEYS = 60
OTHERS = "*"


def parts_of(value: Any, depth: int = DEEPEST) -> Tree:
    """The parts of a value of a record.

    Example:
        >>> parts_of({"score": 4, "notes": [{"at": "x"}]})
        {'score': {}, 'notes': {'0': {'at': {}}}}
    """
    if value is None or depth == 0:
        return None
    if isinstance(value, Mapping):
        keys = list(value)[:MOST_KEYS]
        others: dict[str, Tree] = {OTHERS: None} if len(value) > MOST_KEYS else {}
        return {str(key): parts_of(value[key], depth - 1) for key in keys} | others
    if isinstance(value, list | tuple):
        return {"0": parts_of(value[0], depth - 1)} if value else None
    return {}


def parts_by_schema(schema: Any, depth: int = DEEPEST) -> Tree:
    """The parts of what a JSON schema describes, as far as it names them.

    Example:
        >>> parts_by_schema({"properties": {"score": {"type": "number"}, "why": {}}})
        {'score': {}, 'why': None, '*': None}
    """
    if not isinstance(schema, Mapping) or depth == 0:
        return None
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        others: dict[str, Tree] = (
            {} if schema.get("additionalProperties") is False else {OTHERS: None}
        )
        named = {str(key): parts_by_schema(part, depth - 1) for key, part in properties.items()}
        return named | others
    if "items" in schema:
        return {"0": parts_by_schema(schema["items"], depth - 1)}
    return {} if schema.get("type") in ("string", "number", "integer", "boolean") else None


def parts_known(promised: Any, value: Any) -> Tree:
    """What a real value shows, with what its node promises; a list is as it is seen.

    Example:
        >>> parts_known({"properties": {"score": {}}}, None)
        {'score': None, '*': None}
        >>> parts_known({"properties": {"score": {}}}, {"score": 1, "why": "x"})
        {'score': {}, 'why': {}}
    """
    seen, told = parts_of(value), parts_by_schema(promised)
    if seen is None or told is None:
        return told if seen is None else seen
    if isinstance(value, Mapping):
        return {**{key: part for key, part in told.items() if key != OTHERS}, **seen}
    return seen or told
