"""From a node's last run: step, run from here, pin, edit and run again."""

import streamlit as st

from grasp_ui.errors import GraspError, InvalidGraph
from grasp_ui.model.value import RunId
from grasp_ui.services import pins, runs, traces
from grasp_ui.services.again import changed_before
from grasp_ui.services.traces import NodeTrace, Sample
from grasp_ui.ui.desk import Desk, pins_on
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.rerun_dialog import rerun_button
from grasp_ui.ui.session import wishes
from grasp_ui.ui.shell import toast

Place = tuple[str, int | None]
"""A node's path and a visit, or all of its visits."""


def steps(desk: Desk, run_id: RunId, node: str, sample: Sample) -> Place:
    """Buttons that walk through a record, and where they stand: first, at `node`."""
    order: list[Place] = [*traces.steps_of(desk.workspace, run_id, sample.record_id)]
    state = f"trace.at.{run_id}.{sample.record_id}.{node}"
    at: Place = st.session_state.get(state, (node, None))
    here = next((n for n, place in enumerate(order) if at in (place, (place[0], None))), None)
    with st.container(horizontal=True, vertical_alignment="center", key="trace-steps"):
        _step("Previous step", "arrow_back", state, order, None if here is None else here - 1)
        count = f"Step {here + 1} of {len(order)}" if here is not None else "Not among the steps"
        where = f": {literal(at[0])}" if at[1] is not None else ""
        st.markdown(f":small[{count}{where}]", width="content")
        _step("Next step", "arrow_forward", state, order, 0 if here is None else here + 1)
    return at


def deeds(desk: Desk, trace: NodeTrace, node: str) -> None:
    """Run from here, pin, edit and run again; of a node that is drawn in this graph."""
    if trace.node != node:
        return
    with st.container(horizontal=True, key="trace-deeds", gap="small"):
        _from_here(desk, trace)
        _pin(desk, trace)
        rerun_button(desk, trace)


def _step(label: str, icon: str, state: str, order: list[Place], to: int | None) -> None:
    is_there = to is not None and 0 <= to < len(order)
    st.button(
        label, key=f"trace.{icon}", icon=f":material/{icon}:", type="tertiary",
        disabled=not is_there, on_click=_go, args=(state, order[to] if is_there and to is not None
        else None),
    )  # fmt: skip


def _go(state: str, place: Place) -> None:
    st.session_state[state] = place


def _from_here(desk: Desk, trace: NodeTrace) -> None:
    with st.popover(
        "Run from here", icon=":material/play_arrow:", type="tertiary", key="trace.from",
        on_change="rerun",
    ) as box:  # fmt: skip
        if not box.open:
            return
        run = runs.find_run(desk.workspace, trace.run_id)
        st.caption("What is before this node is known; it and what follows is asked anew.")
        changed = changed_before(desk.workspace, run, desk.spec, trace.node)
        if changed:
            names = ", ".join(literal(name) for name in changed)
            st.markdown(f":orange[Changed since, so asked again too: {names}]")
        if pressed(f"All {run.settings.size:,} records", key="trace.from.all"):
            _start_from(desk, trace, None)
        if pressed("This record alone", key="trace.from.one"):
            _start_from(desk, trace, [trace.record_index])


def _start_from(desk: Desk, trace: NodeTrace, records: list[int] | None) -> None:
    wished = wishes()
    try:
        wished["run"] = runs.run_from(
            desk.workspace, trace.run_id, trace.node, spec=desk.spec, records=records,
            pins=pins_on(desk),
        )  # fmt: skip
    except InvalidGraph:
        toast("Mend what is listed on the right, then run.", good=False)
    except GraspError as error:
        toast(str(error), good=False)
    else:
        st.rerun()


def _pin(desk: Desk, trace: NodeTrace) -> None:
    if any(pins.is_of(pin, trace.node) for pin in pins_on(desk)):
        help_text = "Samples use the pinned output of this node. Unpin: its model is asked again."
        if pressed(
            "Unpin", key="trace.unpin", icon=":material/keep_off:", type="tertiary", help=help_text
        ):
            pins.unpin(desk.workspace, desk.graph_id, trace.node)
            st.rerun()
        return
    answered = any(call.source != "none" for visit in trace.visits for call in visit.calls)
    with st.popover(
        "Pin output", icon=":material/keep:", type="tertiary", key="trace.pin",
        disabled=not answered,
        help=None if answered else "Only what a model replied can be pinned.",
    ):  # fmt: skip
        st.caption("Samples use this output instead of asking its model; what follows reads it.")
        if pressed("For every record", key="trace.pin.all"):
            _keep(desk, trace, everywhere=True)
        if pressed("For this record alone", key="trace.pin.one"):
            _keep(desk, trace, everywhere=False)


def _keep(desk: Desk, trace: NodeTrace, *, everywhere: bool) -> None:
    try:
        pins.pin_output(desk.workspace, desk.graph_id, trace, everywhere=everywhere)
    except GraspError as error:
        toast(str(error), good=False)
    else:
        st.rerun()
