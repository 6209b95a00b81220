"""Mean score: one number from several, without those that do not apply."""

from collections.abc import Iterator, Mapping
from math import fsum, isfinite
from typing import Annotated, Any

from pydantic import Field, field_validator

from grasp_ui.engine.bench import Bench
from grasp_ui.engine.kind import Flaw, NodeConfig, Step, node_kind
from grasp_ui.engine.progress import RecordFailed
from grasp_ui.engine.text_source import Missing
from grasp_ui.engine.visit import Visit
from grasp_ui.model.fields import VariableName, WeightedOptions
from grasp_ui.registry import Look
from grasp_ui.text.templates import look_up, path_of

NOT_APPLICABLE = frozenset(("", "-", "n/a", "na", "n.a.", "none", "null", "not applicable"))


class NotAScore(ValueError):
    """A value is neither a number nor one of the ways to say that none applies."""


class MeanScoreConfig(NodeConfig):
    """Write the mean of several scores; what says n/a does not count."""

    scores: Annotated[
        WeightedOptions,
        Field(
            title="Scores",
            description="Variables, each with its weight: a number, a judge's variable, or a "
            "list of these.",
        ),
    ] = Field(default_factory=lambda: {"verdict": 1.0})
    writes: Annotated[VariableName, Field(title="Variable", description="Takes the mean.")] = (
        "score"
    )
    missing: Missing = "fail"

    @field_validator("scores", mode="before")
    @classmethod
    def _scores_may_be_a_list(cls, scores: Any) -> Any:
        if isinstance(scores, list | tuple):
            return {str(name): 1.0 for name in scores}
        return scores

    def named(self) -> Iterator[tuple[str, frozenset[str]]]:
        """The variables whose mean is taken."""
        yield "scores", frozenset(self.scores)

    def flaws(self) -> Iterator[Flaw]:
        """It needs variables, with weights above 0."""
        if not self.scores:
            yield Flaw("scores", "There are no scores.", "Name at least one variable.")
        for name, weight in self.scores.items():
            if not all(step.isidentifier() or step.isdigit() for step in path_of(name)):
                yield Flaw("scores", f"'{name}' is no variable.", "Write it as `critique.score`.")
            if weight <= 0:
                yield Flaw("scores", f"The weight of '{name}' is {weight:g}.", "Give it above 0.")


@node_kind(
    "mean_score",
    config=MeanScoreConfig,
    look=Look(
        "Mean score",
        "One number from several, without n/a.",
        "Quality",
        "balance",
        "#dc2626",
        order=1,
    ),
)
def mean_score(config: MeanScoreConfig, bench: Bench) -> Step:
    """Make the step that writes the mean."""
    sources = [(path_of(name), weight) for name, weight in config.scores.items()]

    async def weigh(visit: Visit) -> None:
        weighted: list[tuple[float, float]] = []
        for path, weight in sources:
            try:
                found = list(scores_in(look_up(visit.variables, path)))
            except NotAScore as error:
                raise RecordFailed("not_a_score", f"'{'.'.join(path)}': {error}") from error
            weighted += ((score, weight) for score in found)
        if not weighted and config.missing == "fail":
            raise RecordFailed("no_score", f"None of {', '.join(config.scores)} has a score.")
        visit.write(config.writes, weighted_mean(weighted))

    return weigh


def scores_in(value: Any) -> Iterator[float]:
    """The numbers in a score, a judge's variable, or a list of these; n/a gives none.

    Numbers in texts count; true is 1 and false 0.

    Raises:
        NotAScore: it is something else.

    Example:
        >>> list(scores_in([4, "3.5", "N/A", None, {"score": 5, "reason": "Clear."}]))
        [4.0, 3.5, 5.0]
    """
    match value:
        case None:
            return
        case list() | tuple():
            for one in value:
                yield from scores_in(one)
        case Mapping() if "score" in value:
            yield from scores_in(value["score"])
        case str() if value.strip().casefold() in NOT_APPLICABLE:
            return
        case bool() | int() | float() | str():
            yield from _number(value)
        case _:
            raise NotAScore(f"{type(value).__name__} is neither a number nor has a `score`.")


def weighted_mean(weighted: list[tuple[float, float]]) -> float | None:
    """The mean of (score, weight); None of no scores. The order does not matter.

    Example:
        >>> weighted_mean([(1, 3), (5, 1)]), weighted_mean([])
        (2.0, None)
    """
    if not weighted:
        return None
    return fsum(score * weight for score, weight in weighted) / fsum(w for _, w in weighted)


def _number(value: float | str) -> Iterator[float]:
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise NotAScore(f"{value!r} is not a number, and does not say n/a.") from None
    if isfinite(number):
        yield number
