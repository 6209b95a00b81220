"""Loops, forks and maps that were broken off go on: equal in the end, nothing paid twice."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import orjson
import pytest

from grasp_ui.model.run import Ceilings
from grasp_ui.model.value import RunId
from grasp_ui.services import runs
from grasp_ui.services.run_request import RunRequest
from grasp_ui.services.runs import Changes, recent_runs
from grasp_ui.services.workspace import Workspace
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import found, killed_in, over, request, workspace

RECORDS = 6
INNER = """\
grasp: 1
title: An idea and a title for it
models: {writer: {model: fake}}
nodes:
  idea: {kind: generate, model: writer, prompt: "{record}: what of {item}?", writes: idea}
  name: {kind: generate, model: writer, prompt: "{record}: name {idea}", writes: name}
edges: [idea -> name]
"""
WINDING = """\
grasp: 1
title: A list, a loop, a fork
models:
  writer: {model: fake}
  critic: {model: fake-two}
seeds: {kind: inline, rows: [{things: [rain, bread]}, {things: [music]}, {things: [a, b, c]}]}
nodes:
  each: {kind: map, graph: inner.yaml, over: things, outputs: {name: names}}
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {names}, number {record}."}
  answer: {kind: turn, role: assistant, model: writer, revises: true}
  check: {kind: judge, rubric: helpfulness, model: critic, writes: check}
  more: {kind: panel, role: user, models: [writer, critic], pick: each, prompt: Ask for more.}
  last: {kind: turn, role: assistant, model: writer}
  grade: {kind: judge, rubric: helpfulness, model: critic, writes: grade}
edges:
  - each -> ask -> answer -> check -> more -> last -> grade
  - {from: check, to: answer, when: check.score < 0.6, max_visits: 2}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace of the commands, with the graph and the one inside it."""
    monkeypatch.setenv("GRASP_HOME", str(tmp_path))
    (tmp_path / "inner.yaml").write_text(INNER, encoding="utf-8")
    (tmp_path / "graph.yaml").write_text(WINDING, encoding="utf-8")
    return tmp_path


def wish(server: FakeServer, here: Path, calls: int | None = None) -> RunRequest:
    """A run of the graph that halts when it has sent `calls`."""
    asked = request(server, RECORDS, WINDING)
    return replace(asked, folder=here, ceilings=Ceilings(calls=calls))


def left(opened: Workspace, run_id: RunId) -> list[str]:
    """What the records of a run left, forks too, in the order of their ids."""
    said = sorted((t.conversation for t in found(opened, run_id)), key=lambda c: str(c.record_id))
    return [repr((c.record_id, c.variables, [m.content for m in c.messages])) for c in said]


def whole(server: FakeServer, here: Path) -> tuple[list[str], int]:
    """What an uninterrupted run leaves, and how many calls it takes."""
    with workspace(here / "whole") as opened:
        view = over(opened, opened.runner.start(wish(server, here)))
        asked = len(server.asked)
        server.asked.clear()
        server.outcomes.clear()
        return left(opened, view.run.id), asked


def test_the_graph_loops_forks_and_maps(here: Path) -> None:
    with fake_server() as server, workspace(here) as opened:
        view = over(opened, opened.runner.start(wish(server, here)))
        nodes = view.nodes
        assert (view.state, view.run.done) == ("done", 2 * RECORDS)
        assert (nodes["each"].calls, nodes["more"].calls) == (2 * 12, 2 * RECORDS)
        assert nodes["answer"].calls > RECORDS
        assert len(found(opened, view.run.id)) == nodes["grade"].done == 2 * RECORDS


@pytest.mark.parametrize("seed", range(4))
def test_halted_at_random_calls_it_ends_as_if_it_never_was(seed: int, here: Path) -> None:
    with fake_server() as server, workspace(here) as opened:
        expected, calls = whole(server, here)
        first, *moments = sorted(Random(seed).sample(range(1, calls), 4))
        run_id = opened.runner.start(wish(server, here, first))
        for most in [*moments, None]:
            assert over(opened, run_id).state == "halted"
            runs.resume(opened, run_id, Changes(ceilings=Ceilings(calls=most)))
        assert over(opened, run_id).state == "done"
        assert left(opened, run_id) == expected
        assert len(server.asked) == calls
        assert max(Counter(map(orjson.dumps, server.asked)).values()) == 1


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_random_calls_it_ends_as_if_it_never_was(seed: int, here: Path) -> None:
    in_flight = 8
    with fake_server(seconds=0.002) as server:
        expected, calls = whole(server, here)
        moments = sorted(Random(seed).sample(range(1, calls), 2))
        for before, moment in zip([[], ["--continue", "last"]], moments, strict=True):
            words = before or [str(here / "graph.yaml"), "-n", str(RECORDS)]
            killed_in(["run", *words, "--endpoint", server.url], moment, server)
        with workspace(here) as opened:
            run_id = runs.resume(opened, recent_runs(opened, 1)[0].id)
            assert over(opened, run_id).state == "done"
            assert left(opened, run_id) == expected
    assert calls <= len(server.asked) <= calls + in_flight * len(moments)


def test_a_retry_of_forked_records_leaves_the_others_to_be_resumed(here: Path) -> None:
    lifted, faults = Changes(ceilings=Ceilings()), iter(["400"])
    with fake_server() as server, workspace(here) as opened:
        expected, calls = whole(server, here)
        server.draw = lambda _: next(faults, "")
        run_id = opened.runner.start(replace(wish(server, here, calls - 20), concurrency=2))
        assert over(opened, run_id).run.failed == 1
        runs.retry_failed(opened, run_id, lifted)
        assert over(opened, run_id).state == "stopped"
        runs.resume(opened, run_id)
        assert over(opened, run_id).state == "done"
        assert left(opened, run_id) == expected
