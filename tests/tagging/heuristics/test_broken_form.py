import pytest

from tests.builders import said
from tests.tagging.firing import findings, fired_on


def test_the_fence_that_is_open_is_shown() -> None:
    [finding] = findings("code_fence_odd", said("How?", "```\na\n```\nand\n```js\nb"))
    assert finding.evidence["span"] == [14, 17]


def test_a_program_may_begin_in_a_list() -> None:
    text = "- so:\n  ```python\n  for n in range(3):\n      print(n)\n  ```"
    assert fired_on("python_block_invalid", said("How?", text)) == []
    assert fired_on("code_fence_odd", said("How?", text)) == []


def test_the_line_that_is_no_python_is_shown() -> None:
    text = "```python\ntotal = 1\nfor n in range(3)\n    total += n\n```"
    [finding] = findings("python_block_invalid", said("How?", text))
    start, end = finding.evidence["span"]
    assert text[start:end] == "for n in range(3)"


@pytest.mark.parametrize("name", ["Python", "py", "python3"])
def test_python_has_several_names(name: str) -> None:
    assert fired_on("python_block_invalid", said("How?", f"```{name}\nx = = 1\n```")) == ["m1"]


def test_a_program_of_another_language_is_not_read() -> None:
    assert fired_on("python_block_invalid", said("How?", "```ruby\nputs 'a' if b\n```")) == []


def test_the_place_at_which_json_ends_to_be_json_is_shown() -> None:
    text = '```json\n{"a": 1,, "b": 2}\n```'
    [finding] = findings("json_block_invalid", said("How?", text))
    start, end = finding.evidence["span"]
    assert text[start:end] == ","


def test_the_sign_that_has_no_partner_is_named() -> None:
    [finding] = findings("latex_unbalanced", said("How?", r"So \( x = 1 and y = 2."))
    assert (finding.evidence["measure"], finding.evidence["span"]) == (r"unmatched \(", [3, 5])


def test_a_single_dollar_is_money() -> None:
    assert fired_on("latex_unbalanced", said("How much?", "It costs $5 with \\emph{tax}.")) == []
