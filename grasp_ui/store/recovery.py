"""After a stop: load what the database lacks, and call broken-off runs so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from grasp_ui.model.record import FORK
from grasp_ui.model.run import Run
from grasp_ui.store.journal import Line
from grasp_ui.store.replay import Readable, read_segment, segments
from grasp_ui.store.segments import REVIEWS
from grasp_ui.store.tables import APPENDED, NEWEST_ENDS, Schemas
from grasp_ui.store.values import cells, run_of


@dataclass(slots=True)
class Recovered:
    """Where the sequence goes on, and what was mended."""

    last_seq: int
    notices: list[str] = field(default_factory=list)


def recover(
    cursor: duckdb.DuckDBPyConnection,
    folder: Path | None,
    schemas: Schemas,
    *,
    load: Callable[[Sequence[Line]], None],
) -> Recovered:
    """Replay the journal in `folder` beyond what the tables hold; safe to repeat.

    Segments are deleted once they are loaded; those with damage are kept under another name.
    Reviews are compared one by one: their file outlives a database that lost some.
    """
    found = Recovered(_last_loaded(cursor))
    loaded = found.last_seq
    reviews = {row[0] for row in cursor.execute("select seq from review").fetchall()}
    for path in segments(folder) if folder else ():
        segment = read_segment(path, schemas)
        is_reviews = path.name == REVIEWS
        missing = [
            line
            for line in segment.lines
            if (line.first not in reviews if is_reviews else line.first > loaded)
        ]
        if missing:
            load(missing)
        found.last_seq = max(found.last_seq, segment.last)
        found.notices.extend(segment.notices)
        if not is_reviews:
            _put_away(segment)
    return found


def interrupted_runs(cursor: duckdb.DuckDBPyConnection) -> list[Run]:
    """The runs that nobody ended, with state `interrupted` and what they came to."""
    cursor.execute(
        "from run qualify row_number() over (partition by id order by seq desc) = 1 and state = ?",
        ["running"],
    )
    begun = [(row["seq"], run_of(row)) for row in cells(cursor)]
    return [run.model_copy(update=_what_came_of(cursor, run, seq)) for seq, run in begun]


def _what_came_of(cursor: duckdb.DuckDBPyConnection, run: Run, begun: int) -> dict[str, object]:
    """The counts of `run`, whose last part began with the row numbered `begun`."""
    cursor.execute(
        "select count(*) filter (kind = 'call_ended') as calls, "
        "coalesce(sum(prompt_tokens), 0)::bigint as prompt_tokens, "
        "coalesce(sum(completion_tokens), 0)::bigint as completion_tokens, "
        "coalesce(sum(cost_usd), 0) as cost_usd, "
        "min(started) filter (seq > $begun) as began, "
        "max(started + to_microseconds((seconds * 1e6)::bigint)) as ended "
        "from event where run_id = $run",
        {"run": run.id, "begun": begun},
    )
    counts = next(cells(cursor))
    began, ended = counts.pop("began"), max(counts["ended"] or run.started, run.started)
    part = (ended - max(began, run.started)).total_seconds() if began else 0.0
    return {
        **counts,
        **_ends(cursor, run),
        "ended": ended,
        "seconds": run.seconds + max(part, 0.0),
        "state": "interrupted",
        "reason": "The program ended while this was running. Resume it: what was answered is kept.",
    }


def _ends(cursor: duckdb.DuckDBPyConnection, run: Run) -> dict[str, int]:
    cursor.execute(
        "select count(*) filter (state = 'done') as done, "
        "count(*) filter (state = 'failed') as failed, "
        f"count(*) filter (contains(record_id, '{FORK}')) as forks from {NEWEST_ENDS}",
        {"run": run.id},
    )
    return next(cells(cursor))


def _last_loaded(cursor: duckdb.DuckDBPyConnection) -> int:
    every = " union all ".join(f"select max(seq) as seq from {table}" for table in APPENDED)
    row = cursor.execute(f"select max(seq) from ({every})").fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _put_away(segment: Readable) -> None:
    if segment.damaged:
        segment.path.replace(segment.path.with_suffix(".damaged"))
    else:
        segment.path.unlink()
