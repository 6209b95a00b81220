"""Conversations that judges are asked about, with what is known of each already."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.store import conversations
from grasp_ui.store.database import Database
from grasp_ui.store.judge_calls import known_outcomes
from grasp_ui.tagging.armed import Armed
from grasp_ui.tagging.questions import Outcome, Question
from grasp_ui.tagging.rounds import description_of, rounds_of
from grasp_ui.tagging.subjects import passes

AT_ONCE = 100
"""So many conversations are read together: one look into the store for all their answers."""


@dataclass(frozen=True, slots=True)
class Due:
    """A conversation, if judges are asked about it, and outcomes known by key."""

    tagged: TaggedConversation
    passes: bool
    known: Mapping[str, Outcome] = field(default_factory=dict)


def possible_questions(armed: Armed, tagged: TaggedConversation) -> Iterator[Question]:
    """Every question that may be asked about a conversation, whatever its category is."""
    yield from description_of(armed, tagged).values()
    for one in rounds_of(armed, tagged, None):
        yield from one.all_questions()


def due_conversations(
    database: Database,
    armed: Armed,
    selection: Selection,
    key: Callable[[Question], str],
    *,
    retries_unparsed: bool = False,
) -> Iterator[list[Due]]:
    """What `selection` means, oldest first, some at a time; memory stays flat."""
    stream = conversations.stream(database, selection)
    while some := list(islice(stream, AT_ONCE)):
        database.settle()
        passing = {one.conversation.id for one in some if passes(armed.profile.only, one)}
        keys = {
            one.conversation.id: [key(question) for question in possible_questions(armed, one)]
            for one in some
            if one.conversation.id in passing
        }
        found = {
            name: Outcome.model_validate(said)
            for name, said in known_outcomes(
                database, {k for ks in keys.values() for k in ks}
            ).items()
        }
        if retries_unparsed:
            found = {name: outcome for name, outcome in found.items() if not outcome.fault}
        yield [
            Due(one, one.conversation.id in passing, _of(keys.get(one.conversation.id, ()), found))
            for one in some
        ]


def _of(keys: list[str] | tuple[()], found: Mapping[str, Outcome]) -> dict[str, Outcome]:
    return {key: found[key] for key in keys if key in found}


class Source:
    """Gives out what is due, one by one, to several who work at the same time."""

    def __init__(self, pages: Iterator[list[Due]], on_page: Callable[[], None]) -> None:
        self._pages = pages
        self._on_page = on_page
        self._ready: deque[Due] = deque()
        self._lock = asyncio.Lock()

    async def next(self) -> Due | None:
        """The next one; None when all are given out."""
        async with self._lock:
            if not self._ready:
                # Reading takes long: calls that are under way go on meanwhile.
                page = await asyncio.to_thread(next, self._pages, None)
                self._ready.extend(page or ())
                self._on_page()
            return self._ready.popleft() if self._ready else None
