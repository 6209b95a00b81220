"""Answers to the same request, kept by earlier runs: each is given at most once."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import md5
from typing import NamedTuple

from grasp_ui.llm.port import Reply

REACH = 500
"""How far around a hit answers are read at once: a graph that runs again asks in order."""
WINDOWS = 8


class Kept(NamedTuple):
    """An answer that is kept: the model's name, the request's body, the reply."""

    model: str
    request: bytes
    reply: Reply


Numbers = Sequence[int]
Read = Callable[[int, int], Mapping[int, Kept]]
"""Reads the answers whose numbers are within a reach of a number."""


class ReplyCache:
    """Finds answers by model and request; memory does not grow with what is found.

    `hashes` (of `request_hash`) are sorted and stand beside the `numbers` of the answers. Each
    answer is given once, the oldest first: equal requests of one run so stay as many samples.
    """

    def __init__(
        self, hashes: Numbers, numbers: Numbers, read: Read, *, taken: Iterable[int] = ()
    ) -> None:
        self._hashes = hashes
        self._numbers = numbers
        self._read = read
        self._taken = set(taken)
        self._windows: dict[int, Mapping[int, Kept]] = {}

    def take(self, model: str, request: bytes) -> tuple[int, Reply] | None:
        """The oldest answer not given yet, with its number; None where there is none."""
        wanted = request_hash(request)
        place = bisect_left(self._hashes, wanted)
        while place < len(self._hashes) and self._hashes[place] == wanted:
            number = self._numbers[place]
            if number not in self._taken:
                kept = self._kept(number)
                if kept is not None and kept.model == model and kept.request == request:
                    self._taken.add(number)
                    return number, kept.reply
            place += 1
        return None

    def _kept(self, number: int) -> Kept | None:
        window = number // (2 * REACH)
        if window not in self._windows:
            while len(self._windows) >= WINDOWS:
                del self._windows[next(iter(self._windows))]
            self._windows[window] = self._read(window * 2 * REACH + REACH, REACH)
        return self._windows[window].get(number)


def request_hash(request: bytes) -> int:
    """64 bits for a request, as the store computes them (half of an MD5).

    Example:
        >>> request_hash(b"") == 0x7E42F8EC980980E9
        True
    """
    digest = md5(request, usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little")
