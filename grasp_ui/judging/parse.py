"""From a judge's reply to a `Judgement`: what cannot be read is never a score."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from statistics import fmean
from typing import Any

from grasp_ui.judging.ask import Examination
from grasp_ui.judging.strict_json import UnreadableJudgement, object_of, plain, shown
from grasp_ui.judging.wording import NOT_APPLICABLE, token_names
from grasp_ui.llm.port import Reply
from grasp_ui.model.rubric import Dimension, Rubric
from grasp_ui.model.value import JsonObject

__all__ = ["Judgement", "UnreadableJudgement", "expected_score", "judgement_of", "p_yes"]

LETTERS = re.compile(r"[^a-z]")
AROUND = re.compile(r"^[^A-Za-z0-9]+|[^A-Za-z0-9]+$")
LEAST_SHARE = 0.5
"""How much of a judge's first token has to be a level before an expected score means anything."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge found: `value` on its own scale, `score` from 0 (bad) to 1 (good)."""

    value: float
    score: float
    reason: str = ""
    evidence: JsonObject = field(default_factory=dict)


def judgement_of(exam: Examination, reply: Reply, dialogue: str = "") -> Judgement:
    """Read the reply to `exam` about `dialogue`.

    Raises:
        UnreadableJudgement: it holds no judgement; its code names the reason.
    """
    if exam.method == "p_yes":
        return p_yes(reply.top)
    if exam.method == "expected_score":
        return expected_score(exam.rubric, reply.top)
    return _scores(exam.rubric, object_of(reply, dialogue))


def p_yes(top: Sequence[tuple[str, float]]) -> Judgement:
    """How probable yes is against no, from the first token's candidates.

    Raises:
        UnreadableJudgement: `no_probabilities`, or `neither_yes_nor_no` among them.

    Example:
        >>> from math import log
        >>> p_yes([(" Yes", log(0.45)), ("No", log(0.2)), ("yes", log(0.15))]).value
        0.75
    """
    _check_given(top)
    mass = {"yes": 0.0, "no": 0.0}
    for token, logarithm in top:
        word = LETTERS.sub("", token.lower())
        if word in mass:
            mass[word] += exp(logarithm)
    total = mass["yes"] + mass["no"]
    if total <= 0:
        raise UnreadableJudgement(
            "neither_yes_nor_no",
            f"The judge would say neither yes nor no; likeliest: {_likeliest(top)}. Put the "
            "question so that it can be answered with yes or no.",
        )
    value = round(mass["yes"] / total, 6)
    return Judgement(value, value, evidence=_rounded(mass))


def expected_score(rubric: Rubric, top: Sequence[tuple[str, float]]) -> Judgement:
    """The mean of the levels, each weighed by how probable its token is.

    The evidence has the probability of each level, before they are made to add up to 1.

    Raises:
        UnreadableJudgement: `no_probabilities`, or `no_level` where levels make up less than
            half of what the judge would say.

    Example:
        >>> from math import log
        >>> from grasp_ui.judging.rubric import load_rubrics
        >>> rubric = load_rubrics()["helpfulness"]
        >>> expected_score(rubric, [("4", log(0.6)), (" 5", log(0.2)), ("The", log(0.2))]).value
        4.25
    """
    _check_given(top)
    levels = token_names(rubric)
    mass = dict.fromkeys(levels, 0.0)
    for token, logarithm in top:
        name = AROUND.sub("", token).upper()
        if name in mass:
            mass[name] += exp(logarithm)
    total = sum(mass.values())
    if total < LEAST_SHARE:
        raise UnreadableJudgement(
            "no_level",
            f"The judge would not say one of {', '.join(levels)}; likeliest: {_likeliest(top)}.",
        )
    value = round(sum(levels[name] * share for name, share in mass.items()) / total, 6)
    shares = {str(levels[name]): round(share, 6) for name, share in mass.items()}
    return Judgement(value, rubric.score(value), evidence={"levels": shares})


def _check_given(top: Sequence[tuple[str, float]]) -> None:
    if not top:
        raise UnreadableJudgement(
            "no_probabilities",
            "The judge's endpoint gave no log-probabilities. Use the method 'schema', or a "
            "model that gives them.",
        )


def _likeliest(top: Sequence[tuple[str, float]]) -> str:
    return ", ".join(repr(token) for token, _ in top[:5])


def _rounded(shares: Mapping[str, float]) -> JsonObject:
    return {name: round(share, 6) for name, share in shares.items()}


def _scores(rubric: Rubric, found: Any) -> Judgement:
    """The mean of the dimensions that count and apply; reasons and evidence by dimension."""
    parts = {one.name: _part(rubric, one, found) for one in rubric.dimensions}
    counted = [parts[one.name]["score"] for one in rubric.dimensions if one.counts]
    scores = [score for score in counted if score != NOT_APPLICABLE]
    if not scores:
        raise UnreadableJudgement("not_applicable", f"Nothing of '{rubric.name}' applies here.")
    value = round(fmean(scores), 4)
    said = {name: part["reason"] for name, part in parts.items() if part["reason"]}
    lone = len(parts) == 1
    reason = "\n".join(why if lone else f"{name}: {why}" for name, why in said.items())
    return Judgement(value, rubric.score(value), reason, {"dimensions": parts})


def _part(rubric: Rubric, dimension: Dimension, found: Any) -> dict[str, Any]:
    part = found.get(dimension.name) if isinstance(found, dict) else None
    score = part.get("score") if isinstance(part, dict) else None
    if isinstance(part, dict) and _is_level(rubric, dimension, score):
        texts = {key: plain(part.get(key)) for key in ("evidence", "reason")}
        return {**texts, "score": score}
    otherwise = f" or '{NOT_APPLICABLE}'" if dimension.not_applicable else ""
    raise UnreadableJudgement(
        "no_score",
        f"The judge's reply has no whole score from {rubric.minimum} to {rubric.maximum}"
        f"{otherwise} for '{dimension.name}'; found {shown(score)}.",
    )


def _is_level(rubric: Rubric, dimension: Dimension, score: object) -> bool:
    if type(score) is int:
        return rubric.minimum <= score <= rubric.maximum
    return score == NOT_APPLICABLE and bool(dimension.not_applicable)
