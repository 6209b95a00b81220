"""Numbered SQL files bring a database's tables up to this version of the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb

from grasp_ui.errors import StoreTooNew
from grasp_ui.store.loader import transaction


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: what it is called, and the SQL that takes it."""

    number: int
    name: str
    sql: str


def known_migrations() -> tuple[Migration, ...]:
    """The migrations that this program knows, in order."""
    found = (
        path for path in files("grasp_ui.store.migrations").iterdir() if path.name[0].isdigit()
    )
    return tuple(
        Migration(int(path.name[:4]), path.name, path.read_text(encoding="utf-8"))
        for path in sorted(found, key=lambda path: path.name)
    )


def migrate(
    connection: duckdb.DuckDBPyConnection, migrations: Sequence[Migration], *, store: Path | None
) -> list[Path]:
    """Apply what is missing, in order, each in a transaction of its own.

    Returns:
        The snapshots that were kept, one before each step on a file that held tables.

    Raises:
        StoreTooNew: a newer version of the program wrote the file.
    """
    version = _version(connection)
    newest = migrations[-1].number
    if version > newest:
        raise StoreTooNew(
            f"{store or 'The store'} has schema {version}; this program knows schemas up to "
            f"{newest}. Install a newer version of it, or name another file with --store."
        )
    kept = []
    for migration in (one for one in migrations if one.number > version):
        if version and store is not None:
            kept.append(_snapshot(connection, store, migration))
        _apply(connection, migration)
    return kept


def _version(connection: duckdb.DuckDBPyConnection) -> int:
    connection.execute("create table if not exists migration (number integer, name varchar)")
    row = connection.execute("select max(number) from migration").fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _apply(connection: duckdb.DuckDBPyConnection, migration: Migration) -> None:
    with transaction(connection):
        connection.execute(migration.sql)
        connection.execute(
            "insert into migration values (?, ?)", [migration.number, migration.name]
        )


def _snapshot(connection: duckdb.DuckDBPyConnection, store: Path, migration: Migration) -> Path:
    """A copy of the whole database as it is before a step."""
    folder = store.with_name(f"{store.name}.snapshots")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"before-{migration.number:04d}.duckdb"
    path.unlink(missing_ok=True)
    row = connection.execute("select current_database()").fetchone()
    source = str(row[0] if row else "").replace('"', '""')
    target = str(path).replace("'", "''")
    connection.execute(f"attach '{target}' as snapshot (storage_version 'v1.5.0')")
    connection.execute(f'copy from database "{source}" to snapshot')
    connection.execute("detach snapshot")
    return path
