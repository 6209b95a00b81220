"""What every heuristic promises."""

import pytest

from grasp_ui.registry import Part
from grasp_ui.tagging.heuristic import (
    HEURISTICS,
    HeuristicConfig,
    TreeRule,
    places_of,
    rule_version,
)
from tests.builders import answered, said
from tests.tagging.firing import load_rules

load_rules()
PARTS = list(HEURISTICS)
FAULTY = (
    said("Tell me about Lisbon.", "ok"),
    said("Is it late?\n" * 6, ""),
    answered("Hi", "It is on its way, and " * 9, "So,"),
    said("Hi", "Hello!", "Bye"),
)
every_rule = pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])


@every_rule
def test_a_rule_says_what_it_is(part: Part[TreeRule]) -> None:
    assert part.look.title
    assert part.look.help
    assert part.look.group
    assert part.deed.__doc__


@every_rule
def test_the_default_config_goes_out_as_json_and_comes_back(part: Part[TreeRule]) -> None:
    config = part.config()
    assert isinstance(config, HeuristicConfig)
    assert part.config.model_validate_json(config.model_dump_json()) == config


@every_rule
def test_every_threshold_has_a_title(part: Part[TreeRule]) -> None:
    assert [name for name, field in part.config.model_fields.items() if not field.title] == []


@every_rule
def test_a_rule_is_pure(part: Part[TreeRule]) -> None:
    config = part.config()
    once = [list(part.deed(config, one)) for one in FAULTY]
    assert [list(part.deed(config, one.model_copy(deep=True))) for one in FAULTY] == once


@every_rule
def test_what_a_rule_finds_has_evidence_in_the_text_of_its_target(part: Part[TreeRule]) -> None:
    for conversation in FAULTY:
        texts = {str(message.id): message.content for message in conversation.messages}
        texts[str(conversation.id)] = ""
        for finding in part.deed(part.config(), conversation):
            start, end = finding.evidence["span"]
            assert 0 <= start <= end <= len(texts[finding.target.id])
            assert {"measure", "number", "threshold"} <= finding.evidence.keys()
            assert 0 <= finding.score <= 1


@every_rule
def test_the_version_of_a_rule_is_the_same_each_time(part: Part[TreeRule]) -> None:
    config = part.config()
    assert isinstance(config, HeuristicConfig)
    assert rule_version(part.name, config) == rule_version(part.name, config)


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        ("personal_data", {"heuristics.personal_data", "wording"}),
        ("language_switch", {"heuristics.language", "language", "language_names", "lineage"}),
        ("restart", {"heuristics.endings", "closings", "wording"}),
    ],
)
def test_a_version_hangs_on_all_code_that_a_rule_asks(rule: str, places: set[str]) -> None:
    assert {f"grasp_ui.tagging.{place}" for place in places} <= set(places_of(rule))


def test_a_version_hangs_on_what_the_rooms_below_say() -> None:
    assert "grasp_ui.text.personal_data" in places_of("personal_data")
