"""Nodes that work on a text: parse_json, regex, split, extract_tag, normalize, enum, template."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.engine.compile import problems_of
from grasp_ui.engine.kinds.normalize import NormalizeConfig, normalized
from tests.builders import graph, surroundings
from tests.engine.kinds.transforming import failure, written

JSON = {"kind": "parse_json", "text": "{t}"}
REGEX = {"kind": "regex", "text": "{t}"}
TAG = {"kind": "extract_tag", "text": "{t}"}
ENUM = {"kind": "enum", "text": "{t}", "options": {"yes": ["yep"], "no": []}}
FENCED = 'Sure:\n```json\n{"q": "Why?", "items": [{"name": "a"}], "n": 4}\n```'


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, {"parsed": json.loads(FENCED[14:-4])}),
        ({"fields": ["q", "n"]}, {"q": "Why?", "n": 4}),
        ({"fields": ["items.0.name"]}, {"name": "a"}),
        ({"fields": {"first": "/items/0/name"}}, {"first": "a"}),
        ({"fields": ["gone"], "missing": "empty"}, {"gone": None}),
        ({"fields": ["q"], "writes": "all"}, {"q": "Why?", "all": json.loads(FENCED[14:-4])}),
    ],
)
def test_json_becomes_variables(fields: dict[str, Any], found: dict[str, Any]) -> None:
    assert written(JSON | fields, {"t": FENCED}) == found


def test_json_that_is_missing_fails_the_record_or_is_empty() -> None:
    assert failure(JSON, {"t": "No JSON."})[0] == "not_json"
    assert failure(JSON | {"fields": ["gone"]}, {"t": FENCED})[0] == "missing_field"
    assert written(JSON | {"fields": ["a"], "missing": "empty"}, {"t": "No."}) == {"a": None}


def test_a_failure_says_what_it_found_and_what_there_is() -> None:
    message = failure(JSON | {"fields": ["question"]}, {"t": FENCED})[1]
    assert "q, items, n" in message
    assert "'Sure: ```json" in message


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"pattern": r"\d+"}, {"match": "12"}),
        ({"pattern": r"(\d)(\d)"}, {"match": "1"}),
        ({"pattern": r"\d+", "find": "last", "writes": "n"}, {"n": "7"}),
        ({"pattern": r"\d+", "find": "all"}, {"match": ["12", "30", "7"]}),
        ({"pattern": r"(?P<n>\d+) (?P<what>\w+)"}, {"n": "12", "what": "apples"}),
        ({"pattern": r"(?P<n>\d+)", "writes": "all"}, {"n": "12", "all": "12"}),
        ({"pattern": r"(?P<n>\d)\b", "find": "all"}, {"match": [{"n": n} for n in "207"]}),
        ({"pattern": r"(?P<n>x+)", "missing": "empty"}, {"n": ""}),
        ({"pattern": r"x+", "find": "all", "missing": "empty"}, {"match": []}),
        ({"pattern": r"APPLES.30", "ignore_case": True, "dot_all": True}, {"match": "apples\n30"}),
    ],
)
def test_what_a_pattern_finds_becomes_variables(
    fields: dict[str, Any], found: dict[str, Any]
) -> None:
    assert written(REGEX | fields, {"t": "12 apples\n30 pears 7"}) == found


def test_a_pattern_that_finds_nothing_fails_the_record() -> None:
    assert failure(REGEX | {"pattern": "x"}, {"t": "abc"})[0] == "no_match"
    assert failure(REGEX | {"pattern": "a", "find": "all", "fewest": 2}, {"t": "a"})[0] == "too_few"


def test_a_catastrophic_pattern_fails_its_record_alone() -> None:
    assert failure(REGEX | {"pattern": "(a|a)*$"}, {"t": "a" * 60 + "b"})[0] == "pattern_too_slow"


@pytest.mark.parametrize("pattern", ["(", "(?R)", "(?P<größe>a)(?P<a>"])
def test_a_pattern_that_cannot_be_read_is_a_problem_of_its_field(pattern: str) -> None:
    spec = graph(nodes={"r": {"kind": "regex", "text": "x", "pattern": pattern}})
    (problem,) = problems_of(spec, surroundings())
    assert (problem.node, problem.field) == ("r", "pattern")


def test_a_list_is_split_counted_and_cut_off() -> None:
    text = "Three:\n1. red\n2. blue\n3. green"
    node = {"kind": "split", "text": "{t}", "by": "list"}
    assert written(node, {"t": text}) == {"items": ["red", "blue", "green"]}
    assert written(node | {"most": 2, "writes": "l"}, {"t": text}) == {"l": ["red", "blue"]}
    assert failure(node | {"fewest": 4}, {"t": text})[0] == "too_few"
    assert written(node | {"fewest": 0}, {"t": "none"}) == {"items": []}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, "4"),
        ({"find": "last"}, "5"),
        ({"find": "all"}, ["4", "5"]),
        ({"tag": "note", "unclosed": True}, "open"),
        ({"tag": "gone", "missing": "empty"}, ""),
        ({"tag": "gone", "missing": "empty", "find": "all"}, []),
    ],
)
def test_a_tag_gives_its_content(fields: dict[str, Any], found: Any) -> None:
    row = {"t": "<answer>4</answer> or <answer>5</answer> <note>open"}
    assert written(TAG | fields, row) == {"answer": found}


def test_a_tag_that_is_missing_fails_the_record() -> None:
    assert failure(TAG, {"t": "4"})[0] == "no_match"
    assert failure(TAG | {"find": "all", "fewest": 2}, {"t": "<answer>4</answer>"})[0] == "too_few"


@pytest.mark.parametrize("text", ["Yes.", "**YES**", " yep\n"])
def test_an_option_is_known_however_it_is_written(text: str) -> None:
    assert written(ENUM, {"t": text}) == {"option": "yes"}


def test_what_is_no_option_fails_the_record_or_is_the_default() -> None:
    assert failure(ENUM, {"t": "maybe"}) == ("not_an_option", "'maybe' is none of: yes, no.")
    assert written(ENUM | {"default": "unsure"}, {"t": "maybe"}) == {"option": "unsure"}
    assert written(ENUM | {"anywhere": True}, {"t": "I say no."}) == {"option": "no"}


def test_options_that_cannot_be_told_apart_are_a_problem() -> None:
    spec = graph(nodes={"e": {"kind": "enum", "text": "x", "options": ["Yes", "yes!"]}})
    assert [problem.field for problem in problems_of(spec, surroundings())] == ["options"]


@given(
    st.text(),
    st.builds(
        NormalizeConfig,
        unwrap=st.booleans(),
        quotes=st.booleans(),
        spaces=st.sampled_from(["one_line", "lines", "keep"]),
        case=st.sampled_from(["keep", "lower", "upper", "first_upper"]),
    ),
)
def test_a_normal_form_stays_what_it_is(text: str, config: NormalizeConfig) -> None:
    once = normalized(text, config)
    assert normalized(once, config) == once


def test_a_text_is_written_in_its_normal_form() -> None:
    node = {"kind": "normalize", "text": "{t}", "unwrap": True, "quotes": True, "case": "lower"}
    assert written(node, {"t": " “It’s  Tea”\n\n\n\n“No”"}) == {"text": '"it\'s tea"\n\n"no"'}
    assert written(node, {"t": "```\n“Tea”\n```"}) == {"text": "tea"}


def test_a_template_is_filled_plain_or_as_jinja() -> None:
    row = {"names": ["Ann", "Bo"]}
    assert written({"kind": "template", "text": "By {names.1}."}, row) == {"text": "By Bo."}
    looped = {"kind": "template", "jinja": True, "text": "{% for n in names %}{{ n }};{% endfor %}"}
    assert written(looped | {"writes": "all"}, row) == {"all": "Ann;Bo;"}


def test_an_empty_text_is_the_last_message() -> None:
    node = {"kind": "extract_tag", "writes": "a"}
    assert written(node, {}, said="<answer>4</answer>") == {"a": "4"}


def test_the_last_message_has_to_be_there() -> None:
    spec = graph(nodes={"t": {"kind": "split"}})
    (problem,) = problems_of(spec, surroundings())
    assert (problem.node, problem.field) == ("t", "text")
    assert failure({"kind": "split"}, {"messages": []})[0] == "no_message"


def test_a_text_that_names_nothing_is_a_problem() -> None:
    spec = graph(nodes={"t": {"kind": "split", "text": "{gone}"}})
    (problem,) = problems_of(spec, surroundings())
    assert "gone" in problem.what
