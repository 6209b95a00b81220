"""What the rules of one family say: from a profile to tags that are news."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import ValidationError

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import ConversationId, RunId, identity
from grasp_ui.registry import Part, Registry
from grasp_ui.tagging.changes import TAKEN_BACK
from grasp_ui.tagging.dataset import DATASET_RULES
from grasp_ui.tagging.heuristic import HEURISTICS, Finding, HeuristicConfig, rule_version
from grasp_ui.tagging.preference import PREFERENCE_RULES
from grasp_ui.tagging.profile import Profile, RuleSetting

# What a person would look at to see whether a judgement changed.
SAID = ("value", "score", "action", "version", "evidence")
# Writing a profile out to look it up takes as long as a dozen rules: the same one is known again.
MOST_KNOWN = 64
_KNOWN: "dict[tuple[int, str], tuple[Profile, tuple[ArmedRule, ...]]]" = {}
FAMILIES: tuple[Registry[Any], ...] = (HEURISTICS, DATASET_RULES, PREFERENCE_RULES)


@dataclass(frozen=True, slots=True)
class ArmedRule:
    """A rule with its validated config, its version, and what it means when it fires.

    `blank` is a tag of it, of nothing yet.
    """

    part: Part[Callable[..., Iterable[Finding]]]
    config: HeuristicConfig
    version: str
    blank: Tag


class Key(NamedTuple):
    """What one author says of one target under one name."""

    target: Target
    name: str
    element: str | None
    author: str


def armed(profile: Profile, family: Registry[Any]) -> tuple[ArmedRule, ...]:
    """The enabled rules of `profile` of one family, in its order, ready to run.

    Raises:
        UnreadableFile: it names a rule that no family has, or gives one a wrong config.
    """
    known = _KNOWN.get((id(profile), family.family))
    if known is not None and known[0] is profile:
        return known[1]
    found = _armed(profile.model_dump_json(), family.family)
    if len(_KNOWN) >= MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[id(profile), family.family] = (profile, found)
    return found


def newest(known: Iterable[Tag]) -> dict[Key, Tag]:
    """What each author said last."""
    ordered = sorted(known, key=lambda tag: tag.seq)
    return {Key(tag.target, tag.name, tag.element, tag.author): tag for tag in ordered}


def news(
    rules: Iterable[ArmedRule],
    fired: Mapping[Key, Tag],
    said: Mapping[Key, Tag],
    family: Registry[Any],
) -> Iterator[Tag]:
    """What fired and was not `said` already, and what fires no more, taken back."""
    if not said:
        yield from fired.values()
        return
    yield from (tag for key, tag in fired.items() if _is_news(tag, said.get(key)))
    versions = {rule.part.name: rule.version for rule in rules}
    for key, tag in said.items():
        is_ours = tag.source == "rule" and tag.author == tag.name and tag.name in family
        if is_ours and tag.action != "pass" and key not in fired:
            yield _taken_back(tag, versions)


def tags_of(
    rule: ArmedRule, findings: Iterable[Finding], run_id: RunId | None
) -> Iterator[tuple[Key, Tag]]:
    """What a rule found, as tags by what they are about."""
    name = rule.part.name
    for finding in findings:
        said = {
            "target": finding.target,
            "value": finding.value,
            "score": finding.score,
            "evidence": finding.evidence,
            "run_id": run_id,
        }
        # A copy takes half of the time: what a rule finds has the types of a tag already.
        yield Key(finding.target, name, None, name), rule.blank.model_copy(update=said)


@lru_cache(maxsize=64)
def _armed(profile: str, family: str) -> tuple[ArmedRule, ...]:
    read = Profile.model_validate_json(profile)
    own = next(one for one in FAMILIES if one.family == family)
    named = [(name, setting) for name, setting in read.rules.items() if setting.enabled]
    found = [(_family_of(read.name, name), name, setting) for name, setting in named]
    return tuple(_arm(read.name, of[name], setting) for of, name, setting in found if of is own)


def _family_of(profile: str, name: str) -> Registry[Any]:
    for family in FAMILIES:
        if name in family:
            return family
    hint = next((hint for family in FAMILIES if (hint := family.nearest(name))), None)
    advice = f"Did you mean '{hint}'?" if hint else "Take it out, or install what has it."
    raise UnreadableFile(
        f"The tagging profile '{profile}' names a rule '{name}', which does not exist. {advice}"
    )


def _arm(profile: str, part: Part[Any], setting: RuleSetting) -> ArmedRule:
    try:
        config = part.config.model_validate(setting.config)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise UnreadableFile(
            f"The tagging profile '{profile}', rule '{part.name}': {faults}."
        ) from error
    assert isinstance(config, HeuristicConfig)  # noqa: S101 - the decorators take no other
    action = setting.action or config.default_action
    version = _version(part, config)
    blank = Tag(
        target=Target(conversation_id=ConversationId(""), kind="conversation", id=""),
        name=part.name,
        value=True,
        action=action,
        source="rule",
        author=part.name,
        version=version,
    )
    return ArmedRule(part, config, version, blank)


def _version(part: Part[Any], config: HeuristicConfig) -> str:
    if part.name in HEURISTICS:
        return rule_version(part.name, config)
    module = inspect.getmodule(part.deed)
    code = inspect.getsource(module) if module is not None else ""
    return identity(part.name, code, config.model_dump(mode="json"))[:8]


def _is_news(tag: Tag, known: Tag | None) -> bool:
    return known is None or any(getattr(tag, name) != getattr(known, name) for name in SAID)


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
