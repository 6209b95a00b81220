"""The memory of calls: answers of the log, for the records that are under way."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from grasp_ui.engine.plan import Plan, Question, Recalled
from grasp_ui.llm.cache import ReplyCache
from grasp_ui.llm.port import CallFailure, Reply
from grasp_ui.model.record import Seed
from grasp_ui.model.run import Pin, RunSettings
from grasp_ui.model.value import RecordId, RunId
from grasp_ui.services.rest import Rest
from grasp_ui.store.answers import (
    Answer,
    answers_around,
    answers_of,
    request_index,
    taken_from_cache,
)
from grasp_ui.store.database import Database

AT_ONCE = 500
"""Records whose answers are looked up together."""
CALL_CODES = frozenset(kind.code for kind in CallFailure.__subclasses__())


class Memory:
    """Knows the replies that need not be paid for, and which seeds are due.

    It is the engine's `answers` (the run's own log) and its `recall` (all else). Only the
    records whose seeds were given out and that have not ended are held.
    """

    def __init__(
        self, database: Database, settings: RunSettings, plan: Plan, rest: Rest, *, goes_on: bool
    ) -> None:
        self._database = database
        self._run_id = settings.run_id
        self._rest = rest
        self._runs = [settings.run_id] if goes_on else []
        self._runs += [settings.recall.continues] if settings.recall.continues else []
        self._anew = _after(plan, settings.recall.anew)
        self._pins = _by_node(settings.recall.pins)
        self._cache = _cache(database, settings.run_id) if settings.recall.cache else None
        self._own: dict[str, Reply] = {}
        self._earlier: dict[str, Recalled] = {}
        self._keys: dict[RecordId, list[str]] = defaultdict(list)

    @property
    def recalls(self) -> bool:
        """Whether anything but the run's own log can answer."""
        return bool(self._pins or self._cache or set(self._runs) - {self._run_id})

    def get(self, key: str, /) -> Reply | None:
        """The reply that the run's own log has to a call."""
        return self._own.get(key)

    def recall(self, question: Question) -> Recalled | None:
        """The reply of a pin, of the continued run, or to the same request of any run."""
        pinned = self._pinned(question) if self._pins else None
        known = pinned or self._earlier.get(question.key)
        if known is None and self._cache is not None:
            taken = self._cache.take(question.model, question.body)
            known = Recalled(taken[1], "cache", taken[0]) if taken else None
        return known

    def due(self, seeds: Iterable[Seed]) -> Iterator[Seed]:
        """The seeds whose records are to be made, each once its answers are at hand.

        Raises:
            CannotResume: a record was made of another row.
        """
        due = (seed for seed in seeds if self._rest.is_due(seed))
        if not self._runs:
            yield from due
            return
        while some := list(islice(due, AT_ONCE)):
            self._look_up([seed.index for seed in some])
            yield from some

    def forget(self, record_id: RecordId) -> None:
        """A record has ended: its answers are needed no more."""
        for key in self._keys.pop(record_id, ()):
            self._own.pop(key, None)
            self._earlier.pop(key, None)

    def clear(self) -> None:
        """The run is over: nothing is needed any more."""
        self._own.clear()
        self._earlier.clear()
        self._keys.clear()
        self._cache = None

    def _look_up(self, indexes: Collection[int]) -> None:
        spoiled: dict[RecordId, list[Answer]] = defaultdict(list)
        for answer in answers_of(self._database, self._runs, indexes):
            if answer.run_id != self._run_id:
                self._take_earlier(answer)
            elif self._spoiled(answer):
                spoiled[answer.record_id].append(answer)
            else:
                self._take_own(answer)
        for answers in spoiled.values():
            newest = max(answer.visit for answer in answers)
            for answer in answers:
                if answer.visit < newest:
                    self._take_own(answer)

    def _take_own(self, answer: Answer) -> None:
        self._own[answer.key] = answer.reply
        self._keys[answer.record_id].append(answer.key)

    def _take_earlier(self, answer: Answer) -> None:
        if not self._anew.holds(answer.node, answer.visit):
            self._earlier[answer.key] = Recalled(answer.reply, "run", answer.seq)
            self._keys[answer.record_id].append(answer.key)

    def _spoiled(self, answer: Answer) -> bool:
        """Whether a record failed on what this answer says, so that it is asked anew."""
        end = self._rest.failed.get(answer.record_id)
        return (
            end is not None
            and end.node == answer.node
            and end.error_code not in CALL_CODES
            and answer.seq < end.seq
        )

    def _pinned(self, question: Question) -> Recalled | None:
        for pin in self._pins.get(question.node, ()):
            if pin.record_index in (None, question.record_index) and pin.candidate in (
                None,
                question.candidate,
            ):
                return Recalled(_reply_of(pin), "pin")
        return None


class _Anew(NamedTuple):
    """Nodes that are asked anew: at every visit, or at every visit but the first."""

    always: frozenset[str]
    later: frozenset[str]

    def holds(self, node: str, visit: int) -> bool:
        """Whether a node is among them, or inside of one that is."""
        parts = node.split("/")
        around = {"/".join(parts[: length + 1]) for length in range(len(parts))}
        return bool(around & self.always) or (visit > 0 and bool(around & self.later))


def _after(plan: Plan, named: Iterable[str]) -> _Anew:
    """The nodes named, and all that follow; over an arrow back only later visits follow."""
    starts = {
        name for name in plan.nodes for one in named if name == one or name.startswith(f"{one}/")
    }
    places = {name: place for place, name in enumerate(plan.nodes)}
    forward = {
        name: [a.target for a in node.arrows if places[a.target] > places[name]]
        for name, node in plan.nodes.items()
    }
    every = {
        name: [arrow.target for arrow in (*node.arrows, *getattr(node, "back", ()))]
        for name, node in plan.nodes.items()
    }
    return _Anew(_reached(starts, forward), _reached(starts, every))


def _reached(starts: Iterable[str], arrows: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found, waiting = set[str](), list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(arrows[name])
    return frozenset(found)


def _by_node(pins: Iterable[Pin]) -> dict[str, list[Pin]]:
    """Pins by node; those of one record or candidate before those of all."""
    found: dict[str, list[Pin]] = defaultdict(list)
    for pin in sorted(pins, key=lambda one: (one.record_index is None, one.candidate is None)):
        found[pin.node].append(pin)
    return found


def _reply_of(pin: Pin) -> Reply:
    extra = pin.extra or {}
    return Reply(
        text=pin.reply,
        finish_reason=pin.finish_reason,
        top=tuple((str(token), float(logarithm)) for token, logarithm in extra.get("top", ())),
        reasoning=extra.get("reasoning"),
    )


def _cache(database: Database, run_id: RunId) -> ReplyCache:
    hashes, numbers = request_index(database, run_id)
    return ReplyCache(
        hashes,
        numbers,
        lambda seq, reach: answers_around(database, seq, reach),
        taken=taken_from_cache(database, run_id),
    )
