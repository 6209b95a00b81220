"""Anthropic's Messages API over the fake server's answers."""

from collections.abc import Iterator
from typing import Any

import orjson
from aiohttp import web

STOP_REASONS = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}
ERROR_TYPES = {400: "invalid_request_error", 401: "authentication_error", 404: "not_found_error",
               429: "rate_limit_error", 503: "overloaded_error"}  # fmt: skip


def as_chat(body: dict[str, Any]) -> dict[str, Any]:
    """A Messages request as the chat completion request that asks for the same."""
    system = [{"role": "system", "content": texts(body["system"])}] if body.get("system") else []
    said = [{"role": m["role"], "content": texts(m["content"])} for m in body["messages"]]
    chat = {"model": body["model"], "messages": [*system, *said]}
    names = ("max_tokens", "temperature", "stream")
    chat |= {name: body[name] for name in names if name in body}
    schema = wanted_schema(body)
    if schema:
        chat["response_format"] = {"json_schema": {"schema": schema}}
    return chat


def wanted_schema(body: dict[str, Any]) -> dict[str, Any] | None:
    """The schema asked for: of the output itself, or of the one tool that must be used."""
    wanted = body.get("output_format") or (body.get("output_config") or {}).get("format")
    if wanted:
        return dict(wanted["schema"])
    tools = body.get("tools")
    return dict(tools[0]["input_schema"]) if tools else None


def texts(content: Any) -> str:
    """The text of a message's content, whatever its form."""
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def as_message(completion: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """A chat completion as the answer to a Messages request."""
    choice = completion["choices"][0]
    usage = completion["usage"]
    return {
        "id": "msg_1", "type": "message", "role": "assistant", "model": body["model"],
        "content": list(blocks(choice["message"], body)),
        "stop_reason": STOP_REASONS[choice["finish_reason"]], "stop_sequence": None,
        "usage": {"input_tokens": usage["prompt_tokens"],
                  "output_tokens": usage["completion_tokens"]},
    }  # fmt: skip


def blocks(said: dict[str, Any], body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The content's blocks: a thought, then the text, or the use of the tool that was asked for."""
    text = said["content"]
    yield {"type": "thinking", "thinking": said["reasoning_content"], "signature": "x"}
    if text is None:
        return
    try:
        value = orjson.loads(text) if body.get("tools") else None
    except orjson.JSONDecodeError:
        value = None
    if isinstance(value, dict):
        name = body["tools"][0]["name"]
        yield {"type": "tool_use", "id": "toolu_1", "name": name, "input": value}
    else:
        yield {"type": "text", "text": text}


def error_body(status: int, message: str) -> dict[str, Any]:
    """An error as this API tells it."""
    kind = ERROR_TYPES.get(status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": message}}


async def streamed_message(
    request: web.Request, message: dict[str, Any], fault: str
) -> web.StreamResponse:
    """The message as events, a word each; a broken stream ends after the first words."""
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await answer.prepare(request)
    told = list(events(message))
    if fault == "error in stream":
        told[3:] = [{**error_body(500, "Out of memory")}]
    if fault == "broken stream":
        del told[3:]
    for event in told:
        named = f"event: {event['type']}\ndata: ".encode()
        await answer.write(named + orjson.dumps(event) + b"\n\n")
    return answer


def events(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The events of a streamed message."""
    start = {**message, "content": [], "stop_reason": None}
    yield {"type": "message_start", "message": {**start, "usage": {
        **message["usage"], "output_tokens": 1}}}  # fmt: skip
    for at, block in enumerate(message["content"]):
        yield from block_events(at, block)
    ended = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    yield {"type": "message_delta", "delta": ended,
           "usage": {"output_tokens": message["usage"]["output_tokens"]}}  # fmt: skip
    yield {"type": "message_stop"}


def block_events(at: int, block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The events of one block of a streamed message."""
    empty: dict[str, Any]
    match block["type"]:
        case "tool_use":
            empty, kind, field = {"input": {}}, "input_json_delta", "partial_json"
            whole = orjson.dumps(block["input"]).decode()
        case "thinking":
            empty, kind, field = {"thinking": "", "signature": ""}, "thinking_delta", "thinking"
            whole = block["thinking"]
        case _:
            empty, kind, field = {"text": ""}, "text_delta", "text"
            whole = block["text"]
    yield {"type": "content_block_start", "index": at, "content_block": {**block, **empty}}
    for piece in pieces(whole):
        delta = {"type": kind, field: piece}
        yield {"type": "content_block_delta", "index": at, "delta": delta}
    yield {"type": "content_block_stop", "index": at}


def pieces(text: str) -> list[str]:
    """`text` in words, each with the space before it."""
    first, *rest = text.split(" ")
    return [first, *(f" {word}" for word in rest)]
