"""JSON texts as rows, and what is wrong where one is none."""

import json
from typing import Any, NoReturn

from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.text_file import NOT_UTF8, is_text
from grasp_ui.model.value import JsonObject

HALF = "it holds half of a surrogate pair"


def refuse_constant(constant: str) -> NoReturn:
    """For a decoder: NaN and infinity are Python's, not JSON's.

    Raises:
        ValueError: always.
    """
    raise ValueError(f"{constant} is not JSON")


def row_of(text: str, line: int, place: str = "") -> JsonObject | SetAside:
    """The object that `text` holds."""
    if not is_text(text):
        return SetAside(line, NOT_UTF8, place)
    try:
        found = json.loads(text, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        return SetAside(line, f"not JSON ({error.msg} at character {error.pos + 1})", place)
    except (ValueError, RecursionError) as error:
        return SetAside(line, f"not JSON ({error})", place)
    # Only an escape can say half of a pair, and few texts hold one.
    return object_of(found, line, place, may_be_half="\\ud" in text or "\\uD" in text)


def object_of(
    found: Any, line: int, place: str = "", *, may_be_half: bool = True
) -> JsonObject | SetAside:
    """`found` where it is an object of sound texts."""
    if not isinstance(found, dict):
        return SetAside(line, f"a JSON {_kind(found)}, not an object", place)
    if may_be_half and not is_text(json.dumps(found, ensure_ascii=False)):
        return SetAside(line, HALF, place)
    return found


def _kind(found: object) -> str:
    names = {list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(found), "number")
