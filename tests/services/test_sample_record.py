"""The record that a prompt is shown with is a real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.sample_record import last_run, sample_record
from grasp_ui.services.workspace import Workspace
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, ran, workspace


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    with workspace(tmp_path / "home") as room:
        yield room


def test_without_a_run_it_is_the_first_row_of_the_seeds(opened: Workspace, tmp_path: Path) -> None:
    record = sample_record(opened, read_graph(PAIRS), tmp_path)
    assert record.values == {"topic": "rain", "record": 0, "visit": 1}


def test_after_a_run_it_is_a_finished_record_of_that_run(opened: Workspace, tmp_path: Path) -> None:
    with fake_server() as server:
        view = ran(opened, server, records=2)
    record = sample_record(opened, read_graph(PAIRS), tmp_path, view.run.id)
    index = record.values["record"]
    assert record.values["topic"] == ("rain", "bread")[index]
    assert "grade" in record.values
    assert record.source == f"With record {index} of the last run."


def test_seeds_that_cannot_be_read_give_no_row(opened: Workspace, tmp_path: Path) -> None:
    spec = read_graph(PAIRS).model_copy(update={"seeds": {"kind": "csv", "path": "gone.csv"}})
    record = sample_record(opened, spec, tmp_path)
    assert (record.has_seeds, record.values) == (False, {"record": 0, "visit": 1})


def test_a_run_that_finished_nothing_leaves_the_first_row(
    opened: Workspace, tmp_path: Path
) -> None:
    record = sample_record(opened, read_graph(PAIRS), tmp_path, RunId("none"))
    assert record.values["topic"] == "rain"


def test_the_last_run_is_one_of_the_same_graph(opened: Workspace) -> None:
    with fake_server() as server:
        ran(opened, server, records=1)
        newest = ran(opened, server, records=1).run.id
    assert last_run(opened, GraphId("own/pairs")) == newest
    assert last_run(opened, GraphId("own/other")) is None
