"""What an endpoint's refusal means: a named failure that tells no secret."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from math import isnan
from typing import Any

import orjson

from grasp_ui.llm.port import (
    BadRequest,
    CallFailure,
    NotAuthorized,
    NotReady,
    OutOfQuota,
    RateLimited,
    ServerFault,
    TimedOut,
)

WORD = re.compile(r"[^\s'\"`,;()\[\]{}<>]+")
MASKED = re.compile(r"\*{2}|•|…|\w\.{2,}\w|^(sk|pk|gsk|hf|key|api)[-_]\w{4}", re.IGNORECASE)
QUOTA_SPENT = re.compile(
    r"insufficient[_ ]quota|exceeded your current quota|billing", re.IGNORECASE
)
FRAGMENT = 4
NO_KEY = "the key is missing or refused; set the environment variable that Settings names for it"
MEANINGS: dict[int, tuple[type[CallFailure], str]] = {
    401: (NotAuthorized, NO_KEY),
    403: (NotAuthorized, NO_KEY),
    404: (BadRequest, "no such model or address; check both in Settings"),
    408: (TimedOut, "the endpoint gave up waiting"),
    429: (RateLimited, "the endpoint asks for patience"),
    502: (NotReady, "the endpoint is not ready"),
    503: (NotReady, "the endpoint is not ready"),
    504: (TimedOut, "the endpoint gave up waiting"),
}
LONGEST_MESSAGE = 300


def failure_of(
    status: int, said: str, *, where: str, headers: Mapping[str, str], now: datetime
) -> CallFailure:
    """The failure that an answer with `status` is; `said` is scrubbed already."""
    wait = retry_after(headers, now)
    kind, fact = _meaning(status, is_dated=wait is not None)
    said = f" It says: {said}" if said else ""
    if status == 429 and QUOTA_SPENT.search(said):
        kind, fact = OutOfQuota, "the account's quota or credit is used up; add to it there"
    return kind(f"{where}: {fact} (status {status}).{said}", retry_after=wait)


def _meaning(status: int, *, is_dated: bool) -> tuple[type[CallFailure], str]:
    if status == 503 and is_dated:
        return MEANINGS[429]
    if status in MEANINGS:
        return MEANINGS[status]
    if status >= 500:
        return ServerFault, "the endpoint failed"
    if status < 400:
        return BadRequest, "the endpoint sends elsewhere; set its final address in Settings"
    return BadRequest, "the endpoint refuses the request as it is"


def message_of(raw: bytes, key: str) -> str:
    """What an error's body says, in one scrubbed line; empty where that is nothing."""
    try:
        error: Any = orjson.loads(raw)
    except orjson.JSONDecodeError:
        error = "" if raw.lstrip()[:1] == b"<" else raw.decode(errors="replace")
    if isinstance(error, dict):
        error = error.get("error", error)
    if isinstance(error, dict):
        error = error.get("message") or error.get("detail") or ""
    return scrub(str(error), key)


def scrub(text: str, key: str) -> str:
    """`text` in one bounded line, without `key`, its parts or what looks like one.

    Example:
        >>> scrub("Incorrect API key provided: sk-ab***xyz1.", "sk-abcdefxyz1")
        'Incorrect API key provided: [key]'
    """
    if key:
        text = text.replace(key, "[key]")
    line = " ".join(text[: 10 * LONGEST_MESSAGE].split())
    line = WORD.sub(lambda word: "[key]" if _tells(word[0], key) else word[0], line)
    return line if len(line) <= LONGEST_MESSAGE else f"{line[: LONGEST_MESSAGE - 1]}…"


def _tells(word: str, key: str) -> bool:
    """Whether a word is a key, masked or not, or shares a run of characters with ours."""
    if MASKED.search(word):
        return True
    runs = (key[at : at + FRAGMENT] for at in range(len(key) - FRAGMENT + 1))
    return any(run in word for run in runs)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that an answer's headers ask to wait; None if they do not.

    `retry-after-ms` is the more exact and counts first; a date counts from `now`.
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        asked = headers.get(name)
        if asked is None:
            continue
        try:
            seconds = float(asked) * unit
            return None if isnan(seconds) else max(0.0, seconds)
        except ValueError:
            return _until(asked, now)
    return None


def _until(asked: str, now: datetime) -> float | None:
    try:
        return max(0.0, (parsedate_to_datetime(asked) - now).total_seconds())
    except (TypeError, ValueError):
        return None
