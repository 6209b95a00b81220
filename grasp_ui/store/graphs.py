"""Graph versions and drafts, as texts."""

from datetime import datetime

from grasp_ui.errors import NotFound
from grasp_ui.model.value import GraphId, GraphVersion
from grasp_ui.store.database import Database
from grasp_ui.store.rows import microseconds


def keep_graph_version(  # noqa: PLR0913 - the columns of one row, each said once
    db: Database,
    graph_id: GraphId,
    version: GraphVersion,
    title: str,
    text: str,
    *,
    draft: bool,
    at: datetime,
) -> None:
    """Keep a graph's text as it was saved or, for a draft, as it stands on the canvas."""
    row = [graph_id, version, title, text, draft, microseconds(at)]
    db.append([("graph_version", row)], urgent=True)


def newest_draft(db: Database, graph_id: GraphId) -> str | None:
    """The text of the draft that came after the last saved version; None without one."""
    with db.cursor() as cursor:
        row = cursor.execute(
            'select draft, "text" from graph_version where graph_id = ? and name is null '
            "order by seq desc limit 1",
            [graph_id],
        ).fetchone()
    return str(row[1]) if row and row[0] else None


def graph_text(db: Database, version: GraphVersion) -> str:
    """The newest text with that version's hash.

    Raises:
        NotFound: no graph of that version was kept.
    """
    with db.cursor() as cursor:
        row = cursor.execute(
            'select "text" from graph_version where version = ? order by seq desc limit 1',
            [version],
        ).fetchone()
    if row is None:
        raise NotFound(f"There is no graph of version '{version}' in this store.")
    return str(row[0])


def graph_texts_below(db: Database, graph_id: GraphId) -> dict[str, str]:
    """The newest text of each graph below `graph_id/`, by the rest of its id."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            'select graph_id, arg_max("text", seq) from graph_version '
            "where starts_with(graph_id, ?) group by graph_id order by graph_id",
            [f"{graph_id}/"],
        ).fetchall()
    return {str(name)[len(graph_id) + 1 :]: str(text) for name, text in rows}
