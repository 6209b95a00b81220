"""Apps in processes of their own, started by Streamlit's command.

One that is not fresh starts at once: it is forked from a process that has loaded everything
already, and only the loading of libraries is not done again.
"""

import multiprocessing
import os
import sys
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess, SpawnProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

from streamlit.web import cli

LOADED = ["tests.browser.loaded"]


@dataclass(frozen=True)
class Start:
    """`streamlit run` with these arguments, in a folder, with variables of its own."""

    arguments: tuple[str, ...]
    folder: Path
    variables: dict[str, str]
    log: Path
    is_fresh: bool


def started(start: Start) -> BaseProcess:
    """A started app."""
    multiprocessing.set_forkserver_preload(LOADED)
    begin = SpawnProcess if start.is_fresh else ForkServerProcess
    app = begin(target=_run, args=(start,), daemon=True)
    # The child would run again what began the tests: a page, where an AppTest has put one there.
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        app.start()
    finally:
        sys.modules["__main__"] = main
    return app


def _run(start: Start) -> None:
    with start.log.open("ab") as log:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(log.fileno(), stream.fileno())
    os.chdir(start.folder)
    os.environ.update(start.variables)
    sys.path[:0] = filter(None, start.variables.get("PYTHONPATH", "").split(os.pathsep))
    cli.main(["run", *start.arguments], prog_name="streamlit")
