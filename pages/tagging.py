"""Tagging: which rules hold, how strictly, and what that would drop."""

import streamlit as st

from grasp_ui.model.selection import Selection
from grasp_ui.services import review
from grasp_ui.ui.profile_bar import Bench, open_bench, profile_bar
from grasp_ui.ui.rule_detail import rule_detail
from grasp_ui.ui.rule_list import effect_row, rule_list
from grasp_ui.ui.session import workspace
from grasp_ui.ui.shell import empty_state, title_row

opened = workspace()
title_row(
    "Tagging",
    "Rules look at every conversation; what they reject is not exported. Move a threshold and see "
    "what it would drop before you apply it.",
)


@st.fragment
def bench_of(bench: Bench) -> None:
    """The profile's rules, and beside them the one that is looked at."""
    profile_bar(opened, bench)
    effect_row(bench)
    rules, detail = st.columns([5, 4], gap="large")
    with rules:
        rule_list(bench)
    with detail, st.container(key="tagging-detail"):
        rule_detail(bench)


bench_of(open_bench(opened))
if not review.find(opened, Selection(), limit=1).total:
    empty_state(
        "No conversations to try it on yet",
        action="Run a graph or import a file; the rules above are applied as conversations come.",
        page="home",
        icon="rule",
    )
