from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.tagging.lexical import mtld, reading_level, tokens_of, type_token_ratio

WORDS = st.lists(st.sampled_from("abcdefgh"), min_size=50, max_size=200)


def test_mtld_is_the_mean_length_of_runs() -> None:
    # a b c a: after the fourth word 3/4 = .75 > .72, after the fifth (a b c a b) 3/5: a run of 5.
    assert mtld(list("abcab" * 20)) == 5.0


def test_mtld_counts_what_is_left_over_as_a_part_of_a_run() -> None:
    # Ten runs of 5 and `a b c a`: (1 - .75) / (1 - .72) of a run; backwards one that is shifted.
    words = list("abcab" * 10 + "abca")
    forwards = len(words) / (10 + 0.25 / 0.28)
    backwards = len(words) / _runs(words[::-1])
    assert mtld(words) == pytest.approx((forwards + backwards) / 2, abs=0.01)


def _runs(words: list[str]) -> float:
    """A plain count of the runs, to hold the measure against."""
    runs, start, ratio = 0.0, 0, 1.0
    for end in range(1, len(words) + 1):
        ratio = len(set(words[start:end])) / (end - start)
        if ratio <= 0.72:
            runs, start, ratio = runs + 1, end, 1.0
    return runs + (1 - ratio) / 0.28


def test_words_that_never_come_back_are_one_run() -> None:
    assert mtld([str(n) for n in range(80)]) == 80.0


def test_few_words_have_no_mtld() -> None:
    assert mtld(["a"] * 49) is None


@given(WORDS)
def test_mtld_is_the_same_read_backwards(words: list[str]) -> None:
    assert mtld(words) == mtld(words[::-1])


def test_a_richer_text_has_a_higher_mtld() -> None:
    chance = Random(3)
    poor, rich = ([str(chance.randrange(size)) for _ in range(300)] for size in (20, 200))
    assert (mtld(poor) or 0) < (mtld(rich) or 0)


def test_the_ratio_of_types_is_from_nothing_to_one() -> None:
    assert (type_token_ratio([]), type_token_ratio(["a", "b"])) == (None, 1.0)


def test_the_reading_level_follows_its_formula() -> None:
    text = "Temperatures fall quickly. Nights remain cold."
    assert reading_level(text) == round(4.71 * 39 / 6 + 0.5 * 6 / 2 - 21.43, 2)
    assert reading_level("...") is None


def test_tokens_are_a_fourth_of_the_characters() -> None:
    assert (tokens_of("a" * 400), tokens_of("春天来了")) == (100, 4)
