"""Agreement of people with each other, and of recorded judges with people."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score

from benchmarks.tagging.people import rows
from grasp_ui.tagging.agreement import (
    Measure,
    Unit,
    cohen_kappa,
    davies_fleiss_kappa,
    fleiss_kappa,
    gwet_ac1,
    interval,
    krippendorff_alpha,
    raw_agreement,
    tally,
)

SEVERAL: dict[str, Measure] = {
    "raw": raw_agreement, "Fleiss": fleiss_kappa, "Krippendorff's alpha": krippendorff_alpha,
    "Davies & Fleiss": davies_fleiss_kappa, "Gwet's AC1": gwet_ac1,
}  # fmt: skip


def pandalm(folder: Path) -> Iterator[str]:
    """Three people and two judges on PandaLM's pairs, and how far the oracles differ."""
    tests = list(rows(folder / "testset.jsonl"))
    units: list[Unit] = [tuple(row[f"annotator{n}"] for n in (1, 2, 3)) for row in tests]
    yield f"PandaLM, {len(units)} pairs (tie, first, second):"
    for one, other in combinations(range(3), 2):
        yield _line(
            f"Cohen, people {one + 1} and {other + 1}", _two(units, one, other), cohen_kappa
        )
    for name, measure in SEVERAL.items():
        yield _line(f"{name}, three people", units, measure)
    people = {row["idx"]: _majority(unit) for row, unit in zip(tests, units, strict=True)}
    for file in sorted(folder.glob("judge_*.jsonl")):
        said = {row["idx"]: int(row["result"]) for row in rows(file) if row["result"] in WINNERS}
        both: list[Unit] = [(people[name], said.get(name)) for name in people]
        yield _line(f"Cohen, {file.stem} and most people", both, cohen_kappa)
    yield f"- largest difference from scikit-learn and NLTK: {_difference(units):.1e}"


def llmbar_judges(file: Path) -> Iterator[str]:
    """Position bias of each recorded judge, and panels of them against people."""
    asked = [row for row in rows(file) if row["winner_order_ab"] and row["winner_order_ba"]]
    yield f"Judges of {asked[0]['subset']}, both orders ({len(asked)} answers):"
    yield "| judge | method | same in both orders | first place where it flips | right, order 1 | right, order 2 | right where a flip is half |"  # noqa: E501 - a table's head
    yield "|---|---|---|---|---|---|---|"
    by_judge: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in asked:
        by_judge[row["judge"], row["method"]].append(row)
    for (judge, method), said in sorted(by_judge.items()):
        yield f"| {judge} | {method} | {' | '.join(_bias(said))} |"
    yield ""
    yield from _panels(asked)


WINNERS = (0, 1, 2, "0", "1", "2")


def _line(name: str, units: Sequence[Unit], measure: Measure) -> str:
    rated = tally(units)
    found, bounds = measure(rated), interval(rated, measure)
    value = found.reason if found.value is None else f"{found.value:.4f}"
    return f"- {name}: {value}" + (f" ({bounds[0]:.3f}–{bounds[1]:.3f})" if bounds else "")


def _two(units: Sequence[Unit], one: int, other: int) -> list[Unit]:
    return [(unit[one], unit[other]) for unit in units]


def _majority(unit: Unit) -> Any:
    """What most people said; None where all three differ."""
    value, times = Counter(unit).most_common(1)[0]
    return value if times > 1 else None


def _difference(units: Sequence[Unit]) -> float:
    told = [(str(r), str(n), v) for n, unit in enumerate(units) for r, v in enumerate(unit)]
    task, rated = AnnotationTask(told), tally(units)
    pairs: list[tuple[float | None, float]] = [
        (krippendorff_alpha(rated).value, task.alpha()),
        (fleiss_kappa(rated).value, task.pi()),
        (davies_fleiss_kappa(rated).value, task.multi_kappa()),
        (raw_agreement(rated).value, task.avg_Ao()),
    ]
    for one, other in combinations(range(3), 2):
        two = _two(units, one, other)
        pairs.append((cohen_kappa(tally(two)).value, cohen_kappa_score(*zip(*two, strict=True))))
    return max(abs((ours or 0.0) - theirs) for ours, theirs in pairs)


def _bias(said: Sequence[dict[str, Any]]) -> list[str]:
    """`ab` shows output 1 first, `ba` output 2: who names the first shown twice, flips."""
    flips = [row for row in said if row["winner_order_ab"] != row["winner_order_ba"]]
    first = sum(row["winner_order_ab"] == "1" for row in flips)
    rights = [
        sum(row[order] == str(row["human"]) for row in said) / len(said)
        for order in ("winner_order_ab", "winner_order_ba")
    ]
    shares = [1 - len(flips) / len(said), first / len(flips) if flips else 0.0, *rights]
    return [*(f"{share:.2f}" for share in shares), f"{sum(map(_credit, said)) / len(said):.3f}"]


def _credit(row: dict[str, Any]) -> float:
    """1 for people's winner in both orders, half for a flip, which is a tie."""
    human = str(row["human"])
    rights = [str(row[order]) == human for order in ("winner_order_ab", "winner_order_ba")]
    return sum(rights) / 2


def _panels(asked: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The majority of all judges by one method, each asked in both orders."""
    by_method: dict[str, dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in asked:
        by_method[row["method"]][row["idx"]].append(row)
    for method, things in sorted(by_method.items()):
        credit = [_panel_credit(votes) for votes in things.values()]
        judges = len({row["judge"] for row in asked if row["method"] == method})
        yield f"- panel of {judges}, {method}: right {sum(credit) / len(credit):.3f}"


def _panel_credit(votes: Sequence[dict[str, Any]]) -> float:
    mean = sum(map(_credit, votes)) / len(votes)
    return 0.5 if mean == 0.5 else float(mean > 0.5)
