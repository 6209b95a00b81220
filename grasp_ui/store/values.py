"""Rows as values: what the tables hold, as the nouns of the model."""

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.preference import Preference
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.run import Run, RunSettings
from grasp_ui.model.tag import Tag
from grasp_ui.store.jsontext import from_json

Cells = dict[str, Any]
"""The cells of a row by their column's name."""


_MADE = ("settings", "models", "judges")
"""What of a run is no cell as it stands, or comes from elsewhere."""


def cells(cursor: duckdb.DuckDBPyConnection) -> Iterator[Cells]:
    """The rows of the last query, by column name."""
    names = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(1000):
        yield from (dict(zip(names, row, strict=True)) for row in rows)


def run_of(row: Cells) -> Run:
    """The run of a row."""
    values = {name: row[name] for name in Run.model_fields if name not in _MADE}
    values |= {"seconds": row["seconds"] or 0.0, "forks": row["forks"] or 0}
    settings = RunSettings.model_validate_json(row["settings"])
    return Run(**values, settings=settings, models=from_json(row["models"]))


def conversation_of(row: Cells, messages: Sequence[Message]) -> Conversation:
    """The conversation of a row, with its messages."""
    return Conversation(
        id=row["id"],
        run_id=row["run_id"],
        record_id=row["record_id"],
        record_index=row["record_index"],
        graph_version=row["graph_version"],
        source=row["source"],
        seed=from_json(row["seed"]),
        variables=from_json(row["variables"]),
        messages=tuple(messages),
    )


def message_of(row: Cells) -> Message:
    """The message of a row."""
    return Message(**{name: row[name] for name in Message.model_fields})


def preference_of(row: Cells) -> Preference:
    """The preference of a row."""
    return Preference(**{name: row[name] for name in Preference.model_fields})


def tag_of(row: Cells) -> Tag:
    """The tag of a row."""
    return Tag.model_validate(
        {
            "target": _target(row),
            "name": row["name"],
            "element": row["element"],
            "value": from_json(row["value"]),
            "score": row["score"],
            "action": row["action"],
            "source": row["source"],
            "author": row["author"],
            "version": row["version"],
            "evidence": from_json(row["evidence"]),
            "run_id": row["run_id"],
            "seq": row["seq"],
        }
    )


def review_of(row: Cells) -> ReviewEvent:
    """The review event of a row."""
    return ReviewEvent.model_validate(
        {
            "id": row["id"],
            "kind": row["kind"],
            "target": _target(row),
            "payload": from_json(row["payload"]),
            "person": row["person"],
            "reason": row["reason"],
            "at": row["done"],
            "seq": row["seq"],
        }
    )


def _target(row: Cells) -> Cells:
    return {
        "conversation_id": row["conversation_id"],
        "kind": row["target_kind"],
        "id": row["target_id"],
    }
