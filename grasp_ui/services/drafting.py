"""Describe-to-graph: a sentence becomes a draft, mended in at most three rounds."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from grasp_ui.errors import GraspError, NotFound
from grasp_ui.llm.port import BadRequest, CallFailure, Reply, Request
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.services.draft_answer import graph_in
from grasp_ui.services.draft_prompt import Messages, Wanted, first_messages, next_messages
from grasp_ui.services.draft_schema import draft_schema
from grasp_ui.services.graphs import problems_of_graph
from grasp_ui.services.pricing import is_priced
from grasp_ui.services.settings import ModelSettings, Settings
from grasp_ui.services.workspace import Workspace

MOST_ROUNDS = 3
MOST_TOKENS = 4000
CALL_SECONDS = 240.0
TOO_SMALL = (
    "The built-in model is too small to draft graphs: it holds 2,048 tokens, and the description "
    "of the format alone is longer. Name an endpoint or a provider's model in Settings."
)
Ask = Callable[[Request], Reply]
Check = Callable[[GraphSpec], tuple[Problem, ...]]
Heard = Callable[["Round"], None]


class CannotDraft(GraspError):
    """There is nothing to draft from, or no model that could."""


@dataclass(frozen=True, slots=True)
class Round:
    """One answer of the model: the graph in it, if any, and what is wrong with that."""

    number: int
    answer: str
    spec: GraphSpec | None
    problems: tuple[Problem, ...]
    tokens: int
    cost_usd: float

    @property
    def errors(self) -> int:
        """How many problems keep the graph from running."""
        return sum(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Draft:
    """What came of a description: the best of its rounds, and what all of them cost.

    `cost_usd` is None where the model's price is not known. `failure` says why a later round
    could not be asked.
    """

    sentence: str
    model: str
    rounds: tuple[Round, ...]
    cost_usd: float | None = None
    failure: str = ""

    @property
    def best(self) -> Round:
        """The round with a graph and the fewest errors; of equals the last."""
        return min(self.rounds, key=lambda one: (one.spec is None, one.errors, -one.number))

    @property
    def spec(self) -> GraphSpec | None:
        """The draft graph; None where no answer held one."""
        return self.best.spec

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is still wrong with it."""
        return self.best.problems

    @property
    def is_ready(self) -> bool:
        """Whether it would run as it is."""
        return self.spec is not None and self.best.errors == 0

    @property
    def tokens(self) -> int:
        """What was sent and written in all rounds, in tokens."""
        return sum(one.tokens for one in self.rounds)


def drafting_models(settings: Settings) -> list[ModelSettings]:
    """The models that may draft: all but the built-in one, which is too small."""
    return [model for model in settings.models if model.kind != "builtin"]


def draft_graph(
    workspace: Workspace,
    sentence: str,
    name: str,
    *,
    folder: Path | None = None,
    on_round: Heard | None = None,
) -> Draft:
    """Let the model `name` draft what `sentence` describes, in three rounds at most.

    `folder` is where the graph will stand; `on_round` hears of each round, in this thread.

    Raises:
        NotFound: Settings have no such model.
        CannotDraft: the sentence is empty, or the model is the built-in one.
        GraspError: the first answer could not be had.
    """
    settings = _settings(workspace, name)
    models = tuple(model.name for model in drafting_models(workspace.settings))
    wanted = Wanted(sentence, name, models)

    def ask(request: Request) -> Reply:
        return workspace.runner.call(_asked(workspace, settings, request))

    def check(spec: GraphSpec) -> tuple[Problem, ...]:
        return problems_of_graph(workspace, spec, folder)

    asker = Asker(ask, settings.wire_name or settings.name)
    return drafted(wanted, asker, check, is_priced=is_priced(settings), on_round=on_round)


def drafted(
    wanted: Wanted,
    asker: "Asker",
    check: Check,
    *,
    is_priced: bool = True,
    on_round: Heard | None = None,
) -> Draft:
    """The draft after as many rounds as it needs, three at most.

    Raises:
        CannotDraft: the description is empty.
        CallFailure: the first answer could not be had; later failures are told in the draft.
    """
    if not wanted.sentence.strip():
        raise CannotDraft("There is no description. Say in a sentence what the graph should do.")
    rounds: list[Round] = []
    failure, messages = "", first_messages(wanted)
    while len(rounds) < MOST_ROUNDS and not (rounds and _is_right(rounds[-1])):
        try:
            reply = asker.reply(messages)
        except CallFailure as error:
            if not rounds:
                raise
            failure = str(error)
            break
        rounds.append(_round(len(rounds) + 1, reply, check))
        if on_round is not None:
            on_round(rounds[-1])
        messages = next_messages(wanted, reply.text, rounds[-1].problems)
    spent = sum(one.cost_usd for one in rounds)
    cost = spent if spent or is_priced else None
    return Draft(wanted.sentence, wanted.model, tuple(rounds), cost, failure)


class Asker:
    """Asks bound to the schema; without it once an endpoint has refused that."""

    def __init__(self, ask: Ask, wire_name: str) -> None:
        self._ask = ask
        self._wire_name = wire_name
        self._is_bound = True

    def reply(self, messages: Messages) -> Reply:
        """The model's answer to `messages`.

        Raises:
            CallFailure: there is none.
        """
        if self._is_bound:
            try:
                return self._ask(self._request(messages))
            except BadRequest:
                # Many endpoints take no schema, or none with free names; the prompt says it too.
                self._is_bound = False
        return self._ask(self._request(messages))

    def _request(self, messages: Messages) -> Request:
        body: dict[str, Any] = {"model": self._wire_name, "messages": messages}
        body["max_tokens"] = MOST_TOKENS
        if self._is_bound:
            schema = {"name": "graph", "schema": draft_schema()}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return Request(orjson.dumps(body))


def _round(number: int, reply: Reply, check: Check) -> Round:
    spec = graph_in(reply.text)
    used = reply.usage
    problems = _nothing_read(reply) if spec is None else check(spec)
    tokens = used.prompt_tokens + used.completion_tokens
    return Round(number, reply.text, spec, problems, tokens, used.cost_usd)


def _nothing_read(reply: Reply) -> tuple[Problem, ...]:
    if reply.finish_reason == "length":
        what = f"The answer was cut off after {MOST_TOKENS} tokens, before the graph was whole."
        return (Problem(what=what, fix="Draft a smaller graph."),)
    what = "The answer holds no graph."
    return (Problem(what=what, fix="Answer with one JSON object that has `nodes` and `edges`."),)


def _is_right(one: Round) -> bool:
    return one.spec is not None and one.errors == 0


def _settings(workspace: Workspace, name: str) -> ModelSettings:
    settings = workspace.settings.model(name)
    if settings is None:
        raise NotFound(f"There is no model named '{name}' in Settings.")
    if settings.kind == "builtin":
        raise CannotDraft(TOO_SMALL)
    return settings


async def _asked(workspace: Workspace, settings: ModelSettings, request: Request) -> Reply:
    model = await workspace.runner.makers.model(settings)
    try:
        async with asyncio.timeout(CALL_SECONDS):
            return await model.reply(request)
    except TimeoutError:
        told = f"'{settings.name}' gave no answer within {CALL_SECONDS:.0f} seconds."
        raise CallFailure(f"{told} Try again, or another model.") from None
