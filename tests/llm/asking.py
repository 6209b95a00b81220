"""What the tests of this room ask with: small requests, ears, an impatient model."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson

from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.patience import Patience
from grasp_ui.llm.port import CallFailure, Request

SCORE = {
    "type": "object",
    "properties": {"score": {"type": "integer", "minimum": 1, "maximum": 5}},
    "required": ["score"],
    "additionalProperties": False,
}
SOON = Patience(attempts=3, first_wait_seconds=0.001, jitter=lambda: 0.5)


def asking(text: str = "Hi", **more: Any) -> Request:
    """A request that says `text`."""
    messages = [{"role": "user", "content": text}]
    return Request(orjson.dumps({"model": "fake", "messages": messages, **more}))


def asking_for_score(text: str = "How good?") -> Request:
    """A request whose reply must be JSON of the schema `SCORE`."""
    wanted = {"type": "json_schema", "json_schema": {"name": "score", "schema": SCORE}}
    return Request(asking(text, response_format=wanted).body, schema=SCORE, formal=True)


def asking_yes_or_no(text: str = "Is it good?") -> Request:
    """A request for the probabilities of one token."""
    return asking(text, max_tokens=1, logprobs=True, top_logprobs=20)


class Ears:
    """A watch that keeps what it hears."""

    def __init__(self, *, wants_text: bool = False) -> None:
        self.wants_text = wants_text
        self.begun = 0
        self.pieces: list[str] = []
        self.failures: list[tuple[int, CallFailure]] = []

    def begin(self) -> None:
        """Count an attempt."""
        self.begun += 1

    def text(self, piece: str) -> None:
        """Keep a piece."""
        self.pieces.append(piece)

    def failed(self, failure: CallFailure, *, attempt: int, started: float, seconds: float) -> None:
        """Keep a failure with the number of its attempt."""
        assert started > 0 or seconds == 0
        self.failures.append((attempt, failure))

    @property
    def codes(self) -> list[str]:
        """The classes of the failures, in order."""
        return [failure.code for _, failure in self.failures]


@asynccontextmanager
async def direct(
    url: str, *, key: str = "", calls_at_once: int = 8, timeout_seconds: float = 5.0
) -> AsyncIterator[DirectModel]:
    """A model at `url` that retries at once, twice; closed at the end of the block."""
    endpoint = Endpoint(url, key, Limits(calls_at_once, timeout_seconds))
    yield DirectModel("fake", "fake", endpoint, SOON)
    await endpoint.close()
