"""What every graph that ships promises: it opens, compiles, is well laid out, and runs."""

import asyncio
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from grasp_ui.engine.compile import compile_graph
from grasp_ui.engine.plan import Plan, World
from grasp_ui.engine.run import run
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm import embedded
from grasp_ui.llm.direct_model import DirectModel, Endpoint
from grasp_ui.llm.limits import Limits
from grasp_ui.llm.port import ChatModel
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.event import RecordEnded
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.run import RunSettings
from grasp_ui.model.value import RunId
from grasp_ui.services.graphs import read_graph_file
from grasp_ui.services.imports import ImportRequest, import_file
from grasp_ui.services.planning import all_profiles, seeds_of, surroundings_of
from grasp_ui.services.settings import Settings
from grasp_ui.services.stored_rows import StoreRows
from grasp_ui.services.workspace import bundle, open_workspace
from tests.builders import Heard
from tests.interchange.imports.forest import FOREST, written

FOLDER = bundle() / "graphs"
PATHS = sorted(FOLDER.rglob("*.yaml"))
CARD = (232, 200)
each_graph = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def plan_of(spec: GraphSpec) -> Plan:
    """The plan of an example, as a fresh workspace makes it."""
    profiles = all_profiles(Path("nowhere"), bundle())
    return compile_graph(spec, surroundings_of(spec, Settings(), folder=FOLDER, profiles=profiles))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreRows]:
    """A store into which something was imported, for the examples that go on from that."""
    folder = tmp_path_factory.mktemp("imported")
    opened = open_workspace(home=folder)
    import_file(opened, ImportRequest(written(folder, FOREST)))
    yield StoreRows(opened.database)
    opened.close()


async def run_with(
    model: ChatModel, spec: GraphSpec, stored: StoreRows, records: int
) -> list[RecordEnded]:
    """How the records of a run end when every alias is `model`."""
    heard = Heard()
    world = World(dict.fromkeys(spec.models, model), load_rubrics(), time.time)
    seeds = seeds_of(
        spec, FOLDER, records, on_set_aside=lambda line: pytest.fail(str(line)), stored=stored
    )
    settings = RunSettings(run_id=RunId("run"), records=records, concurrency=4)
    await run(plan_of(spec), seeds, world, settings, heard)
    return heard.of(RecordEnded)


def test_there_are_examples() -> None:
    assert {path.stem for path in PATHS} >= {
        "support_dialogue", "preference_pairs", "first_steps", "tag_imported",
    }  # fmt: skip


@each_graph
def test_an_example_compiles_and_says_what_it_is(path: Path) -> None:
    spec = read_graph_file(path)
    assert plan_of(spec).nodes.keys() == spec.nodes.keys()
    assert spec.title
    assert spec.notes


@each_graph
def test_no_cards_of_an_example_overlap(path: Path) -> None:
    spec = read_graph_file(path)
    assert spec.layout.keys() == spec.nodes.keys()
    width, height = CARD
    for (left, top), (right, bottom) in combinations(spec.layout.values(), 2):
        assert abs(left - right) > width or abs(top - bottom) > height


@each_graph
async def test_an_example_runs_on_a_scripted_model(path: Path, stored: StoreRows) -> None:
    ended = await run_with(ScriptedModel(["Yes."]), read_graph_file(path), stored, 3)
    assert [event.state for event in ended] == ["done"] * 3


@pytest.mark.model
@each_graph
async def test_an_example_runs_on_the_built_in_model(path: Path, stored: StoreRows) -> None:
    url, key = await asyncio.to_thread(embedded.start)
    endpoint = Endpoint(url, key, Limits(calls_at_once=4))
    model = DirectModel("local", "local", endpoint)
    ended = await run_with(model, read_graph_file(path), stored, 1)
    await endpoint.close()
    results = [event.result for event in ended]
    texts = [m.content for result in results if result for m in result.conversation.messages]
    assert len(texts) >= 2
    assert all(len(text) >= 15 for text in texts)
    assert len(set(texts)) >= len(texts) - 1
