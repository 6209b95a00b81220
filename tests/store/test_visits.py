"""Ends of visits that are kept together read as those that are kept one by one."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.model.event import NodeEnded
from grasp_ui.model.span import Span
from grasp_ui.model.value import RecordId
from grasp_ui.store import runs, traces
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.leaves import leaves_of
from grasp_ui.store.spans import spans_of
from tests.store import samples

RECORD = RecordId("record 0")
TEXTS = st.text(max_size=5)
DETAILS = st.dictionaries(
    st.sampled_from(["variables", "notes", "taken"]), st.lists(TEXTS), max_size=2
)


@st.composite
def ends(draw: st.DrawFn) -> list[NodeEnded]:
    """How visits of one record ended; the last may have failed."""
    visits = draw(st.lists(st.sampled_from(["ask", "part/ask", "grade"]), min_size=1, max_size=6))
    ended = [
        NodeEnded(RECORD, 0, node, place, "done", draw(DETAILS), place + 1.5, 0.25)
        for place, node in enumerate(visits)
    ]
    if draw(st.booleans()):
        ended[-1] = ended[-1]._replace(state="failed", error_code="off", error=draw(TEXTS))
    return ended


def kept(ended: Sequence[NodeEnded], *, together: bool) -> list[object]:
    """All that readers see of `ended`, without sequence numbers."""
    store = open_database(None)
    runs.begin_run(store, samples.run())
    for event in () if together else ended:
        runs.keep_event(store, samples.RUN, event)
    visits = [ended] if together else ()
    runs.keep_event(store, samples.RUN, samples.ended(0), visits=visits)
    store.settle()
    told = traces.record_events(store, samples.RUN, RECORD)
    listed = runs.events_of(store, samples.RUN, kind="node_ended", limit=3)
    seen: list[object] = [spans_of(store, samples.RUN), runs.node_totals(store, samples.RUN)]
    seen.append(leaves_of(store, samples.RUN))
    seen += [told, listed, traces.samples_at(store, samples.RUN, "ask", limit=9)]
    store.close()
    for row in (*told, *listed):
        del row["seq"]
    return seen


@given(ends())
def test_kept_together_they_read_as_kept_one_by_one(ended: list[NodeEnded]) -> None:
    assert kept(ended, together=True) == kept(ended, together=False)


def test_what_was_made_again_counts_as_it_ended_last(memory: Database) -> None:
    failed = NodeEnded(RECORD, 0, "ask", 0, "failed", {}, 1.0, 0.5, "off", "The model is off.")
    runs.begin_run(memory, samples.run())
    runs.keep_visits(memory, samples.RUN, [[failed]])
    again = failed._replace(state="done", error_code=None, error=None, started=5.0)
    runs.keep_visits(memory, samples.RUN, [[again]])
    memory.settle()
    assert spans_of(memory, samples.RUN) == [Span(0, "ask", 0, 5.0, 0.5, "done")]
