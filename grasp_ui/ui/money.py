"""What a run may use, what it has used of that, and what more of it would use."""

import streamlit as st

from grasp_ui.model.run import Ceilings, Run
from grasp_ui.services.forecast import FEWEST, Expected, Forecast
from grasp_ui.ui.durations import seconds_in_words

MINUTE = 60.0


def dollars(amount: float) -> str:
    """An amount as people write it, to the cent; less than a dime in four decimals.

    Example:
        >>> dollars(12.3), dollars(0.0034), dollars(0)
        ('$12.30', '$0.0034', '$0.00')
    """
    return f"${amount:.4f}" if 0 < amount < 0.1 else f"${amount:,.2f}"


def ceilings_form(key: str, before: Ceilings) -> None:
    """Four fields, each empty for no ceiling; `written_ceilings` gives what they hold."""
    first, second, third, fourth = st.columns(4)
    first.number_input(
        "Most dollars", min_value=0.0, value=before.usd, key=f"{key}.usd", placeholder="none",
        help="Needs prices in Settings. Overshot at most by the calls in flight.",
    )  # fmt: skip
    second.number_input(
        "Most tokens", min_value=0, value=before.tokens, key=f"{key}.tokens", placeholder="none",
        help="Sent and written, added up.",
    )  # fmt: skip
    third.number_input(
        "Most calls", min_value=0, value=before.calls, key=f"{key}.calls", placeholder="none",
        help="Calls that fail count too.",
    )  # fmt: skip
    fourth.number_input(
        "Most minutes", min_value=0.0, key=f"{key}.minutes", placeholder="none",
        value=None if before.seconds is None else before.seconds / MINUTE,
        help="At work; pauses do not count.",
    )  # fmt: skip


def written_ceilings(key: str) -> Ceilings:
    """What stands in the fields of `ceilings_form`, also before they are drawn again."""
    usd, tokens, calls, minutes = (
        st.session_state.get(f"{key}.{unit}") for unit in ("usd", "tokens", "calls", "minutes")
    )
    return Ceilings(
        usd=usd or None,
        tokens=tokens or None,
        calls=calls or None,
        seconds=minutes * MINUTE if minutes else None,
    )


def ceilings_line(run: Run, seconds: float) -> str:
    """How much of each ceiling is used, in one line; empty where there is none.

    `seconds` is how long the run has been at work.
    """
    most = run.settings.ceilings
    parts = [
        most.usd is not None and f"${run.used.cost_usd:.2f} of ${most.usd:.2f}",
        most.tokens is not None and f"{run.used.tokens:,} of {most.tokens:,} tokens",
        most.calls is not None and f"{run.used.calls:,} of {most.calls:,} calls",
        most.seconds is not None
        and f"{seconds_in_words(seconds)} of {seconds_in_words(most.seconds)}",
    ]
    used = " · ".join(part for part in parts if part)
    return f"Ceilings: {used.replace('$', chr(92) + '$')}" if used else ""


def forecast_line(forecast: Forecast | None, *, of: str = "the last run") -> str:
    """What more records will use, in one line; `of` names the sample."""
    if forecast is None:
        return (
            ":gray[:material/query_stats: No forecast yet: run a sample of this graph, "
            f"{FEWEST} records or more.]"
        )
    parts = [
        _amount("\\$", forecast.usd, decimals=2) if forecast.usd.mean else "",
        f"{_amount('', forecast.tokens)} tokens",
        f"{_amount('', forecast.calls)} calls",
        _time(forecast.seconds),
    ]
    told = " · ".join(part for part in parts if part)
    return (
        f":material/query_stats: **{forecast.records:,} records: {told}** "
        f":gray[{_sureness(forecast, of)}]"
    )


def _sureness(forecast: Forecast, of: str) -> str:
    seen = f"{forecast.seen} record{'' if forecast.seen == 1 else 's'}"
    if forecast.has_interval:
        return f"in 9 of 10 cases, from {seen} of {of}"
    return f"a guess from {seen} of {of}: too few for a range, {FEWEST} are enough"


def _amount(unit: str, expected: Expected, *, decimals: int = 0) -> str:
    if expected.low is None or expected.high is None:
        return f"≈ {unit}{expected.mean:,.{decimals}f}"
    low, high = (f"{end:,.{decimals}f}" for end in (expected.low, expected.high))
    return f"{unit}{low}" if low == high else f"{unit}{low} – {unit}{high}"


def _time(expected: Expected) -> str:
    if expected.low is None or expected.high is None:
        return f"≈ {seconds_in_words(expected.mean)}"
    low, high = seconds_in_words(expected.low), seconds_in_words(expected.high)
    return low if low == high else f"{low} – {high}"
