import random

import pytest

from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import Action
from grasp_ui.registry import Part
from grasp_ui.tagging.heuristic import HeuristicConfig
from grasp_ui.tagging.preference import PREFERENCE_RULES, PreferenceRule
from grasp_ui.tagging.profile import Profile, RuleSetting
from grasp_ui.tagging.stages import tag_preferences
from tests.builders import answered, tagged
from tests.interchange.samples import judge_tag, prefers, review, rule_tag
from tests.tagging.compared import found_in, many, two
from tests.tagging.firing import load_rules
from tests.tagging.preference_faults import FAULTS

load_rules()
every_rule = pytest.mark.parametrize("part", list(PREFERENCE_RULES), ids=lambda part: part.name)
RING = [prefers("m1", "m2"), prefers("m2", "m3"), prefers("m3", "m1")]


def profile(*rules: str, action: Action | None = None) -> Profile:
    """A profile with some rules."""
    return Profile(name="mine", rules={rule: RuleSetting(action=action) for rule in rules})


@every_rule
def test_a_preference_rule_says_what_it_is(part: Part[PreferenceRule]) -> None:
    config = part.config()
    assert part.look.title
    assert part.look.help
    assert part.deed.__doc__
    assert isinstance(config, HeuristicConfig)
    assert part.config.model_validate_json(config.model_dump_json()) == config
    assert [name for name, field in part.config.model_fields.items() if not field.title] == []


def test_every_preference_rule_has_planted_faults() -> None:
    assert {part.name for part in PREFERENCE_RULES} == set(FAULTS)


@pytest.mark.parametrize("rule", FAULTS)
def test_planted_faults_are_found_and_near_misses_are_left_alone(rule: str) -> None:
    faulty, clean = FAULTS[rule](random.Random(5))
    assert (len(faulty) >= 20, len(clean) >= 20) == (True, True)
    hits = sum(bool(found_in(rule, case)) for case in faulty)
    alarms = sum(bool(found_in(rule, case)) for case in clean)
    assert hits / len(faulty) >= 0.95
    assert hits / (hits + alarms) >= 0.95


@every_rule
def test_evidence_says_what_was_measured(part: Part[PreferenceRule]) -> None:
    faulty, _ = FAULTS[part.name](random.Random(5))
    for finding in (f for case in faulty for f in found_in(part.name, case)):
        assert finding.target.kind == "preference"
        assert {"measure", "number", "threshold"} <= finding.evidence.keys()
        assert 0 <= finding.score <= 1


def test_a_ring_is_listed_best_first() -> None:
    assert [f.evidence["ring"] for f in found_in("cycle", many(RING))] == [
        ["m1", "m2", "m3"],
        ["m2", "m3", "m1"],
        ["m3", "m1", "m2"],
    ]


def test_preferences_under_other_prompts_make_no_ring() -> None:
    elsewhere = RING[2].model_copy(update={"prompt_id": None})
    assert found_in("cycle", many([*RING[:2], elsewhere])) == []


def test_a_person_outweighs_what_contradicts_them() -> None:
    told = many([prefers("m1", "m2"), prefers("m2", "m1", source="person", author="Ann")])
    assert found_in("contradiction", told) == []


def test_people_need_no_margin() -> None:
    told = many([prefers("m1", "m2", 0.0, source="person", author="Ann")])
    assert found_in("small_margin", told) == []


def test_a_word_that_a_longer_answer_has_too_is_not_that_answer() -> None:
    long = "There are two ways. Boiling water is quick; ammonia takes weeks and dyes deeper."
    assert found_in("only_length_differs", two(long, "Boiling water")) == []
    assert (
        len(found_in("only_length_differs", two(long, "Boiling water"), minimum_characters=5)) == 1
    )


def test_a_preference_for_a_message_that_is_gone_is_left_alone() -> None:
    told = many([prefers("m1", "m9")])
    assert [rule for rule in FAULTS if found_in(rule, told)] == []


def test_a_tag_is_about_the_preference_and_says_what_it_means() -> None:
    told = two("Deep.", "deep. ")
    [tag] = tag_preferences(profile("chosen_equals_rejected"), told)
    assert (tag.target.id, tag.action, tag.source) == (told.preferences[0].id, "reject", "rule")


def test_tags_that_were_just_found_count() -> None:
    told = two("Five centimetres.", "I cannot help.")
    fresh = [rule_tag("m2", "refusal", "warn")]
    assert tag_preferences(profile("rejected_refuses"), told) == ()
    assert len(tag_preferences(profile("rejected_refuses"), told, fresh)) == 1


def test_what_a_person_took_back_does_not_count() -> None:
    told = tagged(
        answered("How deep?", "Five centimetres.", "I cannot help."),
        tags=[rule_tag("m2", "refusal", "warn")],
        reviews=[review("override", "m2", name="refusal", action="pass")],
        preferences=[prefers("m1", "m2")],
    )
    assert tag_preferences(profile("rejected_refuses"), told) == ()


def again(told: TaggedConversation, rules: Profile, later: Profile) -> list[str]:
    """The actions that tagging a second time adds."""
    first = tag_preferences(rules, told)
    known = tuple(tag.model_copy(update={"seq": n}) for n, tag in enumerate(first, start=1))
    return [tag.action for tag in tag_preferences(later, told.model_copy(update={"tags": known}))]


def test_tagging_again_adds_nothing_and_takes_back_what_is_off() -> None:
    told = many(RING)
    assert again(told, profile("cycle"), profile("cycle")) == []
    assert again(told, profile("cycle"), profile("contradiction")) == ["pass"] * 3
    assert again(told, profile("cycle"), profile("cycle", action="warn")) == ["warn"] * 3


def test_low_scores_count_from_judges_and_not_from_rules() -> None:
    scores = [judge_tag(name, 2, 0.25) for name in ("m1", "m2")]
    assert len(found_in("both_bad", two("Deep.", "Shallow.", *scores))) == 1
    rules = [rule_tag(name, "words", "info") for name in ("m1", "m2")]
    assert found_in("both_bad", two("Deep.", "Shallow.", *rules)) == []
