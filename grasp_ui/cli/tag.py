"""`grasp tag`: the rules again over what is stored, then judges if wished."""

import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

from grasp_ui.cli.outcome import Exit, answer, leave, note
from grasp_ui.cli.progress import progress
from grasp_ui.cli.workspace import opened, selection_of
from grasp_ui.model.run import Ceilings
from grasp_ui.model.selection import Selection
from grasp_ui.services import stage_two, tagging
from grasp_ui.services.stage_two import AskedOf, TaggingView, Wish
from grasp_ui.services.stage_two_forecast import JudgingForecast, forecast_judging
from grasp_ui.services.stage_two_words import (
    changed_in_words,
    forecast_in_words,
    tagging_in_words,
)
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.changes import Changed

BEAT_SECONDS = 0.2
STOPPING_SECONDS = 20.0
NOT_BY_OVERSIGHT = (
    "Nobody was asked. Say --yes, or set a ceiling: --max-usd, --max-calls or --max-tokens."
)


@dataclass(frozen=True, slots=True)
class TagWish:
    """What was typed after `grasp tag`."""

    profile: str
    run_name: str | None = None
    judges: bool = False
    forecast: bool = False
    yes: bool = False
    retry_unparsed: bool = False
    model: str | None = None
    endpoint: str | None = None
    concurrency: int | None = None
    ceilings: Mapping[str, Any] | None = None

    @property
    def has_ceiling(self) -> bool:
        """Whether something holds what it may use."""
        return any(self.ceilings.values()) if self.ceilings else False


def tag_again(typed: TagWish, store: Path | None, *, as_json: bool) -> None:
    """Tag the stored conversations with a profile; only what is new is added."""
    with opened(store) as workspace:
        selection = selection_of(workspace, typed.run_name)
        seen, changed = _rules(workspace, typed.profile, selection)
        result = {"conversations": seen, "tags_added": changed.all, "profile": typed.profile,
                  **asdict(changed)}  # fmt: skip
        line = (
            f"{seen} conversations looked at, {changed.all} tags added "
            f"(profile '{typed.profile}'): {changed_in_words(changed)}."
        )
        if not (typed.judges or typed.forecast):
            answer(result, line, *_hint(workspace, typed), as_json=as_json)
            return
        wish = _wish(typed, selection)
        if typed.forecast:
            expected = forecast_judging(workspace, wish)
            said = {**result, "forecast": asdict(expected)}
            answer(said, line, forecast_in_words(expected), expected.how, as_json=as_json)
            return
        if not (typed.yes or typed.has_ceiling):
            _ask_leave(forecast_judging(workspace, wish), result, as_json=as_json)
        view = _watched(stage_two.start(workspace, wish))
    answer({**result, "judges": told(view)}, line, *tagging_in_words(view), as_json=as_json)
    leave(code_of(view))


def told(view: TaggingView) -> dict[str, object]:
    """A tagging by judges as `--json` gives it."""
    return {**asdict(view), **asdict(view.changed), "tags_added": view.changed.all}


def code_of(view: TaggingView) -> Exit:
    """The exit code of a tagging by judges."""
    match view.state:
        case "halted":
            return Exit.HALTED
        case "cancelled":
            return Exit.INTERRUPTED
        case "failed":
            return Exit.FAILED
        case _:
            return Exit.FAILED if view.failures else Exit.FINE


def _rules(workspace: Workspace, profile: str, selection: Selection) -> tuple[int, Changed]:
    seen = 0

    with progress("Conversations") as show:

        def heard(done: int, total: int) -> None:
            nonlocal seen
            seen = done
            show(done, total, "")

        changed = tagging.tag_again(workspace, selection, profile=profile, on_progress=heard)
    return seen, changed


def _wish(typed: TagWish, selection: Selection) -> Wish:
    ceilings = {name: most for name, most in (typed.ceilings or {}).items() if most}
    return Wish(
        typed.profile,
        selection,
        Ceilings.model_validate(ceilings),
        AskedOf(typed.model or "", typed.endpoint, typed.concurrency or 8),
        typed.retry_unparsed,
    )


def _hint(workspace: Workspace, typed: TagWish) -> list[str]:
    if not stage_two.find_profile(workspace, typed.profile).asks_models:
        return []
    return ["Its judges were not asked. --judges asks them, --forecast says what that would use."]


def _ask_leave(expected: JudgingForecast, result: Mapping[str, object], *, as_json: bool) -> None:
    """Go on where it costs nothing, or where a person at the terminal says so."""
    if expected.is_free:
        return
    if sys.stdin.isatty() and not as_json:
        note(f"{forecast_in_words(expected)}\n{expected.how}")
        if typer.confirm("Ask them?", err=True):
            return
    said = {**result, "forecast": asdict(expected), "error": NOT_BY_OVERSIGHT}
    answer(said, forecast_in_words(expected), expected.how, as_json=as_json)
    note(NOT_BY_OVERSIGHT)
    leave(Exit.WRONG_USE)


def _watched(job: stage_two.TaggingJob) -> TaggingView:
    """How it ended; Ctrl-C cancels it, and what is answered is kept."""
    with progress("Judging") as show:
        try:
            while (view := job.wait(BEAT_SECONDS)).is_running:
                show(view.done, view.all, f"{view.calls} calls")
        except KeyboardInterrupt:
            note("Cancelling: calls in flight are given up, answers are kept.")
            job.cancel()
            view = job.wait(STOPPING_SECONDS)
        show(view.done, view.all, f"{view.calls} calls")
    return view
