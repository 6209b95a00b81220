"""What a tagging by judges has come to: counted in the loop, read from any thread."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Literal

from grasp_ui.model.run import Used
from grasp_ui.model.tag import Tag
from grasp_ui.store.ends import Failure
from grasp_ui.tagging.changes import Changed

JobState = Literal["running", "done", "halted", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class TaggingView:
    """A tagging at one moment.

    `all` conversations are looked at, `done` of them so far; judges are asked about `passed`.
    `calls` are attempts sent, `answered` questions that came to an outcome, `known` questions
    that were answered before. `cost_usd` counts what has a price. `reason` says why it stopped.
    """

    state: JobState = "running"
    stage: str = ""
    reason: str = ""
    done: int = 0
    all: int = 0
    passed: int = 0
    calls: int = 0
    answered: int = 0
    known: int = 0
    unparsed: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
    changed: Changed = field(default_factory=Changed)
    preferences: int = 0
    failures: Sequence[Failure] = ()
    seconds: float = 0.0

    @property
    def tokens(self) -> int:
        """All tokens, those sent and those written."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def used(self) -> Used:
        """What it has used so far."""
        return Used(self.calls, self.prompt_tokens, self.completion_tokens, self.cost_usd)

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self.state == "running"


class Tally:
    """Counts what happens; `view` is a whole picture at any moment."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._view = TaggingView()
        self._failures: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], str] = {}
        self._began = time.monotonic()
        self._in_a_row = 0

    @property
    def failed_in_a_row(self) -> int:
        """How many questions failed since one was answered."""
        return self._in_a_row

    def begin(self, total: int, stage: str) -> None:
        """So many conversations are to be looked at."""
        self._change(all=total, stage=stage)

    def passed(self) -> None:
        """Judges are asked about one more conversation."""
        self._change(passed=self._view.passed + 1)

    def ended(self, tags: Iterable[Tag], known: Sequence[Tag], preferences: int) -> None:
        """One more conversation was looked at, and this is added to what was `known`."""
        view = self._view
        self._change(
            done=view.done + 1,
            changed=view.changed.plus(tags, known),
            preferences=view.preferences + preferences,
        )

    def sent(self) -> None:
        """An attempt is sent."""
        self._change(calls=self._view.calls + 1)

    def used(self, prompt_tokens: int, completion_tokens: int, cost_usd: float) -> None:
        """A reply has arrived."""
        view = self._view
        self._change(
            prompt_tokens=view.prompt_tokens + prompt_tokens,
            completion_tokens=view.completion_tokens + completion_tokens,
            cost_usd=view.cost_usd + cost_usd,
        )

    def answered(self, *, is_new: bool, is_unparsed: bool) -> None:
        """A question has an outcome: a new one, or one that was known."""
        view = self._view
        if is_new:
            self._in_a_row = 0
        self._change(
            answered=view.answered + is_new,
            known=view.known + (not is_new),
            unparsed=view.unparsed + (is_new and is_unparsed),
        )

    def failed(self, cause: str, question: str, message: str) -> None:
        """The call of a question failed; the first message of each cause is kept."""
        with self._lock:
            self._in_a_row += 1
            self._failures[cause, question] += 1
            self._examples.setdefault((cause, question), message)

    def end(self, state: JobState, reason: str) -> None:
        """It is over."""
        self._change(state=state, reason=reason, stage="")

    def view(self) -> TaggingView:
        """How it stands; safe from any thread."""
        with self._lock:
            failures = tuple(
                Failure(cause, question, count, self._examples[cause, question])
                for (cause, question), count in self._failures.most_common()
            )
            now = self._view
        seconds = now.seconds or time.monotonic() - self._began
        return replace(now, failures=failures, seconds=seconds)

    def _change(self, **changes: object) -> None:
        with self._lock:
            if changes.get("state"):
                changes["seconds"] = time.monotonic() - self._began
            self._view = replace(self._view, **changes)  # type: ignore[arg-type]
