"""Graph versions and drafts."""

from pathlib import Path

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.model.value import GraphId, GraphVersion
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.graphs import graph_text, keep_graph_version, newest_draft
from tests.store import samples

GRAPH = GraphId("own/a")


def keep(database: Database, text: str, *, draft: bool) -> None:
    version = GraphVersion(f"v {text}")
    keep_graph_version(database, GRAPH, version, "A", text, draft=draft, at=samples.NOON)


def test_the_newest_draft_is_found_at_once(memory: Database) -> None:
    keep(memory, "one", draft=True)
    keep(memory, "two", draft=True)
    assert newest_draft(memory, GRAPH) == "two"


def test_saving_ends_a_draft(memory: Database) -> None:
    keep(memory, "one", draft=True)
    keep(memory, "one", draft=False)
    assert newest_draft(memory, GRAPH) is None


def test_a_graph_without_versions_has_no_draft(memory: Database) -> None:
    assert newest_draft(memory, GRAPH) is None


def test_every_version_keeps_its_text(path: Path) -> None:
    database = open_database(path)
    keep(database, "one", draft=False)
    keep(database, "two", draft=False)
    database.close()
    again = open_database(path)
    assert graph_text(again, GraphVersion("v one")) == "one"
    again.close()


def test_an_unknown_version_is_not_found(memory: Database) -> None:
    with pytest.raises(NotFound, match="no graph of version 'x'"):
        graph_text(memory, GraphVersion("x"))
