"""How visits of a run left their nodes: by which arrows, and how often."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grasp_ui.model.span import SHOWN_RECORDS
from grasp_ui.model.value import RunId
from grasp_ui.store.database import Database
from grasp_ui.store.jsontext import from_json
from grasp_ui.store.tables import NEWEST_ENDS


class Leave(NamedTuple):
    """Visits that left a node alike: `times` of them, by the arrows `taken`.

    `taken` is None where the log names none: all were taken, or the node was skipped.
    `record_index` is None for records that a time line does not show.
    """

    node: str
    record_index: int | None
    was_skipped: bool
    taken: Sequence[str] | None
    times: int


def leaves_of(
    db: Database, run_id: RunId, *, forking: Iterable[str] = (), finished_only: bool = False
) -> list[Leave]:
    """How the visits of a run that did not fail left the nodes that are drawn.

    A visit that was replayed counts once, as it ended last. At a node of `forking` each
    candidate leaves for itself. With `finished_only` records that are done count alone.
    """
    finished = f"and record_id in (select record_id from {NEWEST_ENDS} where state = 'done') "
    with db.cursor() as cursor:
        rows = cursor.execute(
            "with visit as (select record_id, record_index, node, visit, "
            "arg_max(state, seq) as state, "
            "arg_max(coalesce(taken, ''), seq) as taken "
            "from node_end where run_id = $run "
            f"and not contains(node, '/') {finished if finished_only else ''}group by all), "
            "asked as (select record_id, node, visit, count(distinct candidate) as candidates "
            "from event where run_id = $run and kind in ('call_ended', 'call_replayed') "
            "and node in (select unnest($forking::varchar[])) group by all) "
            "select node, case when record_index < $records then record_index end as shown, "
            "state = 'skipped', taken, sum(coalesce(candidates, 1))::bigint "
            "from visit left join asked using (record_id, node, visit) "
            "where state <> 'failed' group by all order by all",
            {"run": run_id, "forking": list(forking), "records": SHOWN_RECORDS},
        ).fetchall()
    return [
        Leave(node, shown, was_skipped, from_json(taken) if taken else None, times)
        for node, shown, was_skipped, taken, times in rows
    ]
