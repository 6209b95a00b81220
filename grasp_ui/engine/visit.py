"""One visit of a record to a node: what it may know, ask, write and say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from grasp_ui.engine.chance import random_for
from grasp_ui.engine.kind import Speaker, Step
from grasp_ui.engine.plan import Answers, Plan, PlanNode, Sink, World
from grasp_ui.engine.progress import Judged, Leave, Progress
from grasp_ui.engine.streak import Streak
from grasp_ui.engine.transcript import Post, make_active
from grasp_ui.llm.port import Reply
from grasp_ui.model.run import RunSettings
from grasp_ui.model.value import RecordId
from grasp_ui.text.templates import Template


@dataclass(frozen=True, slots=True)
class Scope:
    """What all records of a run share; `built` are the texts of `output:`.

    `ended` are records that have ended in an earlier part of the run: nothing is told of them.
    """

    plan: Plan
    world: World
    settings: RunSettings
    sink: Sink
    answers: Answers
    steps: Mapping[str, Step]
    system: Template
    built: Sequence[tuple[Speaker, Template]]
    streak: Streak
    ended: Collection[RecordId] = ()

    def gate(self) -> None:
        """Let a call begin.

        Raises:
            RunHalted: none may.
        """
        self.streak.gate()
        self.world.gate()


@dataclass
class Visit:
    """What a node may know, ask, write and say while it fires for a record.

    Attributes:
        tip: the last message of the transcript as this branch sees it.
        number: how often the record has been at the node before.
        visits: the rounds of the loops around it, outer ones first.
        round_began_at: the order of the last message when the round began; below 0 in the first.
        branches: the posts from which the record goes on, where it forks.
        path: the node's name, after those of the nodes and elements that it is inside of.
    """

    scope: Scope
    record: Progress
    node: PlanNode
    tip: Post | None
    number: int = 0
    visits: tuple[int, ...] = ()
    round_began_at: int = -1
    wrote: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    branches: Sequence[Post] = ()

    def __post_init__(self) -> None:
        self.path = self.record.path + self.node.name

    @property
    def place(self) -> str:
        """The rounds of the loops around it as text, for keys and chance."""
        return ".".join(map(str, self.visits)) if self.visits else "0"

    @property
    def variables(self) -> Mapping[str, Any]:
        """What can be named in a text: seed columns, `record`, `visit`, what nodes wrote."""
        known, names = self.record.variables, self.node.names
        if not names:
            return {**known, "visit": self.number} if self.number else known
        here = {name: value for name, value in known.items() if name not in names}
        here |= {name: known[actual] for name, actual in names.items() if actual in known}
        return {**here, "visit": self.number}

    @cached_property
    def random(self) -> Random:
        """The visit's own random source."""
        return random_for(self.scope.settings.seed, self.record.id, self.path, self.place)

    @cached_property
    def seed(self) -> int:
        """A number for endpoints that take a seed."""
        return self.random.getrandbits(31)

    @property
    def revised(self) -> Post | None:
        """The node's own message, where it is visited again and nobody has spoken since."""
        if self.round_began_at < 0 or not self.node.config.revises_itself():
            return None
        if self.tip is not None and self.tip.order > self.round_began_at:
            return None
        return self.record.transcript.by_node.get(self.path)

    def write(self, name: str, value: Any) -> None:
        """Set a variable; what stays inside of a subgraph is not kept with the record."""
        actual = self.node.names.get(name, name)
        self.record.variables[actual] = value
        self.wrote[name] = value
        if "/" not in actual:
            self.record.written.add(actual)

    def say(self, speaker: Speaker, said: Sequence[tuple[str, Reply]]) -> list[Post]:
        """Append what models replied: one message, or siblings; the first is active.

        Where the node revises itself, they stand beside its old message.
        """
        revised, path = self.revised, self.path
        siblings: list[Post] = []
        for model, reply in said:
            post = Post(speaker, reply.text.strip(), path, self.visits)
            post.came_from(path, model, reply)
            post.visit = self.number
            post.siblings = siblings
            siblings.append(post)
        transcript = self.record.transcript
        self.tip = transcript.add(siblings, self.tip if revised is None else revised.parent)
        if self.node.loops:
            transcript.by_node[path] = self.tip
        return siblings

    def add(self, lines: Sequence[tuple[Speaker, str]]) -> None:
        """Append messages that no model wrote, one under the other."""
        for position, (speaker, text) in enumerate(lines):
            # No node can be named so, so that no id is given out twice.
            post = Post(speaker, text, f"{self.path}->{position}", self.visits)
            post.node = self.path
            post.visit = self.number
            self.tip = self.record.transcript.add([post], self.tip)

    def choose(self, post: Post) -> None:
        """Let `post` be the active one of its siblings, and go on from it."""
        make_active(post)
        self.tip = post

    def judged(self, posts: Sequence[Post], leave: Leave) -> None:
        """Keep what was found about `posts`; the node's last word on them counts."""
        first = posts[0]
        place = (*self.record.place, self.node.place, first.order, first.candidate)
        self.record.judged[place] = Judged(tuple(posts), leave)
