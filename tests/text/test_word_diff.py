"""Two texts compared word by word: nothing is lost on the way."""

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.word_diff import MOST_WORDS, word_diff

texts = st.text(max_size=60) | st.lists(st.sampled_from(["a", "b", "cat", ".", "\n"])).map(" ".join)


@given(texts, texts)
def test_the_pieces_spell_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after


@given(texts)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert word_diff(text, text) == ((("same", text),) if text else ())


def test_long_texts_are_compared_by_lines() -> None:
    lines = [f"line {number}" for number in range(MOST_WORDS)]
    before, after = "\n".join(lines), "\n".join(["first", *lines])
    assert word_diff(before, after) == (("added", "first\n"), ("same", before))
