"""The one JSON object of a judge's reply, or the reason why there is none to trust."""

import json
from typing import Any, NoReturn

from grasp_ui.errors import GraspError


class UnreadableJudgement(GraspError):
    """A judge's reply holds no judgement; `code` names why."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def only_object(text: str) -> dict[str, Any]:
    r"""The object that `text` is, or the only one in it, in a code fence or between words.

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
    try:
        found, end = DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        what = f"The answer is not JSON: {error.msg} at character {error.pos + 1}."
        raise UnreadableJudgement("not_json", what) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableJudgement("not_json", f"The answer is not JSON: {error}.") from None
    if "{" in text[end:] or "}" in text[:start] + text[end:]:
        what = "The answer has more than one object: give one JSON object and nothing else."
        raise UnreadableJudgement("ambiguous", what)
    return dict(found)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableJudgement("ambiguous", f"The answer has '{twice[:40]}' more than once.")
    return found


DECODER = json.JSONDecoder(strict=False, parse_constant=_refuse, object_pairs_hook=_once)
