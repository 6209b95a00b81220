"""The one writer: a thread that loads acknowledged lines in batches."""

import asyncio
import threading
from collections.abc import Callable, Sequence

from grasp_ui.errors import StoreFailed
from grasp_ui.store.journal import Line
from grasp_ui.store.loader import Loader

BEAT_SECONDS = 2.0
BATCH_ROWS = 10_000
BATCH_BYTES = 2 * 2**20
FULL_BYTES = 12 * 2**20
"""Above this much text that is not yet loaded, runs wait in `room`."""


class Writer:
    """Loads lines in the order of their numbers, one transaction a batch.

    A transaction costs milliseconds however little it holds, hence the slow beat; `settle`
    hurries it.
    """

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        self._changed = threading.Condition()
        self._lines: list[Line] = []
        self._rows = 0
        self._bytes = 0
        self._wanted = 0
        self._closing = False
        self._failure: Exception | None = None
        self._thread: threading.Thread | None = None
        self.loaded = 0

    def start(self, *, after: Callable[[int], None]) -> None:
        """Begin to load; `after` is called behind each batch with its last number."""
        self._thread = threading.Thread(
            target=self._work, args=(after,), name="store writer", daemon=True
        )
        self._thread.start()

    def put(self, lines: Sequence[Line]) -> None:
        """Hand over acknowledged lines; they come in the order of their numbers."""
        with self._changed:
            was_idle, was_due = not self._lines, self._is_due()
            self._lines += lines
            for line in lines:
                self._rows += len(line.entries)
                self._bytes += line.size
            if was_idle or (self._is_due() and not was_due):
                self._changed.notify_all()

    def settle(self, seq: int) -> None:
        """Return when everything up to `seq` can be read.

        Raises:
            StoreFailed: the writer has failed.
        """
        with self._changed:
            if self.loaded < seq:
                self._wanted = max(self._wanted, seq)
                self._changed.notify_all()
                self._changed.wait_for(lambda: self.loaded >= seq or self._failure is not None)
        self.check()

    async def room(self) -> None:
        """Return when there is room for more; a slow disk so slows the run.

        Raises:
            StoreFailed: the writer has failed.
        """
        while not self._has_room():
            await asyncio.sleep(0.02)
        self.check()

    def wait_for_room(self) -> None:
        """`room` for threads without a loop.

        Raises:
            StoreFailed: the writer has failed.
        """
        with self._changed:
            self._changed.wait_for(self._has_room)
        self.check()

    def check(self) -> None:
        """Raise what stopped the writer, if anything did."""
        if self._failure is not None:
            raise StoreFailed(
                f"The store cannot write any more: {self._failure}. Free some space or mend the "
                "disk and start again: what was acknowledged is in the journal and is loaded then."
            ) from self._failure

    def close(self) -> None:
        """Load what is left and end the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _work(self, after: Callable[[int], None]) -> None:
        try:
            self._loader.warm_up()
            while lines := self._next_batch():
                self._loader.load(lines)
                self._now_loaded(lines)
                after(self.loaded)
        except Exception as error:  # noqa: BLE001 - whatever it is, callers must hear of it
            with self._changed:
                self._failure = error
                self._changed.notify_all()
        finally:
            self._loader.close()

    def _next_batch(self) -> list[Line]:
        """What has come in by the next beat; empty when the store is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._lines or self._closing)
            self._changed.wait_for(self._is_due, timeout=BEAT_SECONDS)
            lines, self._lines = self._lines, []
            self._rows = 0
            return lines

    def _has_room(self) -> bool:
        return self._bytes <= FULL_BYTES or self._failure is not None

    def _is_due(self) -> bool:
        return (
            self._closing
            or self._rows >= BATCH_ROWS
            or self._bytes >= BATCH_BYTES
            or self._wanted > self.loaded
        )

    def _now_loaded(self, lines: Sequence[Line]) -> None:
        with self._changed:
            self.loaded = lines[-1].last
            self._bytes -= sum(line.size for line in lines)
            self._changed.notify_all()
