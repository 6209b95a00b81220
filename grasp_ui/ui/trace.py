"""Last run: what the selected node did for one record of the watched run."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import streamlit as st

from grasp_ui.errors import NotFound
from grasp_ui.model.value import RunId
from grasp_ui.services import traces
from grasp_ui.services.advice import advice
from grasp_ui.services.trace_parts import CallTrace, VisitTrace
from grasp_ui.services.traces import Sample
from grasp_ui.ui import theme
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.durations import seconds_in_words
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.trace_deeds import deeds, steps

EVERY_SECONDS = 2.0
LONG = 1_200
"""Texts of more characters scroll inside a box of their own."""
STATES: dict[str, theme.Style] = {
    "failed": theme.Style("failed", "red", ":material/error:"),
    "done": theme.Style("done", "green", ":material/check_circle:"),
    "skipped": theme.Style("skipped", "gray", ":material/skip_next:"),
    "running": theme.Style("running", "blue", ":material/progress_activity:"),
    "unfinished": theme.Style("not finished", "orange", ":material/hourglass_disabled:"),
}
SOURCES = {
    "run": "known from the run before, nothing was paid",
    "cache": "known from the cache, nothing was paid",
    "pin": "pinned, nothing was paid",
}


def last_run(desk: Desk, run_id: RunId | None) -> None:
    """What the selected node did; goes on by itself while the run does."""
    nodes = desk.selected("nodes")
    if run_id is None:
        st.markdown(":gray[Nothing is watched yet. **Run** tries a few records.]")
    elif len(nodes) != 1:
        st.markdown(":gray[Click a node to see what it was asked and what it answered.]")
    else:
        every = EVERY_SECONDS if desk.workspace.runner.is_running(run_id) else None
        st.fragment(_panel, run_every=every)(desk, run_id, nodes[0])


def _panel(desk: Desk, run_id: RunId, node: str) -> None:
    st.markdown(f"###### {literal(node)}", anchors=False)
    samples = traces.samples_at(desk.workspace, run_id, node)
    if not samples:
        st.markdown(":gray[No record of this run has come to this node.]")
        return
    sample = _chosen(samples, f"trace.{run_id}.{node}")
    place = steps(desk, run_id, node, sample)
    try:
        trace = traces.node_trace(desk.workspace, run_id, place[0], sample.record_id)
    except NotFound as error:
        st.text(str(error))
        return
    deeds(desk, trace, node)
    shown = [visit for visit in trace.visits if place[1] in (None, visit.visit)]
    for visit in shown:
        visit_card(visit, number=len(shown) > 1 or len(trace.visits) > 1)


def _chosen(samples: Sequence[Sample], key: str) -> Sample:
    """The record that is looked at; the last one looked at, where it came here too."""
    known = {sample.record_id: sample for sample in samples}
    last = st.session_state.get("trace.record")
    names = list(known)
    chosen = st.selectbox(
        "Record", names, index=names.index(last) if last in known else 0, key=f"{key}.record",
        format_func=lambda name: sample_name(known[name]) if name in known else name,
        help="Failed records first, the newest of them first.",
    )  # fmt: skip
    if chosen != names[0] or last is not None:
        st.session_state["trace.record"] = chosen
    return known.get(chosen, samples[0])


def sample_name(sample: Sample) -> str:
    """A record in a list, counted from 0: `Record 3, fork 2 · failed`."""
    fork = sample.record_id.partition("/")[2]
    style = STATES.get(sample.state, STATES["unfinished"])
    return f"Record {sample.record_index}{f', fork {fork}' if fork else ''} · {style.word}"


def visit_card(visit: VisitTrace, *, number: bool = False) -> None:
    """One visit in full; `number` says which where there are several."""
    with st.container(border=True):
        st.markdown(_headline(visit, number=number))
        if visit.state == "failed":
            _failure(visit)
        values("Read", visit.read, visit.cut)
        for position, call in enumerate(visit.calls):
            call_parts(call, f"{visit.node}.{visit.visit}.{position}", several=len(visit.calls) > 1)
        values("Wrote", visit.written, visit.cut)
        _went_on(visit)


def call_parts(call: CallTrace, key: str, *, several: bool = False) -> None:
    """One call: what was sent as roles, what came back, what it used."""
    name = f"Candidate {call.candidate} · " if several else ""
    st.markdown(f":small[**{name}{literal(call.model)}** :gray[{_used(call)}]]")
    count = len(call.messages)
    label = f"Prompt as sent · {count} message{'' if count == 1 else 's'}"
    with st.expander(label, expanded=True, key=f"trace.sent.{key}"):
        for role, text in call.messages:
            st.markdown(f":small[:gray-badge[{literal(role)}]]")
            plain_text(text)
        st.markdown(":small[:gray[Settings of the request]]")
        plain_text(_as_text(call.settings), language="json")
    for failed in call.failures:
        st.markdown(f":small[:red[Attempt {failed.number} failed: {_code(failed.error_code)}]]")
        plain_text(failed.error)
    if call.source != "none":
        st.markdown(":small[:violet-badge[reply, as it came]]")
        plain_text(call.reply)
    if call.reasoning:
        st.markdown(":small[:gray-badge[reasoning]]")
        plain_text(call.reasoning)


def values(title: str, named: Mapping[str, Any], cut: Mapping[str, int]) -> None:
    """Variables with their values, each whole unless the log has it shortened."""
    if not named:
        return
    st.markdown(f":small[**{title}**]")
    for name, value in named.items():
        length = cut.get(name.partition(".")[0])
        note = f" :gray[the first 240 of {length:,} characters]" if length else ""
        st.markdown(f":small[:blue-badge[{literal(name)}]{note}]")
        if value is None:
            st.markdown(":small[:gray[no value is known]]")
        else:
            plain_text(value if isinstance(value, str) else _as_text(value))


def plain_text(text: str, *, language: str | None = None) -> None:
    """Any text exactly as it is: nothing of it is read as Markdown or HTML."""
    is_long = len(text) > LONG
    st.code(text, language=language, wrap_lines=True, height=260 if is_long else "content")


def _headline(visit: VisitTrace, *, number: bool) -> str:
    calls = visit.calls
    tokens = sum(call.prompt_tokens + call.completion_tokens for call in calls)
    cost = sum(call.cost_usd for call in calls)
    parts = [f"visit {visit.visit}"] if number else []
    parts += [literal(visit.node)] if "/" in visit.node else []
    parts += [seconds_in_words(visit.seconds)] if visit.seconds else []
    parts += [f"{tokens:,} tokens"] if tokens else []
    parts += [f"${cost:.4f}"] if cost else []
    return f"{theme.badge(STATES[visit.state])} :small[{' · '.join(parts)}]"


def _used(call: CallTrace) -> str:
    if call.source in SOURCES:
        return SOURCES[call.source]
    parts = [f"{call.prompt_tokens:,} + {call.completion_tokens:,} tokens"]
    parts += [f"${call.cost_usd:.4f}"] if call.cost_usd else []
    parts += [f"{call.seconds:.1f} s", f"{call.attempts} attempt{'s' * (call.attempts != 1)}"]
    parts += [f"ended by {literal(call.finish_reason)}"] if call.finish_reason else []
    return " · ".join(parts if call.source == "asked" else parts[-1:])


def _failure(visit: VisitTrace) -> None:
    st.markdown(f":red[**{_code(visit.error_code)}**]")
    plain_text(visit.error)
    st.markdown(f":material/lightbulb: {literal(advice(visit.error_code))}")


def _went_on(visit: VisitTrace) -> None:
    for note in visit.notes:
        st.markdown(f":small[:orange[:material/info: {literal(note)}]]")
    if visit.taken is None or visit.state != "done":
        return
    arrows = ", ".join(literal(name) for name in visit.taken) or "none: this branch ends here"
    st.markdown(f":small[:material/arrow_forward: **Arrows taken:** {arrows}]")


def _code(error_code: str) -> str:
    return literal((error_code or "failed").replace("_", " "))


def _as_text(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode()
