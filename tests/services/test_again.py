"""One record once more with another prompt."""

from pathlib import Path

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.services import again, runs, traces
from tests.fake_server import fake_server
from tests.services.rooms import over, ran, workspace


def test_an_edited_prompt_asks_its_node_and_what_follows_of_one_record(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, 3)
        server.asked.clear()
        fields = {"prompt": "Answer in verse."}
        view = over(opened, again.rerun_edited(opened, first.run.id, 1, "answers", fields))
        asked = [body["messages"][-1]["content"] for body in server.asked]
        assert (view.run.done, len(asked)) == (1, 2 + 2)
        assert sum("Answer in verse." in text for text in asked) == 2


def test_before_and_after_stand_beside_each_other_for_what_was_asked_anew(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, 2).run.id
        fields = {"prompt": "Ask about snow instead."}
        second = over(opened, again.rerun_edited(opened, first, 0, "ask", fields)).run.id
        record = traces.samples_at(opened, second, "ask")[0].record_id
        pairs = again.reply_pairs(opened, first, second, record)
        assert [pair.node for pair in pairs] == ["ask", "answers", "answers", "grade", "grade"]
        assert pairs[0].before
        assert pairs[0].after
        assert pairs[0].before.reply != pairs[0].after.reply


def test_what_was_replayed_is_not_among_the_pairs(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, 1).run.id
        second = over(opened, again.rerun_edited(opened, first, 0, "grade", {})).run.id
        record = traces.samples_at(opened, second, "ask")[0].record_id
        pairs = again.reply_pairs(opened, first, second, record)
        assert {pair.node for pair in pairs} == {"grade"}


def test_an_edit_of_a_node_that_did_not_run_is_refused(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, 1).run.id
        with pytest.raises(NotFound, match="no node 'nowhere'"):
            again.rerun_edited(opened, first, 0, "nowhere", {"prompt": "x"})


def test_running_from_here_sends_nothing_of_a_node_before(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, 3).run.id
        server.asked.clear()
        over(opened, runs.run_from(opened, first, "answers", records=[2]))
        said = [body["messages"][-1]["content"] for body in server.asked]
        assert len(said) == 4
        assert not any(text.startswith("Ask about") for text in said)
