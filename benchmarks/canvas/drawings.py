"""Graphs to measure with: dialogues of rounds, each of ten nodes, as people draw them.

A round draws a mood, takes one of two ways, asks, answers, judges, and answers anew with a hint
where the judge is not content. Texts are some sentences long and differ by the seed.
"""

from random import Random
from typing import Any

from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec

ROUND = 10
"""Nodes in a round."""
ACROSS = 5
"""Rounds side by side; the next ones stand below."""
STEP_X, STEP_Y = 300, 260
PLACES = {
    "mood": (0, 1), "way": (1, 1), "calm": (2, 0), "cross": (2, 2), "ask": (3, 1),
    "answer": (4, 1), "critique": (5, 1), "hint": (5, 2), "advice": (4, 2), "kept": (6, 1),
}  # fmt: skip
SENTENCES = (
    "Keep to what was said before, and do not repeat it.",
    "Ask for one thing at a time, as somebody would who is in a hurry.",
    "Name a place, a price or a day, so that the answer can be checked.",
    "Use plain words; a child of twelve should follow.",
    "Where something is not known, say so and ask for it.",
    "Write three sentences at most, and none of them a list.",
    "Do not thank, do not apologise, and begin with the matter itself.",
    "Think of what the other wants to know next, and leave room for it.",
)


def drawing(nodes: int, seed: int = 4) -> GraphSpec:
    """A graph of `nodes` nodes that compiles; `nodes` is a multiple of ten.

    Example:
        >>> len(drawing(50).nodes), drawing(50) == drawing(50)
        (50, True)
    """
    chance = Random(seed)
    rounds = range(nodes // ROUND)
    parts = {f"{name}_{at}": node for at in rounds for name, node in _round(at, chance).items()}
    return GraphSpec(
        title=f"A dialogue of {nodes} nodes",
        models={"writer": {"model": "local"}, "judge": {"model": "local"}},
        seeds={"kind": "inline", "rows": [{"topic": "a slow laptop"}, {"topic": "tomatoes"}]},
        nodes=parts,
        edges=tuple(edge for at in rounds for edge in _arrows(at)),
        tagging="none",
        layout={f"{name}_{at}": _place(name, at) for at in rounds for name in PLACES},
    )


def last_of(nodes: int) -> str:
    """The name of the node that is drawn last."""
    return f"kept_{nodes // ROUND - 1}"


def _round(at: int, chance: Random) -> dict[str, NodeSpec]:
    def some(count: int) -> str:
        return " ".join(chance.sample(SENTENCES, count))

    def turn(role: str, **fields: Any) -> NodeSpec:
        return NodeSpec(kind="turn", fields={"role": role, "model": "writer", **fields})

    hints = chance.sample(SENTENCES, 3)
    moods = {"curious": 3, "annoyed": chance.randint(1, 3)}
    return {
        "mood": NodeSpec(kind="sampler", fields={"writes": f"mood_{at}", "options": moods}),
        "way": NodeSpec(kind="router"),
        "calm": _text(f"task_{at}", f"Ask about {{topic}}. {some(2)}"),
        "cross": _text(f"task_{at}", f"Complain about {{topic}}. {some(2)}"),
        "ask": turn("user", persona=some(2), prompt=f"{{task_{at}}} {some(1)}"),
        "answer": turn("assistant", persona=some(3), prompt=some(2), revises=True),
        "critique": NodeSpec(
            kind="judge",
            fields={"rubric": "answers_question", "model": "judge", "writes": f"critique_{at}"},
        ),
        "hint": NodeSpec(kind="sampler", fields={"writes": f"hint_{at}", "options": hints}),
        "advice": _text(f"advice_{at}", f"{{hint_{at}}} {some(1)}"),
        "kept": NodeSpec(kind="increment", fields={"writes": f"kept_{at}"}),
    }


def _text(writes: str, text: str) -> NodeSpec:
    return NodeSpec(kind="template", fields={"writes": writes, "text": text})


def _arrows(at: int) -> list[EdgeSpec]:
    def arrow(source: str, target: str, when: str | None = None, most: int | None = None) -> Any:
        ends = {"source": f"{source}_{at}", "target": f"{target}_{at}"}
        return EdgeSpec(**ends, when=when, max_visits=most)

    bad = f"critique_{at}.score < 0.3"
    before = [EdgeSpec(source=f"kept_{at - 1}", target=f"mood_{at}")] if at else []
    return [
        *before,
        arrow("mood", "way"),
        arrow("way", "cross", f"mood_{at} == 'annoyed'"),
        arrow("way", "calm"),
        arrow("calm", "ask"),
        arrow("cross", "ask"),
        arrow("ask", "answer"),
        arrow("answer", "critique"),
        arrow("critique", "kept"),
        arrow("critique", "hint", bad),
        arrow("hint", "advice"),
        arrow("advice", "answer", bad, 2),
    ]


def _place(name: str, at: int) -> tuple[float, float]:
    x, y = PLACES[name]
    row, column = divmod(at, ACROSS)
    return ((x + column * 7.5) * STEP_X, (y + row * 3.5) * STEP_Y)
