"""How the endpoints of a run stand while it goes on, in plain words."""

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from grasp_ui.llm.state import EndpointState
from grasp_ui.ui.durations import local
from grasp_ui.ui.neutral import literal, one_line

SHARED = "Calls that are under way now, of as many as are allowed at once; other runs count too."


def show_endpoints(states: Mapping[str, EndpointState]) -> None:
    """One line of counts, and a box for each model that holds the run up."""
    counts = " · ".join(endpoint_counts(name, state) for name, state in states.items())
    st.caption(counts or "Getting the models ready", help=SHARED if counts else None)
    for name, state in states.items():
        if trouble := endpoint_trouble(name, state):
            st.warning(trouble, icon=":material/hourglass_top:")


def endpoint_counts(name: str, state: EndpointState) -> str:
    """How busy a model is, and how far it has been slowed down."""
    parts = [f"{state.in_flight} of {state.allowed} calls under way"]
    parts += [f"{state.waiting} waiting"] if state.waiting else []
    if state.allowed < state.calls_at_once:
        parts += [f"slowed down from {state.calls_at_once}"]
    return f"{literal(name)}: {', '.join(parts)}"


def endpoint_trouble(name: str, state: EndpointState) -> str:
    """Why a model takes no call now, and until when; empty where it takes them."""
    said = f": {literal(one_line(state.reason, 240))}" if state.reason else "."
    if state.breaker != "closed":
        now = "one call is out to see" if state.breaker == "half-open" else "it is tried again soon"
        return f"**Waiting for {literal(name)}**, which does not answer; {now}{said}"
    if state.paused_until:
        until = datetime.fromtimestamp(state.paused_until, UTC)
        at = f"{local(until.replace(tzinfo=None)):%H:%M:%S}"
        return f"**Waiting for {literal(name)} until {at}**, as it asked{said}"
    return ""
