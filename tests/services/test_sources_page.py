"""`docs/sources.md`: every example compiles, and gives what stands behind it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from ruamel.yaml import YAML

from grasp_ui.engine.compile import problems_of
from grasp_ui.interchange.seed_source import SEED_SOURCES, Place, open_rows
from grasp_ui.interchange.seed_transform import SEED_TRANSFORMS
from grasp_ui.model.event import RecordResult
from grasp_ui.services.parts import load_parts
from grasp_ui.services.planning import surroundings_of
from grasp_ui.services.settings import Settings
from grasp_ui.services.stored_rows import FirstRows, StoreRows
from grasp_ui.store.conversations import add_conversations
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.query_functions import FUNCTIONS, TABLE_FUNCTIONS
from grasp_ui.store.runs import begin_run, end_run
from tests.builders import graph
from tests.source import ROOT
from tests.store import samples

load_parts()
PAGE = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+) ?([\w.]*)\n(.*?)^```$", PAGE, re.M | re.S)
FILES = {name: text for language, name, text in BLOCKS if name and language != "text"}
FOLLOWING = [(block, BLOCKS[at + 1] if at + 1 < len(BLOCKS) else ("", "", "")) for at, block in
             enumerate(BLOCKS) if block[0] == "yaml"]  # fmt: skip
EXAMPLES = [
    (YAML(typ="safe", pure=True).load(text)["seeds"], after[2] if after[0] == "json" else "")
    for (_, _, text), after in FOLLOWING
]
each_example = pytest.mark.parametrize(
    ("seeds", "expected"), EXAMPLES, ids=[seeds["kind"] for seeds, _ in EXAMPLES]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    table: pa.Table = pa_csv.read_csv(tmp_path / "people.csv")
    pq.write_table(table, tmp_path / "people.parquet")
    return tmp_path


@pytest.fixture
def store() -> Iterator[Database]:
    database = open_database(None)
    talk = samples.conversation("a", "What is tea?", "A drink.")
    begin_run(database, samples.run().model_copy(update={"done": 1}))
    add_conversations(database, [RecordResult(talk.model_copy(update={"seed": {"topic": "tea"}}))])
    end_run(database, samples.RUN, "done", ended=samples.NOON)
    yield database
    database.close()


@each_example
def test_an_example_gives_what_the_page_says(
    folder: Path, store: Database, seeds: dict[str, Any], expected: str
) -> None:
    if seeds["kind"] == "huggingface":
        pytest.importorskip("datasets")
        assert not expected
    else:
        found = list(open_rows(seeds, Place(folder, StoreRows(store))))
        assert found == json.loads(expected)


@each_example
def test_an_example_compiles_without_a_problem(
    folder: Path, store: Database, seeds: dict[str, Any], expected: str
) -> None:
    spec = graph("a -> b", seeds=seeds, tagging="none", models={})
    known = surroundings_of(spec, Settings(), folder=folder, profiles={}, stored=FirstRows(store))
    assert problems_of(spec, known) == ()


def test_every_source_and_step_has_an_example() -> None:
    kinds = {seeds["kind"] for seeds, _ in EXAMPLES}
    steps = {name for seeds, _ in EXAMPLES for step in seeds.get("transform", ()) for name in step}
    assert kinds == {part.name for part in SEED_SOURCES}
    assert steps == {part.name for part in SEED_TRANSFORMS}


def test_the_functions_of_a_query_are_listed() -> None:
    [listed] = [text.split() for _, name, text in BLOCKS if name == "functions"]
    assert listed == sorted(name for name in FUNCTIONS if name[0].isalpha())
    assert all(f"`{name}`" in PAGE for name in TABLE_FUNCTIONS)
