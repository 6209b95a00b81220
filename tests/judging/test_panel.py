import json
from itertools import groupby
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.judging.compare import Winner, winner_of
from grasp_ui.judging.examine import Examined
from grasp_ui.judging.panel import panel_verdict, panel_winner
from grasp_ui.judging.parse import Judgement

UNPARSED = Examined(None, "not_json", "five")


def member(value: float) -> Examined:
    return Examined(Judgement(value, (value - 1) / 4, f"said {value}"))


def test_the_median_counts_and_the_spread_is_shown() -> None:
    found = panel_verdict([member(1), member(5), member(4)])
    assert found.judgement is not None
    assert (found.judgement.value, found.judgement.score, found.spread) == (4, 0.75, 4)
    assert found.judgement.evidence == {"members": [1, 5, 4], "spread": 4}


def test_the_reason_is_that_of_the_member_nearest_to_the_median() -> None:
    found = panel_verdict([member(1), member(5), member(4)])
    assert found.judgement is not None
    assert found.judgement.reason == "said 4"


def test_unparsed_members_do_not_count() -> None:
    found = panel_verdict([UNPARSED, member(2), UNPARSED, member(3)])
    assert found.judgement is not None
    assert (found.judgement.value, found.counted, found.asked) == (2.5, 2, 4)
    assert found.judgement.evidence["members"] == [None, 2, None, 3]


def test_where_all_are_unparsed_so_is_the_panel() -> None:
    found = panel_verdict([UNPARSED, UNPARSED])
    assert (found.judgement, found.counted, found.asked) == (None, 0, 2)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=7))
def test_a_panels_value_is_the_median_of_its_members(values: list[int]) -> None:
    found = panel_verdict([member(value) for value in values])
    assert found.judgement is not None
    assert found.judgement.value == median(values)
    assert found.spread == max(values) - min(values)


@pytest.mark.parametrize(
    ("votes", "winner"),
    [
        (["first"], "first"),
        (["first", "second"], "tie"),
        (["first", "second", "second"], "second"),
        (["first", "tie"], "tie"),
        (["tie", "tie", "first"], "tie"),
        ([None, "first", None], "first"),
        ([None, None], None),
        ([], None),
    ],
)
def test_the_most_votes_win(votes: list[Winner | None], winner: Winner | None) -> None:
    assert panel_winner(votes) == winner


def test_recorded_verdicts_fold_as_a_plain_count_says() -> None:
    rows = json.loads((Path(__file__).parent / "recorded_verdicts.json").read_text())
    for _, told in groupby(rows, key=lambda row: row["pair"]):
        judged = list(told)
        votes = [winner_of(row["asked"], row["swapped"]) for row in judged]
        first = sum(row["asked"] == row["swapped"] == "first" for row in judged)
        second = sum(row["asked"] == row["swapped"] == "second" for row in judged)
        ties = len(judged) - first - second
        wins = {"first": first > max(second, ties), "second": second > max(first, ties)}
        wanted = next((name for name, won in wins.items() if won), "tie")
        assert panel_winner(votes) == wanted == judged[0]["panel"]
