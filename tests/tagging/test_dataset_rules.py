import random

import pytest

from grasp_ui.registry import Part
from grasp_ui.tagging.dataset import DATASET_RULES, DatasetRule
from grasp_ui.tagging.heuristic import HeuristicConfig
from tests.builders import answered, chain, message, said
from tests.tagging.beside import found_by, found_in_last, numbered
from tests.tagging.dataset_faults import CONFIGS, FAULTS, Threads, with_words_changed, written
from tests.tagging.firing import load_rules

load_rules()
every_rule = pytest.mark.parametrize("part", list(DATASET_RULES), ids=lambda part: part.name)
GARLIC, BREAD = written()[0], written()[1]
EXAM = [answer for _, answer in written()]


@every_rule
def test_a_dataset_rule_says_what_it_is(part: Part[DatasetRule]) -> None:
    config = part.config()
    assert part.look.title
    assert part.look.help
    assert part.deed.__doc__
    assert isinstance(config, HeuristicConfig)
    assert part.config.model_validate_json(config.model_dump_json()) == config
    assert [name for name, field in part.config.model_fields.items() if not field.title] == []


@pytest.mark.parametrize("rule", FAULTS)
def test_planted_faults_are_found_and_near_misses_are_left_alone(rule: str) -> None:
    faulty, clean = FAULTS[rule](random.Random(3))
    assert len(faulty) >= 20
    assert len(clean) >= 20
    hits = sum(fires(rule, case) for case in faulty)
    alarms = sum(fires(rule, case) for case in clean)
    assert (hits / len(faulty), hits / (hits + alarms)) >= (0.95, 0.95)
    assert hits / (hits + alarms) >= 0.95


def fires(rule: str, threads: Threads) -> bool:
    """Whether `rule` finds something in the last thread."""
    exam = EXAM if rule == "contamination" else ()
    there = numbered(*(said(*thread) for thread in threads))
    return bool(found_by(rule, there, exam, **CONFIGS.get(rule, {}))[-1])


@every_rule
def test_the_first_of_a_store_is_like_no_other(part: Part[DatasetRule]) -> None:
    assert found_in_last(part.name, GARLIC) == []


@every_rule
def test_an_empty_conversation_is_like_no_other(part: Part[DatasetRule]) -> None:
    empty = answered("").model_copy(update={"messages": ()})
    assert found_by(part.name, numbered(said(*GARLIC), empty, empty)) == [[], [], []]


@every_rule
def test_what_comes_later_changes_nothing(part: Part[DatasetRule]) -> None:
    threads = [said(*one) for one in (GARLIC, BREAD, GARLIC, (GARLIC[0], "Deep."))]
    later = found_by(part.name, numbered(*threads, said(*GARLIC), said(*BREAD)))
    assert later[: len(threads)] == found_by(part.name, numbered(*threads))


def test_the_later_of_two_copies_names_the_first() -> None:
    first, second, third = found_by("exact_duplicate", numbered(*[said(*GARLIC)] * 3))
    assert (first, [f.evidence["other"] for f in (*second, *third)]) == ([], ["c0", "c0"])


def test_a_near_duplicate_tells_how_alike_it_is() -> None:
    changed = with_words_changed(GARLIC[1], 1, random.Random(1))
    [found] = found_in_last("near_duplicate", GARLIC, (GARLIC[0], changed))
    assert 0.7 <= found.evidence["number"] < 1
    assert (found.target.kind, found.evidence["other"]) == ("conversation", "c0")


def test_a_copy_is_not_told_a_second_time_as_near() -> None:
    assert found_in_last("near_duplicate", GARLIC, GARLIC) == []


def test_a_higher_threshold_finds_less() -> None:
    changed = with_words_changed(GARLIC[1], 2, random.Random(1))
    threads = (GARLIC, (GARLIC[0], changed))
    assert found_in_last("near_duplicate", *threads, minimum_likeness=0.99) == []


def test_the_system_message_of_a_graph_makes_no_duplicates() -> None:
    rules = message("You are a patient gardener. " * 20, "system")
    threads = [
        chain(rules, message(q, "user"), message(a, "assistant")) for q, a in (GARLIC, BREAD)
    ]
    assert found_by("near_duplicate", numbered(*threads)) == [[], []]


def test_answers_under_other_system_messages_do_not_conflict() -> None:
    threads = [
        chain(message(rules, "system"), message("Who?", "user"), message(name, "assistant"))
        for rules, name in (("You are Ann.", "Ann"), ("You are Ben.", "Ben"))
    ]
    assert found_by("conflicting_answers", numbered(*threads))[1] == []


def test_yes_and_no_conflict_however_alike() -> None:
    rest = ", that is what the oldest book in the village says about the bridge"
    threads = (("Is it?", f"Yes{rest}"), ("Is it?", f"No{rest}"))
    [found] = found_in_last("conflicting_answers", *threads)
    assert found.evidence["number"] > 0.7


def test_contamination_shows_what_matched_and_where() -> None:
    [found] = found_by("contamination", numbered(said(GARLIC[0], f"So: {GARLIC[1]}")), EXAM)[0]
    start, end = found.evidence["span"]
    assert found.evidence["matched"] == f"So: {GARLIC[1]}"[start:end]
    assert (start, found.evidence["other"]) == (4, "exam.txt:1")


def test_a_length_is_usual_until_there_is_enough_to_compare_with() -> None:
    few = [("x" * 50, "y" * 100)] * 10
    assert found_in_last("length_ratio", *few, ("x" * 50, "y" * 5000)) == []
    [found] = found_in_last("length_ratio", *few, ("x" * 50, "y" * 5000), minimum_count=10)
    assert (found.evidence["ratio"], found.evidence["usual_ratio"]) == (100, 2)


def test_diversity_is_small_for_a_paraphrase_and_large_for_another_subject() -> None:
    again = ("At what depth does garlic go?", "Put every garlic clove five centimetres deep.")
    [near] = found_in_last("diversity", GARLIC, again)
    [far] = found_in_last("diversity", GARLIC, BREAD)
    assert isinstance(near.value, float)
    assert isinstance(far.value, float)
    assert 0 < near.value < far.value <= 1


def test_diversity_may_tell_only_what_adds_little() -> None:
    assert found_in_last("diversity", GARLIC, BREAD, maximum_distance=0.1) == []
    [copy] = found_in_last("diversity", GARLIC, GARLIC, maximum_distance=0.1)
    assert copy.value == 0.0
