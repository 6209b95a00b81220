"""Generated text is drawn, but nothing of it runs, loads or leads away."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from grasp_ui.ui.neutral import JOINER, blocks, literal, neutral, one_line

HOSTILE = [
    "![x](http://evil.example/a.png)",
    "![x][1]\n\n[1]: http://evil.example/a.png",
    "[click](javascript:alert(1))",
    "<http://evil.example>",
    "http://evil.example",
    "www.evil.example",
    "mail me@evil.example",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`<img src=x>` and `![x](http://evil.example)`",
    ":material/home: :red[loud] :streamlit:",
    r"\\[x](http://evil.example)",
]
LIVE = re.compile(r"\]\(|\]\[|\]:|<[A-Za-z/!?]|://|www\.|[^\s\u2060]@\S|:[\w+./-]+[:\[]")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_live_mark_is_left_of_hostile_text(text: str) -> None:
    assert LIVE.search(neutral(text)) is None


@given(some.text(alphabet="[]()<>!:/@w.a`$\\\n ~*"))
def test_no_text_keeps_a_live_mark_outside_of_fences(text: str) -> None:
    drawn = (body for kind, body, _ in blocks(text) if kind == "text")
    assert [body for body in drawn if LIVE.search(body)] == []


@given(some.text())
def test_neutral_text_reads_as_the_text_itself(text: str) -> None:
    bare = text.replace(JOINER, "")
    assert neutral(bare).replace(JOINER, "").replace(r"\$", "$") == bare.replace(r"\$", "$")


def test_fenced_code_is_given_exactly_as_it_is() -> None:
    code = 'print("<b>")\n[x](http://a.example)  # $5'
    assert list(blocks(f"```python\n{code}\n```")) == [("code", code, "python")]


def test_a_fence_that_is_never_closed_is_code_to_the_end() -> None:
    assert [kind for kind, *_ in blocks("Here:\n~~~\na\nb")] == ["text", "code"]


@pytest.mark.parametrize("price", ["It costs $5 and then $6.", "US$ 10 or $20", "$1,000"])
def test_prices_are_no_formulas(price: str) -> None:
    assert "$" not in neutral(price).replace(r"\$", "")


def test_formulas_stay_formulas() -> None:
    assert neutral("so $x^2 + 1$ and $$y$$") == "so $x^2 + 1$ and $$y$$"


def test_lone_surrogates_do_not_break_a_page() -> None:
    assert [body.encode() for _, body, _ in blocks("a\ud800b")] == ["a\ufffdb".encode()]


def test_names_show_every_mark_as_it_is() -> None:
    assert literal("# *a* `b`\nc") == r"\# \*a\* \`b\` c"


def test_one_line_says_when_it_is_cut() -> None:
    assert one_line("a\n b " + "c" * 200, 10) == "a b ccccc…"
