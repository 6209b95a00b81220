"""What goes in comes out, and nothing is lost on the way."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.interchange.export import ExportOrder, write_export
from grasp_ui.interchange.jsonline import repaired
from grasp_ui.interchange.seed_source import Place
from grasp_ui.interchange.sources.csv import CsvConfig
from grasp_ui.interchange.sources.csv import csv as csv_source
from grasp_ui.interchange.sources.jsonl import JsonlConfig, jsonl
from grasp_ui.model.selection import TaggedConversation
from tests.builders import said, tagged
from tests.interchange.samples import panel, prefers, rule_tag, scored

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
NUMBER = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUE = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n,";'), max_size=10
)


def written(
    order: ExportOrder, conversations: list[TaggedConversation]
) -> tuple[list[dict[str, object]], int]:
    """The rows of the file, and how many conversations and failures were counted."""
    with TemporaryDirectory() as folder:
        result = write_export(order, conversations, folder=Path(folder))
        lines = (Path(folder) / "data.jsonl").read_bytes().split(b"\n")
        return [json.loads(line) for line in lines if line], result.ledger.total


@settings(deadline=None)
@given(st.lists(ANY_TEXT.filter(str.strip), min_size=1, max_size=3))
def test_what_was_said_is_what_the_trainer_reads(texts: list[str]) -> None:
    turns = [one for text in texts for one in (text, text)]
    [row], _ = written(ExportOrder("trl-sft"), [tagged(said(*turns))])
    found = row["messages"]
    assert isinstance(found, list)
    assert [one["content"] for one in found] == [repaired(text.strip()) for text in turns]


KINDS = {
    "dialogue": tagged(said("Hi", "Hello!")),
    "rejected": tagged(said("Hi", "Hello!"), tags=[rule_tag("m1", "repetition")]),
    "open": tagged(said("Hi")),
    "pair": panel(prefers("m1", "m2"), tags=scored([0.9, 0.2, 0.1])),
    "tie": panel(prefers("m1", "m2", 0.0), tags=scored([0.5, 0.5, 0.1])),
}


@settings(deadline=None)
@given(
    st.sampled_from(["trl-sft", "trl-dpo", "jsonl"]),
    st.lists(st.sampled_from(sorted(KINDS)), max_size=12),
    st.integers(0, 5),
)
def test_every_record_is_counted_once(name: str, kinds: list[str], failed: int) -> None:
    order = ExportOrder(name, failed={"run failed": failed})
    _, total = written(order, [KINDS[kind] for kind in kinds])
    assert total == len(kinds) + failed


@settings(deadline=None)
@given(st.lists(st.dictionaries(TEXT, VALUE, max_size=4), min_size=1, max_size=5))
def test_objects_written_as_lines_are_the_rows(rows: list[dict[str, object]]) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "seeds.jsonl").write_text("".join(lines_of(rows)), encoding="utf-8")
        assert list(jsonl(JsonlConfig(), Place(Path(folder)))) == rows


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_a_table_written_by_another_program_is_read_as_it_is(rows: list[tuple[str, str]]) -> None:
    table = StringIO()
    csv.writer(table, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    with TemporaryDirectory() as folder:
        (Path(folder) / "seeds.csv").write_bytes(table.getvalue().encode())
        found = list(csv_source(CsvConfig(), Place(Path(folder))))
    assert found == [{"a": one, "b": other} for one, other in rows]


def lines_of(rows: list[dict[str, object]]) -> Iterator[str]:
    """`rows` as lines of JSON with their letters as they are."""
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
