"""Small builders that the tests of several rooms share."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import cycle, pairwise
from typing import Any, TypeVar

from grasp_ui.engine.compile import compile_graph
from grasp_ui.engine.plan import Surroundings, World, always_open
from grasp_ui.engine.run import run
from grasp_ui.errors import RunHalted
from grasp_ui.interchange.seed_source import SEED_SOURCES
from grasp_ui.judging.rubric import load_rubrics
from grasp_ui.llm.port import ChatModel, Reply
from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.edits import edited
from grasp_ui.model.effective import effective_tags, verdict_of
from grasp_ui.model.event import RecordEnded, RecordResult, RunEvent, Tick
from grasp_ui.model.graph import EdgeSpec, GraphSpec, NodeSpec
from grasp_ui.model.preference import Preference
from grasp_ui.model.record import Seed
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.run import RunSettings
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import ConversationId, JsonObject, MessageId, RecordId, Role, RunId
from grasp_ui.services.parts import load_parts

Told = TypeVar("Told", bound=RunEvent)


def message(text: str, role: Role, *, number: int = 0, parent: int | None = None) -> Message:
    """A message `m{number}` of conversation `c`, under message `m{parent}`."""
    above = None if parent is None else MessageId(f"m{parent}")
    identifier = MessageId(f"m{number}")
    return Message(
        id=identifier, conversation_id=ConversationId("c"), parent_id=above, role=role, content=text
    )


def said(*texts: str) -> Conversation:
    """One thread: the user begins, the assistant answers, and so on."""
    roles: Iterable[Role] = cycle(("user", "assistant"))
    turns = zip(texts, roles, strict=False)
    return chain(*(message(text, role) for text, role in turns))


def chain(*messages: Message) -> Conversation:
    """`messages` one under the other, as m0, m1, …"""
    linked = [
        m.model_copy(update={"id": f"m{n}", "parent_id": f"m{n - 1}" if n else None})
        for n, m in enumerate(messages)
    ]
    return Conversation(id=ConversationId("c"), messages=tuple(linked))


def answered(prompt: str, *answers: str) -> Conversation:
    """A prompt `m0` with sibling answers `m1`, `m2`, …; the first is active."""
    siblings = [
        message(text, "assistant", number=n, parent=0).model_copy(
            update={"active": n == 1, "candidate": n - 1}
        )
        for n, text in enumerate(answers, start=1)
    ]
    return Conversation(id=ConversationId("c"), messages=(message(prompt, "user"), *siblings))


def tagged(
    conversation: Conversation,
    *,
    tags: Iterable[Tag] = (),
    reviews: Iterable[ReviewEvent] = (),
    preferences: Iterable[Preference] = (),
) -> TaggedConversation:
    """`conversation` with everything said about it, folded as the store does."""
    tags, reviews = tuple(tags), tuple(reviews)
    effective = effective_tags(tags, reviews)
    conversation, changed = edited(conversation, reviews)
    verdicts = {t.leaf_id: verdict_of(t, effective, reviews) for t in conversation.threads()}
    return TaggedConversation(
        conversation=conversation,
        tags=tags,
        reviews=reviews,
        effective=effective,
        preferences=tuple(preferences),
        verdicts=verdicts,
        edited=changed,
    )


def graph(*chains: str, nodes: Mapping[str, JsonObject] | None = None, **parts: Any) -> GraphSpec:
    """A graph of arrows such as `a -> b -> c`, `a -> b if score < 4`, `b -> a if x > 1 most 2`.

    A node that `nodes` does not describe draws its own name into a variable of that name. Where
    no node speaks, `output` builds a greeting.
    """
    edges = tuple(edge for text in chains for edge in _edges(text))
    named = dict.fromkeys(name for text in chains for name in _names(text))
    plain = {name: {"kind": "sampler", "writes": name, "options": [name]} for name in named}
    drawn = {name: _node(fields) for name, fields in {**plain, **(nodes or {})}.items()}
    if not any(node.kind in ("turn", "panel", "conversation") for node in drawn.values()):
        parts.setdefault("output", {"messages": [{"role": "user", "content": "hi"}]})
    parts.setdefault("models", {"m": {"model": "local"}})
    return GraphSpec(nodes=drawn, edges=edges, **parts)


def _edges(text: str) -> Iterator[EdgeSpec]:
    when, _, most = text.partition(" if ")[2].partition(" most ")
    for source, target in pairwise(_names(text)):
        visits = int(most) if most else None
        yield EdgeSpec(source=source, target=target, when=when or None, max_visits=visits)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.partition(" if ")[0].split("->")]


def _node(fields: JsonObject) -> NodeSpec:
    return NodeSpec(
        kind=fields["kind"], fields={key: fields[key] for key in fields if key != "kind"}
    )


def surroundings(*columns: str) -> Surroundings:
    """Settings with the model `local`, every rubric, the profile `default`, seeds of `columns`."""
    load_parts()
    sources = {part.name: part.config for part in SEED_SOURCES}
    return Surroundings(("local",), load_rubrics(), ("default",), sources, columns)


class Heard:
    """A sink that remembers; `room` lets others go first."""

    def __init__(self, *, wants_text: bool = False) -> None:
        self.wants_text = wants_text
        self.events: list[RunEvent] = []
        self.ticks: list[Tick] = []

    def event(self, event: RunEvent) -> None:
        """Keep an event."""
        self.events.append(event)

    def tick(self, tick: Tick) -> None:
        """Keep a tick."""
        self.ticks.append(tick)

    async def room(self) -> None:
        """Let others go first."""
        await asyncio.sleep(0)

    def of(self, kind: type[Told]) -> list[Told]:
        """The events of one kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def results(self) -> list[RecordResult]:
        """What the finished records left, in the order of their seeds."""
        ended = sorted(self.of(RecordEnded), key=lambda event: event.record_index)
        return [event.result for event in ended if event.result]


def play(  # noqa: PLR0913 - the one way in for the tests of the engine
    spec: GraphSpec,
    model: ChatModel,
    rows: Sequence[JsonObject] = ({},),
    *,
    concurrency: int = 4,
    answers: Mapping[str, Reply] | None = None,
    gate: Callable[[], None] = always_open,
    ended: Collection[str] = (),
    graphs: Mapping[str, GraphSpec] | None = None,
    **settings: Any,
) -> Heard:
    """Run `spec` over `rows`, every alias on `model`, with seed 7; the clock stands still.

    A run that is halted ends like any other.
    """
    columns = dict.fromkeys(name for row in rows for name in row)
    plan = compile_graph(spec, replace(surroundings(*columns), graphs=graphs or {}))
    models = dict.fromkeys(plan.models, model)
    world = World(models, load_rubrics(), now=lambda: 0.0, gate=gate)
    how = RunSettings(run_id=RunId("run"), concurrency=concurrency, **settings)
    seeds = [Seed(index=index, row=row) for index, row in enumerate(rows)]
    heard = Heard()
    over = frozenset(map(RecordId, ended))
    with suppress(RunHalted):
        asyncio.run(run(plan, seeds, world, how, heard, answers=answers, ended=over))
    return heard
