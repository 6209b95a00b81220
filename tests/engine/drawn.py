"""Random graphs: branches, joins, routers, dead paths, nested loops, dialogues."""

import asyncio
from hashlib import blake2b
from typing import Any

from hypothesis import strategies as st

from grasp_ui.engine.compile import compile_graph, problems_of
from grasp_ui.llm.port import Reply, Request, Watch
from grasp_ui.llm.scripted import Messages, ScriptedModel
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from tests.builders import surroundings

CONDITIONS = ("n < 1", "n < 2", "n > 0", "visit < 1", "visit > 0", "n > visit", "n < visit")
AROUND = surroundings("n")


class WaveringModel:
    """Answers by the request alone, each after another number of turns of the loop."""

    name = wire_name = "wavering"

    async def reply(self, request: Request, watch: Watch | None = None) -> Reply:
        drawn = blake2b(request.body, digest_size=4).digest()
        for _ in range(drawn[0] % 5):
            await asyncio.sleep(0)
        return await ScriptedModel(_answer, name="wavering").reply(request, watch)


def _answer(messages: Messages) -> str:
    text = str(messages)
    return "Yes" if "Yes or No" in text else blake2b(text.encode(), digest_size=4).hexdigest()


@st.composite
def graphs(draw: st.DrawFn, *, ways_back: tuple[int, int] = (0, 4)) -> GraphSpec:
    """Nodes that ask or choose; arrows forward, arrows back, conditions; all of it runs."""
    size = draw(st.integers(2, 7))
    kinds = [draw(st.sampled_from(("generate", "generate", "router"))) for _ in range(size)]
    spec = GraphSpec(
        models={"m": {"model": "local"}},
        nodes={f"n{at}": _node(f"n{at}", kind) for at, kind in enumerate(kinds)},
        output={"messages": [{"role": "user", "content": "{n}"}]},
    )
    spec = spec.model_copy(update={"edges": tuple(_forward(draw, spec, size))})
    for _ in range(draw(st.integers(*ways_back))):
        spec = _with_a_way_back(draw, spec, size)
    return _with_memory(draw, spec)


def _node(name: str, kind: str) -> NodeSpec:
    fields = {"prompt": f"{name} {{record}} {{n}} {{visit}}", "writes": name}
    return NodeSpec(kind=kind, fields=fields if kind == "generate" else {})


def _forward(draw: st.DrawFn, spec: GraphSpec, size: int) -> list[EdgeSpec]:
    """Arrows from earlier nodes to later ones; a router has one without a condition at most."""
    edges: list[EdgeSpec] = []
    for target in range(1, size):
        close = draw(st.integers(max(0, target - 2), target - 1))
        others = draw(st.sets(st.integers(0, target - 1), max_size=2))
        for source in sorted({close, *others} if draw(st.integers(0, 5)) else others):
            name = f"n{source}"
            is_only = any(e.source == name and e.when is None for e in edges)
            needs_one = spec.nodes[name].kind == "router" and is_only
            when = draw(st.sampled_from(CONDITIONS if needs_one else (None, None, *CONDITIONS)))
            edges.append(EdgeSpec(source=name, target=f"n{target}", when=when))
    return edges


def _with_a_way_back(draw: st.DrawFn, spec: GraphSpec, size: int) -> GraphSpec:
    """One arrow back more, where the graph still runs with it; often with an end of another."""
    tail = draw(st.integers(0, size - 1))
    head = draw(st.integers(0, tail))
    back = [(edge.source, edge.target) for edge in spec.edges if edge.max_visits]
    source, target = f"n{tail}", f"n{head}"
    shares_an_end = draw(st.booleans())
    if back and shares_an_end:
        source, target = draw(st.sampled_from([(source, back[-1][1]), (back[-1][0], target)]))
    edge = EdgeSpec(
        source=source,
        target=target,
        when=draw(st.sampled_from((*CONDITIONS, "n >= 0"))),
        max_visits=draw(st.integers(1, 2)),
    )
    return _if_right(spec, spec.model_copy(update={"edges": (*spec.edges, edge)}))


def _with_memory(draw: st.DrawFn, spec: GraphSpec) -> GraphSpec:
    """Some nodes in loops read what was written a round before."""
    for name, node in compile_graph(spec, AROUND).nodes.items():
        if node.carried and spec.nodes[name].kind == "generate":
            variable = draw(st.sampled_from(sorted(node.carried)))
            prompt = f"{spec.nodes[name].fields['prompt']} {{{variable}}}"
            spec = _if_right(spec, with_fields(spec, name, prompt=prompt))
    return spec


def with_fields(spec: GraphSpec, name: str, **fields: Any) -> GraphSpec:
    """The graph with other fields at one node."""
    node = spec.nodes[name]
    changed = node.model_copy(update={"fields": {**node.fields, **fields}})
    return spec.model_copy(update={"nodes": {**spec.nodes, name: changed}})


def _if_right(spec: GraphSpec, changed: GraphSpec) -> GraphSpec:
    return spec if problems_of(changed, AROUND) else changed


@st.composite
def dialogues(draw: st.DrawFn) -> GraphSpec:
    """A chain of turns, panels (some fork), judges and draws, with loops; all of it runs."""
    size = draw(st.integers(2, 6))
    nodes: dict[str, NodeSpec] = {}
    for at in range(size):
        nodes[f"n{at}"] = _speech(draw, sum(node.kind != "judge" for node in nodes.values()))
    edges = tuple(EdgeSpec(source=f"n{at}", target=f"n{at + 1}") for at in range(size - 1))
    spec = GraphSpec(models={"m": {"model": "local"}}, nodes=nodes, edges=edges)
    for _ in range(draw(st.integers(0, 3))):
        spec = _with_a_way_back(draw, spec, size)
    return spec


def _speech(draw: st.DrawFn, spoken: int) -> NodeSpec:
    """The first asks; those after it speak in turn, or judge."""
    role = "user" if spoken % 2 == 0 else "assistant"
    kind = draw(st.sampled_from(("turn", "turn", "panel", "judge"))) if spoken else "turn"
    if kind == "judge":
        return NodeSpec(kind=kind)
    fields: dict[str, Any] = {"role": role, "revises": draw(st.booleans()), "prompt": "{n} {visit}"}
    if kind == "panel":
        fields |= {"candidates": 2, "pick": draw(st.sampled_from(("first", "each")))}
    return NodeSpec(kind=kind, fields=fields)
