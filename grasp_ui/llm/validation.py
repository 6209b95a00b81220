"""From what an endpoint answered to a `Reply`, or to the named failure that it is."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from grasp_ui.llm.port import (
    UNKNOWN_USAGE,
    CutOff,
    EmptyReply,
    Filtered,
    MalformedReply,
    NoProbabilities,
    Reply,
    Request,
    SchemaMismatch,
    Usage,
)
from grasp_ui.llm.schema import compile_schema

Top = tuple[tuple[str, float], ...]


class Timing(NamedTuple):
    """When an attempt began (seconds since 1970), how long it took, which it was."""

    started: float = 0.0
    seconds: float = 0.0
    attempt: int = 0


def completion_of(raw: bytes) -> dict[str, Any]:
    """The JSON object that `raw` is.

    Raises:
        MalformedReply: it is none.
    """
    try:
        completion = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedReply(
            f"The endpoint's answer is not JSON ({error}). Check that its address ends in /v1."
        ) from error
    if not isinstance(completion, dict):
        raise MalformedReply("The endpoint's answer is JSON, but not an object.")
    return completion


def reply_of(completion: Mapping[str, Any], request: Request, timing: Timing) -> Reply:
    """Validate a chat completion against what was asked.

    Raises:
        CallFailure: each way in which it falls short has its own class.
    """
    choice, message = _first_choice(completion)
    finish = choice.get("finish_reason")
    text = message.get("content")
    if finish != "stop" or not text:
        _refuse_withheld(finish, message, formal=request.formal)
    top = _top(choice) if b'"logprobs":true' in request.body else ()
    if type(text) is not str or not text or text.isspace():
        text = _odd_text(text, finish, top)
    return Reply(
        text,
        None if request.schema is None else parsed(text, request.schema),
        finish,
        _usage(completion.get("usage")),
        top,
        message.get("reasoning_content") or message.get("reasoning") or None,
        *timing,
    )


def parsed(text: str, schema: Mapping[str, Any]) -> Any:
    """The JSON that `text` is, where it satisfies `schema`; a code fence is allowed.

    Raises:
        SchemaMismatch: it is not JSON, or not of the schema; the message says where.

    Example:
        >>> parsed('{"score": 4}', {"properties": {"score": {"type": "integer"}}})
        {'score': 4}
    """
    bare = text.strip()
    if bare.startswith("```"):
        bare = bare.removesuffix("```").partition("\n")[2]
    try:
        value = orjson.loads(bare)
    except orjson.JSONDecodeError as error:
        raise SchemaMismatch(f"The answer is not JSON: {error}.") from error
    wrong = compile_schema(schema)(value)
    if wrong:
        raise SchemaMismatch(f"The answer does not fit its schema: {wrong}.")
    return value


def _first_choice(completion: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first choice, and its message."""
    try:
        choice = completion["choices"][0]
        message = choice["message"]
    except (KeyError, IndexError, TypeError) as error:
        raise _no_message(completion) from error
    if type(choice) is not dict or type(message) is not dict:
        raise _no_message(completion)
    return choice, message


def _no_message(completion: Mapping[str, Any]) -> MalformedReply:
    choices = completion.get("choices")
    if not isinstance(choices, list):
        return MalformedReply("The answer is not a chat completion: it has no choices.")
    if not choices or not isinstance(choices[0], dict):
        return MalformedReply("The answer has an empty list of choices.")
    return MalformedReply("The answer's first choice has no message.")


def _refuse_withheld(finish: object, message: Mapping[str, Any], *, formal: bool) -> None:
    if finish == "content_filter":
        raise Filtered("The endpoint's content filter took the answer away.")
    refusal = message.get("refusal")
    if refusal and not message.get("content"):
        raise Filtered(f"The model refused: {str(refusal)[:200]}")
    if formal and finish == "length":
        raise CutOff("The token limit cut the answer off before it was complete: raise max_tokens.")


def _odd_text(text: object, finish: object, top: Top) -> str:
    """The text of an answer whose content is not simply text."""
    if isinstance(text, list):
        text = "".join(
            str(part.get("text") or "") if isinstance(part, dict) else "" for part in text
        )
    if isinstance(text, str) and text and not text.isspace():
        return text
    if text is not None and not isinstance(text, str):
        raise MalformedReply(f"The answer's content is of type {type(text).__name__}, not text.")
    # Where probabilities were asked for they are the answer; the token beside them may be blank.
    said = next((token for token, _ in top if token.strip()), "")
    if said:
        return said
    if finish == "length":
        raise EmptyReply("The token limit was used up before any text came: raise max_tokens.")
    raise EmptyReply("The answer has no text.")


def _top(choice: Mapping[str, Any]) -> Top:
    """The first token's candidates, likeliest first."""
    try:
        first = choice["logprobs"]["content"][0]
        found = first.get("top_logprobs") or [first]
        pairs = [(str(one["token"]), float(one["logprob"])) for one in found]
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise NoProbabilities(
            "The endpoint gave no log-probabilities: judge by method schema, or use a model "
            "that gives them."
        ) from error
    return tuple(sorted(pairs, key=lambda pair: -pair[1]))


def _usage(said: object) -> Usage:
    if not isinstance(said, dict):
        return UNKNOWN_USAGE
    prompt, reply = _count(said, "prompt_tokens"), _count(said, "completion_tokens")
    # Some (xAI, Gemini) leave reasoning out of the reply's tokens, but not out of the bill.
    reply = max(reply, _count(said, "total_tokens") - prompt)
    cost = said.get("cost")
    cost = float(cost) if cost is not None and isinstance(cost, int | float) else 0.0
    prompted, replied = said.get("prompt_tokens_details"), said.get("completion_tokens_details")
    if not prompted and not replied:
        return Usage(prompt, reply, cost)
    return Usage(
        prompt,
        reply,
        cost,
        _count(prompted, "cached_tokens"),
        _count(prompted, "cache_creation_tokens"),
        _count(replied, "reasoning_tokens"),
    )


def _count(said: object, name: str) -> int:
    count = said.get(name) if isinstance(said, dict) else None
    return count if type(count) is int else 0
