import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.text.templates import InvalidTemplate, UnknownVariable, placeholders, template


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        "{}",
        "{ topic }",
        "{1}",
        "{{}}",
        "{a-b}",
        "{a.}",
        "}{",
        "f({x+1})",
        "50 % {",
        "%s",
    ],
)
def test_a_brace_that_holds_no_identifier_stays(text: str) -> None:
    assert template(text)({}) == text
    assert placeholders(text) == frozenset()


def test_a_name_is_replaced_by_its_value() -> None:
    assert template("On {topic}, {topic}!")({"topic": "tea"}) == "On tea, tea!"


def test_dots_go_into_objects_and_numbers_into_lists() -> None:
    variables = {"critique": [{"reason": "too short"}]}
    assert template("{critique.0.reason}")(variables) == "too short"


def test_double_braces_keep_their_outer_pair() -> None:
    assert template("{{topic}}")({"topic": "tea"}) == "{tea}"


def test_replaced_text_is_never_expanded_again() -> None:
    assert template("{a} {b}")({"a": "{b}", "b": "%s {a}"}) == "{b} %s {a}"


@pytest.mark.parametrize(
    ("value", "text"),
    [(4, "4"), (0.5, "0.5"), (True, "true"), (None, "null"), (["é", 1], '["é", 1]'), ({}, "{}")],
)
def test_what_is_not_text_is_written_as_json(value: object, text: str) -> None:
    assert template("{x}")({"x": value}) == text


def test_a_missing_variable_is_named() -> None:
    with pytest.raises(UnknownVariable, match="'mood' has no value"):
        template("{mood}")({"topic": "tea"})


def test_a_missing_part_says_which_parts_there_are() -> None:
    with pytest.raises(UnknownVariable, match="'critique' has score, reason"):
        template("{critique.scroe}")({"critique": {"score": 4, "reason": ""}})


def test_a_text_has_no_parts_to_reach_into() -> None:
    with pytest.raises(UnknownVariable, match="str, which has no parts"):
        template("{topic.__class__}")({"topic": "tea"})


@given(st.text(), st.text())
def test_any_value_arrives_unchanged_between_any_texts(before: str, value: str) -> None:
    around = before.replace("{", "(")
    assert template(f"{around}{{x}}{around}")({"x": value}) == f"{around}{value}{around}"


def test_jinja_fills_in_and_decides() -> None:
    text = template("{% if n > 1 %}{{ n }} {{ word }}s{% endif %}", jinja=True)
    assert text({"n": 2, "word": "cup"}) == "2 cups"


def test_jinja_names_what_it_needs_from_outside() -> None:
    text = "{% for x in xs %}{{ x }}{{ y.z }}{% endfor %}"
    assert placeholders(text, jinja=True) == {"xs", "y"}


def test_jinja_names_a_missing_variable() -> None:
    with pytest.raises(UnknownVariable, match="'mood' is undefined"):
        template("{{ mood }}", jinja=True)({})


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 99 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ lipsum() }}",
        "{{ range(9999999) }}",
    ],
)
def test_jinja_stays_in_its_sandbox(text: str) -> None:
    with pytest.raises((InvalidTemplate, UnknownVariable)):
        template(text, jinja=True)({"x": "tea"})


def test_jinja_that_cannot_be_read_says_where() -> None:
    with pytest.raises(InvalidTemplate, match="in line 2"):
        template("a\n{% if %}", jinja=True)
