"""One record on its way through a plan, and one visit of it to a node."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from grasp_ui.engine.chance import random_for
from grasp_ui.engine.kind import Speaker, Step
from grasp_ui.engine.plan import Answers, Plan, PlanNode, Sink, World
from grasp_ui.engine.transcript import Post, make_active
from grasp_ui.errors import GraspError, RunHalted
from grasp_ui.llm.port import Reply
from grasp_ui.model.conversation import conversation_id, message_id
from grasp_ui.model.preference import Preference
from grasp_ui.model.record import Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.model.tag import Tag
from grasp_ui.text.templates import Template


class RecordFailed(GraspError):
    """A record cannot go on; `code` names the class of the reason."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Scope:
    """What all records of a run share; `built` are the texts of `output:`."""

    plan: Plan
    world: World
    settings: RunSettings
    sink: Sink
    answers: Answers
    steps: Mapping[str, Step]
    system: Template
    built: Sequence[tuple[Speaker, Template]]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why and where a record failed."""

    node: str | None
    code: str
    message: str


@dataclass(slots=True)
class Judged:
    """What a judge node found for a record."""

    tags: tuple[Tag, ...] = ()
    preferences: tuple[Preference, ...] = ()


class Progress:
    """What a record has so far: variables, posts, judgements, failures.

    `halted` is set when it may not go on now; it has not failed.
    """

    __slots__ = ("conversation_id", "failures", "halted", "id", "index", "judged", "posts", "seed",
                 "started", "variables", "written")  # fmt: skip

    def __init__(self, seed: Seed, settings: RunSettings, *, started: float) -> None:
        self.seed = seed
        self.id = seed.record_id
        self.index = seed.index
        self.conversation_id = conversation_id(settings.run_id, self.id)
        self.started = started
        self.variables: dict[str, Any] = {**seed.row, "record": seed.index, "visit": 0}
        self.written: set[str] = set()
        self.posts: list[Post] = []
        self.judged: dict[str, Judged] = {}
        self.failures: list[Failure] = []
        self.halted: RunHalted | None = None


@dataclass
class Visit:
    """What a node may know, ask, write and say while it fires for a record.

    `tip` is the last message of the transcript as this branch sees it.
    """

    scope: Scope
    record: Progress
    node: PlanNode
    tip: Post | None
    number: int = 0
    wrote: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def variables(self) -> Mapping[str, Any]:
        """What can be named in a text: seed columns, `record`, what nodes wrote."""
        return self.record.variables

    @cached_property
    def random(self) -> Random:
        """The visit's own random source."""
        settings = self.scope.settings
        return random_for(settings.seed, self.record.id, self.node.name, self.number)

    @cached_property
    def seed(self) -> int:
        """A number for endpoints that take a seed."""
        return self.random.getrandbits(31)

    def write(self, name: str, value: Any) -> None:
        """Set a variable."""
        self.record.variables[name] = value
        self.record.written.add(name)
        self.wrote[name] = value

    def say(self, speaker: Speaker, said: Sequence[tuple[str, Reply]]) -> None:
        """Append what models replied: one message, or siblings; the first is active."""
        parent, record = self.tip, self.record
        siblings: list[Post] = []
        for candidate, (model, reply) in enumerate(said):
            ident = message_id(record.conversation_id, self.node.name, (self.number,), candidate)
            post = Post(ident, parent, speaker, reply.text.strip())
            post.came_from(self.node.name, model, reply)
            post.candidate = candidate
            post.active = candidate == 0
            post.siblings = siblings
            siblings.append(post)
        record.posts += siblings
        self.tip = siblings[0]

    def choose(self, post: Post) -> None:
        """Let `post` be the active one of its siblings, and go on from it."""
        make_active(post)
        self.tip = post
