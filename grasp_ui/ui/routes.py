"""Who may talk to the app: a guard of Host and Origin over all that it serves."""

import re
from collections.abc import Iterable

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d+)?", re.IGNORECASE)
REFUSAL = "403: this app answers only under its own address (Host or Origin is foreign)."


def allowed_hosts() -> tuple[str, ...]:
    """Loopback names, and what the server's setting `server.allowedHosts` adds."""
    return LOOPBACK + tuple(st.get_option("server.allowedHosts") or ())


def is_allowed(headers: Headers, hosts: Iterable[str]) -> bool:
    """Whether Host is one of `hosts` and Origin, where one is sent, is that same host.

    A page on another port of this machine is foreign too.

    Example:
        >>> is_allowed(Headers({"host": "localhost:8501"}), LOOPBACK)
        True
        >>> foreign = {"host": "localhost:8501", "origin": "http://localhost:3000"}
        >>> is_allowed(Headers(foreign), LOOPBACK)
        False
    """
    host, known = headers.get("host", "").lower(), tuple(hosts)
    if not any(_matches(_hostname(host), name) for name in known):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    scheme, _, authority = origin.lower().partition("://")
    if scheme in ("http", "https") and authority == host:
        return True
    added = (name for name in known if name not in LOOPBACK)
    return any(_matches(_hostname(authority), name) for name in added)


class Guard:
    """Answers 403 to a foreign Host or Origin and lets pages load from this app alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not is_allowed(headers, allowed_hosts()):
            await _refuse(scope, receive, send)
            return
        policy = _policy(headers.get("host", ""))

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("Content-Security-Policy", policy)
            await send(message)

        await self._app(scope, receive, answer)


MIDDLEWARE = (Middleware(Guard),)


def _policy(host: str) -> str:
    """What a page may load: only this app. A second wall behind the neutralised texts."""
    return "; ".join(
        (
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob: data:",
            f"connect-src 'self' ws://{host} wss://{host} blob: data:",
            "object-src 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        # Closed before it is accepted: the server answers the handshake with 403.
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(REFUSAL, status_code=403)(scope, receive, send)


def _hostname(authority: str) -> str:
    """The name in `name:port`; empty where it is no such thing."""
    found = _HOST.fullmatch(authority)
    return found[1].strip("[]") if found else ""


def _matches(host: str, name: str) -> bool:
    """Whether `host` is `name`, or below it where `name` begins with `*.`."""
    return bool(host) and (
        host == name.lower() or (name.startswith("*.") and host.endswith(name[1:].lower()))
    )
