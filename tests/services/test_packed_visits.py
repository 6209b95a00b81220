"""Visits are held until their record has ended, and those of records that fork with a fork."""

from collections.abc import Sequence

from grasp_ui.model.event import NodeEnded
from grasp_ui.model.value import RecordId
from grasp_ui.services.packed_visits import PackedVisits


def held(*records: str) -> PackedVisits:
    packed = PackedVisits()
    for place, record in enumerate(records):
        packed.add(NodeEnded(RecordId(record), 0, f"n{place}", 0, "done", {}, 0.0, 0.0))
    return packed


def names(taken: Sequence[Sequence[NodeEnded]]) -> list[list[str]]:
    return [[event.node for event in ended] for ended in taken]


def test_a_record_takes_its_own_visits_once_in_their_order() -> None:
    packed = held("a", "b", "a")
    assert names(packed.take(RecordId("a"))) == [["n0", "n2"]]
    assert packed.take(RecordId("a")) == []
    assert names(packed.take_all()) == [["n1"]]
    assert packed.take_all() == []


def test_a_fork_takes_along_what_it_forked_from() -> None:
    packed = held("a", "a/2", "a/3", "a/2/5")
    assert names(packed.take(RecordId("a/2/5"))) == [["n0"], ["n1"], ["n3"]]
    assert names(packed.take(RecordId("a/3"))) == [["n2"]]
