"""Runs within ceilings: they stop in time, say why, and go on once there is room."""

from dataclasses import replace
from pathlib import Path

import pytest

from grasp_ui.errors import InvalidGraph
from grasp_ui.model.run import Ceilings
from grasp_ui.services import forecast, runs
from grasp_ui.services.runs import Changes, RunRequest
from grasp_ui.services.settings import ModelSettings, Settings
from grasp_ui.services.workspace import Workspace
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import found, over, ran, request, workspace

RECORDS = 40
IN_FLIGHT = 8
PRICES = {"prompt_usd": 1000.0, "completion_usd": 3000.0}


def priced(opened: Workspace, server: FakeServer) -> RunRequest:
    """A run of the pairs graph on two models whose prices Settings know."""
    models = tuple(
        ModelSettings(name=name, url=server.url, calls_at_once=IN_FLIGHT // 2, **PRICES)
        for name in ("fake", "fake-two")
    )
    opened.change_settings(Settings(models=models))
    return replace(request(server, RECORDS), endpoint=None)


def dearest_call(opened: Workspace, run: runs.RunView) -> float:
    """What the dearest call of a run cost."""
    traces = (runs.node_trace(opened, run.run.id, node) for node in run.nodes)
    return max(event["cost_usd"] or 0.0 for trace in traces for event in trace)


def test_half_the_forecast_stops_the_run_halfway_and_more_lets_it_go_on(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        wish = priced(opened, server)
        sample = over(opened, opened.runner.start(replace(wish, records=20))).run
        expected = forecast.forecast_from(opened, sample, records=RECORDS, concurrency=8)
        assert expected is not None
        half = expected.usd.mean / 2
        asked = len(server.asked)
        view = over(opened, opened.runner.start(replace(wish, ceilings=Ceilings(usd=half))))
        assert view.state == "halted"
        assert half <= view.run.cost_usd <= half + IN_FLIGHT * dearest_call(opened, view)
        after = over(opened, runs.resume(opened, view.run.id, Changes(ceilings=Ceilings(usd=99))))
        assert (after.state, len(server.asked) - asked) == ("done", 5 * RECORDS)
        assert (expected.usd.low or 0) <= after.run.cost_usd <= (expected.usd.high or 0)
        assert len(found(opened, view.run.id)) == RECORDS


def test_no_call_begins_once_the_tokens_are_used(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        wish = replace(request(server, RECORDS), ceilings=Ceilings(tokens=1000))
        view = over(opened, opened.runner.start(wish))
        assert view.state == "halted"
        assert 1000 <= view.run.tokens <= 1000 + IN_FLIGHT * 200
        assert view.run.calls == len(server.asked)


def test_the_time_at_work_is_bounded_and_pauses_do_not_count(tmp_path: Path) -> None:
    with fake_server(seconds=0.02) as server, workspace(tmp_path) as opened:
        wish = replace(request(server, 400), ceilings=Ceilings(seconds=0.3))
        view = over(opened, opened.runner.start(wish))
        assert (view.state, "ceiling of 0.3 seconds" in view.run.reason) == ("halted", True)
        changes = Changes(ceilings=Ceilings(seconds=view.run.seconds + 0.2))
        again = over(opened, runs.resume(opened, view.run.id, changes))
        assert again.state == "halted"
        assert (again.run.calls, again.run.seconds) > (view.run.calls, view.run.seconds)


def test_attempts_that_fail_count_as_calls(tmp_path: Path) -> None:
    with fake_server(faults=["503"] * 3) as server, workspace(tmp_path) as opened:
        wish = replace(request(server, RECORDS), ceilings=Ceilings(calls=10))
        view = over(opened, opened.runner.start(wish))
        assert (view.state, len(server.asked)) == ("halted", 10)
        more = Changes(ceilings=Ceilings(calls=20))
        over(opened, runs.resume(opened, view.run.id, more))
        assert len(server.asked) == 20


def test_a_ceiling_in_dollars_without_prices_is_a_problem_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        wish = replace(request(server), ceilings=Ceilings(usd=1.0))
        with pytest.raises(InvalidGraph, match="'fake' has no price") as said:
            opened.runner.start(wish)
        assert (len(said.value.problems), server.asked) == (2, [])
        run_id = ran(opened, server, 2).run.id
        with pytest.raises(InvalidGraph, match="has no price"):
            runs.resume(opened, run_id, Changes(records=4, ceilings=Ceilings(usd=1.0)))
