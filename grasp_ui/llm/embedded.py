"""The built-in model as an OpenAI-compatible endpoint inside this process."""

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from typing import Any

from grasp_ui.llm.model_file import ModelUnavailable, fetch_model, model_file

__all__ = [
    "ModelUnavailable",
    "fetch_model",
    "is_available",
    "is_supported",
    "model_file",
    "start",
    "stop",
]  # fmt: skip

ENGINE = "xllamacpp"
SLOTS = 4
TOKENS_A_SLOT = 2048
QUIET = -1


@dataclass(frozen=True, slots=True)
class _Running:
    """A server that is up; it stops when nothing refers to it any more."""

    server: Any
    url: str
    key: str


_RUNNING: dict[Path, _Running] = {}
_LOCK = Lock()


def is_supported() -> bool:
    """Whether this machine has the library that runs model files."""
    return find_spec(ENGINE) is not None


def is_available() -> bool:
    """Whether the built-in model can be started at once."""
    return is_supported() and model_file() is not None


def start(path: Path | None = None) -> tuple[str, str]:
    """Start the server of a model file, once per process; takes a second or more.

    Blocks until it answers: call it from a thread. A later call gives the same server.

    Args:
        path: a GGUF file of your own; the built-in model if None.

    Returns:
        The endpoint's address (ends in /v1) and the key that it asks for.

    Raises:
        ModelUnavailable: the library or the file is missing, or the file does not load.
    """
    file = _checked(path or model_file()).resolve()
    with _LOCK:
        if file not in _RUNNING:
            _RUNNING[file] = _load(file)
        running = _RUNNING[file]
    return running.url, running.key


def stop() -> None:
    """Stop every server and free its memory; `start` begins anew."""
    with _LOCK:
        _RUNNING.clear()


def _checked(file: Path | None) -> Path:
    if not is_supported():
        raise ModelUnavailable(
            f"The library {ENGINE} is not installed, so no model file can run here: "
            "`pip install -r requirements.txt`, or name an endpoint in Settings."
        )
    if file is None:
        raise ModelUnavailable(
            "The built-in model is not installed. Fetch it on the Settings page (93 MB), or "
            "name an endpoint there."
        )
    if not file.is_file():
        raise ModelUnavailable(f"There is no model file {file}: correct the path in Settings.")
    with file.open("rb") as opened:
        if opened.read(4) != b"GGUF":
            raise ModelUnavailable(f"{file} is not a GGUF file: choose one that is.")
    return file


def _load(file: Path) -> _Running:
    # Late, because it is a library of 100 MB that only runs need.
    from xllamacpp import CommonParams, Server

    key = token_urlsafe(24)
    try:
        server = Server(_filled(CommonParams(), file, key))
    except RuntimeError as error:
        raise ModelUnavailable(
            f"{file} could not be loaded: it may be damaged, need more memory than is free, or "
            "be of a kind that this version does not know."
        ) from error
    return _Running(server, f"{server.listening_address}/v1", key)


def _filled(wanted: Any, file: Path, key: str) -> Any:
    wanted.model.path = str(file)
    wanted.model_alias = ["local"]
    wanted.n_parallel = SLOTS
    wanted.n_ctx = SLOTS * TOKENS_A_SLOT
    wanted.cpuparams.n_threads = max(1, _cores() - 1)
    wanted.use_jinja = True
    wanted.warmup = False
    wanted.verbosity = QUIET
    wanted.ui = False
    wanted.endpoint_slots = False
    wanted.port = 0
    wanted.api_keys = [key]
    return wanted


def _cores() -> int:
    """The cores that this process may use; one is left free, or throughput falls by far."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
