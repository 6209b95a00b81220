"""Values of tables and files as JSON has them."""

import math
from base64 import b64encode
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any


def json_value(value: object) -> Any:
    """`value` in texts, numbers, lists and dicts with text keys.

    Times become ISO 8601 texts and durations seconds; whole decimals become whole numbers and
    the others floats; bytes become their UTF-8 text, else base64; what JSON cannot say as a
    number (NaN, infinity) becomes None, and anything unknown its text.

    Example:
        >>> json_value({"at": date(2026, 5, 1), 2: [Decimal("1.50"), b"tea", float("nan")]})
        {'at': '2026-05-01', '2': [1.5, 'tea', None]}
    """
    match value:
        case str() | bool() | int() | None:
            return value
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {str(key): json_value(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [json_value(item) for item in value]
        case _:
            return _plain(value)


def _plain(value: object) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal() if value.is_finite():
            return int(value) if value == value.to_integral_value() else float(value)
        case Decimal():
            return None
        case bytes():
            return _text(value)
    return str(value)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return b64encode(value).decode()
