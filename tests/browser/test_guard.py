"""The running app answers nobody but its own pages."""

import socket
from http.client import HTTPConnection

import pytest

from tests.browser.server import RunningApp

pytestmark = pytest.mark.browser
PATHS = ("/", "/design", "/_stcore/health", "/_stcore/stream")


def test_a_foreign_host_gets_403_for_pages_routes_and_websocket(app: RunningApp) -> None:
    for path in PATHS:
        assert answered(app, path, {"Host": "evil.example"}) == 403


def test_a_foreign_origin_gets_403_for_pages_routes_and_websocket(app: RunningApp) -> None:
    for path in PATHS:
        assert answered(app, path, {"Origin": "http://evil.example"}) == 403


def test_the_own_page_opens_its_websocket(app: RunningApp) -> None:
    assert answered(app, "/_stcore/stream", {"Origin": app.address}) == 101


def test_it_listens_on_one_address_alone(app: RunningApp) -> None:
    with socket.socket() as caller:
        caller.settimeout(5)
        assert caller.connect_ex(("127.0.0.2", app.port)) != 0


def answered(app: RunningApp, path: str, headers: dict[str, str]) -> int:
    """The status of the answer; for the websocket's path, of its handshake."""
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    caller = HTTPConnection("127.0.0.1", app.port, timeout=20)
    try:
        caller.request(
            "GET", path, headers={**handshake, **headers} if "stream" in path else headers
        )
        return caller.getresponse().status
    finally:
        caller.close()
