"""Ceilings: no call begins once one is reached, whatever was used before counts."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.errors import RunHalted
from grasp_ui.llm.budget import Budget
from grasp_ui.model.run import Ceilings, Run, RunSettings
from grasp_ui.model.value import GraphId, GraphVersion, RunId


def used(**what: float) -> Run:
    """A run that has used this much."""
    run_id = RunId("r")
    run = Run(
        id=run_id, graph_id=GraphId("own/a"), graph_version=GraphVersion("v"), title="A",
        state="running", settings=RunSettings(run_id=run_id),
        started=datetime.fromisoformat("2026-01-01"),
    )  # fmt: skip
    return run.model_copy(update=what)


def passed(budget: Budget, *, tokens: int = 0, usd: float = 0.0, most: int = 1000) -> int:
    """How many calls begin before the gate closes, each ended before the next."""
    for number in range(most):
        try:
            budget.gate()
        except RunHalted:
            return number
        budget.spend(tokens, usd)
    return most


def test_without_ceilings_every_call_begins() -> None:
    assert passed(Budget(Ceilings()), tokens=10**9, usd=10**9) == 1000


@given(st.integers(1, 500), st.integers(0, 600))
def test_no_more_calls_begin_than_the_ceiling_says(ceiling: int, before: int) -> None:
    budget = Budget(Ceilings(calls=ceiling), used(), attempts=before)
    assert passed(budget) == max(0, ceiling - before)


@given(st.integers(1, 5000), st.integers(1, 40), st.integers(0, 6000))
def test_no_call_begins_once_the_tokens_are_used(ceiling: int, each: int, before: int) -> None:
    budget = Budget(Ceilings(tokens=ceiling), used(prompt_tokens=before))
    assert passed(budget, tokens=each, most=5001) == max(0, -(-(ceiling - before) // each))


def test_dollars_of_earlier_parts_count() -> None:
    assert passed(Budget(Ceilings(usd=1.0), used(cost_usd=0.5)), usd=0.25) == 2


def test_calls_in_flight_are_all_that_goes_beyond_a_ceiling() -> None:
    budget = Budget(Ceilings(usd=1.0))
    for _ in range(8):
        budget.gate()
    budget.spend(0, 1.0)
    with pytest.raises(RunHalted):
        budget.gate()


def test_no_call_begins_after_the_time_is_up() -> None:
    clock = iter([100.0, 105.0, 109.9, 110.0, 99.0]).__next__
    budget = Budget(Ceilings(seconds=30), used(seconds=20.0), clock=clock)
    assert passed(budget) == 2
    assert passed(budget) == 0


@pytest.mark.parametrize(
    ("ceilings", "said"),
    [
        (Ceilings(calls=1), "ceiling of 1 calls"),
        (Ceilings(tokens=1000), "ceiling of 1,000 tokens (1,500 used)"),
        (Ceilings(usd=2.5), "ceiling of $2.50 ($3.00 used)"),
        (Ceilings(seconds=0.5), "ceiling of 0.5 seconds"),
    ],
)
def test_the_message_says_what_was_reached_and_what_to_do(ceilings: Ceilings, said: str) -> None:
    clock = iter([0.0, 0.1, 0.6]).__next__
    budget = Budget(ceilings, clock=clock)
    budget.gate()
    budget.spend(1500, 3.0)
    with pytest.raises(RunHalted) as halt:
        budget.gate()
    assert said in str(halt.value)
    assert "Raise the ceiling and resume" in str(halt.value)


def test_a_gate_that_was_closed_says_its_reason() -> None:
    budget = Budget(Ceilings(calls=5))
    budget.close("Paused.")
    with pytest.raises(RunHalted, match="Paused"):
        budget.gate()
