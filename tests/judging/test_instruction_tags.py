import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.judging.instruction_tags import instruction_tags, instruction_tags_of, tags_inquiry
from grasp_ui.judging.strict_json import UnreadableJudgement
from grasp_ui.judging.tag_words import frequent, merged, normal_tag
from grasp_ui.llm.port import Reply
from tests.judging.judges import says

WORDS = st.lists(st.sampled_from(["Story", "stories", "Writing", "poem", "SQL"]), min_size=1).map(
    " ".join
)


def tags(*names: Any) -> Reply:
    return Reply("json", value={"tags": [{"explanation": "why", "tag": name} for name in names]})


async def test_tags_come_with_their_explanations_and_in_normal_form() -> None:
    said = {"tags": [{"tag": "Creative_Writing", "explanation": "A poem is wanted."}]}
    heard = await instruction_tags_of("User: Hi", Random(1), says(json.dumps(said)))
    assert heard.found is not None
    [tag] = heard.found
    assert (tag.name, tag.explanation) == ("creative writing", "A poem is wanted.")


def test_a_tag_said_twice_is_there_once() -> None:
    found = instruction_tags(tags("Poems", "math", "poem"))
    assert [tag.name for tag in found] == ["poem", "math"]


def test_a_message_that_asks_for_nothing_has_no_tags() -> None:
    assert instruction_tags(tags()) == ()


@pytest.mark.parametrize("name", ["", " -- ", "x" * 61, None, 5, ["math"]])
def test_one_tag_that_is_none_makes_the_reply_unreadable(name: Any) -> None:
    with pytest.raises(UnreadableJudgement, match="a few words"):
        instruction_tags(tags("math", name))


@pytest.mark.parametrize("value", [{}, {"tags": "math"}, {"tags": None}, [], "math"])
def test_a_reply_without_a_list_is_unreadable(value: Any) -> None:
    with pytest.raises(UnreadableJudgement) as caught:
        instruction_tags(Reply("json", value=value))
    assert caught.value.code == "no_tags"


def test_a_list_without_end_is_unreadable() -> None:
    with pytest.raises(UnreadableJudgement, match="at most 12"):
        instruction_tags(tags(*[f"tag {number}" for number in range(13)]))


async def test_an_unreadable_reply_is_unparsed_and_not_an_empty_list() -> None:
    heard = await instruction_tags_of("User: Hi", Random(1), says("math", "poetry"))
    assert (heard.found, heard.fault) == (None, "not_json")


def test_the_version_names_what_is_asked() -> None:
    assert tags_inquiry().version.startswith("instruction_tags@")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Stories", "story"),
        ("boxes", "box"),
        ("Classes", "class"),
        ("physics", "physics"),
        ("analysis", "analysis"),
        ("  Role-Play!! ", "role play"),
        ("C#", "c#"),
        ("ＳＱＬ queries", "sql query"),
    ],
)
def test_a_tag_has_one_form(written: str, normal: str) -> None:
    assert normal_tag(written) == normal


@given(st.text())
def test_a_normal_form_has_only_words_between_single_spaces(text: str) -> None:
    assert normal_tag(text).split() == normal_tag(text).split(" ") or normal_tag(text) == ""


@pytest.mark.parametrize(
    ("often", "rare"),
    [
        ("story writing", "write story"),
        ("colour theory", "color theory"),
        ("text planning", "plan text"),
        ("summarisation", "summarization"),
        ("translating", "translate"),
    ],
)
def test_near_equals_are_one_tag_under_the_commoner_name(often: str, rare: str) -> None:
    assert merged({often: 3, rare: 1}) == {often: often, rare: often}


@pytest.mark.parametrize(
    ("one", "other"),
    [("code", "core"), ("math", "myth"), ("tone", "tune"), ("python 3", "python 2")],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert merged({one: 2, other: 1}) == {one: one, other: other}


@given(st.dictionaries(WORDS, st.integers(1, 9), max_size=8), st.randoms())
def test_merging_does_not_hang_on_the_order(counts: dict[str, int], chance: Random) -> None:
    shuffled = list(counts.items())
    chance.shuffle(shuffled)
    stands = merged(counts)
    assert merged(dict(shuffled)) == stands
    assert all(stands[home] == home and counts[home] >= counts[tag] for tag, home in stands.items())


def test_rare_tags_are_left_out() -> None:
    assert frequent(["b", "a", "b", "a", "c"], least=2) == {"a": 2, "b": 2}
