"""The bars over OASST's labelled messages: what people rejected, and what they found poor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.tagging.bars import Bar, short
from benchmarks.tagging.people import Labelled
from grasp_ui.model.conversation import Conversation
from grasp_ui.model.value import MessageId
from grasp_ui.tagging.features import RULE, Features
from grasp_ui.tagging.heuristic import HEURISTICS, HeuristicConfig
from grasp_ui.tagging.language import likely_languages, probability
from grasp_ui.tagging.ranking import FEWEST, Estimate, auc, auc_with_interval, bootstrap, estimate
from grasp_ui.tagging.training import Example, predict_unseen

Numbers = NDArray[np.float64]
REPEATS = 5
FEWEST_FIRINGS = 20
FEWEST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Question:
    """What the bar asks of a message: whom it asks about, what to learn, and the truth."""

    name: str
    goal: float
    is_asked: Callable[[Labelled], bool]
    share: Callable[[Labelled], float]
    is_true: Callable[[Labelled], bool]
    measure: Callable[[str], float] | None = None
    """Of a text, where there is nothing to train on."""


def spam(message: Labelled) -> float:
    """The share of people who called it spam."""
    return message.labels.get("spam", 0.0)


def unlike_english(text: str) -> float:
    """How improbable the declared language is, as the rule `language_mismatch` measures it."""
    likely = likely_languages(text, FEWEST_LETTERS)
    return 1 - probability(likely, frozenset({"en"})) if likely else 0.0


QUESTIONS = (
    Question(
        "OASST review rejected, AUC", 0.92, lambda m: m.was_rejected is not None,
        lambda m: max(float(bool(m.was_rejected)), spam(m)), lambda m: bool(m.was_rejected),
    ),
    Question(
        "OASST spam ≥ .5, AUC", 0.92, lambda m: "spam" in m.labels, spam, lambda m: spam(m) >= 0.5
    ),
    Question(
        "OASST quality < .4 (assistant), AUC", 0.78,
        lambda m: m.role == "assistant" and "quality" in m.labels,
        lambda m: 1 - m.labels["quality"], lambda m: m.labels["quality"] < 0.4,
    ),
    Question(
        "OASST language mismatch ≥ .5, AUC", 0.95, lambda m: "lang_mismatch" in m.labels,
        lambda m: m.labels["lang_mismatch"], lambda m: m.labels["lang_mismatch"] >= 0.5,
        measure=unlike_english,
    ),
)  # fmt: skip


def auc_bars(
    messages: Sequence[Labelled], features: dict[MessageId, dict[str, float]]
) -> list[Bar]:
    """A bar for each question, then the same by the rules alone and by boosted trees."""
    return [bar for question in QUESTIONS for bar in _bars(question, messages, features)]


def precision_bars(messages: Sequence[Labelled], trees: Sequence[Conversation]) -> list[Bar]:
    """How often each rule is right: people rejected it, or quality < .4.

    A bar for those that reject; those that warn of enough are there to compare.
    """
    poor = {m.id: _is_poor(m) for m in messages if m.was_rejected is not None or m.labels}
    tree_of = {m.id: m.tree for m in messages}
    bars = []
    for part in HEURISTICS:
        config = part.config()
        assert isinstance(config, HeuristicConfig)  # noqa: S101 - the decorator takes no other
        fired = {f.target.id for tree in trees for f in part.deed(config, tree)}
        told = [MessageId(name) for name in sorted(fired) if name in poor]
        rejects, is_often = config.default_action == "reject", len(told) >= FEWEST_FIRINGS
        if rejects or (config.default_action == "warn" and is_often):
            found = _precision([poor[name] for name in told], [tree_of[name] for name in told])
            name = f"precision of {part.name} ({len(told)} firings)"
            note = "" if rejects else "It warns."
            bars.append(Bar(name, 0.75, Estimate(None), found, note, rejects and is_often))
    return bars


def _bars(
    question: Question, messages: Sequence[Labelled], features: dict[MessageId, dict[str, float]]
) -> list[Bar]:
    asked = [message for message in messages if question.is_asked(message)]
    truth = [question.is_true(message) for message in asked]
    groups = [message.tree for message in asked]

    def measured(scores: Sequence[float]) -> Estimate:
        return auc_with_interval(scores, truth, groups=groups)

    length = measured([-len(message.text) for message in asked])
    whole = [Example(features[m.id], question.share(m), m.tree) for m in asked]
    if question.measure is not None:
        found = measured([question.measure(message.text) for message in asked])
        note = "Not trained: by the probability of the declared language."
        return [Bar(question.name, question.goal, length, found, note)]
    rules = [Example(_of_rules(e.features), e.label, e.group) for e in whole]
    boosted = measured(predict_unseen(whole, fitting=boosted_trees))
    splits = runs(whole)
    single = sorted(auc(run, truth) or 0.0 for run in splits)
    note = f"Learned; single splits {short(single[0])} to {short(single[-1])}."
    return [
        Bar(question.name, question.goal, length, measured(mean_of(splits)), note),
        _beside("… by the rules alone", length, measured(unseen(rules))),
        _beside("… by boosted trees", length, boosted),
    ]


def unseen(examples: Sequence[Example]) -> list[float]:
    """Predictions for trees that were not seen: the mean over several ways to split them."""
    return mean_of(runs(examples))


def runs(examples: Sequence[Example]) -> list[list[float]]:
    """Predictions for trees that were not seen, for each of several ways to split them."""
    return [predict_unseen(examples, seed=seed) for seed in range(REPEATS)]


def mean_of(splits: Sequence[Sequence[float]]) -> list[float]:
    """The mean prediction for each example."""
    return [sum(found) / len(splits) for found in zip(*splits, strict=True)]


def boosted_trees(known: Numbers, labels: Numbers, asked: Numbers) -> Numbers:
    """What gradient boosting would say: the other way to learn, to compare with."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    trees = HistGradientBoostingRegressor(
        max_depth=3, max_iter=60, learning_rate=0.08, l2_regularization=5.0, random_state=0
    )
    return np.asarray(trees.fit(known, labels).predict(asked))


def _beside(name: str, length: Estimate, found: Estimate) -> Bar:
    return Bar(name, 0.0, length, found, counts=False)


def _of_rules(features: Features) -> dict[str, float]:
    return {name: value for name, value in features.items() if name.startswith(RULE)}


def _is_poor(message: Labelled) -> bool:
    return bool(message.was_rejected) or message.labels.get("quality", 1.0) < 0.4


def _precision(right: Sequence[bool], groups: Sequence[str]) -> Estimate:
    if not right:
        return Estimate(None, reason="It fired on nothing that people labelled.")
    hits = np.array(right, dtype=float)
    bounds = bootstrap(lambda chosen: float(hits[chosen].mean()), groups)
    # A precision rests on firings, of which twenty are asked for, not on the rarer kind.
    cases = FEWEST if len(right) >= FEWEST_FIRINGS else len(right)
    return estimate(float(hits.mean()), bounds, cases=max(cases, len(right)))
