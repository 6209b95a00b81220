"""Rows as lines of JSON that every reader takes, mended where they have to be."""

import json
import math
from typing import Any

from grasp_ui.model.value import JsonObject


def line_of(row: JsonObject) -> tuple[bytes, bool]:
    r"""`row` as one line of UTF-8, and whether it had to be repaired.

    Halves of surrogate pairs are joined where they meet and become U+FFFD where they do not,
    as does NUL; numbers that JSON does not have (NaN, infinity) become null. Order is kept.

    Example:
        >>> line_of({"a": "tea", "b": chr(0xD800)})
        (b'{"a": "tea", "b": "\xef\xbf\xbd"}\n', True)
    """
    try:
        text = json.dumps(row, ensure_ascii=False, allow_nan=False)
        line = text.encode()
    except ValueError:  # not JSON's number, or not UTF-8
        return _dumped(repaired(row)), True
    if "\\u0000" not in text:
        return line + b"\n", False
    mended = _dumped(repaired(row))
    return mended, mended != line + b"\n"


def repaired(value: Any) -> Any:
    """`value` without what cannot be stored, keys included."""
    match value:
        case str():
            return _mended(value)
        case dict():
            return {_mended(str(key)): repaired(inner) for key, inner in value.items()}
        case list() | tuple():
            return [repaired(inner) for inner in value]
        case float() if not math.isfinite(value):
            return None
        case _:
            return value


def _mended(text: str) -> str:
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", "\ufffd")


def _dumped(row: JsonObject) -> bytes:
    return json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n"
