"""Sources made of others: cross products and samples."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.seed_source import Place, Rows, columns, open_rows
from grasp_ui.services.parts import load_parts

load_parts()
NUMBERS = st.lists(st.integers(0, 9), min_size=1, max_size=4)


def read(folder: Path = Path(), **seeds: Any) -> Rows:
    return open_rows(seeds, Place(folder))


def inline(**lists: list[Any]) -> dict[str, Any]:
    [(name, values)] = lists.items()
    return {"kind": "inline", "rows": [{name: value} for value in values]}


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_cross_product_has_every_combination_in_order(
    a: list[int], b: list[int], c: list[int]
) -> None:
    rows = read(kind="cross", sources=[inline(a=a), inline(b=b)], lists={"c": c})
    assert [tuple(row.values()) for row in rows] == list(product(a, b, c))


def test_lists_alone_can_be_combined() -> None:
    rows = read(kind="cross", lists={"mood": ["calm", "glad"], "language": ["en"]})
    assert list(rows) == [{"mood": m, "language": "en"} for m in ("calm", "glad")]


def test_an_empty_part_leaves_no_combination() -> None:
    assert list(read(kind="cross", sources=[inline(a=[1])], lists={"b": []})) == []


def test_sources_inside_of_others_have_steps_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("n\n1\n2\n3\n")
    source = {"kind": "csv", "path": "a.csv", "numbers": ["n"], "transform": [{"filter": "n > 1"}]}
    rows = read(tmp_path, kind="cross", sources=[source], lists={"b": ["x"]})
    assert list(rows) == [{"n": 2, "b": "x"}, {"n": 3, "b": "x"}]


def test_two_parts_with_one_column_are_refused() -> None:
    rows = read(kind="cross", sources=[inline(a=[1])], lists={"a": [2]})
    with pytest.raises(UnreadableFile, match=r"have the column 'a'\. Rename one"):
        next(rows)


def test_only_the_first_source_may_be_long() -> None:
    long = {"kind": "cross", "lists": {"a": list(range(400)), "b": list(range(400))}}
    assert next(read(kind="cross", sources=[long, inline(c=[1])])) == {"a": 0, "b": 0, "c": 1}
    with pytest.raises(UnreadableFile, match=r"more than 100000 rows.*put it there"):
        read(kind="cross", sources=[inline(c=[1]), long])


@pytest.mark.parametrize(
    "around",
    [
        {"kind": "cross", "sources": [{"kind": "jsonl", "path": "a.jsonl"}], "lists": {"b": [1]}},
        {"kind": "sample", "source": {"kind": "jsonl", "path": "a.jsonl"}, "rows": 5},
    ],
)
def test_lines_set_aside_inside_are_told(tmp_path: Path, around: dict[str, Any]) -> None:
    (tmp_path / "a.jsonl").write_text('{"a": 1}\nnot a row\n')
    rows = open_rows(around, Place(tmp_path))
    assert len(list(rows)) == 1
    assert [bad.line for bad in rows.newly_set_aside()] == [2]


@given(NUMBERS, st.integers(1, 5), st.integers(0, 3))
def test_a_sample_of_a_source_is_the_step_of_that_name(
    numbers: list[int], count: int, seed: int
) -> None:
    step = {"sample": {"rows": count, "seed": seed}}
    source = inline(n=numbers)
    assert list(read(kind="sample", source=source, rows=count, seed=seed)) == list(
        read(**source, transform=[step])
    )


def test_the_columns_of_nested_sources_are_known_at_once() -> None:
    sample = {"kind": "sample", "source": inline(n=[1]), "share": 1e-9}
    seeds = {"kind": "cross", "sources": [sample], "lists": {"m": [1]}}
    assert columns(seeds, Place(Path())) == ("n", "m")
    assert list(open_rows(seeds, Place(Path()))) == []
