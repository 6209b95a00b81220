"""Rows that the store gives to the next run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.interchange.seed_source import Place, columns, open_rows
from grasp_ui.model.conversation import Conversation
from grasp_ui.model.event import RecordResult
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.graphs import problems_of_graph, read_graph_file
from grasp_ui.services.parts import load_parts
from grasp_ui.services.stored_rows import FirstRows, StoreRows
from grasp_ui.services.workspace import bundle
from grasp_ui.store.conversations import add_conversations
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.query import QueryRefused
from grasp_ui.store.reviews import add_review
from grasp_ui.store.runs import begin_run, end_run
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, found, ran, workspace
from tests.store import samples

load_parts()
SEEDS = "{kind: inline, rows: [{topic: rain}, {topic: bread}, {topic: music}]}"


def left(name: str, topic: str, **variables: Any) -> RecordResult:
    talk = samples.conversation(name, f"about {topic}", "yes")
    seed = {"topic": topic, "mood": "calm", "messages": [{"role": "user", "content": "old"}]}
    return RecordResult(talk.model_copy(update={"seed": seed, "variables": variables}))


@pytest.fixture(scope="module")
def store() -> Iterator[Database]:
    """Run `r` with three conversations, the second rejected by a person; `later` goes on."""
    database = open_database(None)
    begin_run(database, samples.run().model_copy(update={"done": 3}))
    add_conversations(
        database, [left("a", "tea", mood="glad"), left("b", "rain"), left("c", "sun")]
    )
    end_run(database, samples.RUN, "done", ended=samples.NOON)
    begin_run(database, samples.run("later"))
    add_review(database, samples.deed("1", "reject", about="b"))
    yield database
    database.close()


def rows(store: Database, **seeds: Any) -> list[dict[str, Any]]:
    return list(open_rows(seeds, Place(Path(), StoreRows(store))))


def test_a_conversation_is_a_row_of_seed_variables_and_messages(store: Database) -> None:
    first = rows(store, kind="run", run="r")[0]
    assert first == {
        "topic": "tea",
        "mood": "glad",
        "messages": [
            {"role": "user", "content": "about tea"},
            {"role": "assistant", "content": "yes"},
        ],
    }


@pytest.mark.parametrize(
    ("kept", "topics"),
    [("kept", ["tea", "sun"]), ("dropped", ["rain"]), ("all", ["tea", "rain", "sun"])],
)
def test_what_people_said_decides_what_is_kept(
    store: Database, kept: str, topics: list[str]
) -> None:
    assert [row["topic"] for row in rows(store, kind="run", run="r", kept=kept)] == topics


def test_messages_can_be_left_out_and_steps_follow(store: Database) -> None:
    steps = [{"filter": "mood == 'glad'"}, {"rename": {"topic": "about"}}]
    found_rows = rows(store, kind="run", run="r", messages=False, transform=steps)
    assert found_rows == [{"about": "tea", "mood": "glad"}]


def test_the_latest_run_is_the_newest_that_has_ended(store: Database) -> None:
    assert rows(store, kind="run") == rows(store, kind="run", run="r")


def test_rows_come_in_the_order_of_records_however_they_finished() -> None:
    database = open_database(None)
    begin_run(database, samples.run())
    for index in (2, 0, 1):
        talk = samples.conversation(f"c{index}")
        seed = {"record_index": index, "seed": {"n": index}}
        add_conversations(database, [RecordResult(talk.model_copy(update=seed))])
    assert [row["n"] for row in rows(database, kind="run", run="r")] == [0, 1, 2]
    database.close()


def test_a_run_that_is_not_there_is_not_found(store: Database) -> None:
    with pytest.raises(NotFound, match="no run 'x'"):
        rows(store, kind="run", run="x")


def test_a_query_gives_rows(store: Database) -> None:
    sql = "select seed->>'$.topic' as topic, record_index n from conversation order by id desc"
    assert [row["topic"] for row in rows(store, kind="query", sql=sql)] == ["sun", "rain", "tea"]


def test_a_query_that_would_write_is_refused(store: Database) -> None:
    with pytest.raises(QueryRefused, match="Only SELECT"):
        rows(store, kind="query", sql="delete from conversation")


def test_columns_are_known_without_reading_all(store: Database) -> None:
    place = Place(Path(), FirstRows(store))
    sql = "select id, 1 as n from conversation, range(1000000000000)"
    assert columns({"kind": "query", "sql": sql}, place) == ("id", "n")
    assert columns({"kind": "run", "run": "r"}, place) == ("topic", "mood", "messages")


def test_rows_stay_what_they_were_when_the_run_began() -> None:
    database = open_database(None)
    add_conversations(database, [RecordResult(Conversation(id=samples.conversation("a").id))])
    stored = StoreRows(database)
    sql = "select id from conversation order by seq"
    first = list(stored.of_query(sql))
    add_conversations(database, [samples.result("b")])
    assert list(stored.of_query(sql)) == first == [{"id": "a"}]
    assert len(list(StoreRows(database).of_query(sql))) == 2
    database.close()


def test_odd_texts_of_the_store_come_back() -> None:
    database = open_database(None)
    odd = '\0\n🙂\u2028"\\'
    add_conversations(database, [samples.result("a", odd, "x" * 3_000_000)])
    sql = "select content from message order by seq"
    assert [row["content"] for row in StoreRows(database).of_query(sql)] == [odd, "x" * 3_000_000]
    database.close()


def test_a_run_goes_on_from_the_conversations_of_another(tmp_path: Path) -> None:
    text = PAIRS.replace(SEEDS, "{kind: run, messages: false}").replace("number {record}", "again")
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, records=3)
        second = ran(opened, server, records=4, text=text)
        topics = [row.conversation.seed["topic"] for row in found(opened, second.run.id)]
    assert (first.run.done, second.run.done) == (3, 4)
    assert sorted(topics) == ["bread", "music", "rain", "rain"]


def test_a_run_over_a_query_does_not_meet_what_it_stores_itself(tmp_path: Path) -> None:
    sql = "select seed->>'$.topic' as topic from conversation order by record_index"
    text = PAIRS.replace(SEEDS, f'{{kind: query, sql: "{sql}"}}')
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, records=2)
        view = ran(opened, server, records=6, text=text)
        topics = [row.conversation.seed["topic"] for row in found(opened, view.run.id)]
    assert sorted(topics) == ["bread"] * 3 + ["rain"] * 3


def test_a_query_that_may_not_run_is_a_problem_of_the_graph(tmp_path: Path) -> None:
    text = PAIRS.replace(SEEDS, "{kind: query, sql: \"from 'secret.csv'\"}")
    with workspace(tmp_path) as opened:
        problems = problems_of_graph(opened, read_graph(text))
    said = [problem for problem in problems if problem.field == "seeds"]
    assert "the table 'secret.csv'" in said[0].what


def test_what_was_imported_comes_with_its_best_thread() -> None:
    database = open_database(None)
    tree = left("tree", "tea").conversation.model_copy(
        update={"source": "imported", "run_id": None}
    )
    add_conversations(database, [RecordResult(tree), left("other", "rain")])
    assert [row["messages"] for row in rows(database, kind="run", run="imported")] == [
        [{"role": "user", "content": "about tea"}, {"role": "assistant", "content": "yes"}]
    ]
    database.close()


def test_a_graph_of_imports_says_that_nothing_was_imported(tmp_path: Path) -> None:
    spec = read_graph_file(bundle() / "graphs" / "tag_imported.yaml")
    with workspace(tmp_path) as opened:
        said = [problem for problem in problems_of_graph(opened, spec) if problem.field == "seeds"]
    assert "Nothing has been imported" in said[0].what
