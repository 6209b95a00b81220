"""How the endpoints of a run stand while it goes on, in plain words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from time import time

import streamlit as st

from grasp_ui.llm.state import EndpointState
from grasp_ui.ui.durations import local
from grasp_ui.ui.neutral import literal, one_line

WORTH_SAYING_SECONDS = 2.0
"""A shorter wait is over before it is read."""
SHARED = "Calls that are under way now, of as many as are allowed at once; other runs count too."


def show_endpoints(states: Mapping[str, EndpointState]) -> None:
    """One line of counts, and a box for each model that holds the run up."""
    counts = " · ".join(endpoint_counts(name, state) for name, state in states.items())
    st.caption(counts or "Getting the models ready", help=SHARED if counts else None)
    for name, state in states.items():
        if trouble := endpoint_trouble(name, state, time()):
            st.warning(trouble, icon=":material/hourglass_top:")


def endpoint_counts(name: str, state: EndpointState) -> str:
    """How busy a model is, and how far it has been slowed down."""
    parts = [f"{state.in_flight} of {state.allowed} calls under way"]
    parts += [f"{state.waiting} waiting"] if state.waiting else []
    parts += [f"{state.put_off} put off after a failure"] if state.put_off else []
    if state.allowed < state.calls_at_once:
        parts += [f"slowed down from {state.calls_at_once}"]
    return f"{literal(name)}: {', '.join(parts)}"


def endpoint_trouble(name: str, state: EndpointState, now: float) -> str:
    """Why a model takes no call now, and until when; empty where it takes them.

    `now` is in seconds since 1970, as times in `state` are.
    """
    said = f": {literal(one_line(state.reason, 240))}" if state.reason else "."
    if state.breaker != "closed":
        now_what = "one call is out to see" if state.breaker == "half-open" else "it is tried soon"
        return f"**Waiting for {literal(name)}**, which does not answer; {now_what}{said}"
    is_still = state.put_off and not state.in_flight
    until = state.paused_until or (state.next_at if is_still else 0.0)
    if until - now < WORTH_SAYING_SECONDS:
        return ""
    return f"**Waiting for {literal(name)} until {_clock(until)}**{said}"


def _clock(seconds: float) -> str:
    stored = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    return f"{local(stored):%H:%M:%S}"
