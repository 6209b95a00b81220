"""JSON that stands in a text: in a code fence, or between other words."""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from grasp_ui.errors import GraspError
from grasp_ui.text.templates import UnknownVariable, look_up

FENCE = re.compile(r"```[^\n`]*\n(.*?)```", re.DOTALL)
OPENING = re.compile(r"[{\[]")


class NoJson(GraspError):
    """A text holds no JSON, or JSON without the part that is asked for."""


def json_in(text: str) -> Any:
    r"""The JSON that `text` is or holds.

    The whole text is tried first, then what stands in a code fence, then the first object or
    list between other words. Line breaks and tabs inside of strings are let pass: models write
    them. NaN and Infinity are no JSON.

    Raises:
        NoJson: there is none; the message has the place of the first mistake.

    Example:
        >>> json_in('Here you are:\n```json\n{"a": [1, 2]}\n```\nAnything else?')
        {'a': [1, 2]}
        >>> json_in('Sure! {"a": 1} is it.'), json_in(" 4 ")
        ({'a': 1}, 4)
    """
    first: NoJson | None = None
    for candidate in _candidates(text):
        try:
            return _read(candidate)
        except NoJson as error:
            first = first or error
    value = next(_between_words(text), None)
    if value is None:
        raise first or NoJson("The text is empty.")
    return value


def at_path(value: Any, path: str) -> Any:
    """What stands at `path`, `items.0.name` or as JSON pointer `/items/0/name`.

    An empty path is the whole value.

    Raises:
        NoJson: nothing stands there; the message says what there is.

    Example:
        >>> at_path({"items": [{"a/b": 1}]}, "items.0"), at_path([{"a/b": 1}], "/0/a~1b")
        ({'a/b': 1}, 1)
    """
    try:
        return look_up({"JSON": value}, ("JSON", *path_steps(path)))
    except UnknownVariable as error:
        raise NoJson(str(error)) from None


def path_steps(path: str) -> tuple[str, ...]:
    """The steps of a dotted path or a JSON pointer (RFC 6901).

    Example:
        >>> path_steps("a.0.b"), path_steps("/a.b/0"), path_steps("")
        (('a', '0', 'b'), ('a.b', '0'), ())
    """
    if path.startswith("/"):
        return tuple(step.replace("~1", "/").replace("~0", "~") for step in path[1:].split("/"))
    return tuple(path.split(".")) if path else ()


def _candidates(text: str) -> Iterator[str]:
    if text.strip():
        yield text.strip()
    yield from (match[1].strip() for match in FENCE.finditer(text))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


DECODER = json.JSONDecoder(strict=False, parse_constant=_refuse)


def _read(text: str) -> Any:
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NoJson(f"It is not JSON: {error.msg} at character {error.pos + 1}.") from None
    except (ValueError, RecursionError) as error:
        raise NoJson(f"It is not JSON: {error}.") from None


def _between_words(text: str) -> Iterator[Any]:
    """The first object or list in `text`, if any: never a part of one that is broken off."""
    opening = OPENING.search(text)
    while opening:
        try:
            yield DECODER.raw_decode(text, opening.start())[0]
        except json.JSONDecodeError as error:
            if error.msg.startswith("Unterminated string"):
                return
            # What was read before the mistake belongs to what is broken.
            opening = OPENING.search(text, max(error.pos, opening.end()))
        except (ValueError, RecursionError):
            return
        else:
            return
