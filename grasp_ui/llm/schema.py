"""A JSON schema, compiled into a function that says what is wrong with a value."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson

from grasp_ui.llm.schema_keywords import (
    LIMITS,
    Check,
    InvalidSchema,
    check_limits,
    check_options,
    check_type,
    shown,
)

__all__ = ["Check", "InvalidSchema", "compile_schema", "json_format"]


OBJECT = {"properties", "required", "additionalProperties"}
ARRAY = {"items", "prefixItems"}


def compile_schema(schema: Mapping[str, Any]) -> Check:
    """Make the check of `schema`; the same schema gives the same check without work.

    Supported are the keywords that models' endpoints take: types, enum, const, objects, arrays,
    bounds, lengths, patterns, anyOf, oneOf, allOf, not, and references within the schema.
    Others (titles, formats) say nothing about a value here.

    Raises:
        InvalidSchema: a reference, a type or a pattern is wrong.

    Example:
        >>> check = compile_schema({"type": "object", "properties": {"score": {"maximum": 5}}})
        >>> check({"score": 7}), check({"score": 5})
        ('score: 7 is more than 5', None)
    """
    return _compiled(orjson.dumps(dict(schema)))


def json_format(schema: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The request's parameter that asks for JSON of `schema`."""
    safe = re.sub(r"[^A-Za-z0-9_-]", "_", name)[:64] or "reply"
    asked = {"name": safe, "strict": True, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": asked}}


@lru_cache(maxsize=256)
def _compiled(text: bytes) -> Check:
    root = orjson.loads(text)
    try:
        return _Compiler(root).check(root)
    except (TypeError, AttributeError) as error:
        raise InvalidSchema(f"This is not a JSON schema: {error}.") from error


class _Compiler:
    """Compiles the parts of one schema; references are compiled when first followed."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.known: dict[str, Check] = {}

    def check(self, schema: Any) -> Check:
        if isinstance(schema, bool):
            return (lambda value: None) if schema else (lambda value: "nothing is allowed here")
        if not isinstance(schema, dict):
            raise InvalidSchema(f"A schema is an object, not {orjson.dumps(schema).decode()}.")
        return _all_of(list(self._checks(schema)))

    def _checks(self, schema: dict[str, Any]) -> Iterator[Check]:
        if "$ref" in schema:
            yield self.reference(str(schema["$ref"]))
        if "type" in schema:
            yield check_type(schema["type"])
        yield from (check_options(options) for options in _options(schema))
        for limits, kind in LIMITS:
            if limits.keys() & schema.keys():
                yield check_limits(schema, limits, kind)
        if OBJECT & schema.keys():
            yield self.object(schema)
        if ARRAY & schema.keys():
            yield self.array(schema)
        yield from self._combined(schema)

    def _combined(self, schema: dict[str, Any]) -> Iterator[Check]:
        if "allOf" in schema:
            yield _all_of([self.check(part) for part in schema["allOf"]])
        for name, fits in (("anyOf", lambda n: n > 0), ("oneOf", lambda n: n == 1)):
            if name in schema:
                yield _count([self.check(part) for part in schema[name]], name, fits)
        if "not" in schema:
            yield _count([self.check(schema["not"])], "not", lambda n: n == 0)

    def reference(self, path: str) -> Check:
        """The check of what `path` points at; it may point at what contains it."""
        if path not in self.known:
            target = self._find(path)
            self.known[path] = lambda value: self.known[path](value)
            self.known[path] = self.check(target)
        return lambda value: self.known[path](value)

    def _find(self, path: str) -> Any:
        if not path.startswith("#"):
            raise InvalidSchema(f"'{path}' points outside the schema: write it under $defs.")
        found = self.root
        for step in path.removeprefix("#").split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            if not isinstance(found, dict) or key not in found:
                raise InvalidSchema(f"'{path}' points at nothing in the schema.")
            found = found[key]
        return found

    def object(self, schema: dict[str, Any]) -> Check:
        known = {name: self.check(part) for name, part in schema.get("properties", {}).items()}
        others = self.check(schema.get("additionalProperties", True))
        required = tuple(schema.get("required", ()))

        def check(value: Any) -> str | None:
            if not isinstance(value, dict):
                return None
            for name in required:
                if name not in value:
                    return f"'{name}' is missing"
            for name, item in value.items():
                if wrong := known.get(name, others)(item):
                    return f"{name}: {wrong}"
            return None

        return check

    def array(self, schema: dict[str, Any]) -> Check:
        first = [self.check(part) for part in schema.get("prefixItems", ())]
        others = self.check(schema.get("items", True))

        def check(value: Any) -> str | None:
            if not isinstance(value, list):
                return None
            for position, item in enumerate(value):
                of_item = first[position] if position < len(first) else others
                if wrong := of_item(item):
                    return f"{position}: {wrong}"
            return None

        return check


def _options(schema: dict[str, Any]) -> Iterator[list[Any]]:
    if "enum" in schema:
        yield schema["enum"]
    if "const" in schema:
        yield [schema["const"]]


def _all_of(checks: list[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]
    return lambda value: next((wrong for check in checks if (wrong := check(value))), None)


def _count(checks: list[Check], name: str, fits: Callable[[int], bool]) -> Check:
    def check(value: Any) -> str | None:
        right = sum(1 for part in checks if part(value) is None)
        return None if fits(right) else f"{shown(value)} does not fit {name}"

    return check
