"""Tags: appended as they are said, never overwritten."""

from collections.abc import Iterable

from grasp_ui.model.tag import Tag
from grasp_ui.model.value import RunId
from grasp_ui.store.database import Database
from grasp_ui.store.projection import rebuild
from grasp_ui.store.rows import tag_row
from grasp_ui.store.tables import Entry


def add_tags(db: Database, tags: Iterable[Tag]) -> None:
    """Acknowledge `tags` as one unit; their `seq` is given by the store.

    Waits where much is not yet loaded, so it is not for a loop's thread.
    """
    db.wait_for_room()
    entries: list[Entry] = [("tag", tag_row(tag)) for tag in tags]
    if entries:
        db.append(entries)


def tag_names(db: Database, run_id: RunId | None = None) -> list[str]:
    """The names of the tags that count now, by alphabet; of one run if asked."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select distinct name from tag_current where $run is null or conversation_id in "
            "(select id from conversation where run_id = $run) order by name",
            {"run": run_id},
        ).fetchall()
    return [row[0] for row in rows]


def last_seq(db: Database) -> int:
    """The number of the newest tag that is loaded; 0 without tags."""
    with db.cursor() as cursor:
        row = cursor.execute("select coalesce(max(seq), 0) from tag").fetchone()
    return int(row[0]) if row else 0


def said_since(db: Database, seq: int) -> list[tuple[str, str, int]]:
    """Name, action and number of the tags after number `seq`, the most frequent first."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            'select name, "action", count(*) from tag where seq > ? '
            'group by name, "action" order by count(*) desc, name, "action"',
            [seq],
        ).fetchall()
    return [(str(name), str(action), int(times)) for name, action, times in rows]


def rebuild_current(db: Database) -> None:
    """Make what counts now anew from all that was said; what is right stays."""
    with db.writing() as cursor:
        rebuild(cursor, db.schemas)
