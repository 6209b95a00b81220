"""A lean HTTP/1.1 client for one address: JSON posted over kept connections.

httptools (llhttp, as in uvicorn) reads what comes; TLS and sockets are the loop's. What a chat
endpoint does not need is left out: redirects, cookies, compression, proxies. That halves the
CPU of a call (docs/decisions/014-a-lean-http-client.md).
"""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from typing import cast

import httptools
from yarl import URL

CONNECT_SECONDS = 10.0
# Below what common servers keep (5 s): a connection that dies in our hands fails a call.
KEEP_SECONDS = 4.0
Piece = Callable[["Answer", bytes], None]
"""Hears each piece of an answer's body as it comes; what it raises ends the exchange."""


class ConnectFailed(OSError):
    """No connection could be made."""


class NotHttp(OSError):
    """What came is no answer in HTTP."""


class Disconnected(OSError):
    """The server closed the connection before its answer was whole."""


class Answer:
    """What came back: the status and, once it is whole, the body."""

    __slots__ = ("_fields", "_parts", "status")

    def __init__(self) -> None:
        self.status = 0
        self._fields: list[tuple[bytes, bytes]] = []
        self._parts: list[bytes] = []

    @property
    def body(self) -> bytes:
        """The body as far as it has come."""
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, with their names in small letters; of a repeated one the last."""
        return {
            name.lower().decode("latin-1"): value.decode("latin-1") for name, value in self._fields
        }

    def add_header(self, name: bytes, value: bytes) -> None:
        """Keep a header as it was sent."""
        self._fields.append((name, value))

    def add_body(self, piece: bytes) -> None:
        """Keep a piece of the body."""
        self._parts.append(piece)


class HttpClient:
    """Posts to one address; belongs to the loop in which it was made, until `close`."""

    def __init__(self, url: URL, headers: Mapping[str, str]) -> None:
        self._url = url
        self.loop = asyncio.get_running_loop()
        self._idle: list[_Connection] = []
        self._open: set[_Connection] = set()
        self._tls = ssl.create_default_context() if url.scheme == "https" else None
        named = {"Host": url.host_port_subcomponent, "Accept": "*/*", **headers}
        lines = [f"POST {url.raw_path_qs} HTTP/1.1", *(f"{n}: {v}" for n, v in named.items())]
        self._head = "".join(f"{line}\r\n" for line in lines).encode("latin-1")

    async def post(self, body: bytes, on_piece: Piece | None = None) -> Answer:
        """Send `body` and return the whole answer; cancelling closes the connection.

        With `on_piece` the connection is not kept, and each piece of the body is told.

        Raises:
            ConnectFailed: there is no connection to be had.
            NotHttp: what came is no answer in HTTP.
            OSError: the connection broke.
        """
        connection = self._take() or await self._connect()
        last = b"" if on_piece is None else b"Connection: close\r\n"
        sent = b"%b%bContent-Length: %d\r\n\r\n%b" % (self._head, last, len(body), body)
        answered = connection.send(sent, self.loop.create_future(), on_piece)
        try:
            answer = await answered
        except BaseException:
            connection.drop()
            raise
        if connection.is_reusable and on_piece is None:
            connection.idle_since = self.loop.time()
            self._idle.append(connection)
        else:
            connection.drop()
        return answer

    def close(self) -> None:
        """Close every connection; calls in flight fail."""
        self._idle.clear()
        for connection in list(self._open):
            connection.drop()

    def _take(self) -> "_Connection | None":
        """The connection used last, where it can be trusted to be open still."""
        while self._idle:
            connection = self._idle.pop()
            if connection.is_reusable and self.loop.time() - connection.idle_since < KEEP_SECONDS:
                return connection
            connection.drop()
        return None

    async def _connect(self) -> "_Connection":
        host, port = cast(str, self._url.host), cast(int, self._url.port)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, made = await self.loop.create_connection(
                    lambda: _Connection(self._open), host, port, ssl=self._tls
                )
        except OSError as error:
            raise ConnectFailed(str(error)) from error
        return made


class _Connection(asyncio.Protocol):
    """One connection: a request goes out, its answer comes, and then the next."""

    __slots__ = ("_answer", "_answered", "_is_bounded", "_on_piece", "_open", "_parser",
                 "_transport", "idle_since", "is_reusable")  # fmt: skip

    def __init__(self, every: "set[_Connection]") -> None:
        self.is_reusable = True
        self.idle_since = 0.0
        self._open = every
        self._parser = httptools.HttpResponseParser(self)
        self._answer = Answer()
        self._answered: asyncio.Future[Answer] | None = None
        self._on_piece: Piece | None = None
        self._is_bounded = False
        self._transport: asyncio.Transport | None = None

    def send(
        self, request: bytes, answered: "asyncio.Future[Answer]", on_piece: Piece | None
    ) -> "asyncio.Future[Answer]":
        """Send a whole request; `answered` is given its answer, or what went wrong."""
        self._answered = answered
        self._on_piece = on_piece
        cast(asyncio.Transport, self._transport).write(request)
        return answered

    def drop(self) -> None:
        """Close at once."""
        self.is_reusable = False
        self._open.discard(self)
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._open.add(self)

    def data_received(self, received: bytes) -> None:
        try:
            self._parser.feed_data(received)
        except httptools.HttpParserError as error:
            # What a callback raised comes wrapped.
            raised = error.__context__
            self._fail(raised if isinstance(raised, Exception) else NotHttp(str(error)))

    def eof_received(self) -> None:
        """The server has said all: without a length, that is how an answer ends."""
        if self._answer.status and not self._is_bounded:
            self.is_reusable = False
            self._end()

    def connection_lost(self, error: Exception | None) -> None:
        self.is_reusable = False
        self._open.discard(self)
        self._fail(error if isinstance(error, OSError) else Disconnected("closed"))

    def on_message_begin(self) -> None:
        self._answer = Answer()
        self._is_bounded = False
        if self._answered is None:
            self.is_reusable = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self._answer.add_header(name, value)
        if len(name) in (14, 17) and name.lower() in (b"content-length", b"transfer-encoding"):
            self._is_bounded = True

    def on_headers_complete(self) -> None:
        self._answer.status = self._parser.get_status_code()

    def on_body(self, piece: bytes) -> None:
        self._answer.add_body(piece)
        if self._on_piece is not None:
            self._on_piece(self._answer, piece)

    def on_message_complete(self) -> None:
        if self._answer.status >= 200:
            self.is_reusable = self.is_reusable and bool(self._parser.should_keep_alive())
            self._end()

    def _end(self) -> None:
        answered, self._answered = self._answered, None
        if answered is not None and not answered.done():
            answered.set_result(self._answer)

    def _fail(self, error: Exception) -> None:
        self.is_reusable = False
        answered, self._answered = self._answered, None
        if answered is not None and not answered.done():
            answered.set_exception(error)
