"""The one JSON object of a judge's reply, or why there is none to trust."""

import json
import re
from typing import Any, NoReturn

from grasp_ui.errors import GraspError
from grasp_ui.llm.port import Reply

SPACE = re.compile(r"[\s\\]+")
MOST_SHOWN = 80
"""How much of something unexpected a message has."""


class UnreadableJudgement(GraspError):
    """A judge's reply holds no judgement; `code` names why."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def object_of(reply: Reply, judged: str) -> Any:
    """The JSON of a reply about `judged`; an object out of that text is not taken.

    Raises:
        UnreadableJudgement: `not_json`, `ambiguous`, or `quoted` from what was judged.
    """
    found = reply.value if reply.value is not None else only_object(reply.text)
    if isinstance(found, dict) and found and _stands_in(found, judged):
        what = "The answer repeats an object of the text that is judged: answer in your own words."
        raise UnreadableJudgement("quoted", what)
    return found


def only_object(text: str) -> dict[str, Any]:
    r"""The object that `text` is, or the only one in it, fenced or between words.

    A brace elsewhere in the text makes it ambiguous: a judge that quotes what it judges may
    quote a verdict, and nobody knows which of two it means. Raw line breaks in strings pass.

    Raises:
        UnreadableJudgement: `not_json`, or `ambiguous` where more than one thing may be meant.

    Example:
        >>> only_object('Sure:\n```json\n{"said": "so \\"good\\""}\n```')
        {'said': 'so "good"'}
    """
    start = text.find("{")
    if start < 0:
        raise UnreadableJudgement("not_json", "The answer has no JSON object.")
    found, end = _decoded(text, start)
    if "{" in text[end:] or "}" in text[:start] + text[end:]:
        what = "The answer has more than one object: give one JSON object and nothing else."
        raise UnreadableJudgement("ambiguous", what)
    return found


def plain(value: object) -> str:
    """`value` as a text that can be stored: "" for nothing, half a surrogate replaced."""
    return str(value or "").encode("utf-8", "replace").decode()


def shown(value: object) -> str:
    """`value` for a message, cut where it is long."""
    return plain(repr(value))[:MOST_SHOWN]


def _decoded(text: str, start: int) -> tuple[dict[str, Any], int]:
    try:
        return DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        what = f"The answer is not JSON: {error.msg} at character {error.pos + 1}."
        raise UnreadableJudgement("not_json", what) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableJudgement("not_json", f"The answer is not JSON: {error}.") from None


def _stands_in(found: dict[str, Any], judged: str) -> bool:
    """Whether `judged` has this very object, white space and escapes aside."""
    if "{" not in judged:
        return False
    text = SPACE.sub("", judged)
    forms = (json.dumps(found, ensure_ascii=plainly) for plainly in (False, True))
    return any(SPACE.sub("", form) in text for form in forms)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableJudgement("ambiguous", f"The answer has {shown(twice)} more than once.")
    return found


DECODER = json.JSONDecoder(strict=False, parse_constant=_refuse, object_pairs_hook=_once)
