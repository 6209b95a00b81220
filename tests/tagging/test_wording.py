import re

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.tagging.fences import open_fence
from grasp_ui.tagging.runs import place_of_run, run_index, runs_within
from grasp_ui.tagging.wording import (
    WORD,
    keys_of,
    may_hold_code,
    runs_of,
    span_of_words,
    without_code,
    word_set,
    words_of,
)

TEXTS = st.text(alphabet="abZ09'’“–_ \n.,éİß中ー", max_size=60)
FEW = st.lists(st.sampled_from(["a", "bb", "ccc", "dddd"]), max_size=20).map(tuple)


@given(TEXTS)
def test_the_words_are_those_of_the_pattern_however_they_are_found(text: str) -> None:
    found = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    assert [word.replace("’", "'") for word in words_of(text)] == found


@given(st.text(alphabet="ab9' ", max_size=30))
def test_apostrophes_of_plain_texts_are_read_as_the_pattern_reads_them(text: str) -> None:
    assert list(words_of(text)) == WORD.findall(text)


@given(TEXTS)
def test_every_word_can_be_found_again_in_the_text(text: str) -> None:
    for number in range(len(words_of(text))):
        start, end = span_of_words(text, number, 1)
        assert re.fullmatch(WORD, text[start:end])


@given(FEW, FEW)
def test_an_index_finds_the_runs_that_two_texts_share(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    runs = runs_of(one, 3)
    found = runs_within(run_index(runs, 3), other)
    assert found == set(runs) & set(runs_of(other, 3))
    assert all(place_of_run(other, run) is not None for run in found)


def test_a_fence_in_a_longer_fence_is_not_open() -> None:
    assert open_fence("````md\n```py\nx = 1\n````") is None
    assert open_fence("```py\nx = 1") == (0, 3)


def test_different_words_are_counted_once() -> None:
    assert word_set("No, no, never.") == {"no", "never"}


@given(st.text(alphabet="aB9' ’_\n", max_size=40))
def test_what_a_pattern_finds_as_a_whole_word_is_a_key(text: str) -> None:
    assert {word.lower() for word in re.findall(r"\b[^\W\d_]+\b", text)} <= keys_of(text)


@given(st.lists(st.sampled_from(["a = 1;", "b()", "So it is.", "", "\n"]), max_size=6))
def test_texts_that_hold_no_code_hold_none_together(texts: list[str]) -> None:
    whole = "\n".join(texts)
    assert may_hold_code(texts) or without_code(whole) == whole
