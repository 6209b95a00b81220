"""The dialog that runs one record again with another prompt, and shows both."""

import streamlit as st

from grasp_ui.engine.kind import KINDS
from grasp_ui.errors import GraspError, InvalidGraph, NotFound
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.value import JsonObject, RunId
from grasp_ui.services import again, runs
from grasp_ui.services.again import ReplyPair
from grasp_ui.services.trace_parts import CallTrace
from grasp_ui.services.traces import NodeTrace
from grasp_ui.ui.desk import Desk
from grasp_ui.ui.form_fields import FormField, fields_of
from grasp_ui.ui.live import run_line
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.session import wishes
from grasp_ui.ui.shell import failed_state, toast
from grasp_ui.ui.word_marks import marked_texts

AGAIN = "trace.again"
OPEN = "trace.again.open"
PATIENCE_SECONDS = 120.0


def can_be_edited(desk: Desk, trace: NodeTrace) -> str:
    """Why the node's prompt cannot be edited here; empty where it can."""
    if prompt_fields(desk.spec, trace.node):
        return ""
    return "This node has no prompt of its own."


def prompt_fields(spec: GraphSpec, node: str) -> list[FormField]:
    """The texts that a node sends to a model: those filled in, and `prompt`."""
    drawn = spec.nodes.get(node)
    if drawn is None or drawn.kind not in KINDS:
        return []
    return [
        field
        for field in fields_of(KINDS[drawn.kind].config)
        if field.meaning == "prompt" and (drawn.fields.get(field.name) or field.name == "prompt")
    ]


def rerun_button(desk: Desk, trace: NodeTrace) -> None:
    """The way to the dialog, which stays open however often the page is drawn."""
    reason = can_be_edited(desk, trace)
    st.button(
        "Edit and rerun", key="trace.edit", icon=":material/edit_note:", type="tertiary",
        disabled=bool(reason), on_click=_open, args=(trace,),
        help=reason or "Change its prompt, run this record again, see before and after.",
    )  # fmt: skip
    if st.session_state.get(OPEN) == _place(trace):
        title = "Edit and run this record again"
        shown = st.dialog(title, width="large", icon=":material/edit_note:", on_dismiss=_shut)
        shown(rerun_form)(desk, trace)


def _open(trace: NodeTrace) -> None:
    st.session_state.pop(AGAIN, None)
    st.session_state[OPEN] = _place(trace)


def _shut() -> None:
    st.session_state.pop(OPEN, None)


def _place(trace: NodeTrace) -> tuple[str, str, int]:
    return trace.run_id, trace.node, trace.record_index


def rerun_form(desk: Desk, trace: NodeTrace) -> None:
    """The prompt to edit; below it, once it has run, before and after side by side."""
    run = runs.find_run(desk.workspace, trace.run_id)
    ran = desk.workspace.runner.graph_of(run)
    if trace.node not in ran.nodes:
        raise NotFound(f"The run's graph has no node '{trace.node}'. Run a sample first.")
    key = f"trace.again.{trace.run_id}.{trace.node}"
    with st.form(f"{key}.form", border=False):
        values = {
            field.name: st.text_area(
                field.title, value=str(ran.nodes[trace.node].fields.get(field.name) or ""),
                key=f"{key}.{field.name}", height=140,
            )
            for field in prompt_fields(ran, trace.node)
        }  # fmt: skip
        st.caption(
            f"Record {trace.record_index} alone. The graph is else as it ran: what is before "
            f"{literal(trace.node)} is known, the rest is asked anew."
        )
        if st.form_submit_button("Run this record", type="primary", icon=":material/play_arrow:"):
            _start(desk, trace, values)
    new = st.session_state.get(AGAIN)
    if new:
        _before_and_after(desk, trace, new, values)


def _start(desk: Desk, trace: NodeTrace, values: JsonObject) -> None:
    st.session_state.pop(AGAIN, None)
    try:
        new = again.rerun_edited(
            desk.workspace, trace.run_id, trace.record_index, trace.node, values
        )
    except InvalidGraph as error:
        failed_state("\n".join(map(str, error.problems)), title="This cannot run", key="again")
    except GraspError as error:
        failed_state(str(error), key="again")
    else:
        st.session_state[AGAIN] = new


def _before_and_after(desk: Desk, trace: NodeTrace, new: RunId, values: JsonObject) -> None:
    with st.spinner("The record runs again …"):
        view = desk.workspace.runner.wait(new, PATIENCE_SECONDS)
    st.markdown(run_line(view))
    pairs = again.reply_pairs(desk.workspace, trace.run_id, new, trace.record_id)
    for pair in pairs:
        _pair(pair)
    if not pairs:
        st.caption("Nothing was asked anew yet.")
    with st.container(horizontal=True):
        if pressed("Use this prompt in the graph", key="trace.again.use", type="primary",
                     disabled=trace.node not in desk.spec.nodes):  # fmt: skip
            desk.change(again.with_fields(desk.spec, trace.node, values))
            toast("The prompt is in the graph now.")
            _shut()
            st.rerun()
        if pressed("Watch this run", key="trace.again.watch"):
            wishes()["run"] = new
            _shut()
            st.rerun()


def _pair(pair: ReplyPair) -> None:
    """One call in both runs, words that differ marked."""
    name = literal(pair.node) + (f" · visit {pair.visit}" if pair.visit else "")
    name += f" · candidate {pair.candidate}" if pair.candidate else ""
    with st.container(border=True):
        st.markdown(f"**{name}**")
        left, right = st.columns(2, gap="medium")
        left.markdown(f":small[:gray[Before · {_line(pair.before)}]]")
        right.markdown(f":small[:gray[After · {_line(pair.after)}]]")
        marked_texts(_said(pair.before), _said(pair.after))


def _line(call: CallTrace | None) -> str:
    if call is None:
        return "not asked"
    if call.source == "none":
        return "failed"
    cost = f" · ${call.cost_usd:.4f}" if call.cost_usd else ""
    return f"{call.prompt_tokens + call.completion_tokens:,} tokens · {call.seconds:.1f} s{cost}"


def _said(call: CallTrace | None) -> str:
    if call is None:
        return ""
    return call.reply if call.source != "none" else call.failures[-1].error
