"""Steps that rows pass through, against the plainest Python that does the same."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from grasp_ui.errors import UnreadableFile
from grasp_ui.interchange.seed_source import Place, Rows, columns, open_rows
from grasp_ui.interchange.seed_transform import Step
from grasp_ui.model.value import JsonObject
from grasp_ui.services.parts import load_parts

load_parts()
NAMES = st.sampled_from("abc")
VALUES = st.integers(-3, 3) | st.text(max_size=3) | st.none()
ROW = st.dictionaries(NAMES, VALUES)
ROWS = st.lists(ROW, max_size=12)
NUMBERED = st.integers(0, 40).map(lambda count: [{"n": n} for n in range(count)])


def passed(rows: list[JsonObject], *steps: dict[str, Any]) -> Rows:
    """`rows` behind `steps`, as a graph file would say it."""
    inline = {"kind": "inline", "rows": rows or [{}], "transform": steps}
    return open_rows(inline, Place(Path()))


def after(rows: list[JsonObject], *steps: dict[str, Any]) -> list[JsonObject]:
    return list(passed(rows, *steps)) if rows else []


@given(ROWS, st.integers(0, 15), st.integers(0, 15))
def test_skipping_is_a_slice(rows: list[JsonObject], first: int, last: int) -> None:
    expected = rows[first : max(first, len(rows) - last)]
    assert after(rows, {"skip": {"first": first, "last": last}}) == expected
    assert after(rows, {"skip": first}) == rows[first:]


@given(st.lists(st.integers(0, 9), min_size=1), st.integers(0, 9))
def test_a_filter_keeps_what_holds(numbers: list[int], limit: int) -> None:
    found = after([{"n": n} for n in numbers], {"filter": f"n >= {limit} and n != 5"})
    assert found == [{"n": n} for n in numbers if n >= limit and n != 5]


@given(ROWS)
def test_names_can_be_exchanged(rows: list[JsonObject]) -> None:
    other = {"a": "b", "b": "a"}
    expected = [{other.get(key, key): value for key, value in row.items()} for row in rows]
    assert after(rows, {"rename": other}) == expected


@given(ROWS, st.integers(0, 5))
def test_a_constant_is_added_to_every_row(rows: list[JsonObject], value: int) -> None:
    assert after(rows, {"add": {"x": value, "a": [1]}}) == [
        {**r, "x": value, "a": [1]} for r in rows
    ]


@given(st.lists(st.text(max_size=5), min_size=1))
def test_a_text_is_added_with_other_columns_filled_in(texts: list[str]) -> None:
    steps = {"add": {"ask": "What is {t}? {", "twice": "{ask}{ask}"}}
    found = after([{"t": text} for text in texts], steps)
    assert [row["ask"] for row in found] == [f"What is {text}? {{" for text in texts]
    assert [row["twice"] for row in found] == [row["ask"] * 2 for row in found]


@given(NUMBERED, st.integers(2, 6), st.integers(1, 8))
def test_combined_rows_are_the_full_windows(rows: list[JsonObject], size: int, shift: int) -> None:
    windows = [rows[at : at + size] for at in range(0, len(rows), shift)]
    expected = [
        {f"n_{place}": row["n"] for place, row in enumerate(window, start=1)}
        for window in windows
        if len(window) == size
    ]
    assert after(rows, {"combine": {"rows": size, "shift": shift}}) == expected


def test_columns_of_combined_rows_are_joined_taken_or_numbered() -> None:
    rows = [{"page": n, "text": t, "title": "T"} for n, t in enumerate("abc", start=1)]
    step = {"combine": {"rows": 2, "join": {"page": "-", "text": "\n\n"}, "first": ["title"]}}
    assert after(rows, step) == [
        {"page": "1-2", "text": "a\n\nb", "title": "T"},
        {"page": "2-3", "text": "b\n\nc", "title": "T"},
    ]


@given(NUMBERED, st.integers(1, 50), st.integers(0, 9))
def test_a_sample_of_some_has_that_many_in_order(
    rows: list[JsonObject], count: int, seed: int
) -> None:
    found = after(rows, {"sample": {"rows": count, "seed": seed}})
    assert len(found) == min(count, len(rows))
    assert found == [row for row in rows if row in found]
    assert after(rows, {"sample": {"rows": count, "seed": seed}}) == found


@given(NUMBERED, st.integers(1, 39), st.integers(0, 9))
def test_a_larger_sample_holds_the_smaller_one(
    rows: list[JsonObject], count: int, seed: int
) -> None:
    small = after(rows, {"sample": {"rows": count, "seed": seed}})
    large = after(rows, {"sample": {"rows": count + 1, "seed": seed}})
    assert all(row in large for row in small)


def test_a_share_takes_about_as_many_and_another_seed_takes_others() -> None:
    rows = [{"n": n} for n in range(10_000)]
    found, others = (after(rows, {"sample": {"share": 0.1, "seed": s}}) for s in (1, 2))
    # Five standard deviations of the binomial distribution.
    assert 850 < len(found) < 1_150
    assert found != others
    assert after(rows, {"sample": 1.0}) == rows


def test_every_row_has_the_same_chance_in_a_sample() -> None:
    rows = [{"n": n} for n in range(10)]
    drawn = [0] * 10
    for seed in range(2_000):
        for row in after(rows, {"sample": {"rows": 3, "seed": seed}}):
            drawn[row["n"]] += 1
    # 600 are expected; five standard deviations are 102.
    assert all(498 < times < 702 for times in drawn)


def test_steps_are_taken_in_their_order() -> None:
    rows = [{"n": n} for n in range(6)]
    steps = ({"skip": 1}, {"filter": "n != 3"}, {"rename": {"n": "m"}}, {"skip": 1})
    assert after(rows, *steps) == [{"m": 2}, {"m": 4}, {"m": 5}]


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ({"filter": "n > 'x'"}, "row 1: 'n > 'x'' cannot be decided"),
        ({"add": {"x": "{nope}"}}, "row 1: The variable 'nope' has no value"),
        ({"rename": {"n": "m"}}, "row 1: two of its columns would be named 'm'"),
        (
            {"combine": {"rows": 2, "first": ["n_1"]}},
            "row 1: two of its columns would be named 'n_1'",
        ),
    ],
)
def test_a_row_that_a_step_cannot_use_is_set_aside(step: dict[str, Any], reason: str) -> None:
    rows = passed([{"n": 1, "m": 1, "n_1": 0}, {"n": 2}], step)
    with pytest.raises((StopIteration, UnreadableFile)):
        [next(rows) for _ in range(3)]
    assert str(rows.newly_set_aside()[0]).startswith(reason)


def test_where_no_row_can_be_used_the_first_reason_is_said() -> None:
    with pytest.raises(UnreadableFile, match="None of the 2 rows of the rows can be used; row 1: "):
        after([{"n": "x"}, {"n": "y"}], {"filter": "n > 1"})


def test_columns_are_known_without_looking_for_a_row_that_is_kept() -> None:
    steps = [{"filter": "n > 99"}, {"skip": 50}, {"sample": 3}, {"add": {"x": 1}}]
    seeds = {"kind": "inline", "rows": [{"n": 1}], "transform": steps}
    assert columns(seeds, Place(Path())) == ("n", "x")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"filtr": "n > 1"}, "no transform named 'filtr'; did you mean 'filter'"),
        ({"shout": 1}, "known: add, combine, filter, rename, sample, skip"),
        ({"filter": "n >"}, "cannot be read"),
        ({"sample": {"row": 3}}, "'sample' has no key 'row'; it has rows, share, seed"),
        ({"sample": {"rows": 3, "share": 0.5}}, "`rows` or `share`, not both"),
        ({"skip": 1, "sample": 1}, "Expected one transform"),
        ("skip", "Expected one transform"),
        ({"combine": {"rows": 1}}, "greater than or equal to 2"),
    ],
)
def test_a_step_that_is_wrong_says_why(written: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Step.model_validate(written)


@pytest.mark.parametrize(
    "written",
    [
        {"filter": {"when": "n > 1"}},
        {"sample": {"rows": 3, "seed": 1}},
        {"combine": {"rows": 3, "join": {"t": " "}, "first": ["u"]}},
        {"rename": {"a": "b"}},
        {"add": {"a": [1, {}]}},
        {"skip": {"last": 3}},
    ],
)
def test_a_step_goes_out_as_it_was_written(written: dict[str, Any]) -> None:
    step = Step.model_validate(written)
    assert step.model_dump(mode="json") == written
    assert Step.model_validate_json(step.model_dump_json()) == step
