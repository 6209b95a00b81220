import zlib
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import said
from tests.tagging.firing import findings, fired_on, sample_texts

ASKED = "What should I know about growing tomatoes on a balcony?"
TEXTS = sample_texts("repetition")
FAULTY, CLEAN = TEXTS["faulty"], TEXTS["clean"]


@pytest.mark.parametrize("name", FAULTY)
def test_a_text_that_goes_round_in_circles_is_found(name: str) -> None:
    assert fired_on("repetition", said(ASKED, FAULTY[name])) == ["m1"]


@pytest.mark.parametrize("name", CLEAN)
def test_a_text_that_only_comes_back_to_its_words_is_honest(name: str) -> None:
    assert fired_on("repetition", said(ASKED, CLEAN[name])) == []


@pytest.mark.parametrize(
    ("name", "measure", "threshold"),
    [
        ("one line, four times", "same line", 4),
        ("a clause that goes round", "repeated 5-word runs", 0.15),
        ("a pair of words", "repeated 5-word runs", 0.15),
        ("three words", "commonest 2 words", 0.2),
        ("letters without an end", "compression ratio", 6.0),
    ],
)
def test_the_evidence_names_the_measure(name: str, measure: str, threshold: float) -> None:
    [finding] = findings("repetition", said(ASKED, FAULTY[name]))
    assert (finding.evidence["measure"], finding.evidence["threshold"]) == (measure, threshold)
    assert finding.evidence["number"] == finding.value


def test_the_span_is_the_place_of_the_repeat() -> None:
    text = FAULTY["a clause that goes round"]
    [finding] = findings("repetition", said(ASKED, text))
    start, end = finding.evidence["span"]
    assert text[start:end] == "and they need a lot"
    assert start == text.index("and they") + len("and they need a lot of water in the summer, ")


def test_a_user_who_repeats_himself_is_found_too() -> None:
    assert fired_on("repetition", said("Where is my parcel?\n" * 5, "It is on its way.")) == ["m0"]


def test_the_shares_of_a_short_text_are_not_taken() -> None:
    text = "Sun is good, sun is good for you, and sun is good for plants."
    assert fired_on("repetition", said(ASKED, text)) == []
    assert fired_on("repetition", said(ASKED, text), minimum_words=5) == ["m1"]


def test_a_short_text_that_is_nothing_but_a_loop_is_found() -> None:
    looped = "A delightful cat, " + "a cat, " * 10 + "a cat."
    assert fired_on("repetition", said(ASKED, looped)) == ["m1"]


def test_a_song_that_was_asked_for_may_have_a_refrain() -> None:
    song = "Sun on the red tomatoes\n" * 5
    assert fired_on("repetition", said("Write a song about my balcony.", song * 2)) == ["m1"]
    verses = "".join(f"Sun on the red tomatoes\nVerse {n} of rain\n" for n in range(5))
    assert fired_on("repetition", said("Write a song about my balcony.", verses)) == []
    assert fired_on("repetition", said("What grows on my balcony?", verses)) == ["m1"]


WORDS = st.sampled_from(["red", "pot", "a", "tomato", "water", "sun"])


@given(st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", ". ", "\n"])), max_size=70))
def test_no_line_and_no_triple_is_passed_over_for_speed(told: list[tuple[str, str]]) -> None:
    text = "".join(word + mark for word, mark in told)
    lines = Counter(line.strip() for part in text.split("\n") for line in part.split(". "))
    is_line = any(n >= 4 and len(line.split()) > 2 for line, n in lines.items())
    words = [word for word, _ in told]
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    top, times = max(triples.items(), key=lambda item: item[1], default=(("",) * 3, 0))
    is_triple = times * len("".join(top)) > 0.18 * len("".join(words)) and times > 2
    if is_line or (is_triple and len(words) >= 30):
        assert fired_on("repetition", said(ASKED, text)) == ["m1"]


@given(st.lists(st.integers(0, 999), min_size=8, max_size=400))
def test_words_that_hardly_repeat_never_reach_the_compression_ratio(numbers: list[int]) -> None:
    words = [f"{n:03}".translate(str.maketrans("0123456789", "aeioubdglt")) for n in numbers]
    if len(words) - len(set(pairwise(words))) <= len(words) / 4:
        text = " ".join(words).encode()
        assert len(text) / len(zlib.compress(text, 6)) < 6
