"""What is left of a run: which records are still to be made, and which ended how."""

from array import array
from collections.abc import Iterable

from grasp_ui.errors import CannotResume
from grasp_ui.model.record import FORK, Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.model.value import RecordId
from grasp_ui.store.ends import End

_DIGITS = 16


class Rest:
    """Which records of a run are due: eight bytes a record that is done, however many.

    `failed` has the failed ends by record. With `failed_only` no other record is due, and
    `left_alone` is how many have not ended. A record is passed through again where it or a fork
    of it is not done; `finished` has its parts whose end is kept already.
    """

    def __init__(
        self, settings: RunSettings, ends: Iterable[End] = (), *, failed_only: bool = False
    ) -> None:
        self.failed: dict[RecordId, End] = {}
        self.finished: frozenset[RecordId] = frozenset()
        self.count = settings.records
        self._only = None if settings.only is None else frozenset(settings.only)
        self._done = array("Q", bytes(8 * self.stop(settings)))
        self._sort(ends)
        self._torn = frozenset(end.record_index for end in self.failed.values())
        self.left_alone = 0
        if failed_only:
            wanted = range(settings.records) if self._only is None else self._only
            self.left_alone = sum(not self._done[at] and at not in self._torn for at in wanted)
            self._only = self._torn
            self.count = len(self._only)

    @staticmethod
    def stop(settings: RunSettings) -> int:
        """How many seeds have to be read to reach the last record."""
        return settings.records if settings.only is None else max(settings.only) + 1

    def is_due(self, seed: Seed) -> bool:
        """Whether the record of `seed` is to be made, or made again.

        Raises:
            CannotResume: the record was made of another seed row.
        """
        if self._only is not None and seed.index not in self._only:
            return False
        mark = self._done[seed.index]
        if mark and mark != _mark(seed.record_id):
            raise CannotResume(
                f"The seeds have changed: record {seed.index} was made of another row. Bring the "
                "seeds back as they were, or start a new run."
            )
        return not mark or seed.index in self._torn

    def _sort(self, ends: Iterable[End]) -> None:
        forks: list[tuple[int, RecordId]] = []
        for end in ends:
            if end.state == "failed":
                self.failed[end.record_id] = end
            elif FORK in end.record_id:
                forks.append((end.record_index, end.record_id))
            elif end.record_index < len(self._done):
                self._done[end.record_index] = _mark(end.record_id)
        torn = {end.record_index: end.record_id for end in self.failed.values()}
        bases = {
            RecordId(record_id.partition(FORK)[0])
            for index, record_id in torn.items()
            if index < len(self._done) and self._done[index]
        }
        self.finished = frozenset(bases) | {
            record_id
            for index, record_id in forks
            if index in torn or index >= len(self._done) or not self._done[index]
        }


def _mark(record_id: RecordId) -> int:
    return int(record_id[:_DIGITS], 16) or 1
