"""What more records will use, forecast with an interval from records made."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from operator import mul
from random import Random
from statistics import fmean, stdev

from grasp_ui.engine.chance import random_for
from grasp_ui.model.run import Run
from grasp_ui.model.value import RecordId, RunId
from grasp_ui.services.planning import Overrides, with_overrides
from grasp_ui.services.run_request import RunRequest
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.ends import uses_of_records
from grasp_ui.store.runs import find_run, sample_of

COVERAGE = 0.9
FEWEST = 20
"""Fewer records say too little about how much records differ: they give no interval."""
MOST = 500
"""More records than these make the interval no better worth the time."""
ROUNDS = 599
FLOOR = 0.6
SUMMED = 200


@dataclass(frozen=True, slots=True)
class Expected:
    """A sum to come: what is expected, and the interval; None where too few were seen."""

    mean: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What `records` more records will use; sums lie in their intervals 9 times of 10.

    It rests on `seen` records of the run `sample`. `seconds` are those of its calls, of which as
    many go on at once as did there for each call allowed at once: a rough guess where models or
    their limits are others now.
    """

    sample: RunId
    seen: int
    records: int
    usd: Expected
    tokens: Expected
    calls: Expected
    seconds: Expected

    @property
    def has_interval(self) -> bool:
        """Whether enough records were seen to say how sure the forecast is."""
        return self.seen >= FEWEST


def sample_for(workspace: Workspace, request: RunRequest) -> Run | None:
    """The newest run of the request's graph with enough records, else with any.

    Runs that used answers of others are passed over; None where there is no other.
    """
    spec = with_overrides(request.spec, Overrides(model=request.model))
    return sample_of(workspace.database, spec.version, enough=FEWEST)


def forecast_from(
    workspace: Workspace, sample: Run, *, records: int, concurrency: int
) -> Forecast | None:
    """What more records will use, from those of `sample`; None before one ended.

    Records that used answers of another run are passed over.
    """
    return _forecast(workspace, sample, records, concurrency)


def forecast_of_rest(workspace: Workspace, run_id: RunId) -> Forecast | None:
    """What the rest of a run will use; None before a record has ended.

    Raises:
        NotFound: there is no such run.
    """
    run = find_run(workspace.database, run_id)
    left = max(0, run.settings.records - max(0, run.done - run.forks))
    return _forecast(workspace, run, left, run.settings.concurrency)


def expected_sum(seen: Sequence[float], records: int, *, coverage: float = COVERAGE) -> Expected:
    """The sum of `records` more draws of whatever gave `seen`.

    The interval is for the sum itself, not for its mean: it has the chance of the draws to come
    and how little the ones seen say of their law. It is the studentized bootstrap (bootstrap-t)
    of Efron & Tibshirani, *An Introduction to the Bootstrap* (1993), section 12.5, for the pivot
    (sum − n·mean) / (s·√(n + n²/k)) over k draws seen and n to come. Unlike Student's t it
    follows skewed laws. In resamples s counts as at least 0.6 of its own, which keeps the
    interval finite where nearly all draws are equal. Sums of many draws are drawn as normal.

    Measured with k from 30 to 40: 88 to 94 % for a stated 90 % over uniform, bimodal, and
    lognormal laws up to σ = 0.7; 87 % for one draw at σ = 1. What fewer than one record in k/3
    does is likely not among those seen, and no interval can know of it.

    Returns:
        The mean alone for fewer than 20 draws seen; both ends equal where all draws were.

    Example:
        >>> expected_sum([2.0] * 20, 10)
        Expected(mean=20.0, low=20.0, high=20.0)
        >>> expected_sum([1.0, 3.0], 10)
        Expected(mean=20.0, low=None, high=None)
    """
    mean = records * fmean(seen)
    if len(seen) < FEWEST:
        return Expected(mean)
    deviation = stdev(seen)
    if not deviation or not records:
        return Expected(mean, mean, mean)
    chance = random_for(len(seen), RecordId("forecast"), f"sum of {records}")
    pivots = sorted(_pivots(seen, records, deviation, chance))
    tail = (1 - coverage) / 2 * (ROUNDS + 1)
    scale = deviation * _spread(len(seen), records)
    low, high = pivots[int(tail) - 1], pivots[ceil(ROUNDS + 1 - tail) - 1]
    return Expected(mean, max(0.0, mean + low * scale), mean + high * scale)


def _pivots(seen: Sequence[float], records: int, deviation: float, chance: Random) -> list[float]:
    """The pivot in each resampled world: a sample as large, and a sum to come."""
    mean, k, spread = fmean(seen), len(seen), _spread(len(seen), records)
    centred = [value - mean for value in seen]
    stray = sqrt((k - 1) / k * records) * deviation
    pivots = []
    for _ in range(ROUNDS):
        again = chance.choices(centred, k=k)
        if records <= SUMMED:
            total = sum(chance.choices(centred, k=records))
        else:
            total = chance.gauss(0.0, stray)
        middle = sum(again) / k
        own = sqrt(max(0.0, sum(map(mul, again, again)) - k * middle * middle) / (k - 1))
        pivots.append((total - records * middle) / (max(own, FLOOR * deviation) * spread))
    return pivots


def _spread(seen: int, records: int) -> float:
    """How far a sum of draws to come strays from what is expected, in deviations of one."""
    return sqrt(records + records * records / seen)


def _forecast(workspace: Workspace, sample: Run, records: int, concurrency: int) -> Forecast | None:
    uses = uses_of_records(workspace.database, sample.id, limit=MOST)
    if not uses:
        return None
    seconds = [use.seconds for use in uses]
    at_once = _at_once(sample, fmean(seconds), min(concurrency, records))
    return Forecast(
        sample=sample.id,
        seen=len(uses),
        records=records,
        usd=expected_sum([use.usd for use in uses], records),
        tokens=expected_sum([use.tokens for use in uses], records),
        calls=expected_sum([use.calls for use in uses], records),
        seconds=expected_sum([each / at_once for each in seconds], records),
    )


def _at_once(sample: Run, record_seconds: float, allowed: int) -> float:
    """How many calls will be under way, if they keep each other busy as in `sample`."""
    ended = sample.done + sample.failed
    under_way = record_seconds * ended / sample.seconds if sample.seconds else 0.0
    could_be = min(sample.settings.concurrency, ended)
    return max(1.0, (under_way / could_be if under_way else 1.0) * allowed)
