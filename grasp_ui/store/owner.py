"""Who holds a store's file: one process at a time, and a second one learns which."""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from grasp_ui.errors import StoreHeld

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes against reading, so the byte that is locked lies behind the text.
_LOCKED_BYTE = 1 << 20


class Claim:
    """The right to use a store's file, until it is released or the process ends."""

    def __init__(self, store: Path) -> None:
        """Claim `store`.

        Raises:
            StoreHeld: another process (or another part of this one) holds it.
        """
        self._path = store.with_name(f"{store.name}.owner")
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            raise held(store, _pid(self._path)) from error
        os.ftruncate(self._file, 0)
        os.write(self._file, json.dumps({"pid": os.getpid(), "program": sys.argv[0]}).encode())

    def release(self) -> None:
        """Give the file free."""
        with suppress(OSError):
            os.ftruncate(self._file, 0)
        os.close(self._file)


def holder_of(store: Path) -> int | None:
    """The process that holds `store`: 0 where not known, None for nobody."""
    path = store.with_name(f"{store.name}.owner")
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        _lock(file)
    except OSError:
        return _pid(path) or 0
    finally:
        os.close(file)
    return None


def held(store: Path, pid: int | None) -> StoreHeld:
    """The one line that says who holds the file, and what to do."""
    who = f"process {pid}" if pid else "another program"
    here = " (this one)" if pid == os.getpid() else ""
    return StoreHeld(
        f"{store} is held by {who}{here}. Close it there (stop the app or the command), "
        "or name another file with --store."
    )


def _pid(path: Path) -> int | None:
    try:
        return int(json.loads(path.read_text(encoding="utf-8"))["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lock(file: int) -> None:
    if sys.platform == "win32":
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
