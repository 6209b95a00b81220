"""Any graph: nodes fire as specified, and nothing hangs on who is first."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.engine.calls import answer_of
from grasp_ui.errors import RunHalted
from grasp_ui.llm.scripted import ScriptedModel
from grasp_ui.model.conversation import Conversation
from grasp_ui.model.event import CallEnded, NodeEnded, RecordEnded
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from tests.builders import Heard, graph, play
from tests.engine.drawn import WaveringModel, dialogues, graphs
from tests.engine.reference import Reference

ROWS = [{"n": number} for number in range(3)]
any_graph = st.one_of(graphs(), dialogues())


def requests(*runs: Heard) -> list[tuple[str, bytes, str]]:
    return sorted((c.key, c.request, c.reply) for heard in runs for c in heard.of(CallEnded))


def ends(*runs: Heard) -> list[Any]:
    """How every record ended, forks too, in an order of its own."""
    found = [end for heard in runs for end in heard.of(RecordEnded)]
    return sorted(((e.record_id, e.state, e.node, e.error_code, e.result) for e in found), key=str)


def nodes_ended(heard: Heard) -> list[tuple[str, str, int, str, str]]:
    found = heard.of(NodeEnded)
    return sorted((e.record_id, e.node, e.visit, e.state, str(e.detail)) for e in found)


def closing_after(calls: int) -> Callable[[], None]:
    left = iter(range(calls))

    def gate() -> None:
        if next(left, None) is None:
            raise RunHalted("No more.")

    return gate


def is_unique(things: Iterable[Any]) -> bool:
    return all(times == 1 for times in Counter(things).values())


def is_tree(found: Conversation) -> bool:
    """Parents come first, and of each siblings exactly one is active."""
    known: set[str | None] = {None}
    active = Counter[str | None]()
    for message in found.messages:
        if message.parent_id not in known:
            return False
        known.add(message.id)
        active[message.parent_id] += message.active
    return set(active.values()) <= {1}


@settings(max_examples=150, deadline=None)
@given(graphs() | graphs(ways_back=(3, 7)))
def test_nodes_fire_as_specified_and_every_record_ends_once(spec: GraphSpec) -> None:
    heard = play(spec, WaveringModel(), ROWS, concurrency=16)
    assert sorted(end.record_index for end in heard.of(RecordEnded)) == list(range(len(ROWS)))
    for index, row in enumerate(ROWS):
        found = [(e.node, e.state, e.visit) for e in heard.of(NodeEnded) if e.record_index == index]
        assert Counter(found) == Counter(Reference(spec, row).run())


@settings(max_examples=80, deadline=None)
@given(any_graph)
def test_the_same_seed_gives_the_same_at_any_concurrency(spec: GraphSpec) -> None:
    alone = play(spec, WaveringModel(), ROWS, concurrency=1)
    together = play(spec, WaveringModel(), ROWS, concurrency=16)
    assert requests(alone) == requests(together)
    assert ends(alone) == ends(together)
    assert nodes_ended(alone) == nodes_ended(together)


@settings(max_examples=60, deadline=None)
@given(any_graph)
def test_the_answers_of_a_run_give_its_results_again_without_a_call(spec: GraphSpec) -> None:
    first = play(spec, WaveringModel(), ROWS)
    silent = ScriptedModel([], name="wavering")
    answers = {call.key: answer_of(call) for call in first.of(CallEnded)}
    again = play(spec, silent, ROWS, answers=answers)
    assert silent.asked == []
    assert ends(again) == ends(first)


@settings(max_examples=60, deadline=None)
@given(any_graph, st.integers(0, 40))
def test_a_halted_run_that_is_resumed_equals_one_that_was_not(spec: GraphSpec, calls: int) -> None:
    whole = play(spec, WaveringModel(), ROWS)
    halted = play(spec, WaveringModel(), ROWS, gate=closing_after(calls), concurrency=16)
    answers = {call.key: answer_of(call) for call in halted.of(CallEnded)}
    over = {end.record_id for end in halted.of(RecordEnded)}
    rest = play(spec, WaveringModel(), ROWS, answers=answers, ended=over)
    assert len(halted.of(CallEnded)) == min(calls, len(whole.of(CallEnded)))
    assert requests(halted, rest) == requests(whole)
    assert ends(halted, rest) == ends(whole)


@settings(max_examples=80, deadline=None)
@given(dialogues())
def test_conversations_are_trees_and_every_id_is_given_out_once(spec: GraphSpec) -> None:
    heard = play(spec, WaveringModel(), ROWS)
    found = [result.conversation for result in heard.results]
    assert all(is_tree(one) for one in found)
    assert is_unique(message.id for one in found for message in one.messages)
    assert is_unique(call.key for call in heard.of(CallEnded))
    assert is_unique((e.record_id, e.node, e.visit) for e in heard.of(NodeEnded))
    assert is_unique(p.id for result in heard.results for p in result.preferences)


@settings(max_examples=80, deadline=None)
@given(dialogues())
def test_no_speaker_has_the_word_twice_in_a_row_in_any_thread(spec: GraphSpec) -> None:
    for result in play(spec, WaveringModel(), ROWS).results:
        for thread in result.conversation.threads():
            roles = [message.role for message in thread.messages]
            assert all(one != other for one, other in pairwise(roles))


def test_dialogues_with_chance_panels_and_judges_are_repeatable_too() -> None:
    fields: dict[str, dict[str, Any]] = {
        "mood": {"kind": "sampler", "writes": "mood", "options": {"calm": 2, "glad": 1, "sad": 3}},
        "ask": {"kind": "turn", "role": "user", "prompt": "{mood} {n}", "seeded": True},
        "answers": {"kind": "panel", "candidates": 3, "pick": "best", "seeded": True},
        "score": {"kind": "judge", "writes": "critique"},
        "side": {"kind": "judge", "question": "Is it {mood}?"},
        "end": {"kind": "turn", "role": "user"},
    }
    nodes = {name: NodeSpec(kind=f.pop("kind"), fields=f) for name, f in fields.items()}
    arrows = ["mood ask", "ask answers", "answers score", "score end", "ask side", "side end"]
    edges = tuple(EdgeSpec(source=a.split()[0], target=a.split()[1]) for a in arrows)
    spec = GraphSpec(models={"m": {"model": "local"}}, nodes=nodes, edges=edges)
    alone = play(spec, WaveringModel(), ROWS, concurrency=1)
    together = play(spec, WaveringModel(), ROWS, concurrency=32)
    assert len(alone.results) == len(ROWS)
    assert requests(alone) == requests(together)
    assert alone.results == together.results


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_a_graph_runs_inside_of_another_as_it_runs_by_itself(inner: GraphSpec) -> None:
    spec = graph("s -> after", nodes={"s": {"kind": "subgraph", "graph": "inner"}})
    heard = play(spec, WaveringModel(), ROWS, graphs={"inner": inner})
    for index, row in enumerate(ROWS):
        ends_of = [e for e in heard.of(NodeEnded) if e.record_index == index]
        found = [(e.node, e.state, e.visit) for e in ends_of]
        inside = Reference(inner, row).run()
        last = [("s", "done", 0), ("after", "done", 0)]
        assert Counter(found) == Counter([(f"s/{n}", s, v) for n, s, v in inside] + last)
        assert found[-2:] == last


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_every_element_of_a_list_passes_through_as_a_record_would(inner: GraphSpec) -> None:
    spec = graph("m", nodes={"m": {"kind": "map", "graph": "inner", "over": "all", "item": "n"}})
    rows = [{"all": [row["n"] for row in ROWS]}]
    heard = play(spec, WaveringModel(), rows, graphs={"inner": inner}, concurrency=16)
    found = [(e.node, e.state, e.visit) for e in heard.of(NodeEnded)]
    inside = [
        (f"m/{at}/{n}", s, v)
        for at, row in enumerate(ROWS)
        for n, s, v in Reference(inner, row).run()
    ]
    assert Counter(found) == Counter([*inside, ("m", "done", 0)])
