"""Schemas grow by numbered steps, and nothing is lost on the way."""

from pathlib import Path

import duckdb
import pytest

from grasp_ui.errors import StoreTooNew
from grasp_ui.model.selection import Selection
from grasp_ui.store.conversations import add_conversations, count
from grasp_ui.store.database import open_database
from grasp_ui.store.migrate import Migration, known_migrations, migrate
from grasp_ui.store.runs import find_run
from grasp_ui.store.tables import APPENDED, read_schemas
from tests.store import samples

LATER = Migration(9998, "9998_later.sql", "alter table tag add column colour varchar")
WRONG = Migration(9999, "9999_wrong.sql", "create table half (x integer); select * from nowhere")


def test_the_steps_are_numbered_without_gaps() -> None:
    numbers = [migration.number for migration in known_migrations()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_appended_table_begins_with_the_sequence_number() -> None:
    with duckdb.connect() as connection:
        migrate(connection, known_migrations(), store=None)
        schemas = read_schemas(connection)
    assert {schemas[table].names[0] for table in APPENDED} == {"seq"}


def test_a_snapshot_is_kept_before_a_step(path: Path) -> None:
    database = open_database(path)
    add_conversations(database, [samples.result("a")])
    database.close()
    with duckdb.connect(str(path)) as connection:
        [snapshot] = migrate(connection, [*known_migrations(), LATER], store=path)
    assert snapshot.parent.name == "store.duckdb.snapshots"
    old = open_database(snapshot)
    assert count(old, Selection()) == 1
    old.close()


def test_a_new_file_needs_no_snapshot(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        assert migrate(connection, known_migrations(), store=path) == []


def test_a_step_that_was_taken_is_not_taken_again(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        migrate(connection, [*known_migrations(), LATER], store=path)
        assert migrate(connection, [*known_migrations(), LATER], store=path) == []


def test_a_step_that_fails_leaves_nothing_half_done(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        with pytest.raises(duckdb.Error):
            migrate(connection, [*known_migrations(), WRONG], store=path)
        names = {row[0] for row in connection.execute("show tables").fetchall()}
    assert "half" not in names
    assert "event" in names


def test_a_file_that_went_further_is_refused(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        migrate(connection, [*known_migrations(), LATER], store=path)
        with pytest.raises(StoreTooNew, match="schema 9998"):
            migrate(connection, known_migrations(), store=path)


def test_a_run_of_the_first_schema_is_read_as_it_was(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        migrate(connection, known_migrations()[:1], store=path)
        connection.execute(
            "insert into run (seq, id, graph_id, graph_version, title, state, settings, models, "
            "reason, started, done, failed, calls, prompt_tokens, completion_tokens, cost_usd) "
            "values (1, 'r', 'own/a', 'v', 'A', 'done', "
            """'{"run_id":"r","records":5,"seed":7,"concurrency":8}', '{}', '', """
            "timestamp '2026-05-01', 5, 0, 9, 1, 1, 0.0)"
        )
    database = open_database(path)
    found = find_run(database, samples.RUN)
    database.close()
    assert (found.seconds, found.done, found.continues) == (0.0, 5, None)
