"""A small model learned from people: features in, a probability out; JSON."""

import math
from typing import Final, Literal

from pydantic import Field

from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Action, JsonObject, Value
from grasp_ui.tagging.calibration import Calibrator
from grasp_ui.tagging.features import Features

Aim = Literal["quality", "reject"]
Kind = Literal["message", "conversation"]
AIMS: tuple[Aim, ...] = ("quality", "reject")
KINDS: tuple[Kind, ...] = ("message", "conversation")
FARTHEST: Final = 4.0
"""So many standard deviations from the mean a feature counts at most."""
SHOWN = 4


class Card(Value):
    """What a model learned from, and how well it does on what it had not seen."""

    labels: int
    groups: int
    rarer: int
    features: int
    auc: float | None
    auc_low: float | None = None
    auc_high: float | None = None
    auc_of_length: float | None = None
    calibration_error: float | None = None
    penalty: float
    not_for: str = ""

    @property
    def is_better_than_chance(self) -> bool:
        """Whether the whole interval of its AUC lies above one half."""
        return self.auc_low is not None and self.auc_low > 0.5


class LearnedModel(Value):
    """A logistic regression over named features, with a calibrator and its card."""

    aim: Aim
    kind: Kind
    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    calibrator: Calibrator | None = None
    rules: tuple[str, ...] = Field(default_factory=tuple)
    version: str = ""
    card: Card

    def probability(self, features: Features) -> float:
        """The calibrated probability that people would say `aim` of it, from 0 to 1."""
        raw = _sigmoid(self.intercept + sum(self.drivers(features).values()))
        return raw if self.calibrator is None else self.calibrator.apply(raw)

    def drivers(self, features: Features) -> dict[str, float]:
        """What each feature adds to the log-odds, against an average example."""
        parts = zip(self.features, self.means, self.scales, self.weights, strict=True)
        return {
            name: weight * _bounded((features.get(name, 0.0) - mean) / scale)
            for name, mean, scale, weight in parts
        }

    def tag(self, target: Target, features: Features) -> Tag:
        """The tag that the model gives to `target`; `reject` warns from one in two on."""
        chance = round(self.probability(features), 4)
        action: Action = "warn" if self.aim == "reject" and chance >= 0.5 else "info"
        return Tag(
            target=target,
            name=self.aim,
            value=chance,
            score=chance if self.aim == "quality" else round(1 - chance, 4),
            action=action,
            source="learned",
            author=f"learned {self.aim}",
            version=self.version,
            evidence=_evidence(self.drivers(features)),
        )


def _evidence(drivers: dict[str, float]) -> JsonObject:
    """The features that weigh most, with what they add to the log-odds."""
    strongest = sorted(drivers.items(), key=lambda item: -abs(item[1]))[: 2 * SHOWN]
    up = {name: round(part, 2) for name, part in strongest if part > 0}
    down = {name: round(part, 2) for name, part in strongest if part < 0}
    return {
        "raised_by": dict(list(up.items())[:SHOWN]),
        "lowered_by": dict(list(down.items())[:SHOWN]),
    }


def _bounded(deviations: float) -> float:
    return min(FARTHEST, max(-FARTHEST, deviations))


def _sigmoid(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
