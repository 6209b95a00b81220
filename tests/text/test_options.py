"""Options: each is known by its words, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.options import option_chooser, twice_named

OPTIONS = {"very good": ["great"], "good": ["ok", "okay"], "bad": [], "n/a": ["none"]}
SPELT = [(word, option) for option, words in OPTIONS.items() for word in (option, *words)]
AROUND = st.text(st.sampled_from(" *_.!?\"'()\n-"))


@given(st.sampled_from(SPELT), AROUND, AROUND)
def test_an_option_is_known_whatever_stands_around_it(
    spelt: tuple[str, str], before: str, after: str
) -> None:
    word, option = spelt
    choose = option_chooser(OPTIONS)
    assert choose(f"{before}{word}{after}") == choose(f"{before}{word.upper()}{after}") == option
    assert choose(word.replace(" ", "-")) == option


@given(st.text())
def test_what_is_chosen_is_an_option(text: str) -> None:
    assert option_chooser(OPTIONS, anywhere=True)(text) in {*OPTIONS, None}


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("I say it is bad.", "bad"),
        ("It is badly made.", None),
        ("good or bad", None),
        ("okay, ok, good", "good"),
        ("", None),
    ],
)
def test_anywhere_needs_one_option_in_whole_words(text: str, option: str | None) -> None:
    assert option_chooser(OPTIONS, anywhere=True)(text) == option


def test_without_anywhere_the_whole_text_counts() -> None:
    assert option_chooser(OPTIONS)("I say it is bad.") is None


@pytest.mark.parametrize(
    ("options", "word"),
    [({"a": ["b"], "c": ["B!"]}, "B!"), ({"?": []}, "?"), ({"a": ["a"]}, None), (OPTIONS, None)],
)
def test_a_word_that_stands_for_two_is_found(
    options: dict[str, list[str]], word: str | None
) -> None:
    assert twice_named(options) == word
