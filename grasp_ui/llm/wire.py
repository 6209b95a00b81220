"""Bytes out, a chat completion in: the one tuned HTTP client of an address."""

from asyncio import CancelledError, Timeout, timeout
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import get_ident
from typing import Any

import orjson

from grasp_ui.llm.address import PATH, checked_address, shown_address
from grasp_ui.llm.breakage import failure_from, late_start
from grasp_ui.llm.deadlines import Deadlines
from grasp_ui.llm.http_client import Answer, HttpClient
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import CallFailure
from grasp_ui.llm.refusal import failure_of, message_of
from grasp_ui.llm.streaming import Assembly
from grasp_ui.llm.validation import completion_of

STREAM_TAIL = b',"stream":true,"stream_options":{"include_usage":true}}'
STREAM_TYPE = "text/event-stream"


class Wire:
    """The HTTP client of one address, made in the running loop on first use.

    Belongs to that loop until `close`. An empty `key` sends none.
    """

    def __init__(self, url: str, key: str, limits: Limits) -> None:
        self._address = url.strip().rstrip("/").removesuffix(PATH)
        self.where = shown_address(self._address)
        self._key = key.strip()
        self._limits = limits
        self._deadlines = Deadlines(limits.timeout_seconds)
        self._thread = 0
        self._client: HttpClient | None = None

    def __repr__(self) -> str:
        return f"Wire({self.where!r})"

    async def ask(
        self, body: bytes, on_text: Callable[[str], None] | None = None
    ) -> dict[str, Any]:
        """Send `body` once and read the completion that comes.

        With `on_text` a stream is asked for, and each piece of text told; an endpoint that
        answers in one piece all the same tells none.

        Raises:
            CallFailure: no completion came; the message holds no part of the key.
        """
        client = self._open()
        task = self._deadlines.begin(client.loop)
        try:
            if on_text is not None:
                return self._checked(await self._streamed(client, body, on_text))
            return self._checked(self._read(await client.post(body)))
        except CancelledError as error:
            if self._deadlines.end(task):
                raise self._broken(TimeoutError()) from error
            raise
        except OSError as error:
            raise self._broken(error) from error
        finally:
            self._deadlines.end(task)

    async def _streamed(
        self, client: HttpClient, body: bytes, on_text: Callable[[str], None]
    ) -> dict[str, Any]:
        sent = body[: body.rindex(b"}")] + STREAM_TAIL
        first = timeout(self._limits.first_token_seconds or None)
        stream = _Stream(on_text, first)
        try:
            async with first:
                answer = await client.post(sent, stream.take)
            return stream.completion() if _is_stream(answer) else self._read(answer)
        except TimeoutError as error:
            if not first.expired():
                raise
            raise late_start(self.where, self._limits.first_token_seconds) from error

    def _read(self, answer: Answer) -> dict[str, Any]:
        if answer.status != 200:
            raise self._refused(answer.status, answer.body, answer.headers)
        return completion_of(answer.body)

    async def close(self) -> None:
        """Close the client and its connections; a later call makes a new one."""
        client, self._client = self._client, None
        self._deadlines.close()
        if client is not None:
            client.close()

    def _open(self) -> HttpClient:
        if self._client is None:
            self._client = HttpClient(checked_address(self._address, self._key), self._headers())
            self._thread = get_ident()
        # Asking for the running loop is a system call: the thread says as much.
        elif self._thread != get_ident() or not self._client.loop.is_running():
            raise RuntimeError(f"{self!r} belongs to another event loop: close it there.")
        return self._client

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return headers

    def _checked(self, completion: dict[str, Any]) -> dict[str, Any]:
        """`completion`, unless it reports an error under status 200."""
        error = completion.get("error")
        if not error or completion.get("choices"):
            return completion
        code = error.get("code") if isinstance(error, dict) else None
        status = code if isinstance(code, int) and 400 <= code < 600 else 500
        raise self._refused(status, orjson.dumps(completion), {})

    def _refused(self, status: int, raw: bytes, headers: Mapping[str, str]) -> CallFailure:
        said = message_of(raw, self._key)
        now = datetime.now(UTC)
        return failure_of(status, said, where=self.where, headers=headers, now=now)

    def _broken(self, error: Exception) -> CallFailure:
        return failure_from(error, self.where, self._limits.timeout_seconds)


class _Stream:
    """Puts a streamed completion together as it comes; `first` is lifted at its first token."""

    def __init__(self, on_text: Callable[[str], None], first: Timeout) -> None:
        self._assembly = Assembly()
        self._on_text = on_text
        self._first = first

    def take(self, answer: Answer, piece: bytes) -> None:
        """A piece of the body has come; what is no stream is left to be read as a whole."""
        if _is_stream(answer):
            self._tell(piece)
            if self._assembly.has_begun and self._first.when() is not None:
                self._first.reschedule(None)

    def completion(self) -> dict[str, Any]:
        """The whole completion, once the stream has ended."""
        self._tell(b"\n\n")
        return self._assembly.completion()

    def _tell(self, piece: bytes) -> None:
        for text in self._assembly.take(piece):
            self._on_text(text)


def _is_stream(answer: Answer) -> bool:
    return answer.status == 200 and answer.headers.get("content-type", "").startswith(STREAM_TYPE)
