"""Figures say what their tables say, in both themes."""

import pandas as pd
import pytest

from grasp_ui.ui import theme
from grasp_ui.ui.charts import (
    asked_bars,
    confusion_matrix,
    reliability_plot,
    score_distribution,
    tag_bars,
)

GROUNDS: tuple[theme.Ground, ...] = ("light", "dark")


@pytest.mark.parametrize("look", GROUNDS)
def test_each_source_of_scores_has_its_colour(look: theme.Ground) -> None:
    scores = pd.DataFrame({"name": ["a", "a"], "source": ["rule", "judge"], "score": [0.1, 0.9]})
    bars = score_distribution(scores, look=look)["data"]
    assert [bar.marker.color for bar in bars] == [
        theme.HEX[look]["gray"],
        theme.HEX[look]["violet"],
    ]


def test_tags_are_stacked_by_action_and_sorted_by_count() -> None:
    counts = pd.DataFrame(
        {"name": ["a", "b", "b"], "source": "rule", "action": ["warn", "warn", "reject"],
         "count": [1, 2, 3]}
    )  # fmt: skip
    figure = tag_bars(counts, look="light")
    assert [bar.name for bar in figure["data"]] == ["reject", "warn"]
    assert list(figure["layout"].yaxis.categoryarray) == ["a", "b"]


def test_empty_tables_give_empty_figures() -> None:
    nothing = pd.DataFrame({"name": [], "source": [], "action": [], "count": [], "score": []})
    assert not score_distribution(nothing, look="dark")["data"]
    assert not tag_bars(nothing, look="dark")["data"]


def test_what_is_asked_for_tells_its_other_words() -> None:
    rows = [("story writing", 3, "write story"), ("math", 1, "")]
    [bars] = asked_bars(pd.DataFrame(rows, columns=["tag", "conversations", "also"]), look="light")[
        "data"
    ]
    assert (list(bars.y), list(bars.x)) == (["story writing", "math"], [3, 1])
    assert list(bars.customdata) == ["<br>also: write story", ""]


@pytest.mark.parametrize("look", GROUNDS)
def test_a_confusion_matrix_has_its_counts_as_text(look: theme.Ground) -> None:
    cells, points = confusion_matrix([[3, 1], [0, 2]], ["1", "2"], look=look)["data"]
    assert [list(row) for row in cells.z] == [list(row) for row in cells.text] == [[3, 1], [0, 2]]
    assert list(zip(points.y, points.x, points.customdata, strict=True)) == [
        ("1", "1", 3), ("1", "2", 1), ("2", "1", 0), ("2", "2", 2),
    ]  # fmt: skip


def test_the_chosen_cell_of_a_confusion_matrix_has_a_frame() -> None:
    figure = confusion_matrix([[3, 1], [0, 2]], ["1", "2"], look="light", chosen=(0, 1))
    [frame] = figure.layout.shapes
    assert (frame.x0 < 1 < frame.x1, frame.y0 < 0 < frame.y1) == (True, True)
    assert not confusion_matrix([[3]], ["1"], look="light").layout.shapes


@pytest.mark.parametrize("look", GROUNDS)
def test_a_reliability_plot_has_a_diagonal_and_the_bins(look: theme.Ground) -> None:
    bins = pd.DataFrame({"score": [0.1, 0.9], "people": [0.2, 0.7], "count": [4, 40]})
    line, judge = reliability_plot(bins, look=look)["data"]
    assert (list(line.x), list(judge.y)) == ([0, 1], [0.2, 0.7])
    assert judge.marker.size[0] < judge.marker.size[1]


def test_a_reliability_plot_without_scores_is_the_diagonal_alone() -> None:
    nothing = pd.DataFrame({"score": [], "people": [], "count": []})
    assert len(reliability_plot(nothing, look="light")["data"]) == 1
