"""The app as a person starts it: a process of its own, with a workspace of its own."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 90.0


@dataclass
class RunningApp:
    """A started app. `home` is its workspace; `variables` go into its environment."""

    home: Path
    script: str = "app.py"
    variables: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: free_port())
    started: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self.started is not None
        return self.started.pid

    @property
    def log(self) -> str:
        """What it has printed so far."""
        return self._log_file.read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start it and return once it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "streamlit", "run", self.script]
        with self._log_file.open("ab") as log:
            self.started = subprocess.Popen(
                [*command, "--server.port", str(self.port), "--server.headless", "true"],
                cwd=ROOT,
                env={**os.environ, "GRASP_HOME": str(self.home), **self.variables},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
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
            self.started.wait(30)
            self.started = None

    def _wait_until_it_answers(self) -> None:
        late = monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self.started is not None
            assert self.started.poll() is None, f"The app ended by itself:\n{self.log}"
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
