"""The parts of the Calibration page: judges, people and rules against each other."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from grasp_ui.services import calibration
from grasp_ui.services.calibration import JudgeReport, RaterReport, RuleReport
from grasp_ui.services.figures import Figure
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.calibration import FEWEST_LABELS
from grasp_ui.tagging.ranking import FEWEST, Estimate
from grasp_ui.ui import charts, theme
from grasp_ui.ui.confusion import draw_matrix, list_pairs
from grasp_ui.ui.neutral import literal
from grasp_ui.ui.press import pressed
from grasp_ui.ui.session import go_to
from grasp_ui.ui.shell import empty_state

LOOSENED = 6
BIAS = (
    "People who speak only where they disagree make a judge look worse than it is: look at some "
    "conversations that you would pass over, and save an override that leaves the value alone."
)


def judges_and_people(workspace: Workspace) -> None:
    """Each judge against people: figures, confusion, reliability."""
    reports = calibration.judge_reports(workspace)
    if not reports:
        empty_state(
            "No judge and no person spoke of the same thing yet",
            action="Open a conversation on the Review page and override what a judge said, also "
            f"where it is right. From {FEWEST_LABELS} labels on a judge's scores are calibrated.",
            page="review",
            icon="balance",
        )
        return
    titles = {f"{r.name}, judged by {r.judge} ({r.count})": r for r in reports}
    chosen = st.selectbox("Judge", list(titles), key="calibration.judge")
    _judge(workspace, titles[chosen])


def judges_together(workspace: Workspace) -> None:
    """Judges against judges."""
    reports = calibration.judges_together(workspace)
    if not reports:
        empty_state(
            "No two judges judged the same thing yet",
            action="Let a second model judge with the same rubric: a second judge node in a graph, "
            "or a second judge in the tagging profile.",
            page="design",
            icon="gavel",
        )
    for report in reports:
        _raters(report, "judges")


def people_together(workspace: Workspace) -> None:
    """People against people."""
    reports = calibration.people_together(workspace)
    if not reports:
        empty_state(
            "No two people decided about the same thing yet",
            action="Let a second person review some of the same conversations, under a name of "
            "their own (Settings).",
            page="review",
            icon="group",
        )
    for report in reports:
        _raters(report, "people")


def rules_and_people(workspace: Workspace) -> None:
    """How often people let each rule's findings stand."""
    reports = calibration.rule_reports(workspace)
    if not any(report.decided for report in reports):
        empty_state(
            "Nobody has decided about a rule's finding yet",
            action="Keep or reject conversations on the Review page, or override what a rule "
            f"found. {calibration.FEW_DECISIONS} decisions say a little about a rule.",
            page="review",
            icon="rule",
        )
        return
    st.caption(
        "A finding stands where a person left its tag as a fault, or rejected the conversation; "
        "it is overruled where a person passed the tag, or kept what the rule rejects."
    )
    for report in [one for one in reports if one.is_often_wrong][:LOOSENED]:
        _loosen(report)
    st.dataframe(
        rule_rows(reports),
        hide_index=True,
        key="calibration.rules",
        height="content",
        column_config={
            "Rule": st.column_config.TextColumn(width=190),
            "Findings": st.column_config.NumberColumn(width=80),
            "Decided": st.column_config.NumberColumn(width=80),
            "Precision": st.column_config.ProgressColumn(
                min_value=0, max_value=1, format="%.2f", width=130
            ),
            "95 %": st.column_config.TextColumn(width=100, alignment="right"),
            "What to think": st.column_config.TextColumn(width=320),
        },
    )


def _loosen(report: RuleReport) -> None:
    """A rule that people often overrule, and the way to its thresholds."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":orange[:material/balance:] **{literal(report.rule)}** · {literal(report.advice)} "
            f":small[:gray[{report.overruled:,} of {report.decided:,} decisions]]",
            width="stretch",
        )
        if pressed("Open its thresholds", key=f"calibration.rule.{report.rule}",
                   icon=":material/tune:"):  # fmt: skip
            go_to("tagging", rule=report.rule)


def rule_rows(reports: Sequence[RuleReport]) -> pd.DataFrame:
    """The table of the rules, in their order."""
    rows = [
        {
            "Rule": report.rule,
            "Findings": report.firings,
            "Decided": report.decided,
            "Precision": report.precision.value,
            "95 %": _span(report.precision.low, report.precision.high),
            "What to think": report.advice,
        }
        for report in reports
    ]
    return pd.DataFrame(rows)


def figure_rows(figures: Sequence[Figure]) -> pd.DataFrame:
    """Coefficients as a table; where there is none, why."""
    rows = [
        {
            "Figure": figure.name,
            "Value": "–" if figure.value is None else f"{figure.value:.3f}",
            "95 %": figure.reason or _span(figure.low, figure.high) or "too little to say",
        }
        for figure in figures
    ]
    return pd.DataFrame(rows, columns=["Figure", "Value", "95 %"])


def _judge(workspace: Workspace, report: JudgeReport) -> None:
    _badges(report)
    left, right = st.columns(2, gap="large")
    look = theme.ground()
    with left:
        st.markdown("###### What it said, and what people said")
        draw_matrix(report)
        list_pairs(workspace, report)
    with right:
        st.markdown("###### Whether its scores mean what they say")
        bins = pd.DataFrame(
            [(b.score, b.people, b.count) for b in report.bins],
            columns=["score", "people", "count"],
        )
        st.plotly_chart(charts.reliability_plot(bins, look=look), key="calibration.reliability")
        st.markdown(f":small[:gray[{literal(_calibrated(report))}]]")
        st.markdown(
            f"**AUC** {_estimate(report.auc)}, by length alone {_estimate(report.auc_of_length)}"
        )
        st.caption("People find good what they give .5 of 1 or more. Intervals are 95 %.")
        _figure_table(report.figures, "calibration.figures")
    st.caption(BIAS)


def _badges(report: JudgeReport) -> None:
    state = ":green-badge[:material/check_circle: can be calibrated]"
    if report.fit.calibrator is None:
        state = f":orange-badge[:material/warning: {literal(report.fit.reason.split(':')[0])}]"
    error = "" if report.error is None else f" · ECE {report.error:.3f}, 10 bins"
    few = f" · fewer than {FEWEST}: a hint, no more" if report.count < FEWEST else ""
    st.markdown(f"{state} **{report.count}** things that both spoke of{error}{few}")


def _calibrated(report: JudgeReport) -> str:
    errors = report.fit.errors
    if not errors:
        return report.fit.reason
    parts = ", ".join(f"{name} {error:.3f}" for name, error in errors.items())
    return f"{report.fit.reason} Squared errors on what was held back: {parts}."


def _raters(report: RaterReport, who: str) -> None:
    with st.container(border=True):
        st.markdown(f"**{literal(report.name)}** · {report.count} things that two {who} spoke of")
        left, right = st.columns(2, gap="large")
        with left:
            _figure_table(report.figures, f"calibration.{who}.{report.name}")
        with right:
            pairs = pd.DataFrame(
                [
                    (one, other, count, "–" if f.value is None else f"{f.value:.3f}", f.name)
                    for one, other, count, f in report.pairs
                ],
                columns=["One", "Other", "Things", "Kappa", "Which"],
            )
            st.dataframe(
                pairs,
                hide_index=True,
                key=f"calibration.{who}.{report.name}.pairs",
                height="content",
                column_config={"Kappa": st.column_config.TextColumn(alignment="right")},
            )


def _figure_table(figures: Sequence[Figure], key: str) -> None:
    right = st.column_config.TextColumn(alignment="right")
    st.dataframe(
        figure_rows(figures), hide_index=True, key=key, height="content",
        column_config={"Value": right, "95 %": right},
    )  # fmt: skip


def _estimate(estimate: Estimate) -> str:
    if estimate.value is None:
        return f"– ({estimate.reason.rstrip('.').lower()})"
    span = _span(estimate.low, estimate.high)
    return f"**{estimate.value:.2f}**" + (f" ({span})" if span else "")


def _span(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:.2f} to {high:.2f}"
