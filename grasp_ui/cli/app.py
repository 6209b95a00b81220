"""`grasp app`: Streamlit on this machine alone."""

import os
import subprocess
import sys

from grasp_ui.cli.outcome import Exit, leave, note
from grasp_ui.services.workspace import bundle


def serve(port: int) -> None:
    """Serve the app until Ctrl-C, in place of this process where that can be."""
    note(f"GraSP UI is starting on http://127.0.0.1:{port} (Ctrl-C ends it).")
    command = [sys.executable, "-m", "streamlit", "run", str(bundle() / "app.py")]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    if sys.platform != "win32":
        # One process, so that whatever ends `grasp app` ends the app.
        os.execv(command[0], command)  # noqa: S606 - our own words and a number
    elif subprocess.call(command):  # noqa: S603 - our own words and a number
        leave(Exit.FAILED)
