"""A forecast's interval holds as often as it says, whatever the law of the replies."""

from collections.abc import Callable
from dataclasses import replace
from math import comb
from pathlib import Path
from random import Random

import pytest

from grasp_ui.services import runs
from grasp_ui.services.forecast import (
    COVERAGE,
    FEWEST,
    Forecast,
    expected_sum,
    forecast_from,
    forecast_of_rest,
    sample_for,
)
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, over, ran, request, workspace

FORECASTS = 200
Law = Callable[[Random], float]
LAWS: dict[str, Law] = {
    "constant": lambda chance: 60.0,
    "uniform": lambda chance: chance.uniform(10, 400),
    "lognormal": lambda chance: chance.lognormvariate(4, 0.7),
    "three lognormal calls": lambda chance: sum(chance.lognormvariate(4, 1) for _ in range(3)),
    "bimodal": lambda chance: chance.gauss(300, 20) if chance.random() < 0.4 else 40.0,
}
VARIED = ["uniform", "lognormal", "bimodal"]


def holds(law: Law, chance: Random, *, seen: int, records: int) -> bool:
    """Whether the sum of `records` draws lies in the interval forecast from `seen` draws."""
    expected = expected_sum([law(chance) for _ in range(seen)], records)
    total = sum(law(chance) for _ in range(records))
    assert expected.low is not None
    assert expected.high is not None
    return expected.low - 1e-6 <= total <= expected.high + 1e-6


def binomial_interval(trials: int, share: float, *, outside: float = 0.01) -> tuple[int, int]:
    """The counts between which a binomial one lies but for `outside` of all times."""
    chances = [comb(trials, n) * share**n * (1 - share) ** (trials - n) for n in range(trials + 1)]
    low = next(n for n in range(trials) if sum(chances[: n + 1]) > outside / 2)
    high = next(n for n in range(trials, 0, -1) if sum(chances[n:]) > outside / 2)
    return low, high


def test_over_all_laws_together_the_interval_holds_as_often_as_stated() -> None:
    held = 0
    for number in range(FORECASTS):
        law = LAWS[list(LAWS)[number % len(LAWS)]]
        records = (40, 150, 1000)[number % 3]
        held += holds(law, Random(number), seen=30, records=records)
    low, high = binomial_interval(FORECASTS, COVERAGE)
    assert low <= held <= high


@pytest.mark.parametrize("name", VARIED)
def test_for_each_law_the_interval_holds_as_often_as_stated(name: str) -> None:
    chances = [Random(f"{name} {number}") for number in range(FORECASTS)]
    held = sum(holds(LAWS[name], chance, seen=40, records=500) for chance in chances)
    low, high = binomial_interval(FORECASTS, COVERAGE)
    assert low <= held <= high


def test_equal_records_are_forecast_exactly() -> None:
    expected = expected_sum([60.0] * 20, 500)
    assert (expected.low, expected.mean, expected.high) == (30_000, 30_000, 30_000)


def test_more_records_seen_give_a_narrower_interval() -> None:
    chance = Random(1)
    draws = [chance.lognormvariate(4, 0.7) for _ in range(400)]
    few, many = expected_sum(draws[:40], 1000), expected_sum(draws, 1000)
    assert (many.high or 0) - (many.low or 0) < 0.7 * ((few.high or 0) - (few.low or 0))


def test_a_forecast_is_the_same_each_time() -> None:
    draws = [Random(n).random() for n in range(25)]
    assert expected_sum(draws, 77) == expected_sum(draws, 77)


def test_too_few_records_give_no_interval() -> None:
    assert expected_sum([1.0, 2.0] * 9 + [1.0], 10).low is None


def test_the_last_run_of_a_graph_forecasts_the_next(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        seen = ran(opened, server, FEWEST)
        sample = sample_for(opened, request(server))
        assert sample is not None
        forecast = forecast_from(opened, sample, records=100, concurrency=8)
        assert isinstance(forecast, Forecast)
        assert (forecast.sample, forecast.seen, forecast.has_interval) == (seen.run.id, 20, True)
        assert forecast.calls.mean == forecast.calls.high == 500
        assert (forecast.tokens.low or 0) < 5 * seen.run.tokens < (forecast.tokens.high or 0)


def test_another_graph_or_another_model_has_no_sample(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, 2)
        other = request(server, text=PAIRS.replace("Ask", "Tell"))
        assert sample_for(opened, other) is None
        assert sample_for(opened, replace(request(server), model="fake-two")) is None


def test_a_run_that_used_answers_of_another_is_no_sample(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, 2).run.id
        over(opened, runs.run_from(opened, first, "grade"))
        sample = sample_for(opened, request(server))
        assert sample is not None
        assert sample.id == first


def test_what_is_left_of_a_run_is_forecast_from_what_is_done(tmp_path: Path) -> None:
    with fake_server(faults=[""] * 100 + ["400"]) as server, workspace(tmp_path) as opened:
        run = ran(opened, server, 30).run
        rest = forecast_of_rest(opened, run.id)
        assert rest is not None
        assert (rest.records, rest.seen) == (1, 30)
