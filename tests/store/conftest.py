"""A store in memory and one in a file, closed when the test is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.store.database import Database, open_database


@pytest.fixture
def memory() -> Iterator[Database]:
    database = open_database(None)
    yield database
    database.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"
