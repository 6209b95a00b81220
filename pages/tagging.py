"""Tagging: which rules hold, how strictly, and what that would drop."""

import streamlit as st

from grasp_ui.model.selection import Selection
from grasp_ui.services import review
from grasp_ui.services.rubrics import list_rubrics
from grasp_ui.ui.judge_forms import judge_forms, stage_line
from grasp_ui.ui.judge_work import judge_work
from grasp_ui.ui.profile_bar import profile_bar
from grasp_ui.ui.rubric_editor import chosen_rubric, rubric_bar, rubric_form
from grasp_ui.ui.rubric_trial import trial_panel
from grasp_ui.ui.rule_bench import open_bench
from grasp_ui.ui.rule_detail import rule_detail
from grasp_ui.ui.rule_effect import effect_row, nothing_to_tag
from grasp_ui.ui.rule_list import rule_list
from grasp_ui.ui.session import workspace
from grasp_ui.ui.shell import title_row

VIEWS = {
    "rules": ":material/rule: Rules",
    "judges": ":material/gavel: Judges",
    "rubrics": ":material/grading: Rubrics",
}
opened = workspace()


@st.fragment
def rules() -> None:
    """The profile's rules, and beside them the one that is looked at."""
    bench = open_bench(opened)
    profile_bar(opened, bench)
    effect_row(bench)
    left, right = st.columns([5, 4], gap="large")
    with left:
        rule_list(bench)
    with right, st.container(key="tagging-detail"):
        rule_detail(bench)


@st.fragment
def judges() -> None:
    """Stage two of the profile: who is asked what, what it would cost, and the work."""
    bench = open_bench(opened)
    profile_bar(opened, bench, tries=False)
    stage_line(bench.draft)
    left, right = st.columns([5, 4], gap="large")
    with left:
        judge_forms(bench, ("by_category", *list_rubrics(opened)))
    with right, st.container(key="tagging-detail"):
        judge_work(opened, bench)


@st.fragment
def rubrics() -> None:
    """A rubric's dimensions and levels, and beside them what a judge makes of it."""
    entry = chosen_rubric(opened)
    rubric_bar(opened, entry)
    left, right = st.columns([5, 4], gap="large")
    with left:
        draft = rubric_form(entry)
    with right, st.container(key="tagging-detail"):
        trial_panel(opened, draft)


def choose() -> None:
    """Keep the view in the address."""
    st.query_params["view"] = st.session_state["tagging.view"]


with title_row(
    "Tagging",
    "Rules look at every conversation, judges at what the rules let through. What they reject is "
    "not exported.",
):
    asked = st.query_params.get("view", "rules")
    view = st.segmented_control(
        "View", list(VIEWS), default=asked if asked in VIEWS else "rules", required=True,
        key="tagging.view", format_func=lambda name: VIEWS[name], label_visibility="collapsed",
        on_change=choose,
    )  # fmt: skip
if not review.find(opened, Selection(), limit=1).total:
    nothing_to_tag()
{"rules": rules, "judges": judges, "rubrics": rubrics}[view]()
