"""Small tables to look at: what was said how often, and how the scores lie."""

from collections.abc import Mapping

import pandas as pd

from grasp_ui.model.selection import Selection
from grasp_ui.store.database import Database
from grasp_ui.store.selecting import current_tables, execute_selection


def tag_counts(db: Database, selection: Selection) -> pd.DataFrame:
    """How often each tag counts, the most frequent first.

    Returns:
        Columns name, source, action, count (of targets), conversations.
    """
    return _of_tags(
        db,
        selection,
        "select name, source, action, count(*) as count, "
        "count(distinct conversation_id) as conversations from {tags} "
        "semi join meant using (conversation_id) group by all "
        "order by count desc, name, source, action",
    )


def scores(db: Database, selection: Selection) -> pd.DataFrame:
    """Every score that counts.

    Returns:
        Columns conversation_id, name, source, score (0 bad to 1 good).
    """
    return _of_tags(
        db,
        selection,
        "select conversation_id, name, source, score from {tags} "
        "semi join meant using (conversation_id) where score is not null order by all",
    )


def element_counts(db: Database, selection: Selection, name: str) -> dict[str, int]:
    """Of a tag with many values: how many conversations have each one."""
    return {
        element: count for element, count, _ in grouped_elements(db, selection, name, homes=None)
    }


def grouped_elements(
    db: Database, selection: Selection, name: str, *, homes: Mapping[str, str] | None
) -> list[tuple[str, int, list[str]]]:
    """Values of a tag that stand for each other: home, conversations, the values.

    `homes` says which value stands for which; None: each for itself. A conversation counts once
    for each home. The commonest come first.
    """
    given = homes or {}
    with db.cursor() as cursor:
        tables = current_tables(cursor, selection.as_of, db.schemas)
        meant = execute_selection(cursor, "c.id as conversation_id", selection, tables=tables)
        cursor.register("meant", meant.to_arrow_table())
        return cursor.execute(
            "select coalesce(home, element) as stands, count(distinct conversation_id) as count, "
            f"list_sort(list(distinct element)) from {tables['tag_current']} "
            "semi join meant using (conversation_id) left join (select "
            "unnest(?::varchar[]) as element, unnest(?::varchar[]) as home) using (element) "
            "where name = ? and element is not null and action <> 'pass' "
            "group by stands order by count desc, stands",
            [list(given), list(given.values()), name],
        ).fetchall()


def tag_means(db: Database, selection: Selection) -> list[tuple[str, str, int, float | None]]:
    """Each tag: name, source, conversations with it (not as `pass`), mean score."""
    with db.cursor() as cursor:
        tables = current_tables(cursor, selection.as_of, db.schemas)
        meant = execute_selection(cursor, "c.id as conversation_id", selection, tables=tables)
        cursor.register("meant", meant.to_arrow_table())
        return cursor.execute(
            "select name, source, count(distinct conversation_id) filter (action <> 'pass'), "
            f"avg(score) from {tables['tag_current']} semi join meant using (conversation_id) "
            "group by all order by all"
        ).fetchall()


def _of_tags(db: Database, selection: Selection, question: str) -> pd.DataFrame:
    """Ask `question` of the tags that count for what `selection` means."""
    with db.cursor() as cursor:
        tables = current_tables(cursor, selection.as_of, db.schemas)
        meant = execute_selection(cursor, "c.id as conversation_id", selection, tables=tables)
        cursor.register("meant", meant.to_arrow_table())
        return cursor.execute(question.format(tags=tables["tag_current"])).df()
