"""Bytes out, a chat completion in: the one tuned HTTP client of an address."""

from asyncio import AbstractEventLoop, CancelledError, Timeout, get_running_loop, timeout
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from yarl import URL

from grasp_ui.llm.address import PATH, checked_address, shown_address
from grasp_ui.llm.breakage import failure_from, late_start
from grasp_ui.llm.deadlines import Deadlines
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import CallFailure
from grasp_ui.llm.refusal import failure_of, message_of
from grasp_ui.llm.streaming import Assembly
from grasp_ui.llm.validation import completion_of

CONNECT_SECONDS = 10.0
# Below what common servers keep (5 s): a connection that dies in our hands fails a call.
KEEP_SECONDS = 4.0
STREAM_TAIL = b',"stream":true,"stream_options":{"include_usage":true}}'
# Some servers hang up after a stream without saying so; the next call would fail on it.
STREAM_HEADERS = {"Connection": "close"}
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
        self._loop: AbstractEventLoop | None = None
        self._client: ClientSession | None = None
        self._url = URL()

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
        task = self._deadlines.begin()
        try:
            if on_text is not None:
                return self._checked(await self._streamed(client, body, on_text))
            answer = await client.post(self._url, data=body, allow_redirects=False)
            return self._checked(self._read(answer, await answer.read()))
        except CancelledError as error:
            if self._deadlines.end(task):
                raise self._broken(TimeoutError()) from error
            raise
        except (ClientError, OSError) as error:
            raise self._broken(error) from error
        finally:
            self._deadlines.end(task)

    async def _streamed(
        self, client: ClientSession, body: bytes, on_text: Callable[[str], None]
    ) -> dict[str, Any]:
        sent = body[: body.rindex(b"}")] + STREAM_TAIL
        first = timeout(self._limits.first_token_seconds or None)
        try:
            async with (
                first,
                client.post(
                    self._url, data=sent, headers=STREAM_HEADERS, allow_redirects=False
                ) as answer,
            ):
                if answer.status == 200 and answer.content_type == STREAM_TYPE:
                    return await _followed(answer, on_text, first)
                return self._read(answer, await answer.read())
        except TimeoutError as error:
            if not first.expired():
                raise
            raise late_start(self.where, self._limits.first_token_seconds) from error

    def _read(self, answer: ClientResponse, raw: bytes) -> dict[str, Any]:
        if answer.status != 200:
            raise self._refused(answer.status, raw, answer.headers)
        return completion_of(raw)

    async def close(self) -> None:
        """Close the client and its connections; a later call makes a new one."""
        client, self._client, self._loop = self._client, None, None
        self._deadlines.close()
        if client is not None:
            await client.close()

    def _open(self) -> ClientSession:
        loop = get_running_loop()
        if self._client is not None:
            if self._loop is not loop:
                raise RuntimeError(f"{self!r} belongs to another event loop: close it there.")
            return self._client
        self._url = checked_address(self._address, self._key)
        self._loop = loop
        self._client = ClientSession(
            connector=TCPConnector(limit=0, keepalive_timeout=KEEP_SECONDS),
            headers=self._headers(),
            timeout=ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            cookie_jar=DummyCookieJar(),
        )
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


async def _followed(
    answer: ClientResponse, on_text: Callable[[str], None], first: Timeout
) -> dict[str, Any]:
    """The completion that a stream is, told piece by piece; `first` is lifted at the first."""
    assembly = Assembly()
    async for piece in answer.content.iter_any():
        for text in assembly.take(piece):
            on_text(text)
        if assembly.has_begun and first.when() is not None:
            first.reschedule(None)
    for text in assembly.take(b"\n\n"):
        on_text(text)
    return assembly.completion()
