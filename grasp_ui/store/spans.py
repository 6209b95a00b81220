"""When the first records of a run were at which node, as its events tell."""

from datetime import UTC

from grasp_ui.model.record import fork_number
from grasp_ui.model.span import SHOWN_RECORDS, SHOWN_SPANS, Span
from grasp_ui.model.value import RunId
from grasp_ui.store.database import Database


def spans_of(db: Database, run_id: RunId) -> list[Span]:
    """The newest visits of the first records, in the order of their ends.

    A visit that was replayed is there once, as it ended last; one that was skipped is not.
    """
    with db.cursor() as cursor:
        rows = cursor.execute(
            "with visit as (select record_id, record_index, node, visit, max(seq) as seq, "
            "arg_max(place, seq) as place, arg_max(started, seq) as started, "
            "arg_max(seconds, seq) as seconds, arg_max(state, seq) as state from node_end "
            "where run_id = $run and record_index < $records "
            "and not contains(node, '/') group by 1, 2, 3, 4), "
            "asked as (select record_id, split_part(node, '/', 1) as node, visit, "
            "bool_or(kind = 'call_ended') as is_paid from event "
            "where run_id = $run and record_index < $records "
            "and kind in ('call_ended', 'call_replayed') group by 1, 2, 3) "
            "select record_id, record_index, node, visit, started, seconds, state from "
            "(select record_id, record_index, node, visit, started, seconds, "
            "case when state = 'done' and not coalesce(is_paid, true) then 'cached' "
            "else state end as state, seq, place from visit left join asked "
            "using (record_id, node, visit) where state <> 'skipped' "
            "order by seq desc, place desc limit $spans) order by seq, place",
            {"run": run_id, "records": SHOWN_RECORDS, "spans": SHOWN_SPANS},
        ).fetchall()
    return [
        Span(
            index, node, visit, started.replace(tzinfo=UTC).timestamp(), seconds, state,
            fork_number(record_id),
        )
        for record_id, index, node, visit, started, seconds, state in rows
    ]  # fmt: skip
