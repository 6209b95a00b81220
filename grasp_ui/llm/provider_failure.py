"""What litellm raised, as the failure that the direct client would have given.

litellm calls a broken connection, a malformed answer and its own slips all a server error; the
truth is further down the chain of causes: an HTTP answer, a transport's error, a parser's.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from grasp_ui.llm.port import (
    BadRequest,
    CallFailure,
    Filtered,
    MalformedReply,
    NotAuthorized,
    TimedOut,
    Unreachable,
)
from grasp_ui.llm.refusal import NO_KEY, failure_of, message_of, scrub

DEEPEST = 12
AFTER = re.compile(r"\s*(Traceback \(most recent|Original exception:|Handle with `litellm).*", re.S)
# What litellm puts around a provider's words: class names before them, advice and traces after.
PREFIX = re.compile(r"^(litellm\.)?\w*(Error|Exception|Timeout): |^\w+(Exception|Error) - ")
NO_CONNECTION = {"ClientConnectorError", "ClientConnectorDNSError", "ConnectTimeout"}
BROKEN = {
    "CloseError", "ConnectError", "NetworkError", "ProtocolError", "ProxyError", "ReadError",
    "RemoteProtocolError", "WriteError",
}  # fmt: skip
NO_CREDENTIALS = re.compile(r"\b(missing|no|locate|set)\b.{0,40}\b(credentials|api.key)", re.I)
NOT_INSTALLED = {"ImportError", "ModuleNotFoundError"}
NOT_UNDERSTOOD = {"AttributeError", "JSONDecodeError", "KeyError", "TypeError"}
FINAL_STATUSES = (400, 401, 403, 404, 413, 422, 429)


def failure_from(error: Exception, *, where: str, key: str, timeout_seconds: float) -> CallFailure:
    """The failure that `error` is; its message holds no part of `key`."""
    causes = list(_chain(error))
    names = {kind.__name__ for cause in causes for kind in type(cause).__mro__}
    said = scrub(_bare(str(error)), key)
    if "ContentPolicyViolationError" in names:
        return Filtered(f"{where}: the content filter took the answer away. It says: {said}")
    answer = next(filter(None, map(_http_answer, causes)), None)
    if answer is not None:
        return _refused(answer, said, where=where, key=key)
    if names & NO_CONNECTION:
        return Unreachable(
            f"Nothing answers at {where}. Is this machine connected, and the address right?"
        )
    if names & {"Timeout", "TimeoutException", "TimeoutError"}:
        return too_late(where, timeout_seconds)
    if names & BROKEN:
        return Unreachable(f"The connection to {where} broke.")
    return _without_answer(error, names, said, where)


def too_late(where: str, timeout_seconds: float) -> TimedOut:
    """No complete answer came in time."""
    return TimedOut(
        f"{where} gave no complete answer within {timeout_seconds:g} seconds. Raise the model's "
        "timeout in Settings, or lower max_tokens."
    )


def _without_answer(error: Exception, names: set[str], said: str, where: str) -> CallFailure:
    """What is neither a refusal over HTTP nor a transport's: told under 200, or never sent."""
    status = getattr(error, "status_code", None)
    if NO_CREDENTIALS.search(said):
        return NotAuthorized(f"{where}: {NO_KEY}. litellm says: {said}")
    if names & NOT_INSTALLED:
        return BadRequest(f"{where} needs a package that is not installed. litellm says: {said}")
    if status in FINAL_STATUSES or (
        "MidStreamFallbackError" in names and not names & NOT_UNDERSTOOD
    ):
        now = datetime.now(UTC)
        headers = getattr(error, "litellm_response_headers", None) or {}
        return failure_of(status or 500, said, where=where, headers=headers, now=now)
    return MalformedReply(f"The answer of {where} is not a chat completion. litellm says: {said}")


def _refused(answer: Any, said: str, *, where: str, key: str) -> CallFailure:
    try:
        raw = answer.content
    except RuntimeError:
        raw = b""
    told = message_of(raw, key) if raw else said
    now = datetime.now(UTC)
    return failure_of(answer.status_code, told, where=where, headers=answer.headers, now=now)


def _http_answer(cause: BaseException) -> Any:
    """The HTTP answer that a cause holds; litellm's own errors hold invented ones."""
    is_http = any(kind.__name__ == "HTTPStatusError" for kind in type(cause).__mro__)
    is_sdk = type(cause).__module__.startswith("openai")
    return getattr(cause, "response", None) if is_http or is_sdk else None


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    for _ in range(DEEPEST):
        if link is None:
            return
        yield link
        link = link.__cause__ or link.__context__ or getattr(link, "original_exception", None)


def _bare(said: str) -> str:
    """The provider's words in litellm's message.

    Example:
        >>> _bare("litellm.RateLimitError: RateLimitError: XException - Slow down.")
        'Slow down.'
    """
    said = AFTER.sub("", said)
    while (shorter := PREFIX.sub("", said, count=1)) != said:
        said = shorter
    return said
