"""How visits ended, held until their record has ended too."""

from collections.abc import Sequence

from grasp_ui.model.event import NodeEnded
from grasp_ui.model.record import FORK
from grasp_ui.model.value import RecordId


class PackedVisits:
    """Ends of visits of records under way, so that each leaves one row of them."""

    def __init__(self) -> None:
        self._ended: dict[RecordId, list[NodeEnded]] = {}

    def add(self, event: NodeEnded) -> None:
        """Hold one."""
        held = self._ended.get(event.record_id)
        if held is None:
            self._ended[event.record_id] = [event]
        else:
            held.append(event)

    def take(self, record_id: RecordId) -> list[Sequence[NodeEnded]]:
        """Let go of what a record has, and those that it forked from."""
        taken: list[Sequence[NodeEnded]] = []
        while record_id:
            if record_id in self._ended:
                taken.append(self._ended.pop(record_id))
            record_id = RecordId(record_id.rpartition(FORK)[0])
        return taken[::-1]

    def take_all(self) -> list[Sequence[NodeEnded]]:
        """Let go of everything: the run is over, though some records may not be."""
        taken: list[Sequence[NodeEnded]] = list(self._ended.values())
        self._ended = {}
        return taken
