"""A run that the store has shows what it showed while it went on."""

from pathlib import Path
from typing import Any

import pytest

from grasp_ui.model.value import RunId
from grasp_ui.services import runs
from grasp_ui.services.run_request import Changes
from grasp_ui.services.run_view import RunView
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, over, ran, workspace

LOOP = """\
grasp: 1
title: Try it twice
models: {writer: {model: fake}}
seeds: {kind: inline, rows: [{topic: rain}, {topic: bread}, {topic: music}]}
nodes:
  mood: {kind: sampler, writes: mood, options: {calm: 3, cross: 1}}
  way: {kind: router}
  ask: {kind: turn, role: user, model: writer, prompt: "Ask about {topic}, in a {mood} way."}
  answer: {kind: turn, role: assistant, model: writer, revises: true}
  off: {kind: swap_roles, disabled: true}
  grade: {kind: judge, rubric: helpfulness, model: writer, method: p_yes, writes: grade}
  rare: {kind: sampler, writes: rare, options: [one, other]}
  unused: {kind: swap_roles, disabled: true}
  thanks: {kind: turn, role: user, model: writer, prompt: "Say thanks."}
edges:
  - mood -> way
  - {from: way, to: ask, when: mood == 'calm'}
  - way -> thanks
  - ask -> answer -> off -> grade
  - {from: grade, to: answer, when: grade.score >= 0.3, max_visits: 2}
  - {from: grade, to: rare, when: grade.score > 2}
  - rare -> unused
tagging: none
"""
FORKS = PAIRS.replace("models: [writer, other]", "models: [writer, other], pick: each")
FAILING = LOOP.replace("[{topic: rain}", '[{topic: "[always 500] rain"}')


def shown(view: RunView) -> dict[str, Any]:
    """What a canvas draws of a run, but texts: nodes, arrows, rounds, bars."""
    nodes = {
        name: (node.state, node.done, node.failed, node.skipped, node.calls, node.replayed)
        for name, node in view.nodes.items()
    }
    bars = sorted((span[:3], span.state, span.fork) for span in view.spans)
    return {"nodes": nodes, "edges": view.edges, "rounds": view.rounds, "bars": bars}


def read_again(folder: Path, run_id: RunId) -> dict[str, Any]:
    with workspace(folder) as opened:
        return shown(opened.runner.view(run_id))


@pytest.mark.parametrize("text", [LOOP, FORKS, FAILING], ids=["loop", "forks", "failures"])
def test_a_run_read_after_a_restart_shows_what_it_showed_live(text: str, tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        view = ran(opened, server, 20, text)
    assert sum(view.edges.values()) > 20
    assert read_again(tmp_path, view.run.id) == shown(view)


def test_a_disabled_node_that_was_reached_lights_its_arrows_and_no_other_does(
    tmp_path: Path,
) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        view = ran(opened, server, 20, LOOP)
    found = read_again(tmp_path, view.run.id)
    assert found["edges"]["off -> grade"] == found["edges"]["answer -> off"] > 0
    assert "rare -> unused" not in found["edges"]
    assert found["rounds"]["grade -> answer"] == 2


def test_a_run_that_was_retried_counts_arrows_rounds_and_bars_once(tmp_path: Path) -> None:
    with fake_server(faults=["400"] * 3) as server, workspace(tmp_path) as opened:
        failed = ran(opened, server, 12, LOOP).run
        assert failed.failed
    with fake_server() as server, workspace(tmp_path) as opened:
        changes = Changes(failed_only=True, endpoint=server.url)
        view = over(opened, runs.resume(opened, failed.id, changes))
    assert (view.run.failed, view.run.done) == (0, 12)
    assert read_again(tmp_path, failed.id) == shown(view)
