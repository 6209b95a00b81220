"""Two runs compared: figures of both, and the same record of each side by side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.model.run import Run
from grasp_ui.model.value import RunId
from grasp_ui.services.run_comparison import RunComparison, compare_runs, pairs_of_runs
from grasp_ui.services.workspace import Workspace
from tests.fake_server import fake_server
from tests.services.rooms import PAIRS, ran, workspace
from tests.services.rooms import found as conversations_of

BRIEF = PAIRS.replace("Ask about {topic}", "Ask briefly about {topic}")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    with workspace(tmp_path) as one:
        yield one


@pytest.fixture
def runs(opened: Workspace) -> tuple[Run, Run]:
    """Four records of one graph, six of another with a changed prompt."""
    with fake_server() as server:
        return ran(opened, server, 4).run, ran(opened, server, 6, BRIEF).run


def compared(opened: Workspace, runs: tuple[Run, Run]) -> RunComparison:
    return compare_runs(opened, runs[0].id, runs[1].id)


def test_figures_are_those_of_the_runs(opened: Workspace, runs: tuple[Run, Run]) -> None:
    found = {figure.name: figure for figure in compared(opened, runs).figures}
    assert found["Records done"].values == (4, 6)
    assert found["Calls"].values == (runs[0].calls, runs[1].calls)
    assert found["Calls"].change == runs[1].calls - runs[0].calls


def test_kept_and_dropped_add_up_to_the_records(opened: Workspace, runs: tuple[Run, Run]) -> None:
    found = {figure.name: figure.values for figure in compared(opened, runs).figures}
    both = zip(found["Kept"], found["Dropped"], strict=True)
    assert [(kept or 0) + (dropped or 0) for kept, dropped in both] == [4, 6]


def test_every_node_has_its_figures_in_both_runs(opened: Workspace, runs: tuple[Run, Run]) -> None:
    nodes = {node.node: node for node in compared(opened, runs).nodes}
    assert list(nodes) == ["ask", "answers", "grade"]
    assert (nodes["ask"].calls, nodes["answers"].calls) == ((4, 6), (8, 12))


def test_a_tag_has_the_share_of_conversations_and_a_mean_score(
    opened: Workspace, runs: tuple[Run, Run]
) -> None:
    grade = next(tag for tag in compared(opened, runs).tags if tag.source == "judge")
    scores = [tag.score for one in conversations_of(opened, runs[0].id) for tag in one.effective
              if tag.name == grade.name and tag.score is not None]  # fmt: skip
    assert grade.score[0] == pytest.approx(sum(scores) / len(scores))


def test_the_graphs_of_both_runs_are_compared(opened: Workspace, runs: tuple[Run, Run]) -> None:
    (part,) = compared(opened, runs).graphs.parts
    assert (part.name, part.fields[0].name) == ("ask", "prompt")


def test_records_of_both_runs_are_paired_page_by_page(
    opened: Workspace, runs: tuple[Run, Run]
) -> None:
    assert compared(opened, runs).pairs == 4
    pages = [pairs_of_runs(opened, runs[0].id, runs[1].id, offset=n, limit=3) for n in (0, 3)]
    indexes = [
        (pair.one.conversation.record_index, pair.other.conversation.record_index)
        for page in pages
        for pair in page
    ]
    assert indexes == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_a_pair_says_whether_both_came_from_the_same_seed(
    opened: Workspace, runs: tuple[Run, Run]
) -> None:
    with fake_server() as server:
        other = ran(opened, server, 1, PAIRS.replace("topic: rain", "topic: snow")).run
    (pair,) = pairs_of_runs(opened, runs[0].id, other.id)
    (alike, *_) = pairs_of_runs(opened, runs[0].id, runs[1].id)
    assert (pair.same_seed, alike.same_seed) == (False, True)


def test_a_run_compared_with_itself_changes_nothing(
    opened: Workspace, runs: tuple[Run, Run]
) -> None:
    same = compare_runs(opened, runs[0].id, runs[0].id)
    assert {figure.change for figure in same.figures} <= {0, None}
    assert same.graphs.is_empty


def test_a_run_that_is_not_there_is_not_found(opened: Workspace, runs: tuple[Run, Run]) -> None:
    with pytest.raises(NotFound, match="no run 'none'"):
        compare_runs(opened, runs[0].id, RunId("none"))
