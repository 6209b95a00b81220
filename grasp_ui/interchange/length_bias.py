"""Whether a set of pairs teaches to write longer answers, rather than better ones."""

from collections.abc import Mapping

PAIRS = "pairs"
LONGER = "chosen answer is longer"
LEAST, MOST = 25, 80
"""Usual shares of pairs whose chosen answer is the longer one, in per cent."""
ENOUGH = 20
"""Of fewer pairs a share says little."""


def length_bias(figures: Mapping[str, int]) -> str:
    """One line on how many chosen answers are longer; empty without pairs.

    Example:
        >>> length_bias({PAIRS: 100, LONGER: 50})
        'The chosen answer is longer in 50 % of 100 pairs.'
        >>> length_bias({PAIRS: 100, LONGER: 90}).partition(": ")[2]
        'outside the usual 25 to 80 %, so training may teach length.'
    """
    pairs = figures.get(PAIRS, 0)
    if not pairs:
        return ""
    share = round(100 * figures.get(LONGER, 0) / pairs)
    told = f"The chosen answer is longer in {share} % of {pairs:,} pairs"
    if is_biased(figures):
        return f"{told}: outside the usual {LEAST} to {MOST} %, so training may teach length."
    return f"{told}."


def is_biased(figures: Mapping[str, int]) -> bool:
    """Whether there are enough pairs, and unusually many or few longer chosen answers."""
    pairs = figures.get(PAIRS, 0)
    share = 100 * figures.get(LONGER, 0) / pairs if pairs else LEAST
    return pairs >= ENOUGH and not LEAST <= share <= MOST
