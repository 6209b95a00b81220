"""What is left of a run: which records are still to be made, and which ended how."""

from array import array
from collections.abc import Iterable

from grasp_ui.errors import CannotResume
from grasp_ui.model.record import Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.model.value import RecordId
from grasp_ui.store.ends import End

_DIGITS = 16


class Rest:
    """Which records of a run are due: eight bytes a record that is done, however many.

    `failed` has the failed ends by record. With `failed_only` no other record is due. Where
    records may fork (`forks`), one that ended is passed through again from the log, since a
    fork of it may be missing; `finished` then has the ends that are there already.
    """

    def __init__(
        self,
        settings: RunSettings,
        ends: Iterable[End] = (),
        *,
        failed_only: bool = False,
        forks: bool = False,
    ) -> None:
        self.failed: dict[RecordId, End] = {}
        self.finished: set[RecordId] = set()
        self.count = settings.records
        self._only = None if settings.only is None else frozenset(settings.only)
        self._forks = forks
        self._done = array("Q", bytes(8 * self.stop(settings)))
        for end in ends:
            self._note(end)
        if failed_only:
            self._only = frozenset(end.record_index for end in self.failed.values())
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
        return not mark or self._forks

    def _note(self, end: End) -> None:
        if end.state == "failed":
            self.failed[end.record_id] = end
            return
        if end.record_index < len(self._done):
            self._done[end.record_index] = _mark(end.record_id)
        if self._forks:
            self.finished.add(end.record_id)


def _mark(record_id: RecordId) -> int:
    return int(record_id[:_DIGITS], 16) or 1
