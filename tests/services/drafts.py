"""Drafting without a network: a scripted model, and drafts that are right or faulty."""

import asyncio
import json
from collections.abc import Iterable

from grasp_ui.engine.compile import problems_of
from grasp_ui.llm.port import Reply, Request
from grasp_ui.llm.scripted import Line, ScriptedModel
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.services.draft_prompt import Wanted
from grasp_ui.services.drafting import Asker, Draft, drafted
from tests.builders import surroundings

WANTED = Wanted("A user asks about tea, and an assistant answers.", "local", ("local",))


def draft_text(*, speaker: str = "turn", model: str = "local", title: str = "Tea") -> str:
    """A draft as a model would write it: one question, one answer."""
    return json.dumps(
        {
            "grasp": 1,
            "title": title,
            "models": {"writer": {"model": model}},
            "nodes": {
                "ask": {"kind": speaker, "role": "user", "prompt": "Ask about tea."},
                "answer": {"kind": "turn", "role": "assistant"},
            },
            "edges": ["ask -> answer"],
        }
    )


RIGHT = draft_text()
FAULTY = draft_text(speaker="trun")
WORSE = draft_text(speaker="trun", model="nowhere")


def check(spec: GraphSpec) -> tuple[Problem, ...]:
    """The compiler's word, where Settings know the model `local` alone."""
    return problems_of(spec, surroundings())


def draft_from(lines: Iterable[Line]) -> tuple[Draft, ScriptedModel]:
    """What comes of a model that answers with `lines`, and the model, which was asked."""
    model = ScriptedModel(lines)

    def ask(request: Request) -> Reply:
        return asyncio.run(model.reply(request))

    return drafted(WANTED, Asker(ask, "scripted"), check), model
