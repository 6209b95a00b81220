"""Calibration: judges, people and rules held against each other."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.value import Scalar
from grasp_ui.services.figures import (
    RESAMPLES,
    Figure,
    figures_of,
    in_order,
    kappa_of,
    levels,
    share_with_interval,
)
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import judgements
from grasp_ui.store.judgements import Firing, JudgedByPeople, Opinion, Rating
from grasp_ui.tagging.agreement import Unit, confusion, overlap, tally
from grasp_ui.tagging.calibration import Bin, Fit, expected_calibration_error, fit, reliability
from grasp_ui.tagging.ranking import Estimate, auc_with_interval

GOOD = 0.5
FEW_DECISIONS = 5
OFTEN = 0.3
DECISION = "keep or reject"
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class JudgeReport:
    """One judge under one name, against people.

    Rows of `matrix` are the judge's values; `cells` has what it counts, by row and column, the
    newest last. `bins`, `error`, `fit` and the AUCs are about
    scores from 0 to 1; people find good what they give at least .5. `apart` has what the two
    disagree about, the widest apart first.
    """

    name: str
    judge: str
    count: int
    values: tuple[Scalar, ...]
    matrix: list[list[int]]
    cells: Mapping[Cell, tuple[JudgedByPeople, ...]]
    figures: tuple[Figure, ...]
    bins: tuple[Bin, ...]
    error: float | None
    fit: Fit
    auc: Estimate
    auc_of_length: Estimate
    apart: tuple[JudgedByPeople, ...]


@dataclass(frozen=True, slots=True)
class RaterReport:
    """Several judges, or people, under one name; `pairs` has the kappa of each two."""

    name: str
    raters: tuple[str, ...]
    count: int
    figures: tuple[Figure, ...]
    pairs: tuple[tuple[str, str, int, Figure], ...]


@dataclass(frozen=True, slots=True)
class RuleReport:
    """How often people overruled a rule, of the firings that they decided about."""

    rule: str
    firings: int
    decided: int
    overruled: int

    @property
    def precision(self) -> Estimate:
        """Share of decided firings that people let stand, with Wilson's interval (1927)."""
        if not self.decided:
            return Estimate(None, reason="Nobody has decided about it yet.")
        return share_with_interval(self.decided - self.overruled, self.decided)

    @property
    def is_often_wrong(self) -> bool:
        """Whether people overruled it so often that it is worth another look."""
        return self.decided >= FEW_DECISIONS and self.overruled / self.decided >= OFTEN

    @property
    def advice(self) -> str:
        """What to think of it, in words."""
        if self.decided < FEW_DECISIONS:
            return f"{self.decided} decided: too few to say."
        share = self.overruled / self.decided
        if self.is_often_wrong:
            return f"Overruled {share:.0%} of the time: loosen it?"
        return f"Overruled {share:.0%} of the time."


def judge_reports(workspace: Workspace) -> list[JudgeReport]:
    """Each judge and name of which people said something too, the most pairs first."""
    workspace.database.settle()
    groups: dict[tuple[str, str], list[JudgedByPeople]] = {}
    for pair in judgements.judged_by_people(workspace.database):
        groups.setdefault((pair.name, pair.judge), []).append(pair)
    reports = [_judge_report(*key, pairs) for key, pairs in groups.items()]
    return sorted(reports, key=lambda report: (-report.count, report.name, report.judge))


def judges_together(workspace: Workspace) -> list[RaterReport]:
    """Judges against judges, by name."""
    workspace.database.settle()
    return _rater_reports(judgements.ratings_of_judges(workspace.database))


def people_together(workspace: Workspace) -> list[RaterReport]:
    """People against people: overrides by name, and whether to keep or reject."""
    workspace.database.settle()
    votes = judgements.standing_votes(workspace.database)
    return _rater_reports([rating for event in votes for rating in _rating(event)])


def rule_reports(workspace: Workspace) -> list[RuleReport]:
    """Each rule that finds fault with something, the most often overruled first."""
    workspace.database.settle()
    decisions = _decisions(judgements.standing_votes(workspace.database))
    right: dict[str, list[bool]] = {}
    for firing in judgements.rule_firings(workspace.database):
        stands = _stands(firing, decisions)
        if stands is not None:
            right.setdefault(firing.rule, []).append(stands)
    counts = judgements.firing_counts(workspace.database)
    reports = [
        RuleReport(rule, count, len(right.get(rule, ())), right.get(rule, []).count(False))
        for rule, count in counts.items()
    ]
    return sorted(reports, key=lambda report: (-report.overruled, -report.decided, report.rule))


def _judge_report(name: str, judge: str, pairs: Sequence[JudgedByPeople]) -> JudgeReport:
    said = levels([p.by_judge for p in pairs] + [p.by_people for p in pairs])
    units: list[Unit] = list(zip(said[: len(pairs)], said[len(pairs) :], strict=True))
    whole = [unit for unit in units if None not in unit]
    values = in_order(whole)
    scored = [p for p in pairs if p.by_judge.score is not None and p.by_people.score is not None]
    scores = [p.by_judge.score or 0.0 for p in scored]
    people = [p.by_people.score or 0.0 for p in scored]
    good, groups = [score >= GOOD for score in people], [p.conversation_id for p in scored]
    lengths = [float(p.length) for p in scored]
    return JudgeReport(
        name=name,
        judge=judge,
        count=len(pairs),
        values=values,
        matrix=confusion(tally(whole), values),
        cells=_cells(pairs, units, values),
        figures=figures_of(units, raters=2),
        bins=reliability(scores, people),
        error=expected_calibration_error(scores, people),
        fit=fit(scores, people),
        auc=_auc(scores, good, groups),
        auc_of_length=_auc(lengths, good, groups),
        apart=_apart(pairs, units),
    )


def _cells(
    pairs: Sequence[JudgedByPeople], units: Sequence[Unit], values: Sequence[Scalar]
) -> dict[Cell, tuple[JudgedByPeople, ...]]:
    """What stands in each cell of the matrix; empty ones are left out."""
    found: dict[Cell, tuple[JudgedByPeople, ...]] = {}
    for pair, (one, other) in zip(pairs, units, strict=True):
        if one is not None and other is not None:
            cell = values.index(one), values.index(other)
            found[cell] = (*found.get(cell, ()), pair)
    return found


def _apart(pairs: Sequence[JudgedByPeople], units: Sequence[Unit]) -> tuple[JudgedByPeople, ...]:
    """Where the two levels differ; without scores, in the order of the store."""
    found = [pair for pair, (one, other) in zip(pairs, units, strict=True) if one != other]
    return tuple(sorted(found, key=_distance, reverse=True))


def _distance(pair: JudgedByPeople) -> float:
    one, other = pair.by_judge.score, pair.by_people.score
    return abs(one - other) if one is not None and other is not None else 0.0


def _auc(scores: Sequence[float], good: Sequence[bool], groups: Sequence[Hashable]) -> Estimate:
    if not scores:
        return Estimate(None, reason="No scores.")
    return auc_with_interval(scores, good, groups=groups, resamples=RESAMPLES)


def _rater_reports(ratings: Iterable[Rating]) -> list[RaterReport]:
    """A report for each name under which two raters said something of the same thing."""
    by_name: dict[str, dict[str, dict[str, Opinion]]] = {}
    for rating in ratings:
        things = by_name.setdefault(rating.name, {})
        things.setdefault(rating.target_id, {})[rating.rater] = rating.said
    reports = [_rater_report(name, things) for name, things in by_name.items()]
    shared = [report for report in reports if report.count]
    return sorted(shared, key=lambda report: (-report.count, report.name))


def _rater_report(name: str, things: dict[str, dict[str, Opinion]]) -> RaterReport:
    raters = tuple(sorted({rater for said in things.values() for rater in said}))
    opinions = [opinion for said in things.values() for opinion in said.values()]
    level = iter(levels(opinions))
    rated = [{rater: next(level) for rater in said} for said in things.values()]
    units: list[Unit] = [tuple(said.get(rater) for rater in raters) for said in rated]
    pairs = []
    for one, other in combinations(range(len(raters)), 2):
        two = [(unit[one], unit[other]) for unit in units]
        count = overlap(tally(two))
        if count:
            pairs.append((raters[one], raters[other], count, kappa_of(two)))
    figures = figures_of(units, raters=len(raters))
    return RaterReport(name, raters, overlap(tally(units)), figures, tuple(pairs))


def _rating(event: ReviewEvent) -> Iterator[Rating]:
    """What one person said of one thing; an override without a score counts by its action."""
    if event.kind in ("keep", "reject"):
        said = Opinion(event.kind, None, "pass" if event.kind == "keep" else "reject")
        yield Rating(DECISION, event.target.id, event.target.conversation_id, event.person, said)
    elif event.kind == "override":
        payload = event.payload
        action, score = payload.get("action", "info"), payload.get("score")
        value = action if payload.get("value") is None or score is None else payload["value"]
        said = Opinion(value, score, action)
        name = str(payload["name"])
        yield Rating(name, event.target.id, event.target.conversation_id, event.person, said)


def _decisions(votes: Iterable[ReviewEvent]) -> dict[str, Literal["keep", "reject"]]:
    """What most people decided of each conversation; a split is no decision."""
    newest: dict[str, dict[str, str]] = {}
    for event in votes:
        if event.kind in ("keep", "reject"):
            newest.setdefault(event.target.conversation_id, {})[event.person] = event.kind
    counted = {name: Counter(said.values()) for name, said in newest.items()}
    return {
        name: "keep" if votes["keep"] > votes["reject"] else "reject"
        for name, votes in counted.items()
        if votes["keep"] != votes["reject"]
    }


def _stands(firing: Firing, decisions: Mapping[str, Literal["keep", "reject"]]) -> bool | None:
    """Whether people let a firing stand; None where they said nothing that bears on it.

    An override is about the firing itself. A decision about the whole bears on rules that
    reject: who keeps the conversation overrules them.
    """
    if firing.people is not None:
        return firing.people != "pass"
    decision = decisions.get(firing.conversation_id)
    if firing.action != "reject" or decision is None:
        return None
    return decision == "reject"
