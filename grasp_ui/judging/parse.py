"""From a judge's reply to a `Judgement`: what cannot be read is never a score."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp
from statistics import fmean
from typing import Any

from grasp_ui.judging.ask import Examination
from grasp_ui.judging.strict_json import UnreadableJudgement, only_object
from grasp_ui.llm.port import Reply
from grasp_ui.model.value import JsonObject

__all__ = ["Judgement", "UnreadableJudgement", "judgement_of", "p_yes"]
LETTERS = re.compile(r"[^a-z]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge found: `value` on its own scale, `score` from 0 (bad) to 1 (good)."""

    value: float
    score: float
    reason: str = ""
    evidence: JsonObject = field(default_factory=dict)


def judgement_of(exam: Examination, reply: Reply) -> Judgement:
    """Read the reply to `exam`.

    Raises:
        UnreadableJudgement: it holds no judgement; its code names the reason.
    """
    if exam.method == "p_yes":
        return p_yes(reply.top)
    return _scores(exam, reply.value if reply.value is not None else only_object(reply.text))


def p_yes(top: Sequence[tuple[str, float]]) -> Judgement:
    """How probable yes is against no, from the first token's candidates.

    Raises:
        UnreadableJudgement: `no_probabilities`, or `neither_yes_nor_no` among them.

    Example:
        >>> from math import log
        >>> p_yes([(" Yes", log(0.45)), ("No", log(0.2)), ("yes", log(0.15))]).value
        0.75
    """
    if not top:
        raise UnreadableJudgement(
            "no_probabilities",
            "The judge's endpoint gave no log-probabilities. Use the method 'schema', or a "
            "model that gives them.",
        )
    mass = {"yes": 0.0, "no": 0.0}
    for token, logarithm in top:
        word = LETTERS.sub("", token.lower())
        if word in mass:
            mass[word] += exp(logarithm)
    total = mass["yes"] + mass["no"]
    if total <= 0:
        said = ", ".join(repr(token) for token, _ in top[:5])
        raise UnreadableJudgement(
            "neither_yes_nor_no",
            f"The judge would say neither yes nor no; likeliest: {said}. Put the question so "
            "that it can be answered with yes or no.",
        )
    value = round(mass["yes"] / total, 6)
    return Judgement(value, value, evidence={name: round(share, 6) for name, share in mass.items()})


def _scores(exam: Examination, found: Any) -> Judgement:
    """The mean of the dimensions' scores; reasons and evidence by dimension."""
    names = [dimension.name for dimension in exam.rubric.dimensions]
    parts = {name: _part(exam, name, found) for name in names}
    value = round(fmean(part["score"] for part in parts.values()), 4)
    said = {name: part["reason"] for name, part in parts.items() if part["reason"]}
    lone = len(names) == 1
    reason = "\n".join(why if lone else f"{name}: {why}" for name, why in said.items())
    return Judgement(value, exam.rubric.score(value), reason, {"dimensions": parts})


def _part(exam: Examination, name: str, found: Any) -> dict[str, Any]:
    part = found.get(name) if isinstance(found, dict) else None
    score = part.get("score") if isinstance(part, dict) else None
    low, high = exam.rubric.minimum, exam.rubric.maximum
    if isinstance(part, dict) and type(score) is int and low <= score <= high:
        texts = {key: str(part.get(key) or "") for key in ("evidence", "reason")}
        return {**texts, "score": score}
    raise UnreadableJudgement(
        "no_score",
        f"The judge's reply has no whole score from {low} to {high} for '{name}'; found {score!r}.",
    )
