"""Seeds as a run takes them: in order, over and over, with what is wrong told once."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.engine.compile import problems_of
from grasp_ui.errors import UnreadableFile
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.services.planning import count_seed_rows, seed_columns, seeds_of, surroundings_of
from grasp_ui.services.settings import Settings
from grasp_ui.tagging.profile import Profile
from tests.builders import graph


def taken(
    seeds: dict[str, Any], records: int, folder: Path = Path()
) -> tuple[list[Any], list[str]]:
    """The rows of the first records, and what was told of others."""
    told: list[str] = []
    stream = seeds_of(
        GraphSpec(seeds=seeds), folder, records, on_set_aside=lambda bad: told.append(str(bad))
    )
    rows = [seed.row for seed in stream]
    return rows, told


def problems(seeds: dict[str, Any], folder: Path) -> list[Problem]:
    profiles: dict[str, Profile] = {}
    spec = graph("a -> b", seeds=seeds, tagging="none", models={})
    return list(
        problems_of(spec, surroundings_of(spec, Settings(), folder=folder, profiles=profiles))
    )


@given(st.integers(1, 5), st.integers(1, 20))
def test_rows_are_taken_in_order_over_and_over(rows: int, records: int) -> None:
    seeds = {"kind": "inline", "rows": [{"n": n} for n in range(rows)]}
    assert taken(seeds, records) == ([{"n": n % rows} for n in range(records)], [])


def test_without_seeds_every_record_starts_empty() -> None:
    assert taken({}, 3) == ([{}, {}, {}], [])
    assert seed_columns(GraphSpec(), Path()) == ()


def test_a_bad_line_is_told_once_however_often_it_is_met(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"n": 1}\nx\n{"n": 2}\ny\n')
    rows, told = taken({"kind": "jsonl", "path": "a.jsonl"}, 5, tmp_path)
    assert [row["n"] for row in rows] == [1, 2, 1, 2, 1]
    assert [line[:6] for line in told] == ["line 2", "line 4"]


def test_a_bad_line_is_told_when_it_is_met_and_not_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('x\n{"n": 1}\n{"n": 2}\n')
    assert len(taken({"kind": "jsonl", "path": "a.jsonl"}, 1, tmp_path)[1]) == 1


def test_a_row_that_a_step_cannot_use_is_told_like_a_line() -> None:
    seeds = {
        "kind": "inline",
        "rows": [{"n": "x"}, {"n": 2}],
        "transform": [{"filter": "n > 1"}, {"skip": 0}, {"add": {"m": 1}}],
    }
    rows, told = taken(seeds, 2)
    assert rows == [{"n": 2, "m": 1}] * 2
    assert [line[:6] for line in told] == ["row 1:"]


def test_steps_that_leave_no_row_are_named() -> None:
    seeds = {"kind": "inline", "rows": [{"n": 1}], "transform": [{"filter": "n > 1"}]}
    with pytest.raises(UnreadableFile, match="or its `transform` leaves none"):
        taken(seeds, 2)


def test_all_rows_of_the_seeds_are_counted_behind_the_steps() -> None:
    rows = [{"n": n} for n in range(9)]
    seeds = {"kind": "inline", "rows": rows, "transform": [{"skip": 2}]}
    assert count_seed_rows(GraphSpec(seeds=seeds), Path()) == 7


@pytest.mark.parametrize(
    ("seeds", "what", "fix"),
    [
        ({"kind": "csv", "path": "no.csv"}, "no.csv was not found", "Put the file there"),
        ({"kind": "json", "path": "*.json"}, "No file matches *.json", "Put one there"),
        ({"kind": "inline", "rows": [{}], "transform": [{"add": {"x": "{y}"}}]},
         "None of the 1 rows", "or the `transform`."),
    ],
)  # fmt: skip
def test_seeds_that_cannot_be_read_are_a_problem_of_the_graph(
    tmp_path: Path, seeds: dict[str, Any], what: str, fix: str
) -> None:
    [problem] = problems(seeds, tmp_path)
    assert (problem.field, problem.severity) == ("seeds", "error")
    assert what in problem.what
    assert fix in problem.fix


@pytest.mark.parametrize("kind", ["run", "query", "huggingface"])
def test_columns_that_are_known_at_a_run_alone_are_no_problem(tmp_path: Path, kind: str) -> None:
    assert problems({"kind": kind}, tmp_path) == []


def test_wrong_settings_of_seeds_are_said_once(tmp_path: Path) -> None:
    [problem] = problems({"kind": "csv", "transform": [{"skp": 1}]}, tmp_path)
    assert problem.field == "seeds.transform.0"
    assert "did you mean 'skip'" in problem.what
