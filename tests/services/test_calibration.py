"""Judges, people and rules against each other, from what the store has."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.services.calibration import (
    RuleReport,
    judge_reports,
    judges_together,
    people_together,
    rule_reports,
)
from grasp_ui.services.figures import levels
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations
from grasp_ui.store.judgements import Opinion
from tests.services import reviewed
from tests.services.rooms import workspace


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    with workspace(tmp_path) as room:
        yield room


def opinions(*pairs: tuple[object, float | None]) -> list[Opinion]:
    """Values with their scores."""
    return [Opinion(value, score, "info") for value, score in pairs]  # type: ignore[arg-type]


def test_an_empty_workspace_has_nothing_to_report(opened: Workspace) -> None:
    assert judge_reports(opened) == []
    assert judges_together(opened) == people_together(opened) == []
    assert rule_reports(opened) == []


def test_a_judge_is_held_against_people(opened: Workspace) -> None:
    reviewed.with_judgements(opened)
    report = next(report for report in judge_reports(opened) if report.judge == "critic")
    assert (report.count, report.values) == (60, (1, 2, 3, 4, 5))
    assert sum(map(sum, report.matrix)) == 60
    quadratic = next(f for f in report.figures if f.name == "Cohen, quadratic weights")
    assert (quadratic.low or 1) < (quadratic.value or 0) < (quadratic.high or 0)
    assert (report.auc.value or 0) > 0.9


def test_with_fifty_labels_a_judge_can_be_calibrated_and_with_fewer_it_says_so(
    opened: Workspace,
) -> None:
    reviewed.with_judgements(opened, 49)
    assert "49 labels of 50" in judge_reports(opened)[0].fit.reason
    add_conversations(opened.database, [reviewed.talk("x", "yes", reviewed.judged("x", 2))])
    reviewed.scored(opened, "x", 2)
    assert {r.judge: r.fit.calibrator is None for r in judge_reports(opened)} == {
        "critic": False,
        "other": True,
    }


def test_judges_are_held_against_each_other(opened: Workspace) -> None:
    reviewed.with_judgements(opened)
    [report] = judges_together(opened)
    assert (report.name, report.raters, report.count) == ("help", ("critic", "other"), 60)
    [(_, _, count, kappa)] = report.pairs
    assert (count, kappa.name) == (60, "Cohen, quadratic weights")


def test_people_are_held_against_each_other_by_what_they_scored_and_decided(
    opened: Workspace,
) -> None:
    reviewed.with_judgements(opened, 8)
    for number in range(8):
        reviewed.scored(opened, f"c{number}", 1 + number % 5, person="bob")
        for person in ("ada", "bob", "cy"):
            reviewed.deed(opened, "keep" if number % 2 else "reject", f"c{number}", person=person)
    decided, scored = people_together(opened)
    if decided.name != "keep or reject":
        decided, scored = scored, decided
    assert (decided.raters, len(decided.pairs)) == (("ada", "bob", "cy"), 3)
    assert {figure.name: figure.value for figure in decided.figures}["Fleiss' kappa"] == 1
    assert (scored.raters, scored.count) == (("ada", "bob"), 8)


def test_a_kept_conversation_overrules_the_rule_that_rejects_it(opened: Workspace) -> None:
    names = [f"c{number}" for number in range(8)]
    add_conversations(
        opened.database, [reviewed.talk(n, "a a a", reviewed.found_by_rule(n)) for n in names]
    )
    for number, name in enumerate(names):
        reviewed.deed(opened, "keep" if number < 3 else "reject", name)
    [report] = rule_reports(opened)
    assert (report.firings, report.decided, report.overruled) == (8, 8, 3)
    assert report.advice == "Overruled 38% of the time: loosen it?"
    assert report.precision.value == pytest.approx(5 / 8)


def test_a_decision_about_the_whole_says_nothing_of_a_rule_that_only_warns(
    opened: Workspace,
) -> None:
    tag = reviewed.found_by_rule("c", "warn")
    add_conversations(opened.database, [reviewed.talk("c", "a a a", tag)])
    reviewed.deed(opened, "keep", "c")
    assert [report.decided for report in rule_reports(opened)] == [0]
    reviewed.deed(opened, "override", "c", name="loop", action="pass")
    assert [report.overruled for report in rule_reports(opened)] == [1]


def test_few_decisions_are_called_few() -> None:
    report = RuleReport("loop", 40, 4, 4)
    assert report.advice == "4 decided: too few to say."


def test_whole_numbers_and_words_are_compared_as_they_are() -> None:
    assert levels(opinions((1, 0.0), (5.0, 1.0))) == [1, 5]
    assert levels(opinions(("short", None), ("long", None))) == ["short", "long"]
    assert levels(opinions((True, 1.0), (False, 0.0))) == [True, False]


def test_values_of_several_scales_become_five_levels_of_their_scores() -> None:
    assert levels(opinions((0.9, 0.9), (4, 0.75), ("odd", None))) == [5, 4, None]


def test_what_a_cell_counts_is_what_stands_in_it(opened: Workspace) -> None:
    reviewed.with_judgements(opened)
    for report in judge_reports(opened):
        counts = {cell: len(pairs) for cell, pairs in report.cells.items()}
        assert counts == {
            (row, column): count
            for row, line in enumerate(report.matrix)
            for column, count in enumerate(line)
            if count
        }
        assert sorted(
            pair.conversation_id
            for (row, column), pairs in report.cells.items()
            for pair in pairs
            if row != column
        ) == sorted(pair.conversation_id for pair in report.apart)
