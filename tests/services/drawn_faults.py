"""Faults for the fake server, drawn by what is asked: the same in whatever order calls come."""

from collections import Counter
from hashlib import blake2b
from random import Random
from typing import Any

import orjson

from tests.fake_server import BODIES, REFUSALS, TEXTS

ANYWHERE = [*REFUSALS, *BODIES, "empty", "none", "content_filter", "hang", "reset"]
FORMAL = ["badjson", "mismatch", "length"]
STREAMED = ["broken stream", "error in stream", "silent stream", "stalled stream"]
CODES = {
    "429": "rate_limited", "429 for an hour": "rate_limited", "503": "rate_limited",
    "500": "server_fault", "401": "not_authorized", "400": "bad_request", "404": "bad_request",
    "redirect": "bad_request", "malformed": "malformed_reply", "no choices": "malformed_reply",
    "error as success": "rate_limited", "not an object": "malformed_reply",
    "empty": "empty_reply", "none": "empty_reply", "content_filter": "content_filter",
    "hang": "timed_out", "reset": "unreachable", "badjson": "schema_mismatch",
    "mismatch": "schema_mismatch", "length": "cut_off", "broken stream": "malformed_reply",
    "error in stream": "server_fault", "silent stream": "timed_out", "stalled stream": "timed_out",
}  # fmt: skip
"""The class of failure that each fault is told as."""
ERROR_TEXTS = [
    *(message.partition(":")[0] for _, _, message in REFUSALS.values() if message),
    *(text.decode() for text in BODIES.values()),
    *(text for text, _ in TEXTS.values() if text), "Slow down", "Out of memory", "127.0.0.1",
]  # fmt: skip
"""What the faults say, and what is said of them."""
FINAL = {"401", "400", "404", "redirect", "429 for an hour", "content_filter"}


class DrawnFaults:
    """A share of all calls fails: a third of them each time, the others the first time only."""

    def __init__(self, share: float) -> None:
        self.share = share
        self.is_on = True
        self._given: dict[bytes, list[str]] = {}
        self._passing: set[bytes] = set()
        self._drawn: Counter[int] = Counter()

    def __call__(self, body: dict[str, Any]) -> str:
        """The fault of this request; empty for none."""
        call = _digest(body)
        drawn = Random(call)
        is_faulty, is_passing = drawn.random() < self.share, drawn.random() < 2 / 3
        if not self.is_on or not is_faulty or (call in self._passing):
            return ""
        # In turn, so that a few dozen faults are of every kind.
        kinds = _kinds(body)
        fault = kinds[self._drawn[len(kinds)] % len(kinds)]
        self._drawn[len(kinds)] += 1
        self._given.setdefault(call, []).append(fault)
        if is_passing:
            self._passing.add(call)
        return fault

    @property
    def kinds(self) -> set[str]:
        """Every kind of fault that was given so far."""
        return {fault for faults in self._given.values() for fault in faults}

    def given(self, body: dict[str, Any]) -> list[str]:
        """The faults that a call has met so far."""
        return self._given.get(_digest(body), [])

    def dooms(self, body: dict[str, Any]) -> bool:
        """Whether no patience helps a call that has been made."""
        call, faults = _digest(body), self.given(body)
        return bool(faults) and (call not in self._passing or not FINAL.isdisjoint(faults))


def _kinds(body: dict[str, Any]) -> list[str]:
    formal = FORMAL if "response_format" in body else []
    return [*formal, *ANYWHERE, *(STREAMED if body.get("stream") else [])]


def _digest(body: dict[str, Any]) -> bytes:
    told = orjson.dumps([body.get("model"), body["messages"]])
    return blake2b(told, digest_size=8).digest()
