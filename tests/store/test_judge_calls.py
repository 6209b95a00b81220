"""What judges said is kept by its question, beside everything else."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from grasp_ui.model.run import Used
from grasp_ui.model.value import ConversationId, RunId
from grasp_ui.store.database import open_database
from grasp_ui.store.inspection import inspect_store
from grasp_ui.store.judge_calls import (
    JudgeCall,
    ReplyLength,
    judge_calls_of,
    keep_judge_call,
    known_outcomes,
    reply_lengths,
    used_by_judges,
)
from grasp_ui.store.migrate import known_migrations, migrate
from tests.store import samples

CALL = JudgeCall(
    key="k", conversation_id=ConversationId("c"), version="helpfulness@1", model="critic",
    sample=0, outcome={"value": 4, "evidence": {"said": "ü\ud83d"}}, asked=samples.NOON, calls=1,
    prompt_tokens=100, completion_tokens=20, cost_usd=0.5, seconds=0.25,
)  # fmt: skip


def test_a_call_is_there_after_a_restart(path: Path) -> None:
    database = open_database(path)
    keep_judge_call(database, CALL)
    database.close()
    database = open_database(path)
    [found] = judge_calls_of(database, ConversationId("c"))
    database.close()
    assert replace(found, outcome=None) == replace(CALL, outcome=None)
    assert found.outcome == {"value": 4, "evidence": {"said": "ü\ufffd"}}


def test_the_newest_outcome_of_a_question_counts_and_a_failed_call_has_none() -> None:
    database = open_database(None)
    later = replace(CALL, outcome={"value": 2})
    for call in (CALL, later, replace(CALL, outcome=None), replace(CALL, key="j", outcome=None)):
        keep_judge_call(database, call)
    database.settle()
    assert known_outcomes(database, ["k", "j", "i"]) == {"k": {"value": 2}}
    assert known_outcomes(database, []) == {}
    database.close()


def test_what_judges_used_adds_up_by_run() -> None:
    database = open_database(None)
    for run in (None, RunId("r"), RunId("r")):
        keep_judge_call(database, replace(CALL, run_id=run))
    database.settle()
    assert used_by_judges(database) == Used(3, 300, 60, 1.5)
    assert used_by_judges(database, RunId("r")) == Used(2, 200, 40, 1.0)
    assert used_by_judges(database, RunId("s")) == Used()
    assert reply_lengths(database) == {("helpfulness@1", "critic"): ReplyLength(20.0, 3)}
    database.close()


@pytest.mark.parametrize("lines", [0, 1, 2])
def test_a_journal_that_was_cut_short_keeps_whole_calls(lines: int, path: Path) -> None:
    database = open_database(path)
    for number in range(2):
        keep_judge_call(database, replace(CALL, key=f"k{number}"))
    [segment] = path.with_name(f"{path.name}.journal").iterdir()
    written = segment.read_bytes()
    database.close()
    path.unlink()
    segment.write_bytes(b"".join(written.splitlines(keepends=True)[:lines]) + written[:40])
    database = open_database(path)
    assert len(judge_calls_of(database, ConversationId("c"))) == lines
    database.close()


def test_a_store_from_before_is_inspected_without_a_fault(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        migrate(connection, known_migrations()[:5], store=path)
    assert inspect_store(path).fault == ""
