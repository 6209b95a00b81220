"""Any graph without loops: nodes fire as specified, and nothing hangs on who is first."""

import asyncio
from hashlib import blake2b
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from grasp_ui.llm.port import Reply, Request, Watch
from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.event import CallEnded, NodeEnded, RecordEnded
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from tests.builders import Heard, play

ROWS = [{"n": number} for number in range(6)]
Drawn = tuple[list[bool], list[tuple[int, int, int | None]]]


class WaveringModel:
    """Answers by the request alone, each after another number of turns of the loop."""

    name = wire_name = "wavering"

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        drawn = blake2b(request.body, digest_size=4).digest()
        for _ in range(drawn[0] % 7):
            await asyncio.sleep(0)
        return await ScriptedModel(_answer, name="wavering").reply(request, watch)


def _answer(messages: Messages) -> str:
    text = str(messages)
    return "Yes" if "Yes or No" in text else blake2b(text.encode(), digest_size=4).hexdigest()


@st.composite
def graphs(draw: st.DrawFn) -> GraphSpec:
    """Nodes that ask or choose, arrows forward between them, some with conditions on the seed."""
    size = draw(st.integers(1, 8))
    choosing = [draw(st.integers(0, 3)) == 0 for _ in range(size)]
    names = [f"n{number}" for number in range(size)]
    pairs = [(a, b) for b in range(size) for a in range(b)]
    arrows = [pair for pair in pairs if draw(st.integers(0, 2)) == 0]
    limits = [draw(st.none() | st.integers(0, 6)) for _ in arrows]
    edges = [_arrow(names, pair, limit) for pair, limit in zip(arrows, limits, strict=True)]
    for name, is_choosing in zip(names, choosing, strict=True):
        if is_choosing:
            edges = _with_one_otherwise(edges, name)
    nodes = {n: _node(n, c, edges) for n, c in zip(names, choosing, strict=True)}
    output = {"messages": [{"role": "user", "content": "{n}"}]}
    return GraphSpec(
        models={"m": {"model": "local"}}, nodes=nodes, edges=tuple(edges), output=output
    )


def _arrow(names: list[str], pair: tuple[int, int], limit: int | None) -> EdgeSpec:
    when = None if limit is None else f"n < {limit}"
    return EdgeSpec(source=names[pair[0]], target=names[pair[1]], when=when)


def _with_one_otherwise(edges: list[EdgeSpec], chooser: str) -> list[EdgeSpec]:
    plain = [edge for edge in edges if edge.source == chooser and edge.when is None]
    extra = {edge.name for edge in plain[1:]}
    return [e.model_copy(update={"when": "n > 3"}) if e.name in extra else e for e in edges]


def _node(name: str, is_choosing: bool, edges: list[EdgeSpec]) -> NodeSpec:
    if is_choosing:
        return NodeSpec(kind="router")
    before = [edge.source for edge in edges if edge.target == name]
    prompt = f"{name} of {{record}} with {{n}} after {' '.join(before)}"
    return NodeSpec(kind="generate", fields={"prompt": prompt, "writes": name})


def expected_states(spec: GraphSpec, row: dict[str, Any]) -> dict[str, str]:
    """The specification, node by node in order: no tasks, no counters."""
    state: dict[str, str] = {}
    taken: set[str] = set()
    for name in spec.nodes:
        arriving = [edge.name for edge in spec.edges if edge.target == name]
        fires = not arriving or any(edge in taken for edge in arriving)
        state[name] = "done" if fires else "skipped"
        if fires:
            taken |= _taken(spec, name, row)
    return state


def _taken(spec: GraphSpec, name: str, row: dict[str, Any]) -> set[str]:
    out = [edge for edge in spec.edges if edge.source == name]
    held = [edge.name for edge in out if edge.when and _holds(edge.when, row["n"])]
    plain = [edge.name for edge in out if edge.when is None]
    if spec.nodes[name].kind == "router":
        return set(held[:1] or plain[:1])
    return {*held, *plain}


def _holds(when: str, number: int) -> bool:
    _, sign, limit = when.split()
    return number < int(limit) if sign == "<" else number > int(limit)


def requests(heard: Heard) -> list[tuple[str, bytes, str]]:
    return sorted((call.key, call.request, call.reply) for call in heard.of(CallEnded))


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_nodes_fire_as_specified_and_every_record_ends(spec: GraphSpec) -> None:
    heard = play(spec, WaveringModel(), ROWS, concurrency=32)
    assert sorted(end.record_index for end in heard.of(RecordEnded)) == list(range(len(ROWS)))
    for index, row in enumerate(ROWS):
        ends = [(e.node, e.state) for e in heard.of(NodeEnded) if e.record_index == index]
        assert len(ends) == len(spec.nodes)
        assert dict(ends) == expected_states(spec, row)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_the_same_seed_gives_the_same_at_any_concurrency(spec: GraphSpec) -> None:
    alone = play(spec, WaveringModel(), ROWS, concurrency=1)
    together = play(spec, WaveringModel(), ROWS, concurrency=32)
    assert requests(alone) == requests(together)
    assert alone.results == together.results


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
