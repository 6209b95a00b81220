"""What a run may use and will use, in words."""

import pytest

from grasp_ui.model.run import Ceilings
from grasp_ui.model.value import RunId
from grasp_ui.services.forecast import Expected, Forecast
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.money import ceilings_line, forecast_line
from grasp_ui.ui.watching import LIVE
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import ran
from tests.ui.conftest import Show, words
from tests.ui.test_live import seen


def forecast(sampled: int, usd: Expected, tokens: Expected) -> Forecast:
    """A forecast for 500 records of 1,500 calls."""
    calls = Expected(1500.0, 1500.0, 1500.0)
    return Forecast(RunId("r"), sampled, 500, usd, tokens, calls, Expected(90.0, 80.0, 100.0))


def test_a_forecast_with_a_range_says_how_sure_it_is() -> None:
    line = forecast_line(forecast(40, Expected(2.0, 1.5, 2.5), Expected(9e4, 8e4, 1e5)))
    assert "500 records: \\$1.50 – \\$2.50 · 80,000 – 100,000 tokens · 1,500 calls" in line
    assert "1 min 20 s – 1 min 40 s" in line
    assert "in 9 of 10 cases, from 40 records of the last run" in line


def test_a_forecast_from_few_records_is_called_a_guess() -> None:
    line = forecast_line(forecast(3, Expected(0.0), Expected(9e4)))
    assert "≈ 90,000 tokens" in line
    assert "$" not in line
    assert "a guess from 3 records of the last run: too few for a range" in line


def test_without_a_sample_the_forecast_says_what_to_do() -> None:
    assert "run a sample of this graph" in forecast_line(None)


@pytest.mark.parametrize(
    ("ceilings", "line"),
    [
        (Ceilings(), ""),
        (Ceilings(calls=1000), "Ceilings: 0 of 1,000 calls"),
        (Ceilings(usd=2.0, seconds=600), "Ceilings: \\$0.00 of \\$2.00 · 1 min 5 s of 10 min 0 s"),
    ],
)
def test_ceilings_are_told_with_what_is_used(ceilings: Ceilings, line: str) -> None:
    run = seen(done=1).run
    settings = run.settings.model_copy(update={"ceilings": ceilings})
    assert ceilings_line(run.model_copy(update={"settings": settings}), 65.0) == line


def test_a_run_is_started_within_a_ceiling_and_resumed_beyond_it(
    show: Show, opened: Workspace
) -> None:
    page = show("run", graph="own/talk")
    page.selectbox(key="run.model").set_value("far").run()
    page.number_input(key="run.most.calls").set_value(3).run()
    page.button(key="run.start").click().run()
    run_id = RunId(page.query_params["run"])
    assert opened.runner.wait(run_id, 60).state == "halted"
    page = show("run", run=run_id)
    assert "reached its ceiling of 3 calls" in words(page)
    page.number_input(key=f"run.raise.{run_id}.calls").set_value(100).run()
    page.button(key="run.resume").click().run()
    assert opened.runner.wait(run_id, 60).run.done == 20


def test_a_press_counts_though_the_drawing_ends_before_it_comes_to_the_button(
    show: Show, opened: Workspace
) -> None:
    with fake_server(faults=["400"]) as flawed:
        run_id = ran(opened, flawed, 3).run.id
        page = show("run", run=run_id)
        page.session_state[LIVE] = run_id  # as where the page has not yet seen that it ended
        page.button(key="run.retry").click().run()
        assert opened.runner.wait(run_id, 60).run.done == 3


def test_failed_records_are_retried_from_the_page(show: Show, opened: Workspace) -> None:
    with fake_server(faults=["400"]) as flawed:
        run_id = ran(opened, flawed, 3).run.id
        page = show("run", run=run_id)
        page.button(key="run.retry").click().run()
        assert opened.runner.wait(run_id, 60).run.done == 3
    assert "run.retry" not in {button.key for button in show("run", run=run_id).button}


def test_a_whole_run_offers_nothing_to_resume(
    show: Show, opened: Workspace, server: FakeServer
) -> None:
    page = show("run", run=ran(opened, server, 2).run.id)
    assert {"run.resume", "run.retry"}.isdisjoint(button.key for button in page.button)
