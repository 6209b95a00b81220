"""Judges at work on a page: forecast, ceilings, progress, cancel."""

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.run import Ceilings
from grasp_ui.services.stage_two import (
    TaggingJob,
    TaggingView,
    Wish,
    find_profile,
    newest_job,
    ready,
    start,
)
from grasp_ui.services.stage_two_forecast import JudgingForecast, Range, forecast_judging
from grasp_ui.services.tagging import tag_again
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui import session
from grasp_ui.ui.durations import seconds_in_words
from grasp_ui.ui.money import ceilings_form, dollars, written_ceilings
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.rule_bench import Bench, save_first
from grasp_ui.ui.shell import failed_state

FAILED = "judging.failed"
CEILINGS = "judging.ceilings"
FORECAST = "judging.told"
RUNNING = "judging.running"


def judge_work(workspace: Workspace, bench: Bench) -> None:
    """Forecast and begin the judging of a profile; how it stands."""
    if not bench.draft.asks_models:
        st.info("This profile asks no judges. Add one on the left, or describe conversations.")
        return
    if bench.is_changed:
        st.info(save_first(bench))
    st.markdown("**At most**", help="Judges stop where one of these is reached.")
    ceilings_form(CEILINGS, Ceilings())
    told = _told(bench)
    is_weighed = told is not None or written_ceilings(CEILINGS) != Ceilings()
    job = newest_job(workspace)
    is_at_work = job is not None and job.view().is_running
    with st.container(horizontal=True):
        st.button(
            "Forecast", key="judging.forecast", icon=":material/query_stats:",
            disabled=bench.is_changed, on_click=_forecast, args=(workspace, bench.name),
        )  # fmt: skip
        asked = pressed(
            "Ask the judges", key="judging.start", icon=":material/gavel:", type="primary",
            disabled=bench.is_changed or is_at_work or not is_weighed,
            help=None if is_weighed else "Look at the forecast first, or set a ceiling.",
        )  # fmt: skip
    if not is_weighed and not bench.is_changed:
        st.caption("Look at the forecast first, or set a ceiling: then they can be asked.")
    if asked:
        _start(workspace, bench.name)
    if told is not None:
        st.markdown(forecast_words(told))
        st.caption(told.how)
    if FAILED in st.session_state:
        failed_state(st.session_state[FAILED], title="Judges were not asked", key="judging")
    if job is not None:
        st.fragment(_watch, run_every=1.0 if is_at_work else None)()


def _told(bench: Bench) -> JudgingForecast | None:
    """The forecast of this profile as it is kept, where it was asked for."""
    name, found = st.session_state.get(FORECAST, (None, None))
    return found if name == (bench.name, bench.entry.profile.version) else None


def _watch() -> None:
    """The tagging that is at work, or the last one; when it ends, the page hears of it."""
    job = newest_job(session.workspace())
    if job is None:
        return
    _show_job(job)
    was_running = st.session_state.get(RUNNING, False)
    st.session_state[RUNNING] = job.view().is_running
    if was_running and not st.session_state[RUNNING]:
        st.rerun()


def _show_job(job: TaggingJob) -> None:
    view = job.view()
    with st.container(border=True, key="judging-job"):
        share = min(1.0, view.done / max(1, view.all))
        st.progress(share, text=f"{view.done:,} of {view.all:,} conversations looked at")
        st.markdown(job_words(view))
        for failure in view.failures:
            st.markdown(f":red-badge[{failure.count:,}] {literal(failure.example)}")
        if view.reason:
            st.warning(literal(view.reason))
        if view.is_running:
            st.button("Cancel", key="judging.cancel", icon=":material/stop:", on_click=job.cancel)


def job_words(view: TaggingView) -> str:
    """How a tagging stands, in one paragraph.

    Example:
        >>> job_words(TaggingView(state="done", passed=3, answered=3, seconds=2.0, calls=3))
        '**done** · 3 went to judges · 3 answered, 0 known, 0 unparsed · 3 calls, ...
    """
    spent = f"{view.calls:,} calls, {view.tokens:,} tokens, {dollars(view.cost_usd)}"
    answers = f"{view.answered:,} answered, {view.known:,} known, {view.unparsed:,} unparsed"
    return (
        f"**{view.state}** · {view.passed:,} went to judges · {answers} · {spent} · "
        f"{seconds_in_words(view.seconds)}"
    )


def forecast_words(forecast: JudgingForecast) -> str:
    """What judging would use, in a few sentences.

    Example:
        >>> from grasp_ui.services.stage_two_forecast import Uses
        >>> forecast_words(JudgingForecast(10, 8, 2, Uses(calls=Range(8, 16))))
        '**8 of 10 conversations** go to judges; 2 answers are known. 8 to 16 calls, 0 tokens, $0.'
    """
    uses = forecast.uses
    tokens = uses.prompt_tokens + uses.reply_tokens
    cost = f"${_span(uses.usd, 2)}" if uses.usd.high else "$0"
    more = f" Not priced: {', '.join(forecast.unpriced)}." if forecast.unpriced else ""
    return (
        f"**{forecast.passed:,} of {forecast.conversations:,} conversations** go to judges; "
        f"{forecast.known:,} answers are known. {_span(uses.calls)} calls, {_span(tokens)} tokens, "
        f"{cost}.{more}"
    )


def _span(amount: Range, decimals: int = 0) -> str:
    low, high = f"{amount.low:,.{decimals}f}", f"{amount.high:,.{decimals}f}"
    return low if low == high else f"{low} to {high}"


def _wish(profile: str) -> Wish:
    return Wish(profile=profile, ceilings=written_ceilings(CEILINGS))


def _forecast(workspace: Workspace, profile: str) -> None:
    wish = _wish(profile)
    st.session_state.pop(FAILED, None)
    try:
        told = forecast_judging(workspace, wish)
    except GraspError as error:
        st.session_state[FAILED] = str(error)
        return
    version = find_profile(workspace, wish.profile).version
    st.session_state[FORECAST] = ((wish.profile, version), told)


def _start(workspace: Workspace, profile: str) -> None:
    wish = _wish(profile)
    st.session_state.pop(FAILED, None)
    bar = st.progress(0.0, text="The rules first …")

    def heard(done: int, total: int) -> None:
        bar.progress(
            min(1.0, done / max(1, total)), text=f"The rules first … {done:,} of {total:,}"
        )

    try:
        ready(workspace, wish)
        # What rules drop is not paid for, so they speak first.
        tag_again(workspace, wish.selection, profile=wish.profile, on_progress=heard)
        start(workspace, wish)
        st.session_state[RUNNING] = True
    except GraspError as error:
        st.session_state[FAILED] = str(error)
    st.rerun()
