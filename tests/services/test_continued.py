"""New runs that use the answers of earlier ones: only what is missing is asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from grasp_ui.errors import NotFound
from grasp_ui.model.run import Ceilings, Recall
from grasp_ui.model.value import RunId
from grasp_ui.services import runs
from grasp_ui.services.graph_file import read_graph
from grasp_ui.services.runs import Changes, RunView
from grasp_ui.services.workspace import Workspace
from tests.fake_server import FakeServer, fake_server
from tests.services.rooms import PAIRS, found, over, ran, request, texts_of, workspace

RECORDS = 6
OTHER = PAIRS.replace('prompt: "Ask about', 'prompt: "Wonder about')
JUDGED = PAIRS.replace("rubric: helpfulness", "rubric: answers_question")
SAME = PAIRS.replace(", number {record}", "").replace(
    "rows: [{topic: rain}, {topic: bread}, {topic: music}]", "rows: [{topic: rain}]"
)


def after(server: FakeServer) -> int:
    """How many calls were asked so far; they are forgotten."""
    asked = len(server.asked)
    server.asked.clear()
    return asked


def sources(opened: Workspace, view: RunView, node: str) -> Counter[str]:
    """Whose replies a node had: its own calls, or which."""
    events = runs.node_trace(opened, view.run.id, node)
    return Counter(
        event["detail"]["source"] if event["kind"] == "call_replayed" else "asked"
        for event in events
        if event["kind"].startswith("call_")
    )


def go_on(opened: Workspace, run_id: RunId, text: str) -> RunView:
    """A run of `text` that continues another."""
    return over(opened, opened.runner.start(runs.continued(opened, run_id, read_graph(text))))


def test_a_continued_run_of_the_same_graph_asks_nothing(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, RECORDS)
        after(server)
        second = go_on(opened, first.run.id, PAIRS)
        assert (after(server), second.replayed, second.run.calls) == (0, 5 * RECORDS, 0)
        assert second.run.continues == first.run.id
        assert second.nodes["ask"].state == "cached"
        assert texts_of(opened, second.run.id) == texts_of(opened, first.run.id)


@pytest.mark.parametrize(("text", "asked"), [(OTHER, 5 * RECORDS), (JUDGED, 2 * RECORDS)])
def test_with_a_changed_node_only_what_depends_on_it_is_asked(
    text: str, asked: int, tmp_path: Path
) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, RECORDS)
        after(server)
        view = go_on(opened, first.run.id, text)
        assert (view.run.done, after(server)) == (RECORDS, asked)


def test_running_from_a_node_replays_what_is_before_and_asks_the_rest(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, RECORDS)
        after(server)
        view = over(opened, runs.run_from(opened, first.run.id, "answers"))
        assert (view.run.done, after(server)) == (RECORDS, 4 * RECORDS)
        assert sources(opened, view, "ask") == {"run": RECORDS}
        assert sources(opened, view, "grade") == {"asked": 2 * RECORDS}


def test_a_run_from_a_node_that_was_halted_pays_no_call_twice(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, RECORDS)
        after(server)
        recall = Recall(continues=first.run.id, anew=("grade",))
        wish = replace(request(server, RECORDS), recall=recall, ceilings=Ceilings(calls=5))
        second = over(opened, opened.runner.start(wish))
        third = runs.resume(opened, second.run.id, Changes(ceilings=Ceilings()))
        assert (second.state, over(opened, third).state) == ("halted", "done")
        assert after(server) == 2 * RECORDS


def test_running_from_a_node_that_is_not_there_says_which_there_are(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        run_id = ran(opened, server, 1).run.id
        with pytest.raises(NotFound, match="It has: ask, answers, grade"):
            runs.run_from(opened, run_id, "nowhere")


def test_one_record_is_made_again_and_paid_anew(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, RECORDS)
        after(server)
        view = over(opened, runs.rerun_record(opened, first.run.id, 4))
        assert (view.run.done, view.run.settings.records, after(server)) == (1, 1, 5)
        assert texts_of(opened, view.run.id) == texts_of(opened, first.run.id)[4:5]


def test_one_record_is_made_again_with_another_judge_for_its_price_alone(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, RECORDS)
        after(server)
        spec = read_graph(JUDGED)
        view = over(opened, runs.rerun_record(opened, first.run.id, 4, spec=spec))
        assert (view.run.done, after(server)) == (1, 2)


def test_a_pinned_reply_stands_in_for_one_record(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, RECORDS)
        pin = runs.pin_of(opened, first.run.id, "ask", 2)
        after(server)
        wish = replace(request(server, RECORDS), recall=Recall(pins=(pin,)))
        view = over(opened, opened.runner.start(wish))
        assert after(server) == 5 * RECORDS - 1
        assert sources(opened, view, "ask") == {"pin": 1, "asked": RECORDS - 1}


def test_a_pin_for_everything_is_what_every_record_reads_on_from(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, RECORDS)
        pin = runs.pin_of(opened, first.run.id, "ask", 2, everywhere=True)
        wish = replace(request(server, 3), recall=Recall(pins=(pin,)))
        view = over(opened, opened.runner.start(wish))
        assert {said[0] for _, said in texts_of(opened, view.run.id)} == {pin.reply}


def test_a_pinned_judgement_keeps_its_probabilities(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, 1)
        pins = tuple(
            runs.pin_of(opened, first.run.id, "grade", 0, candidate=number) for number in (0, 1)
        )
        wish = replace(request(server, 1), recall=Recall(pins=pins))
        view = over(opened, opened.runner.start(wish))
        grades = [found(opened, run)[0].conversation.variables["grade"]
                  for run in (first.run.id, view.run.id)]  # fmt: skip
        assert grades[0] == grades[1]


def test_a_pin_of_a_reply_that_is_not_there_says_so(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        run_id = ran(opened, server, 1).run.id
        with pytest.raises(NotFound, match="no reply of node 'ask' for record 7"):
            runs.pin_of(opened, run_id, "ask", 7)


def test_without_the_cache_an_equal_run_is_paid_again(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, RECORDS)
        after(server)
        ran(opened, server, RECORDS)
        assert after(server) == 5 * RECORDS


def test_with_the_cache_any_earlier_run_answers_the_same_request(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        first = ran(opened, server, RECORDS)
        after(server)
        view = cached(opened, server, RECORDS)
        assert (view.run.done, after(server), view.replayed) == (RECORDS, 0, 5 * RECORDS)
        assert texts_of(opened, view.run.id) == texts_of(opened, first.run.id)


def test_the_cache_gives_each_answer_once_so_that_samples_stay_samples(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, 2, SAME)
        after(server)
        view = cached(opened, server, 5, SAME)
        assert sources(opened, view, "ask") == {"cache": 2, "asked": 3}


def test_a_cached_run_that_was_halted_takes_no_answer_twice(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, 2, SAME)
        after(server)
        second = cached(opened, server, 5, SAME, ceilings=Ceilings(calls=3))
        third = runs.resume(opened, second.run.id, Changes(ceilings=Ceilings()))
        view = over(opened, third)
        assert (second.state, view.state) == ("halted", "done")
        assert max(taken(opened, view).values()) == 1


def test_the_cache_keeps_models_apart(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, 2)
        after(server)
        view = cached(opened, server, 2, PAIRS.replace("model: fake-two", "model: fake-three"))
        assert sources(opened, view, "answers") == {"cache": 2, "asked": 2}


def cached(
    opened: Workspace,
    server: FakeServer,
    records: int,
    text: str = PAIRS,
    *,
    ceilings: Ceilings | None = None,
) -> RunView:
    """A run that may use every answer of the store."""
    wish = replace(request(server, records, text), recall=Recall(cache=True))
    wish = replace(wish, ceilings=ceilings or Ceilings())
    return over(opened, opened.runner.start(wish))


def taken(opened: Workspace, view: RunView) -> Counter[int]:
    """How often each stored answer was taken, by its number."""
    events: Iterable[dict[str, dict[str, int]]] = (
        event
        for node in view.nodes
        for event in runs.node_trace(opened, view.run.id, node)
        if event["kind"] == "call_replayed"
    )
    return Counter(event["detail"]["seq"] for event in events)
