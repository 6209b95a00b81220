"""Two runs compared on the Run page, and the way to the graph that a run used."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.model.value import RunId
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.run_compare import VIEWS
from tests.fake_server import FakeServer
from tests.services.rooms import PAIRS, ran
from tests.ui.conftest import Show, words

Compared = Callable[[str], AppTest]


@pytest.fixture
def both(opened: Workspace, server: FakeServer) -> tuple[RunId, RunId]:
    brief = PAIRS.replace("Ask about", "Ask briefly about")
    return ran(opened, server, 2).run.id, ran(opened, server, 3, brief).run.id


@pytest.fixture
def compared(show: Show, both: tuple[RunId, RunId]) -> Compared:
    def shown(view: str) -> AppTest:
        page = show("run", run=both[0], against=both[1])
        page.button_group(key="run.compare.view").set_value(view).run()
        assert not page.exception
        return page

    return shown


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_a_comparison_opens(compared: Compared, view: str) -> None:
    assert compared(view).query_params["against"]


def test_figures_stand_side_by_side_with_their_difference(compared: Compared) -> None:
    table = next(frame.value for frame in compared("Figures").dataframe if "B − A" in frame.value)
    done = table.set_index("Figure").loc["Records done"]
    assert list(done) == ["2", "3", "+1"]


def test_each_record_of_both_runs_is_shown(compared: Compared) -> None:
    text = words(compared("Conversations"))
    assert ("**Record 0**" in text, "**Record 1**" in text, "**Record 2**" in text) == (
        True,
        True,
        False,
    )


def test_each_conversation_of_a_pair_has_its_verdict_score_and_tags(compared: Compared) -> None:
    page = compared("Conversations")
    lines = [text.value for text in page.markdown if re.match(r"\*\*[AB]\*\* :", text.value)]
    assert len(lines) == 4
    for line in lines:
        assert re.search(r"kept\] score \d\.\d\d .*helpfulness \d\.\d\d", line)


def test_scores_of_tags_stand_side_by_side_with_their_difference(compared: Compared) -> None:
    table = next(f.value for f in compared("Tags").dataframe if "Score B − A" in f.value)
    row = dict(table.set_index("Tag").loc["helpfulness"])
    change = float(row["Mean score B"]) - float(row["Mean score A"])
    said = float(row["Score B − A"].replace("−", "-"))
    assert said == pytest.approx(change, abs=0.011)


def test_the_changed_prompt_is_named(compared: Compared) -> None:
    assert "changed] Node **ask**" in words(compared("Graph"))


def test_a_run_leads_to_the_graph_that_it_used(
    show: Show, opened: Workspace, both: tuple[RunId, RunId]
) -> None:
    (opened.home / "graphs" / "pairs.yaml").write_text(PAIRS, encoding="utf-8")
    page = show("run", run=both[1])
    page.button(key="run.version").click().run()
    assert not page.exception
    assert page.query_params["version"] == f"run.{both[1]}"
    assert "changed] Node **ask**" in words(page)
