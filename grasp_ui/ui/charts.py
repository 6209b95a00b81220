"""Figures from small tables: how scores are spread, how often each tag counts."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from grasp_ui.model.value import Action
from grasp_ui.ui import theme

BINS = 20
ACTION_ORDER: tuple[Action, ...] = ("reject", "warn", "info", "pass")


def score_distribution(scores: pd.DataFrame, *, look: theme.Ground) -> go.Figure:
    """A histogram of scores from 0 to 1, one colour a source.

    Args:
        scores: columns name, source, score; may be empty.
        look: the colours of the light or the dark theme.
    """
    figure = go.Figure()
    for source, style in theme.SOURCES.items():
        rows = scores[scores["source"] == source]
        if rows.empty:
            continue
        figure.add_histogram(
            x=rows["score"],
            name=style.word,
            xbins={"start": 0, "end": 1.0001, "size": 1 / BINS},
            marker={"color": theme.HEX[look][style.color]},
            hovertemplate="%{x}: %{y} tags<extra>" + style.word + "</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.06, **_layout(320))
    figure.update_xaxes(title="Score (0 bad, 1 good)", range=[0, 1], fixedrange=True)
    figure.update_yaxes(title="Tags", fixedrange=True)
    return figure


def tag_bars(counts: pd.DataFrame, *, look: theme.Ground) -> go.Figure:
    """How often each tag counts, most frequent first, one colour an action.

    Args:
        counts: columns name, source, action, count; may be empty.
        look: the colours of the light or the dark theme.
    """
    totals = counts.groupby("name")["count"].sum().sort_values()
    figure = go.Figure()
    for action in ACTION_ORDER:
        rows = counts[counts["action"] == action].groupby("name")["count"].sum()
        if rows.empty:
            continue
        style = theme.ACTIONS[action]
        figure.add_bar(
            y=list(rows.index),
            x=list(rows),
            name=style.word,
            orientation="h",
            marker={"color": theme.HEX[look][style.color]},
            hovertemplate="%{y}: %{x}<extra>" + style.word + "</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.3, **_layout(120 + 26 * len(totals)))
    figure.update_yaxes(categoryorder="array", categoryarray=list(totals.index), fixedrange=True)
    figure.update_xaxes(title="Times", fixedrange=True)
    return figure


def asked_bars(asked: pd.DataFrame, *, look: theme.Ground) -> go.Figure:
    """How many conversations ask for what, the most frequent first.

    Args:
        asked: columns tag, conversations, also (other words for it); may be empty.
        look: the colours of the light or the dark theme.
    """
    others: list[Any] = [f"<br>also: {also}" if also else "" for also in asked["also"]]
    figure = go.Figure()
    figure.add_bar(
        y=list(asked["tag"]),
        x=list(asked["conversations"]),
        customdata=others,
        orientation="h",
        marker={"color": theme.HEX[look][theme.SOURCES["judge"].color]},
        hovertemplate="%{y}: %{x}%{customdata}<extra></extra>",
    )
    figure.update_layout(bargap=0.3, **_layout(120 + 26 * len(asked)))
    figure.update_yaxes(autorange="reversed", fixedrange=True)
    figure.update_xaxes(title="Conversations", fixedrange=True)
    return figure


def confusion_matrix(
    matrix: Sequence[Sequence[int]],
    values: Sequence[str],
    *,
    look: theme.Ground,
    chosen: tuple[int, int] | None = None,
) -> go.Figure:
    """How often a judge said each value (rows) where people said another (columns).

    Plotly selects no cells of a heat map. So an unseen point lies on each, row by row: whoever
    clicks selects the nearest. The cell that is `chosen` has a frame.
    """
    color, ground = theme.HEX[look]["primary"], theme.ON_FILL[look]
    cells = {
        "z": matrix, "x": values, "y": values, "colorscale": [[0, ground], [1, color]],
        "showscale": False, "text": matrix, "texttemplate": "%{text}", "xgap": 2, "ygap": 2,
        "hoverinfo": "skip",
    }  # fmt: skip
    points = {
        "x": [column for _ in values for column in values],
        "y": [row for row in values for _ in values],
        "customdata": [count for row in matrix for count in row],
        "mode": "markers", "marker": {"size": 24, "opacity": 0},
        "selected": {"marker": {"opacity": 0}}, "unselected": {"marker": {"opacity": 0}},
        "hovertemplate": "judge %{y}, people %{x}: %{customdata} times<extra></extra>",
    }  # fmt: skip
    figure = go.Figure([go.Heatmap(cells), go.Scatter(points)])
    if chosen is not None:
        row, column = chosen
        figure.add_shape(
            type="rect", x0=column - 0.48, x1=column + 0.48, y0=row - 0.46, y1=row + 0.46,
            line={"color": theme.HEX[look]["orange"], "width": 3},
        )  # fmt: skip
    layout = {**_layout(150 + 44 * len(values)), "showlegend": False}
    figure.update_layout(hovermode="closest", hoverdistance=-1, **layout)
    figure.update_xaxes(title="People", type="category", side="bottom", fixedrange=True)
    figure.update_yaxes(title="Judge", type="category", autorange="reversed", fixedrange=True)
    return figure


def reliability_plot(bins: pd.DataFrame, *, look: theme.Ground) -> go.Figure:
    """What people said of scores of each size; on the diagonal they agree.

    Args:
        bins: columns score, people (both 0 to 1), count; may be empty.
        look: the colours of the light or the dark theme.
    """
    colors = theme.HEX[look]
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", name="as it says", hoverinfo="skip",
        line={"dash": "dot", "color": colors["gray"]},
    )  # fmt: skip
    if not bins.empty:
        sizes = 8 + 22 * (bins["count"] / bins["count"].max()) ** 0.5
        figure.add_scatter(
            x=bins["score"], y=bins["people"], mode="lines+markers", name="judge",
            marker={"size": sizes, "color": colors["violet"]}, customdata=bins["count"],
            hovertemplate="score %{x:.2f}: people %{y:.2f} (%{customdata} labels)<extra></extra>",
        )  # fmt: skip
    figure.update_layout(**_layout(320))
    figure.update_xaxes(title="Judge's score", range=[-0.03, 1.03], fixedrange=True)
    figure.update_yaxes(title="Mean of people", range=[-0.03, 1.03], fixedrange=True)
    return figure


def _layout(height: int) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "showlegend": True,
    }
