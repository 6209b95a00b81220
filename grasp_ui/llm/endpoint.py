"""One OpenAI-compatible endpoint: address, key, limit and its one HTTP client."""

from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientResponseError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    TCPConnector,
)

from grasp_ui.llm.patience import CallLimit
from grasp_ui.llm.port import (
    BadRequest,
    CallFailure,
    MalformedReply,
    NotAuthorized,
    TimedOut,
    Unreachable,
)
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
PATH = "/chat/completions"


class Endpoint:
    """Where models are asked; its client is made in the running loop on first use.

    Belongs to that loop until `close`. `limit` counts the calls in flight over all models of
    the endpoint. An empty `key` sends none.
    """

    def __init__(
        self, url: str, key: str = "", calls_at_once: int = 8, timeout_seconds: float = 120.0
    ) -> None:
        address = url.strip().rstrip("/").removesuffix(PATH)
        self.limit = CallLimit(calls_at_once)
        self.where = address.partition("?")[0].rpartition("@")[2] or "The endpoint"
        self._address = address + PATH
        self._key = key.strip()
        self._timeout = timeout_seconds
        self._loop: AbstractEventLoop | None = None
        self._client: ClientSession | None = None
        self._url = ""

    def __repr__(self) -> str:
        return f"Endpoint({self.where!r})"

    @property
    def calls_at_once(self) -> int:
        """How many calls may be in flight; setting it holds from the next call on."""
        return self.limit.calls_at_once

    @calls_at_once.setter
    def calls_at_once(self, number: int) -> None:
        self.limit.resize(number)

    async def ask(
        self, body: bytes, on_text: Callable[[str], None] | None = None
    ) -> dict[str, Any]:
        """Send `body` once and read the completion that comes.

        With `on_text` a stream is asked for, and each piece of text told; an endpoint that
        answers in one piece all the same tells none.

        Raises:
            CallFailure: no completion came; the message holds no part of the key.
        """
        sent, headers = body, None
        if on_text is not None:
            sent, headers = body[: body.rindex(b"}")] + STREAM_TAIL, STREAM_HEADERS
        try:
            async with self._open().post(
                self._url, data=sent, headers=headers, allow_redirects=False
            ) as answer:
                if on_text and answer.status == 200 and answer.content_type == STREAM_TYPE:
                    return self._checked(await _followed(answer, on_text))
                raw = await answer.read()
        except (ClientError, TimeoutError, OSError) as error:
            raise self._broken(error) from error
        if answer.status != 200:
            raise self._refused(answer.status, raw, answer.headers)
        return self._checked(completion_of(raw))

    async def close(self) -> None:
        """Close the client and its connections; a later call makes a new one."""
        client, self._client, self._loop = self._client, None, None
        if client is not None:
            await client.close()

    def _open(self) -> ClientSession:
        loop = get_running_loop()
        if self._client is not None:
            if self._loop is not loop:
                raise RuntimeError(f"{self!r} belongs to another event loop: close it there.")
            return self._client
        self._url = self._checked_address()
        self._loop = loop
        self._client = ClientSession(
            connector=TCPConnector(limit=0, keepalive_timeout=KEEP_SECONDS),
            headers=self._headers(),
            timeout=ClientTimeout(total=self._timeout, sock_connect=CONNECT_SECONDS),
            cookie_jar=DummyCookieJar(),
        )
        return self._client

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return headers

    def _checked_address(self) -> str:
        if self._key and not (self._key.isascii() and self._key.isprintable()):
            raise NotAuthorized(
                f"The key for {self.where} has characters that no key has: copy it anew."
            )
        try:
            address = urlsplit(self._address)
            is_usable = address.scheme in ("http", "https") and bool(address.hostname)
            is_usable = is_usable and address.port != 0 and address.username is None
        except ValueError:
            is_usable = False
        if not is_usable:
            raise self._not_an_address()
        return self._address

    def _not_an_address(self) -> BadRequest:
        return BadRequest(
            f"'{self.where}' is not the address of an endpoint. Write it in Settings like "
            "https://example.org/v1, without user name and password."
        )

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
        if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
            return Unreachable(
                f"Nothing answers at {self.where}. Is the server running, and the address in "
                "Settings right?"
            )
        if isinstance(error, TimeoutError):
            return TimedOut(
                f"{self.where} gave no complete answer within {self._timeout:g} seconds. Raise "
                "the model's timeout in Settings, or lower max_tokens."
            )
        if isinstance(error, ClientResponseError):
            return MalformedReply(f"{self.where} does not answer in HTTP.")
        return Unreachable(f"The connection to {self.where} broke ({type(error).__name__}).")


async def _followed(answer: ClientResponse, on_text: Callable[[str], None]) -> dict[str, Any]:
    assembly = Assembly()
    async for piece in answer.content.iter_any():
        for text in assembly.take(piece):
            on_text(text)
    for text in assembly.take(b"\n\n"):
        on_text(text)
    return assembly.completion()
