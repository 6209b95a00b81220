from importlib import import_module
from importlib.util import find_spec

import pytest

from grasp_ui.model.value import MessageId
from grasp_ui.tagging.heuristic import HEURISTICS
from tests.tagging.firing import findings, fired_on, load_rules
from tests.tagging.planted.planting import dialogues

load_rules()
RULES = [part.name for part in HEURISTICS]
PLACE = "tests.tagging.planted"
every_rule = pytest.mark.parametrize(
    "rule", [name for name in RULES if find_spec(f"{PLACE}.{name}")]
)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_faults_that_were_planted_for_it(rule: str) -> None:
    assert find_spec(f"{PLACE}.{rule}") is not None


@every_rule
def test_there_are_twenty_faults_and_twenty_near_misses(rule: str) -> None:
    module = import_module(f"{PLACE}.{rule}")
    faulty = {repr(planted.conversation.messages) for planted in module.faulty()}
    clean = {repr(conversation.messages) for conversation in module.clean()}
    assert min(len(faulty), len(clean)) >= 20
    assert not faulty & clean


@every_rule
def test_a_rule_finds_the_faults_and_nothing_else(rule: str) -> None:
    module = import_module(f"{PLACE}.{rule}")
    faulty = module.faulty()
    found = [(planted, fired_on(rule, planted.conversation)) for planted in faulty]
    right = sum(planted.at in fired for planted, fired in found)
    every = sum(len(fired) for _, fired in found)
    every += sum(len(fired_on(rule, conversation)) for conversation in module.clean())
    missed = [p.conversation.messages[-1].content for p, fired in found if p.at not in fired]
    assert right / len(faulty) >= 0.95, missed
    assert right / every >= 0.95


@every_rule
def test_what_is_found_has_its_evidence_in_the_text(rule: str) -> None:
    for planted in import_module(f"{PLACE}.{rule}").faulty():
        told = sorted(planted.conversation.messages, key=lambda m: len(m.content))
        lengths = {m.id: len(m.content) for m in told}
        for finding in findings(rule, planted.conversation):
            start, end = finding.evidence["span"]
            assert 0 <= start <= end <= lengths.get(MessageId(finding.target.id), end)
            assert {"measure", "number", "threshold"} <= finding.evidence.keys()


def test_the_dialogues_are_many_and_varied() -> None:
    assert len(dialogues()) >= 40
    assert len({one.language for one in dialogues()}) >= 10
    assert {"code", "list", "numbers", "formula", "json"} <= {
        kind for d in dialogues() for kind in d.has
    }
