"""The app as a person starts it: a process of its own, with a workspace of its own."""

import socket
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event
from time import monotonic

from tests.browser.forks import Start, started

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 90.0


@dataclass
class RunningApp:
    """A started app. `home` is its workspace; `variables` go into its environment.

    One that is not `fresh` finds its libraries loaded.
    """

    home: Path
    script: str = "app.py"
    variables: dict[str, str] = field(default_factory=dict)
    fresh: bool = True
    port: int = field(default_factory=lambda: free_port())
    started: BaseProcess | None = None

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self.started is not None
        assert self.started.pid is not None
        return self.started.pid

    @property
    def log(self) -> str:
        """What it has printed so far."""
        return self._log_file.read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start it and return once it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        options = ("--server.port", str(self.port), "--server.headless", "true")
        variables = {"GRASP_HOME": str(self.home), **self.variables}
        command = (self.script, *options)
        self.started = started(Start(command, ROOT, variables, self._log_file, self.fresh))
        self._wait_until_it_answers()

    def stop(self) -> None:
        """End it as Ctrl-C in a service does, and wait until it has gone."""
        self._end("terminate")

    def kill(self) -> None:
        """End it as `kill -9` does: it can put nothing in order."""
        self._end("kill")

    @property
    def _log_file(self) -> Path:
        return self.home.parent / f"{self.home.name}.log"

    def _end(self, how: str) -> None:
        if self.started is not None:
            getattr(self.started, how)()
            self.started.join(30)
            self.started = None

    def _wait_until_it_answers(self) -> None:
        late = monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self.started is not None
            assert self.started.is_alive(), f"The app ended by itself:\n{self.log}"
            assert monotonic() < late, f"The app does not answer:\n{self.log}"
            Event().wait(0.1)

    def _answers(self) -> bool:
        asked = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", "/_stcore/health")
            return asked.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            asked.close()


def free_port() -> int:
    """A port on this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
