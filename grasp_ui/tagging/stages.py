"""Stage one: what the rules of a profile say of a conversation, as tags to append."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from pydantic import ValidationError

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.conversation import Conversation
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Action
from grasp_ui.registry import Part
from grasp_ui.tagging.changes import TAKEN_BACK
from grasp_ui.tagging.heuristic import (
    HEURISTICS,
    Finding,
    HeuristicConfig,
    TreeRule,
    rule_version,
)
from grasp_ui.tagging.profile import Profile, RuleSetting

# What a person would look at to see whether a judgement changed.
SAID = ("value", "score", "action", "version", "evidence")
# What a tag says that a profile's minimum turned into a reject: the minimum, and what it was.
FLOOR = "minimum_score"
BEFORE = "action_before"


@dataclass(frozen=True, slots=True)
class ArmedRule:
    """A rule with its validated config, its version, and what it means when it fires."""

    part: Part[TreeRule]
    config: HeuristicConfig
    action: Action
    version: str


class _Key(NamedTuple):
    target: Target
    name: str
    element: str | None
    author: str


def tag_conversation(
    profile: Profile, conversation: Conversation, known: Sequence[Tag] = ()
) -> tuple[Tag, ...]:
    """The tags that stage one adds to those that are `known`.

    Every rule that `profile` enables is run. What a rule says for the first time, or says
    differently, is a new tag; what it said already is not said again. A rule that fired and
    fires no more (also because it was switched off) leaves a tag with the action `pass`.
    Judges' tags are repeated with another action where the profile's minimum changed it.

    Raises:
        UnreadableFile: the profile names an unknown rule, or gives one a wrong config.
    """
    rules = armed_rules(profile)
    newest = _newest(known)
    fired = {key: tag for rule in rules for key, tag in _fired(rule, conversation)}
    versions = {rule.part.name: rule.version for rule in rules}
    return (
        *(tag for key, tag in fired.items() if _is_news(tag, newest.get(key))),
        *(_taken_back(tag, versions) for tag in _silenced(newest, fired)),
        *_regraded(profile.minimum_judge_score, newest.values()),
    )


def armed_rules(profile: Profile) -> tuple[ArmedRule, ...]:
    """The enabled rules of `profile`, in its order, ready to run.

    Raises:
        UnreadableFile: it names an unknown rule, or gives one a wrong config.
    """
    return _armed(profile.model_dump_json())


@lru_cache(maxsize=32)
def _armed(profile: str) -> tuple[ArmedRule, ...]:
    read = Profile.model_validate_json(profile)
    named = [(name, setting) for name, setting in read.rules.items() if setting.enabled]
    return tuple(_arm(read.name, name, setting) for name, setting in named)


def _arm(profile: str, name: str, setting: RuleSetting) -> ArmedRule:
    if name not in HEURISTICS:
        hint = HEURISTICS.nearest(name)
        advice = f"Did you mean '{hint}'?" if hint else "Take it out, or install what has it."
        raise UnreadableFile(
            f"The tagging profile '{profile}' names a rule '{name}', which does not exist. {advice}"
        )
    part = HEURISTICS[name]
    try:
        config = part.config.model_validate(setting.config)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise UnreadableFile(
            f"The tagging profile '{profile}', rule '{name}': {faults}."
        ) from error
    assert isinstance(config, HeuristicConfig)  # noqa: S101 - the decorator takes no other
    return ArmedRule(
        part, config, setting.action or config.default_action, rule_version(name, config)
    )


def _newest(known: Iterable[Tag]) -> dict[_Key, Tag]:
    ordered = sorted(known, key=lambda tag: tag.seq)
    return {_Key(tag.target, tag.name, tag.element, tag.author): tag for tag in ordered}


def _fired(rule: ArmedRule, conversation: Conversation) -> Iterator[tuple[_Key, Tag]]:
    for finding in rule.part.deed(rule.config, conversation):
        tag = _tag(rule, finding, conversation)
        yield _Key(tag.target, tag.name, None, tag.author), tag


def _tag(rule: ArmedRule, finding: Finding, conversation: Conversation) -> Tag:
    return Tag(
        target=finding.target,
        name=rule.part.name,
        value=finding.value,
        score=finding.score,
        action=rule.action,
        source="rule",
        author=rule.part.name,
        version=rule.version,
        evidence=finding.evidence,
        run_id=conversation.run_id,
    )


def _is_news(tag: Tag, known: Tag | None) -> bool:
    return known is None or any(getattr(tag, name) != getattr(known, name) for name in SAID)


def _silenced(newest: Mapping[_Key, Tag], fired: Mapping[_Key, Tag]) -> Iterator[Tag]:
    for key, tag in newest.items():
        is_ours = tag.source == "rule" and tag.author == tag.name and tag.name in HEURISTICS
        if is_ours and tag.action != "pass" and key not in fired:
            yield tag


def _taken_back(tag: Tag, versions: Mapping[str, str]) -> Tag:
    why = "it no longer fires" if tag.name in versions else "the rule is switched off"
    return tag.model_copy(
        update={
            "value": False,
            "score": 1.0,
            "action": "pass",
            "version": versions.get(tag.name, tag.version),
            "evidence": {TAKEN_BACK: why},
            "seq": 0,
        }
    )


def _regraded(minimum: float | None, newest: Iterable[Tag]) -> Iterator[Tag]:
    """Judges' tags whose action the profile's minimum changes, with the same value."""
    judged = [tag for tag in newest if tag.source == "judge" and tag.score is not None]
    panels: dict[tuple[Target, str, str], list[float]] = defaultdict(list)
    for tag in judged:
        panels[tag.target, tag.name, tag.version].append(tag.score or 0.0)
    for tag in judged:
        held = held_to(minimum, tag, median(panels[tag.target, tag.name, tag.version]))
        if held is not tag:
            yield held.model_copy(update={"seq": 0})


def held_to(minimum: float | None, tag: Tag, score: float) -> Tag:
    """A judge's `tag` as the profile's minimum has it; itself if unchanged.

    `score` is that of the panel that the judge belongs to.
    """
    own = {name: said for name, said in tag.evidence.items() if name not in (FLOOR, BEFORE)}
    action, evidence = tag.evidence.get(BEFORE, tag.action), own
    if minimum is not None and score < minimum:
        evidence = {**own, FLOOR: minimum, BEFORE: action}
        action = "reject"
    if (action, evidence) == (tag.action, tag.evidence):
        return tag
    return tag.model_copy(update={"action": action, "evidence": evidence})
