"""States of a drawing that were kept: named, saved, or used by runs."""

from datetime import datetime
from typing import Any

from grasp_ui.errors import NotFound
from grasp_ui.model.value import GraphId, GraphVersion
from grasp_ui.store.database import Database
from grasp_ui.store.rows import microseconds
from grasp_ui.store.values import cells


def keep_snapshot(  # noqa: PLR0913 - the columns of one row, each said once
    db: Database,
    graph_id: GraphId,
    version: GraphVersion,
    title: str,
    text: str,
    *,
    at: datetime,
    name: str,
) -> int:
    """Keep a graph's text under a name; returns the number it is found by.

    A snapshot neither begins nor ends a draft.
    """
    row = [graph_id, version, title, text, False, microseconds(at), name]
    return db.append([("graph_version", row)], urgent=True)


def snapshots_of(db: Database, graph_id: GraphId) -> list[dict[str, Any]]:
    """The named snapshots of a graph, newest first: seq, version, title, name, kept."""
    with db.cursor() as cursor:
        cursor.execute(
            "select seq, version, title, name, kept from graph_version "
            "where graph_id = ? and name is not null order by seq desc",
            [graph_id],
        )
        return list(cells(cursor))


def saves_of(db: Database, graph_id: GraphId, limit: int) -> list[dict[str, Any]]:
    """The different texts a graph's file had, newest first, as `snapshots_of`."""
    with db.cursor() as cursor:
        cursor.execute(
            "select seq, version, title, name, kept from graph_version "
            "where graph_id = ? and name is null and not draft "
            'qualify row_number() over (partition by md5("text") order by seq desc) = 1 '
            "order by seq desc limit ?",
            [graph_id, limit],
        )
        return list(cells(cursor))


def snapshot_text(db: Database, seq: int) -> str:
    """The text that was kept under a number.

    Raises:
        NotFound: nothing was kept under it.
    """
    with db.cursor() as cursor:
        row = cursor.execute('select "text" from graph_version where seq = ?', [seq]).fetchone()
    if row is None:
        raise NotFound(f"There is no graph kept under number {seq} in this store.")
    return str(row[0])


def saved_text(db: Database, graph_id: GraphId) -> str | None:
    """The newest text that was kept as no draft and without a name; None if none was.

    Of a graph it is its file as last saved or seen, of `run/RUN` the graph as it ran.
    """
    with db.cursor() as cursor:
        row = cursor.execute(
            'select "text" from graph_version where graph_id = ? and name is null and not draft '
            "order by seq desc limit 1",
            [graph_id],
        ).fetchone()
    return None if row is None else str(row[0])


def versions_run(db: Database, graph_id: GraphId, limit: int) -> list[dict[str, Any]]:
    """The versions of a graph that runs used, the newest first.

    Returns:
        version, runs (how many), records (done in all), run_id and started of the newest one.
    """
    with db.cursor() as cursor:
        cursor.execute(
            "select graph_version as version, count(*) as runs, sum(done)::bigint as records, "
            "arg_max(id, started) as run_id, max(started) as started from "
            "(from run where graph_id = ? "
            "qualify row_number() over (partition by id order by seq desc) = 1) "
            "group by graph_version order by started desc limit ?",
            [graph_id, limit],
        )
        return list(cells(cursor))
