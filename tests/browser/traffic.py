"""What goes over the socket between page and app, in bytes."""

from playwright.sync_api import Page, WebSocket


class Traffic:
    """Counts what a tab sends and receives over its sockets from the next load on."""

    def __init__(self, tab: Page) -> None:
        self.sent = self.received = 0
        self.frames: list[tuple[str, bytes | str]] = []
        tab.on("websocket", self._watch)

    @property
    def total(self) -> int:
        """Both directions together."""
        return self.sent + self.received

    def clear(self) -> None:
        """Count from here."""
        self.sent = self.received = 0
        self.frames.clear()

    def _watch(self, socket: WebSocket) -> None:
        socket.on("framesent", self._count_sent)
        socket.on("framereceived", self._count_received)

    def _count_sent(self, payload: bytes | str) -> None:
        self.sent += len(payload)
        self.frames.append(("sent", payload))

    def _count_received(self, payload: bytes | str) -> None:
        self.received += len(payload)
        self.frames.append(("received", payload))
