"""A JSON list is read alike, however it arrives."""

import json
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.interchange.jsonstream import items_of_list

VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


class Dripping(StringIO):
    """Gives a few characters at a time, whatever is asked for."""

    def __init__(self, text: str, characters: int) -> None:
        super().__init__(text)
        self.characters = characters

    def read(self, size: int | None = -1) -> str:
        """The next few characters."""
        return super().read(self.characters)


@given(st.lists(VALUE, max_size=5), st.integers(1, 7), st.sampled_from([None, 0, 2]))
def test_items_come_back_in_whatever_pieces_they_arrive(
    items: list[object], characters: int, indent: int | None
) -> None:
    text = Dripping(json.dumps(items, indent=indent), characters)
    assert [item for _, item in items_of_list(text, "a.json")] == items


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.integers(1, 7))
def test_each_item_has_the_line_on_which_it_begins(items: list[int], characters: int) -> None:
    text = Dripping("[\n" + ",\n".join(map(str, items)) + "]", characters)
    lines = [line for line, _ in items_of_list(text, "a.json")]
    assert lines == list(range(2, len(items) + 2))
