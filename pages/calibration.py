"""Calibration: judges, people and rules against each other; learned models."""

import streamlit as st

from grasp_ui.ui.calibration import (
    judges_and_people,
    judges_together,
    people_together,
    rules_and_people,
)
from grasp_ui.ui.learned_cards import learned_models
from grasp_ui.ui.session import workspace
from grasp_ui.ui.shell import title_row

opened = workspace()
title_row("Calibration", "How far judges, rules and people agree, and what people taught.")
PARTS = {
    ":material/gavel: Judges and people": judges_and_people,
    ":material/compare_arrows: Judges": judges_together,
    ":material/group: People": people_together,
    ":material/rule: Rules": rules_and_people,
    ":material/model_training: Learned": learned_models,
}
tabs = st.tabs(list(PARTS), key="calibration.tab", on_change="rerun")
for tab, show in zip(tabs, PARTS.values(), strict=True):
    with tab:
        if tab.open:
            show(opened)
