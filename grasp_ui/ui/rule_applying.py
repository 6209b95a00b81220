"""A profile applied to what is stored, and what that changed."""

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.model.selection import Selection
from grasp_ui.services import review
from grasp_ui.services.applying import Applied, apply_profile
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.rule_bench import Bench, forget_meter, save_first
from grasp_ui.ui.shell import failed_state

APPLIED = "tagging.applied"
SPOKEN = "tagging.spoken"
TOLD = 12


def apply_form(bench: Bench) -> None:
    """The button that tags all that is stored by the profile, and what it does."""
    if bench.is_changed:
        st.markdown(save_first(bench))
    else:
        st.markdown("Runs the rules over every stored conversation. What people said stays.")
    if pressed(
        "Apply to all conversations", key="tagging.apply", type="primary",
        disabled=bench.is_changed,
    ):  # fmt: skip
        _apply(bench)


def show_applied(bench: Bench) -> None:
    """What the last applying of this profile changed, where there was one here."""
    applied = st.session_state.get(APPLIED)
    if isinstance(applied, Applied) and applied.profile == bench.name:
        _report(applied, st.session_state.get(SPOKEN, 0))


def _report(applied: Applied, spoken: int) -> None:
    with st.container(border=True, key="tagging-applied"):
        change = applied.kept_after - applied.kept_before
        against = f"{change:+,}" if change else "as many as before"
        st.markdown(
            f":green[:material/check_circle:] **{applied.kept_after:,} of "
            f"{applied.conversations:,} conversations are kept** ({against}); "
            f"{applied.changed.new:,} tags new, {applied.changed.changed:,} changed, "
            f"{applied.changed.taken_back:,} taken back."
        )
        if applied.by_name:
            words = {"pass": "taken back"}
            told = [f"{name} {words.get(act, act)} {n:,}" for name, act, n in applied.by_name]
            more = f" · and {len(told) - TOLD} more" if len(told) > TOLD else ""
            st.caption(" · ".join(map(literal, told[:TOLD])) + more)
        if spoken:
            st.caption(
                f":material/person: People spoke of {spoken:,} of them. What they said counts as "
                "before."
            )


def _apply(bench: Bench) -> None:
    bar = st.progress(0.0, text="Applying …")

    def heard(done: int, total: int) -> None:
        bar.progress(min(1.0, done / max(1, total)), text=f"Applying … {done:,} of {total:,}")

    try:
        applied = apply_profile(bench.workspace, bench.name, Selection(), on_progress=heard)
    except GraspError as error:
        failed_state(str(error), title="It was not applied", key="tagging-apply")
        return
    st.session_state[APPLIED] = applied
    spoken = review.find(bench.workspace, Selection(reviewed=True), limit=1)
    st.session_state[SPOKEN] = spoken.total
    forget_meter()
    st.rerun()
