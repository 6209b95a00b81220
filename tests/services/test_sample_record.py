"""The record that a prompt is shown with is a real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.model.value import GraphId, RunId
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.sample_record import (
    MOST_LETTERS,
    Choice,
    Drawing,
    jinja_preview,
    last_run,
    sample_record,
)
from grasp_ui.services.workspace import Workspace
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, ran, workspace


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    with workspace(tmp_path / "home") as room:
        yield room


@pytest.fixture
def drawing(tmp_path: Path) -> Drawing:
    return Drawing(read_graph(PAIRS), tmp_path)


def test_without_a_run_it_is_the_first_row_of_the_seeds(
    opened: Workspace, drawing: Drawing
) -> None:
    record = sample_record(opened, drawing)
    assert record.values == {"topic": "rain", "record": 0, "visit": 1}
    assert (record.is_first, record.is_last) == (True, False)


@pytest.mark.parametrize(
    ("choice", "topic", "ends"),
    [
        (Choice(1), "bread", (False, False)),
        (Choice(0, 2), "music", (False, True)),
        (Choice(9), "music", (False, True)),
        (Choice(1, -5), "rain", (True, False)),
    ],
)
def test_another_row_of_the_seeds_is_chosen(
    opened: Workspace, drawing: Drawing, choice: Choice, topic: str, ends: tuple[bool, bool]
) -> None:
    record = sample_record(opened, drawing, None, choice)
    assert (record.values["topic"], (record.is_first, record.is_last)) == (topic, ends)
    assert record.source.startswith(
        f"Record {record.record} as it begins, from row {record.record + 1} of the seeds."
    )


def test_a_graph_without_seeds_says_so(opened: Workspace, tmp_path: Path) -> None:
    spec = read_graph(PAIRS).model_copy(update={"seeds": {}})
    record = sample_record(opened, Drawing(spec, tmp_path))
    assert record.source.startswith("Record 0 as it begins, without seeds.")
    assert (record.has_seeds, record.is_last) == (True, True)


def test_no_more_than_a_hundred_rows_are_read(opened: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"topic{n}\n" for n in range(150))
    (tmp_path / "many.csv").write_text(f"topic\n{rows}", encoding="utf-8")
    record = sample_record(opened, seeded(tmp_path, path="many.csv"), None, Choice(120))
    assert (record.record, record.is_last) == (99, True)
    assert record.source.endswith("No more than 100 rows are shown here.")


def test_rows_before_a_fault_are_shown(opened: Workspace, tmp_path: Path) -> None:
    lines = '{"topic": "rain"}\n{"topic": "bread"}\nno json\n'
    (tmp_path / "torn.jsonl").write_text(lines, encoding="utf-8")
    drawing = seeded(tmp_path, kind="jsonl", path="torn.jsonl")
    record = sample_record(opened, drawing, None, Choice(1))
    assert (record.values["topic"], record.is_last) == ("bread", True)


def test_after_a_run_it_is_a_finished_record_of_that_run(
    opened: Workspace, drawing: Drawing
) -> None:
    with fake_server() as server:
        view = ran(opened, server, records=2)
    record = sample_record(opened, drawing, view.run.id)
    index = record.values["record"]
    assert record.values["topic"] == ("rain", "bread")[index]
    assert "grade" in record.values
    assert record.source == f"Record {index} of the run, one of 2 that left a conversation."


def test_another_record_of_the_run_is_chosen(opened: Workspace, drawing: Drawing) -> None:
    with fake_server() as server:
        run_id = ran(opened, server, records=4).run.id
    chosen = [Choice(1), Choice(1, 1), Choice(3, -3), Choice(2, 9)]
    found = [sample_record(opened, drawing, run_id, choice) for choice in chosen]
    assert [record.record for record in found] == [1, 2, 0, 3]
    assert [record.values["topic"] for record in found] == ["bread", "music", "rain", "rain"]
    assert [(record.is_first, record.is_last) for record in found][2:] == [
        (True, False),
        (False, True),
    ]


def test_a_record_that_is_not_finished_is_said_so_and_the_nearest_shown(
    opened: Workspace, drawing: Drawing
) -> None:
    with fake_server() as server:
        run_id = ran(opened, server, records=2).run.id
    record = sample_record(opened, drawing, run_id, Choice(7))
    assert record.source == "Record 7 of the run is not finished: this is record 1."


def test_seeds_that_cannot_be_read_give_no_row(opened: Workspace, tmp_path: Path) -> None:
    record = sample_record(opened, seeded(tmp_path, path="gone.csv"))
    assert (record.has_seeds, record.values) == (False, {"record": 0, "visit": 1})
    assert record.source.startswith("The seeds cannot be read")


def test_a_run_that_finished_nothing_leaves_the_first_row(
    opened: Workspace, drawing: Drawing
) -> None:
    record = sample_record(opened, drawing, RunId("none"))
    assert record.values["topic"] == "rain"


def test_the_last_run_is_one_of_the_same_graph(opened: Workspace) -> None:
    with fake_server() as server:
        ran(opened, server, records=1)
        newest = ran(opened, server, records=1).run.id
    assert last_run(opened, GraphId("own/pairs")) == newest
    assert last_run(opened, GraphId("own/other")) is None


def seeded(folder: Path, *, kind: str = "csv", path: str) -> Drawing:
    """The graph with its seeds in a file."""
    seeds = {"kind": kind, "path": path}
    return Drawing(read_graph(PAIRS).model_copy(update={"seeds": seeds}), folder)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ topic | upper }}", "TEA"),
        ("{{ gone }}", "names what is not there: 'gone' is undefined."),
        ("{% if %}", "cannot be read in line 1"),
        ("{% for n in range(9999) %}abc{% endfor %}", f"{'abc' * 9999}"[:MOST_LETTERS] + "…"),
    ],
)
def test_a_jinja_text_is_previewed_or_says_why_not(text: str, shown: str) -> None:
    assert shown in jinja_preview({"topic": "tea"}, text)
