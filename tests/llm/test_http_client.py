"""The HTTP client: every way in which an answer can end, and connections that are kept."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from grasp_ui.llm.http_client import Answer, ConnectFailed, Disconnected, HttpClient, NotHttp

TLS = Path(__file__).parent / "tls"
KEPT = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
UNTIL_CLOSED = b"HTTP/1.1 200 OK\r\n\r\nhello"
CONTINUED = b"HTTP/1.1 100 Continue\r\n\r\n" + KEPT
CLOSING = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"


class Server:
    """Answers each request with the next of some bytes, and counts its connections."""

    def __init__(self, *answers: bytes, closes: bool = False, pieces: int = 0) -> None:
        self.answers = iter(answers)
        self.closes = closes
        self.pieces = pieces
        self.connections = 0
        self.asked: list[bytes] = []
        self.serving: list[asyncio.Task[None]] = []

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.append(asyncio.ensure_future(self.serve(reader, writer)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while head := await self._request(reader):
            self.asked.append(head)
            answer = next(self.answers)
            for start in range(0, len(answer), self.pieces or len(answer)):
                writer.write(answer[start : start + (self.pieces or len(answer))])
                await asyncio.sleep(0)
            if self.closes:
                break
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def _request(self, reader: asyncio.StreamReader) -> bytes:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return b""
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
        return head + await reader.readexactly(length)


@asynccontextmanager
async def asking(
    server: Server, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Callable[..., Awaitable[Answer]]]:
    """A client of `server`, as a function that posts."""
    async with await asyncio.start_server(server.accept, "127.0.0.1", 0, ssl=tls) as listening:
        port = listening.sockets[0].getsockname()[1]
        scheme = "https" if tls else "http"
        client = HttpClient(URL(f"{scheme}://127.0.0.1:{port}/v1?key=a b"), {"X-Name": "value"})
        yield client.post
        client.close()
        await asyncio.gather(*server.serving)


@pytest.mark.parametrize("answer", [KEPT, CHUNKED, CONTINUED, CLOSING])
@pytest.mark.parametrize("pieces", [0, 1, 7])
async def test_an_answer_is_whole_however_it_comes(answer: bytes, pieces: int) -> None:
    async with asking(Server(answer, pieces=pieces)) as post:
        found = await post(b"{}")
    assert (found.status, found.body) == (200, b"hello")


async def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    async with asking(Server(UNTIL_CLOSED, closes=True)) as post:
        assert (await post(b"{}")).body == b"hello"


async def test_a_request_has_path_query_host_headers_and_length() -> None:
    server = Server(KEPT)
    async with asking(server) as post:
        await post(b'{"a":1}')
    head, _, body = server.asked[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1?key=a+b HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"\r\nX-Name: value\r\nContent-Length: 7" in head
    assert body == b'{"a":1}'


@pytest.mark.parametrize(
    ("answers", "connections"),
    [((KEPT, CHUNKED, KEPT), 1), ((CLOSING, KEPT, KEPT), 2), ((CONTINUED, KEPT, KEPT), 1)],
)
async def test_a_connection_is_kept_unless_the_server_says_no(
    answers: tuple[bytes, ...], connections: int
) -> None:
    server = Server(*answers)
    async with asking(server) as post:
        for _ in answers:
            assert (await post(b"{}")).body == b"hello"
    assert server.connections == connections


async def test_what_a_server_sends_unasked_ends_its_connection() -> None:
    server = Server(KEPT + KEPT, KEPT)
    async with asking(server) as post:
        assert (await post(b"{}")).body == b"hello"
        await asyncio.sleep(0)
        assert (await post(b"{}")).body == b"hello"
    assert server.connections == 2


async def test_a_connection_that_the_server_has_closed_is_not_used_again() -> None:
    server = Server(KEPT, KEPT, closes=True)
    async with asking(server) as post:
        for _ in range(2):
            assert (await post(b"{}")).body == b"hello"
            await asyncio.gather(*server.serving)
            await asyncio.sleep(0)
    assert server.connections == 2


@pytest.mark.parametrize("answer", [KEPT[:-1], CHUNKED[:-3], KEPT[:10]])
async def test_an_answer_that_breaks_off_is_a_failure(answer: bytes) -> None:
    async with asking(Server(answer, closes=True)) as post:
        with pytest.raises(Disconnected):
            await post(b"{}")


async def test_what_is_not_http_is_said_to_be_none() -> None:
    async with asking(Server(b"SSH-2.0-OpenSSH\r\n\r\n")) as post:
        with pytest.raises(NotHttp):
            await post(b"{}")


async def test_a_cancelled_call_closes_its_connection() -> None:
    server = Server(KEPT[:20], KEPT)
    async with asking(server) as post:
        call = asyncio.ensure_future(post(b"{}"))
        while not server.asked:
            await asyncio.sleep(0)
        call.cancel()
        await asyncio.wait([call])
        assert (await post(b"{}")).body == b"hello"
    assert server.connections == 2


async def test_a_certificate_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    async with asking(Server(KEPT), own) as post:
        with pytest.raises(ConnectFailed, match="certificate"):
            await post(b"{}")
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))
    async with asking(Server(KEPT), own) as post:
        assert (await post(b"{}")).body == b"hello"


async def test_an_error_of_the_listener_ends_the_call_as_it_is() -> None:
    def refuse(answer: Answer, piece: bytes) -> None:
        raise ValueError(f"{answer.status} {piece!r}")

    async with asking(Server(KEPT)) as post:
        with pytest.raises(ValueError, match="200 b'hello'"):
            await post(b"{}", refuse)


@settings(max_examples=40)
@given(st.lists(st.binary(max_size=300), max_size=6), st.integers(1, 50))
def test_chunks_of_any_size_come_out_as_they_went_in(parts: list[bytes], pieces: int) -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts if part)
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%b0\r\n\r\n" % chunks

    async def ask() -> bytes:
        async with asking(Server(answer, pieces=pieces)) as post:
            return (await post(b"{}")).body

    assert asyncio.run(ask()) == b"".join(parts)
