"""The bars over pairs of answers: which of two did people find better?"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.tagging.bars import Bar
from benchmarks.tagging.oasst import unseen
from benchmarks.tagging.people import Duel, Labelled, rows, two_answers
from grasp_ui.model.value import MessageId
from grasp_ui.tagging.features import RULE, Features, message_features
from grasp_ui.tagging.learned import LearnedModel
from grasp_ui.tagging.ranking import Estimate, bootstrap, estimate
from grasp_ui.tagging.training import Example, train

HOW_BADLY = ", how badly"
SUBSETS = ("Natural", "Neighbor", "GPTInst", "GPTOut", "Manual")


def rank_bars(
    messages: Sequence[Labelled],
    features: dict[MessageId, dict[str, float]],
    duels: Sequence[Duel],
) -> list[Bar]:
    """Sibling answers: by length, by what was learned, by the rules, by people's quality."""
    text = {message.id: message.text for message in messages}
    asked = [m for m in messages if m.role == "assistant" and "quality" in m.labels]
    graded = [Example(features[m.id], m.labels["quality"], m.tree) for m in asked]
    learned = dict(zip([m.id for m in asked], unseen(graded), strict=True))
    length = duel_accuracy(duels, lambda name: len(text[name]))
    rules = duel_accuracy(duels, lambda name: -badness(features[name]))
    found = duel_accuracy(duels, lambda name: learned.get(name, 0.5))
    quality = {m.id: m.labels["quality"] for m in asked}
    graded_duels = [duel for duel in duels if {duel.better, duel.worse} <= set(quality)]
    people = duel_accuracy(graded_duels, quality.__getitem__)
    return [
        Bar("OASST sibling rank, pair accuracy", 0.69, length, found, "By learned quality."),
        Bar("… by the rules alone", 0.0, length, rules, counts=False),
        Bar("… learned from ranks alone", 0.0, length, by_ranks(duels, features), counts=False),
        Bar("… by the quality that people gave both", 0.0, length, people, counts=False),
    ]


def by_ranks(duels: Sequence[Duel], features: Mapping[MessageId, Features]) -> Estimate:
    """A linear Bradley-Terry model: what two answers differ by, and which was found better."""
    apart = [_difference(features[duel.better], features[duel.worse]) for duel in duels]
    won = [Example(found, 1.0, duel.tree) for found, duel in zip(apart, duels, strict=True)]
    lost = [Example({n: -v for n, v in e.features.items()}, 0.0, e.group) for e in won]
    return _accuracy(unseen([*won, *lost])[: len(won)], duels)


def llmbar_bars(
    folder: Path, messages: Sequence[Labelled], features: dict[MessageId, dict[str, float]]
) -> list[Bar]:
    """LLMBar: a model of OASST's graded quality on each subset that is there."""
    asked = [m for m in messages if m.role == "assistant" and "quality" in m.labels]
    graded = [Example(features[m.id], m.labels["quality"], m.tree) for m in asked]
    model = train(graded, aim="quality", kind="message")
    bars = []
    for subset in SUBSETS:
        files = sorted(folder.glob(f"*{subset}.jsonl"))
        bars += [_llmbar(subset, file, model) for file in files]
    return bars


def duel_accuracy(duels: Sequence[Duel], score: Callable[[MessageId], float]) -> Estimate:
    """Share of duels that a score decides as people did; a tie counts half."""
    if not duels:
        return Estimate(None, reason="No ranked answers.")
    return _accuracy([_won(score(duel.better), score(duel.worse)) for duel in duels], duels)


def badness(features: Features) -> float:
    """How badly all the rules together find a message."""
    return sum(v for n, v in features.items() if n.startswith(RULE) and n.endswith(HOW_BADLY))


def _accuracy(chances: Sequence[float], duels: Sequence[Duel]) -> Estimate:
    """The share of duels that are won, where each has a chance of the better answer."""
    won = np.array([_won(chance, 0.5) for chance in chances])
    bounds = bootstrap(lambda chosen: float(won[chosen].mean()), [duel.tree for duel in duels])
    return estimate(float(won.mean()), bounds, cases=len(duels))


def _difference(one: Features, other: Features) -> Features:
    return {n: one.get(n, 0.0) - other.get(n, 0.0) for n in sorted({*one, *other})}


def _won(better: float, worse: float) -> float:
    return 0.5 if better == worse else float(better > worse)


def _llmbar(subset: str, file: Path, model: LearnedModel) -> Bar:
    duels, scores, lengths = [], dict[MessageId, float](), dict[MessageId, int]()
    for number, row in enumerate(rows(file)):
        tree = two_answers(f"{subset}.{number}", row["input"], row["output_1"], row["output_2"])
        found = message_features(tree)
        for message in tree.messages[1:]:
            scores[message.id] = model.probability(found[message.id])
            lengths[message.id] = len(message.content)
        one, other = tree.messages[1].id, tree.messages[2].id
        won, lost = (one, other) if row["label"] == 1 else (other, one)
        duels.append(Duel(tree.id, won, lost))
    by_length = duel_accuracy(duels, lengths.__getitem__)
    found_by = duel_accuracy(duels, scores.__getitem__)
    is_adversarial = subset != "Natural"
    note = "Trained on OASST. " + ("" if is_adversarial else "No bar: not an adversarial subset.")
    return Bar(f"LLMBar {subset}, pair accuracy", 0.45, by_length, found_by, note, is_adversarial)
