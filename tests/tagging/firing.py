"""Running one rule with its default config, for the tests of the rules."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from grasp_ui.model.conversation import Conversation
from grasp_ui.services.parts import load_heuristics
from grasp_ui.tagging.heuristic import HEURISTICS, Finding


def load_rules() -> None:
    """Register every rule."""
    load_heuristics()


def findings(rule: str, conversation: Conversation, **thresholds: object) -> list[Finding]:
    """What `rule` finds in `conversation`."""
    load_rules()
    part = HEURISTICS[rule]
    return list(part.deed(part.config.model_validate(thresholds), conversation))


def fired_on(rule: str, conversation: Conversation, **thresholds: object) -> list[str]:
    """The ids of what `rule` finds fault with."""
    return [finding.target.id for finding in findings(rule, conversation, **thresholds)]


def sample_texts(rule: str) -> dict[str, Any]:
    """The `faulty` and the `clean` texts that were written for `rule`."""
    file = Path(__file__).parent / "heuristics" / f"{rule}.yaml"
    texts: dict[str, Any] = YAML(typ="safe", pure=True).load(file)
    return texts
