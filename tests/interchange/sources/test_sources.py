from pathlib import Path

import pytest

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.seed_source import Place, Rows, columns
from grasp_ui.interchange.sources.csv import CsvConfig, csv
from grasp_ui.interchange.sources.inline import InlineConfig, inline
from grasp_ui.interchange.sources.jsonl import JsonlConfig, jsonl


def read_csv(folder: Path, content: bytes, *, delimiter: str = ",") -> Rows:
    (folder / "seeds.csv").write_bytes(content)
    return csv(CsvConfig(delimiter=delimiter), Place(folder))


def read_jsonl(folder: Path, content: bytes) -> Rows:
    (folder / "seeds.jsonl").write_bytes(content)
    return jsonl(JsonlConfig(), Place(folder))


def test_inline_rows_come_out_as_they_were_written(tmp_path: Path) -> None:
    rows = ({"topic": "tea"}, {"topic": "rain", "n": 2})
    assert list(inline(InlineConfig(rows=rows), Place(tmp_path))) == list(rows)


def test_a_table_gives_one_row_a_line(tmp_path: Path) -> None:
    rows = read_csv(tmp_path, b'topic,mood\ntea,calm\n"a, b","said ""no"""\n')
    assert list(rows) == [{"topic": "tea", "mood": "calm"}, {"topic": "a, b", "mood": 'said "no"'}]


def test_a_value_may_go_over_two_lines_and_line_numbers_stay_right(tmp_path: Path) -> None:
    rows = read_csv(tmp_path, b'a,b\n"one\ntwo",2\nonly one\n')
    assert list(rows) == [{"a": "one\ntwo", "b": "2"}]
    assert str(rows.set_aside[0]) == "line 4: 1 value for 2 columns"


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_any_line_ending_will_do(tmp_path: Path, ending: bytes) -> None:
    rows = read_csv(tmp_path, ending.join([b"a,b", b"1,2", b"", b"3,4"]))
    assert list(rows) == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert list(read_csv(tmp_path, b"\xef\xbb\xbftopic\ntea\n")) == [{"topic": "tea"}]


def test_a_byte_order_mark_is_no_part_of_the_first_object(tmp_path: Path) -> None:
    assert list(read_jsonl(tmp_path, b'\xef\xbb\xbf{"a": 1}\n')) == [{"a": 1}]


def test_a_line_of_a_table_that_is_not_utf8_is_set_aside(tmp_path: Path) -> None:
    rows = read_csv(tmp_path, b"a,b\ncaf\xe9,1\ntea,2\n")
    assert list(rows) == [{"a": "tea", "b": "2"}]
    assert str(rows.set_aside[0]) == "line 2: it is not UTF-8"


def test_an_open_quote_is_set_aside_with_the_line_where_it_began(tmp_path: Path) -> None:
    rows = read_csv(tmp_path, b'a,b\n1,2\n"open,3\n4,5\n')
    assert list(rows) == [{"a": "1", "b": "2"}]
    assert rows.set_aside[0].line == 3


def test_a_document_of_a_megabyte_fits_into_one_value(tmp_path: Path) -> None:
    rows = read_csv(tmp_path, b"text\n" + b"x" * 1_000_000 + b"\n")
    assert len(next(rows)["text"]) == 1_000_000


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a;b\n1;2\n", "Set the delimiter to ';'"),
        (b"a\tb\n1\t2\n", "Set the delimiter to a tab"),
        (b"a,a\n1,2\n", "two columns are named 'a'"),
        (b"a,,c\n1,2,3\n", "column 2 has no name"),
        (b"caf\xe9,b\n1,2\n", "line 1: it is not UTF-8"),
        (b'"a,b\n1,2\n', "does not name columns"),
        (b"a,b\n1\n2\n", "None of the 2 lines of seeds.csv .*line 2: 1 value for 2 columns"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        list(read_csv(tmp_path, content))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{'a': 1}", "not JSON"),
        (b'{"a": NaN}', "NaN is not JSON"),
        (b"[1, 2]", "a JSON list, not an object"),
        (b"true", "a JSON boolean, not an object"),
        (b"7", "a JSON number, not an object"),
        (b'{"a": "caf\xe9"}', "it is not UTF-8"),
        (b'{"a": "\\ud800"}', "half of a surrogate pair"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_set_aside_with_its_number(tmp_path: Path, line: bytes, reason: str) -> None:
    rows = read_jsonl(tmp_path, b'{"a": 1}\n\n' + line + b'\n{"a": 2}\n')
    assert list(rows) == [{"a": 1}, {"a": 2}]
    assert (rows.set_aside[0].line, reason in rows.set_aside[0].reason) == (3, True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "None of the 2 lines of seeds.jsonl .*line 1: not JSON"),
        (b"[]", "JSON list"),
    ],
)
def test_lines_that_cannot_be_read_say_why(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        list(read_jsonl(tmp_path, content))


def test_a_missing_file_is_named_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.csv was not found in .*correct the path"):
        csv(CsvConfig(path="nowhere.csv"), Place(tmp_path))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "seeds.jsonl").mkdir()
    with pytest.raises(UnreadableFile, match="is a folder"):
        jsonl(JsonlConfig(), Place(tmp_path))


def test_a_path_goes_from_the_given_folder(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "a.jsonl").write_text('{"a": 1}\n')
    assert list(jsonl(JsonlConfig(path="rows/a.jsonl"), Place(tmp_path))) == [{"a": 1}]


def test_columns_are_the_keys_of_the_first_row(tmp_path: Path) -> None:
    (tmp_path / "seeds.csv").write_text("topic,mood\ntea,calm\n")
    assert columns({"kind": "csv"}, Place(tmp_path)) == ("topic", "mood")


def test_a_table_without_rows_has_no_columns(tmp_path: Path) -> None:
    (tmp_path / "seeds.csv").write_text("topic,mood\n")
    assert columns({"kind": "csv"}, Place(tmp_path)) == ()
