"""Several judges, or samples of one: the median counts, the spread is shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from grasp_ui.judging.compare import Winner
from grasp_ui.judging.examine import Examined
from grasp_ui.judging.parse import Judgement


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a panel found together; without a `judgement` all of it was unparsed.

    `spread` is the distance from the lowest to the highest value; `counted` is how many of the
    `asked` members gave a value.
    """

    judgement: Judgement | None
    spread: float = 0.0
    counted: int = 0
    asked: int = 0


def panel_verdict(members: Sequence[Examined]) -> Verdict:
    """Fold what the members found; those who are unparsed do not count.

    The reason is that of the member whose value is nearest to the median, the earlier of two.

    Example:
        >>> said = [Examined(Judgement(value, value / 5)) for value in (2.0, 5.0, 4.0)]
        >>> found = panel_verdict([*said, Examined(None, "not_json")])
        >>> found.judgement.value, found.spread, found.counted, found.asked
        (4.0, 3.0, 3, 4)
    """
    found = [one.judgement for one in members if one.judgement is not None]
    if not found:
        return Verdict(None, asked=len(members))
    values = [one.value for one in found]
    middle = median(values)
    nearest = min(found, key=lambda one: abs(one.value - middle))
    spread = round(max(values) - min(values), 6)
    evidence = {
        "members": [one.judgement.value if one.judgement else None for one in members],
        "spread": spread,
    }
    score = median(one.score for one in found)
    judgement = Judgement(middle, score, nearest.reason, evidence)
    return Verdict(judgement, spread, len(found), len(members))


def panel_winner(winners: Sequence[Winner | None]) -> Winner | None:
    """Who wins by the votes of a panel; without a clear lead it is a tie.

    None votes for nobody; where all are None, so is the outcome.

    Example:
        >>> panel_winner(["first", "tie", "first"]), panel_winner(["first", "second", None])
        ('first', 'tie')
    """
    votes = Counter(winner for winner in winners if winner is not None)
    if not votes:
        return None
    (leader, most), *others = votes.most_common()
    return "tie" if any(count == most for _, count in others) else leader
