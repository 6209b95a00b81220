"""When nodes fire: joins, conditions, routers, skipping."""

from typing import Any

from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.event import ArrowsTaken, NodeEnded, NodeStarted, RecordEnded
from grasp_ui.model.graph import GraphSpec
from tests.builders import Heard, graph, play

ROUTER: dict[str, Any] = {"kind": "router"}
WRITER: dict[str, Any] = {"kind": "generate", "prompt": "Write.", "writes": "a"}


def states(spec: GraphSpec, **row: Any) -> dict[str, str]:
    """How each node ended for one record."""
    return ended(play(spec, ScriptedModel(["x"]), [row]))


def ended(heard: Heard) -> dict[str, str]:
    return {event.node: event.state for event in heard.of(NodeEnded)}


def test_a_join_waits_for_both_branches() -> None:
    heard = play(graph("a -> b1 -> b2 -> d", "a -> c -> d"), ScriptedModel(["x"]))
    started = [tick.node for tick in heard.ticks if isinstance(tick, NodeStarted)]
    assert sorted(started) == ["a", "b1", "b2", "c", "d"]
    assert started[-1] == "d"


def test_a_node_fires_once_however_many_arrows_were_taken() -> None:
    heard = play(graph("a -> d", "b -> d", "c -> d"), ScriptedModel(["x"]))
    assert [event.node for event in heard.of(NodeEnded)].count("d") == 1


def test_a_join_fires_when_one_of_its_arrows_was_taken() -> None:
    spec = graph("a -> b if n > 5", "a -> c", "b -> d", "c -> d")
    assert states(spec, n=1) == {"a": "done", "b": "skipped", "c": "done", "d": "done"}


def test_a_node_is_skipped_when_no_arrow_to_it_was_taken_and_so_is_what_follows() -> None:
    spec = graph("a -> b if n > 5", "b -> c -> d")
    assert states(spec, n=1) == {"a": "done", "b": "skipped", "c": "skipped", "d": "skipped"}


def test_all_conditional_arrows_that_hold_are_taken() -> None:
    spec = graph("a -> b if n > 1", "a -> c if n > 2", "a -> d if n > 3")
    assert states(spec, n=3) == {"a": "done", "b": "done", "c": "done", "d": "skipped"}


def test_a_router_takes_the_first_arrow_that_holds() -> None:
    spec = graph("r -> b if n > 1", "r -> c if n > 0", "r -> d", nodes={"r": ROUTER})
    assert states(spec, n=2) == {"r": "done", "b": "done", "c": "skipped", "d": "skipped"}


def test_a_router_takes_the_arrow_without_a_condition_when_no_other_holds() -> None:
    spec = graph("r -> d", "r -> b if n > 1", nodes={"r": ROUTER})
    assert states(spec, n=2)["b"] == "done"
    assert states(spec, n=0) == {"r": "done", "b": "skipped", "d": "done"}


def test_a_branch_ends_where_no_arrow_is_taken() -> None:
    heard = play(graph("a -> b if n > 1"), ScriptedModel(["x"]), [{"n": 0}])
    assert ended(heard) == {"a": "done", "b": "skipped"}
    assert heard.of(RecordEnded)[0].state == "done"


def test_none_in_a_comparison_is_noted_in_the_trace() -> None:
    heard = play(graph("a -> b if n > 1"), ScriptedModel(["x"]), [{"n": None}])
    [note] = heard.of(NodeEnded)[0].detail["notes"]
    assert note == "a -> b: 'n' has no value, so the comparison is false."


def test_a_disabled_node_passes_records_on_unchanged() -> None:
    nodes = {"b": {"kind": "sampler", "writes": "b", "disabled": True}}
    heard = play(graph("a -> b -> c", nodes=nodes), ScriptedModel(["x"]))
    assert ended(heard) == {"a": "done", "b": "skipped", "c": "done"}
    assert heard.results[0].conversation.variables == {"a": "a", "c": "c"}


def test_the_arrows_that_were_taken_are_told() -> None:
    spec = graph("a -> b if n > 5", "a -> c")
    heard = play(spec, ScriptedModel(["x"]), [{"n": 1}])
    assert ArrowsTaken(0, "a", ("a -> c",)) in heard.ticks
    assert heard.of(NodeEnded)[0].detail["taken"] == ["a -> c"]


def test_what_a_node_wrote_stands_in_its_end() -> None:
    heard = play(graph("a -> b"), ScriptedModel(["x"]))
    assert [event.detail for event in heard.of(NodeEnded)] == [
        {"variables": {"a": "a"}},
        {"variables": {"b": "b"}},
    ]


def test_a_large_run_keeps_the_beginning_of_long_texts_alone() -> None:
    heard = play(graph("a -> b", nodes={"a": WRITER}), ScriptedModel(["x" * 300]), records=201)
    assert heard.of(NodeEnded)[0].detail == {"variables": {"a": "x" * 240}, "cut": {"a": 300}}
    assert heard.results[0].conversation.variables["a"] == "x" * 300


def test_single_records_of_a_large_run_keep_long_texts_whole() -> None:
    spec = graph("a -> b", nodes={"a": WRITER})
    heard = play(spec, ScriptedModel(["x" * 300]), records=201, only=(0,))
    assert heard.of(NodeEnded)[0].detail == {"variables": {"a": "x" * 300}}


def test_a_judge_beside_a_growing_dialogue_scores_what_its_branch_saw() -> None:
    nodes: dict[str, Any] = {
        "ask": {"kind": "turn", "role": "user"},
        "answer": {"kind": "turn", "role": "assistant"},
        "wait": {"kind": "generate", "prompt": "wait"},
        "score": {"kind": "judge"},
    }
    spec = graph("ask -> answer", "ask -> wait -> score", nodes=nodes)
    model = ScriptedModel(lambda messages: "Yes" if "Yes or No" in str(messages) else "said")
    [result] = play(spec, model).results
    assert result.tags[0].target.id == result.conversation.messages[0].id


def test_a_join_goes_on_from_the_branch_that_spoke() -> None:
    nodes: dict[str, Any] = {n: {"kind": "turn", "role": "user"} for n in "ac"}
    nodes["b"] = {"kind": "turn", "role": "assistant"}
    spec = graph("a -> b -> c", "a -> s -> c", nodes=nodes)
    [result] = play(spec, ScriptedModel(["x"])).results
    thread = result.conversation.active_thread()
    assert thread is not None
    assert [one.role for one in thread.messages] == ["user", "assistant", "user"]
