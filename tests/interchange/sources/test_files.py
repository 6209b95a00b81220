"""What is written to files in any form comes back as rows."""

import csv
import gzip
import json
import os
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.jsonstream import CHUNK
from grasp_ui.interchange.seed_source import Place, Rows, columns, open_rows
from grasp_ui.services.parts import load_parts

load_parts()
ODD = st.sampled_from('\0\n\r\u2028🙂é"\\,]} ')
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | ODD, max_size=20)
NUMBER = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUE = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
ROWS = st.lists(st.dictionaries(TEXT, VALUE, max_size=4), min_size=1, max_size=6)
without_deadline = settings(deadline=None)


def read(folder: Path, **seeds: Any) -> Rows:
    return open_rows(seeds, Place(folder))


@without_deadline
@given(ROWS, st.booleans(), st.sampled_from([None, 1]), st.sampled_from(["", "rows", "a.b"]))
def test_a_list_of_objects_comes_back(
    rows: list[dict[str, Any]], escaped: bool, indent: int | None, key: str
) -> None:
    whole: Any = rows
    for step in reversed(key.split(".") if key else []):
        whole = {"before": {"rows": [1, "]"]}, step: whole, "after": None}
    with TemporaryDirectory() as folder:
        text = json.dumps(whole, ensure_ascii=escaped, indent=indent)
        (Path(folder) / "a.json").write_bytes(text.encode())
        assert list(read(Path(folder), kind="json", path="a.json", key=key)) == rows


@without_deadline
@given(ROWS, st.booleans())
def test_lines_come_back_also_packed(rows: list[dict[str, Any]], packed: bool) -> None:
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    with TemporaryDirectory() as folder:
        (Path(folder) / "a").write_bytes(gzip.compress(content) if packed else content)
        assert list(read(Path(folder), kind="jsonl", path="a")) == rows


@without_deadline
@given(st.lists(st.tuples(TEXT, st.integers() | st.floats(allow_nan=False, allow_infinity=False))))
def test_a_table_comes_back_with_its_numbers(rows: list[tuple[str, float]]) -> None:
    table = StringIO()
    # A carriage return alone is a line's end to the reader, unless it is quoted.
    csv.writer(table, quoting=csv.QUOTE_ALL).writerows([("text", "n"), *rows])
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.csv").write_bytes(table.getvalue().encode())
        found = list(read(Path(folder), kind="csv", path="a.csv", numbers=["n"]))
    assert found == [{"text": text, "n": n} for text, n in rows]


@without_deadline
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "text": st.none() | TEXT,
                "n": st.none() | st.integers(-(2**63), 2**63 - 1),
                "x": st.floats(allow_nan=False, allow_infinity=False),
                "nested": st.fixed_dictionaries({"tags": st.lists(TEXT, max_size=3)}),
            }
        ),
        min_size=1,
    ),
    st.integers(1, 4),
)
def test_a_parquet_table_comes_back_with_nested_columns(
    rows: list[dict[str, Any]], group: int
) -> None:
    with TemporaryDirectory() as folder:
        nested = pa.struct([("tags", pa.list_(pa.string()))])
        kinds = {"text": pa.string(), "n": pa.int64(), "x": pa.float64(), "nested": nested}
        table = pa.Table.from_pylist(rows, schema=pa.schema(list(kinds.items())))
        pq.write_table(table, f"{folder}/a.parquet", row_group_size=group)
        assert list(read(Path(folder), kind="parquet", path="a.parquet")) == rows


@pytest.mark.parametrize("kind", ["jsonl", "json", "csv"])
def test_half_of_a_surrogate_pair_is_set_aside(tmp_path: Path, kind: str) -> None:
    content = {
        "jsonl": b'{"a": "\\ud800"}\n{"a": "ok"}\n',
        "json": b'[{"a": "\\ud800"}, {"a": "ok"}]',
        "csv": b"a\n\xed\xa0\x80\nok\n",
    }
    (tmp_path / "a").write_bytes(content[kind])
    rows = read(tmp_path, kind=kind, path="a")
    assert list(rows) == [{"a": "ok"}]
    assert len(rows.set_aside) == 1


def test_times_decimals_bytes_and_maps_of_parquet_are_as_json_has_them(tmp_path: Path) -> None:
    columns = {
        "day": pa.array([date(2026, 5, 1)]),
        "at": pa.array([1_777_636_800_000_000_001], pa.timestamp("ns")),
        "price": pa.array(["1.50"]).cast(pa.decimal128(5, 2)),
        "image": pa.array([b"\xff\x00"]),
        "map": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        "nan": pa.array([float("nan")]),
    }
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    assert list(read(tmp_path, kind="parquet", path="a.parquet")) == [
        {"day": "2026-05-01", "at": "2026-05-01T12:00:00", "price": 1.5, "image": "/wA=",
         "map": {"a": 1}, "nan": None}
    ]  # fmt: skip


def test_only_the_columns_that_are_named_are_read(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1], "b": [2], "c": [3]}), tmp_path / "a.parquet")
    assert list(read(tmp_path, kind="parquet", path="a.parquet", columns=["c", "a"])) == [
        {"a": 1, "c": 3}
    ]


def test_files_that_match_a_pattern_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a", "c/d"):
        path = tmp_path / "rows" / f"{name}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'{{"file": "{name}"}}\n')
    (tmp_path / "rows" / "empty.jsonl").write_text("")
    flat = read(tmp_path, kind="jsonl", path="rows/*.jsonl")
    deep = read(tmp_path, kind="jsonl", path="**/*.jsonl")
    assert [row["file"] for row in flat] == ["a", "b"]
    assert [row["file"] for row in deep] == ["a", "b", "c/d"]


def test_a_bad_line_of_several_files_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "b.csv").write_text("x\n1,2\n3\n")
    rows = read(tmp_path, kind="csv", path="*.csv")
    assert list(rows) == [{"x": "1"}, {"x": "3"}]
    assert [str(bad) for bad in rows.set_aside] == ["b.csv, line 2: 2 values for 1 columns"]


def test_a_name_that_looks_like_a_pattern_is_still_a_name(tmp_path: Path) -> None:
    (tmp_path / "a[1].jsonl").write_text('{"x": 1}\n')
    assert list(read(tmp_path, kind="jsonl", path="a[1].jsonl")) == [{"x": 1}]


def test_an_item_longer_than_what_is_read_at_once_comes_back(tmp_path: Path) -> None:
    rows = [{"text": "x" * (3 * CHUNK)}, {"n": 1}, {"text": "é]" * CHUNK}]
    (tmp_path / "a.json").write_text(json.dumps(rows, ensure_ascii=False))
    assert list(read(tmp_path, kind="json", path="a.json")) == rows


def test_items_that_are_no_objects_are_set_aside_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[\n {"a": 1},\n 12,\n "x",\n\n [1]\n]')
    rows = read(tmp_path, kind="json", path="a.json")
    assert list(rows) == [{"a": 1}]
    assert [str(bad) for bad in rows.set_aside] == [
        "line 3: a JSON number, not an object",
        "line 4: a JSON string, not an object",
        "line 6: a JSON list, not an object",
    ]


@pytest.mark.parametrize(
    ("content", "key", "message"),
    [
        ('{"rows": [], "meta": {}}', "", "an object with rows, meta. Set `key`"),
        ('{"a": 1}\n{"a": 2}', "", "choose JSON lines"),
        ('{"rows": {}}', "rows", "'rows' holds no list"),
        ('{"rows": []}', "row", "no key 'row'"),
        ("[1, 2]", "rows", "no object with 'rows' here"),
        ("7", "", "holds no list"),
        ('[{"a": 1},\n {"a": }]', "", "a.json, line 2: not JSON"),
        ('[{"a": 1}', "", "line 1: Expected ',' or ']'"),
        ('[{"a": 1} {"a": 2}]', "", "Expected ',' or ']'"),
        ('[{"a": NaN}]', "", "NaN is not JSON"),
        ("[" * 100_000, "", "not JSON"),
        ("", "", "a.json is empty"),
    ],
)
def test_a_file_that_holds_no_list_says_why(
    tmp_path: Path, content: str, key: str, message: str
) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(UnreadableFile, match=message):
        list(read(tmp_path, kind="json", path="a.json", key=key))


@pytest.mark.parametrize(
    ("seeds", "message"),
    [
        ({"kind": "jsonl", "path": "*.nothing"}, r"No file matches \*\.nothing in .*Put one"),
        ({"kind": "parquet", "path": "a.parquet"}, "not found in"),
        ({"kind": "parquet", "path": "text.csv"}, "cannot be read as Parquet"),
        ({"kind": "parquet", "path": "b.parquet", "columns": ["z"]}, "no column 'z'; it has a"),
        ({"kind": "csv", "path": "text.csv", "numbers": ["z"]}, "no column 'z' for `numbers`"),
        ({"kind": "csv", "path": "text.csv", "numbers": ["a"]}, "'a' is no number: 'x'"),
        ({"kind": "jsonl", "path": "broken.gz"}, "cannot be unpacked"),
        ({"kind": "jsonl", "path": "empty*"}, "All 1 files of empty.* are empty"),
        ({"kind": "csv", "path": 3}, "The seeds cannot be read"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, seeds: dict[str, Any], message: str) -> None:
    (tmp_path / "text.csv").write_text("a\nx\n")
    (tmp_path / "empty.csv").write_text("\n")
    lines = "".join(f'{{"n": "{os.urandom(8).hex()}"}}\n' for _ in range(5_000)).encode()
    (tmp_path / "broken.gz").write_bytes(gzip.compress(lines)[:-2_000])
    pq.write_table(pa.table({"a": [1]}), tmp_path / "b.parquet")
    with pytest.raises(UnreadableFile, match=message):
        list(open_rows(seeds, Place(tmp_path)))


def test_columns_of_every_kind_of_file_are_those_of_its_first_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    (tmp_path / "a.json").write_text('[{"x": 1, "y": 2}]')
    pq.write_table(pa.table({"x": [1], "y": [2]}), tmp_path / "a.parquet")
    for kind in ("csv", "json", "parquet"):
        assert columns({"kind": kind, "path": f"a.{kind}"}, Place(tmp_path)) == ("x", "y")
