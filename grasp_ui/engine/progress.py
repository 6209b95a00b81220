"""One record on its way through a plan: what it has so far, and how it ends."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from grasp_ui.engine.transcript import Post, Transcript, make_active
from grasp_ui.errors import GraspError, RunHalted
from grasp_ui.model.conversation import conversation_id
from grasp_ui.model.preference import Preference
from grasp_ui.model.record import FORK, Seed
from grasp_ui.model.run import RunSettings
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import ConversationId, MessageId, RecordId

Place = tuple[int, ...]
Leave = Callable[
    [ConversationId, MessageId | None, Sequence[MessageId]],
    tuple[Sequence[Tag], Sequence[Preference]],
]
"""Gives tags and preferences for a conversation, a prompt and the messages judged."""


class RecordFailed(GraspError):
    """A record cannot go on; `code` names the class of the reason."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why and where a record failed; failures are in the order of `place`."""

    place: Place
    node: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judge node found about some posts; `leave` says it of messages with ids."""

    posts: tuple[Post, ...]
    leave: Leave


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a list: its number, and the node that goes through the list."""

    number: int
    path: str
    place: Place
    around: Place


class Fate:
    """What all parts of a record share: how far it may go, and why it stopped.

    `halted` is set when it may not go on now; it has not failed.
    """

    __slots__ = ("halted", "steps")

    def __init__(self, steps: int = 0) -> None:
        self.halted: RunHalted | None = None
        self.steps = steps

    def count_step(self, most: int) -> None:
        """One more node fires.

        Raises:
            RecordFailed: that is more than the run allows.
        """
        self.steps += 1
        if self.steps > most:
            raise RecordFailed(
                "too_many_steps",
                f"The record has fired {most} nodes, the most that the run allows. Let its loops "
                "end sooner, or allow more steps.",
            )


class Progress:
    """What a record has so far: variables, transcript, judgements, failures.

    `times` counts how often it was at each node in a loop, `entered` says when it went into a
    subgraph. An element of a list that a `map` node goes through is a part of its record: it has
    variables of its own, and `path` and `place` say where it is.
    """

    __slots__ = ("around", "conversation_id", "entered", "failures", "fate", "forks", "id",
                 "index", "judged", "outer", "path", "place", "seed", "started", "times",
                 "transcript", "variables", "written")  # fmt: skip

    def __init__(self, seed: Seed, settings: RunSettings, *, started: float) -> None:
        self.seed = seed
        self.id = seed.record_id
        self.index = seed.index
        self.conversation_id = conversation_id(settings.run_id, self.id)
        self.started = started
        self.variables: dict[str, Any] = {**seed.row, "record": seed.index, "visit": 0}
        self.written: set[str] = set()
        self.transcript = Transcript()
        self.judged: dict[Place, Judged] = {}
        self.failures: list[Failure] = []
        self.fate = Fate()
        self.forks = 1
        self.times: dict[str, int] = {}
        self.entered: dict[str, float] = {}
        self.path = ""
        self.place: Place = ()
        self.around: Place = ()
        self.outer: Progress | None = None

    @property
    def is_over(self) -> bool:
        """Whether it must not go on: it has failed, as a whole or in a part, or is halted."""
        if self.failures or self.fate.halted:
            return True
        return self.outer is not None and self.outer.is_over

    def fork(self, chosen: Post, settings: RunSettings) -> tuple["Progress", Post]:
        """A record of its own that goes on from `chosen`, and `chosen` as it is there."""
        self.forks += 1
        twin = Progress(self.seed, settings, started=self.started)
        twin.id = RecordId(f"{self.id}{FORK}{self.forks}")
        twin.conversation_id = conversation_id(settings.run_id, twin.id)
        twin.variables, twin.written = {**self.variables}, {*self.written}
        twin.transcript, became = self.transcript.copy()
        twin.judged = {
            place: Judged(tuple(became[post] for post in one.posts), one.leave)
            for place, one in self.judged.items()
        }
        twin.fate = Fate(self.fate.steps)
        twin.times, twin.entered = {**self.times}, {**self.entered}
        make_active(became[chosen])
        return twin, became[chosen]

    def element(
        self, at: Element, variables: dict[str, Any], failures: list[Failure]
    ) -> "Progress":
        """A part of the record: one element of a list, with `variables` of its own."""
        part = copy(self)
        part.variables, part.written, part.failures = variables, set(), failures
        part.path = f"{at.path}/{at.number}/"
        part.place = (*self.place, *at.place, at.number)
        part.around = at.around
        part.outer = self
        return part
