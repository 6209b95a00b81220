"""Tags: what was put between them comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.tags import tag_reader

CONTENT = st.text(st.characters(blacklist_characters="<>", blacklist_categories=["Cs"]))


@given(st.lists(CONTENT), CONTENT)
def test_every_content_comes_out_in_order(contents: list[str], between: str) -> None:
    text = between.join(f"<answer>{content}</answer>" for content in contents)
    assert tag_reader("answer")(text) == [content.strip() for content in contents]


@given(st.text())
def test_a_text_without_tags_gives_nothing(text: str) -> None:
    if "<answer" not in text.lower():
        assert tag_reader("answer", unclosed=True)(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<ANSWER id="1">a</answer >', ["a"]),
        ("<answer>a <b>bold</b></answer>", ["a <b>bold</b>"]),
        ("<answers>a</answers>", []),
        ("<answer>a<answer>b</answer>c</answer>", ["a<answer>b"]),
        ("</answer>a", []),
    ],
)
def test_tags_are_told_apart(text: str, found: list[str]) -> None:
    assert tag_reader("answer")(text) == found


def test_an_unclosed_last_tag_counts_only_where_it_may() -> None:
    text = "<answer>a</answer><answer> b"
    assert tag_reader("answer")(text) == ["a"]
    assert tag_reader("answer", unclosed=True)(text) == ["a", "b"]


@pytest.mark.parametrize("text", ["<answer " * 100_000, "<answer>" * 100_000, "</answer" * 100_000])
def test_a_hostile_text_is_read_in_one_pass(text: str) -> None:
    assert len(tag_reader("answer", unclosed=True)(text)) <= 1
