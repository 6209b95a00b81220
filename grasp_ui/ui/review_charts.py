"""The charts of the Review page."""

import streamlit as st

from grasp_ui.model.selection import Selection
from grasp_ui.services import insights
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui import charts, theme


def show_charts(workspace: Workspace, selection: Selection) -> None:
    """How often each tag counts, and how scores are spread, for the same selection."""
    left, right = st.columns(2, gap="large")
    look = theme.ground()
    with left:
        st.markdown("###### How often each tag counts")
        counts = insights.tag_counts(workspace, selection)
        st.plotly_chart(charts.tag_bars(counts, look=look), key="review.tags")
    with right:
        st.markdown("###### How scores are spread")
        scores = insights.scores(workspace, selection)
        st.plotly_chart(charts.score_distribution(scores, look=look), key="review.scores")
    asked = insights.asked_for(workspace, selection)
    if len(asked):
        st.markdown("###### What people ask for")
        st.plotly_chart(charts.asked_bars(asked, look=look), key="review.asked")
