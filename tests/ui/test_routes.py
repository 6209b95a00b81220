"""Who is answered, and who is not."""

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from grasp_ui.ui.routes import LOOPBACK, MIDDLEWARE, is_allowed

OURS = "http://127.0.0.1:8501"
FOREIGN = [{"host": "evil.example"}, {"origin": "http://evil.example"}, {"origin": "null"},
           {"origin": "http://127.0.0.1:3000"}, {"host": "127.0.0.1.evil.example"}]  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/api/thing"])
@pytest.mark.parametrize("headers", FOREIGN)
def test_a_foreign_host_or_origin_gets_403_for_pages_and_routes(
    path: str, headers: dict[str, str]
) -> None:
    assert guarded().get(path, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_foreign_host_or_origin_gets_no_websocket(headers: dict[str, str]) -> None:
    sent = {"host": "127.0.0.1:8501", **headers}
    with pytest.raises(WebSocketDisconnect), guarded().websocket_connect("/live", headers=sent):
        pytest.fail("the socket was opened")


@pytest.mark.parametrize("headers", [{}, {"origin": OURS}, {"host": "localhost:8501"}])
def test_the_app_answers_under_its_own_address(headers: dict[str, str]) -> None:
    assert guarded().get("/", headers=headers).status_code == 200


def test_the_own_page_gets_its_websocket() -> None:
    sent = {"host": "127.0.0.1:8501", "origin": OURS}
    with guarded().websocket_connect("/live", headers=sent) as socket:
        assert socket.receive_text() == "hello"


def test_a_page_may_load_nothing_from_elsewhere() -> None:
    policy = guarded().get("/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http:" not in policy.replace(OURS, "")


def test_hosts_that_the_server_is_told_are_answered() -> None:
    headers = Headers({"host": "grasp.lab.example", "origin": "https://grasp.lab.example"})
    assert is_allowed(headers, (*LOOPBACK, "*.lab.example"))


def test_a_host_with_a_name_and_password_is_foreign() -> None:
    assert not is_allowed(Headers({"host": "x@localhost"}), LOOPBACK)


def guarded() -> TestClient:
    """A small app behind the guard."""

    async def live(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    def page(_request: object) -> PlainTextResponse:
        return PlainTextResponse("page")

    routes = [Route("/", page), Route("/api/thing", page), WebSocketRoute("/live", live)]
    return TestClient(Starlette(routes=routes, middleware=list(MIDDLEWARE)), base_url=OURS)
