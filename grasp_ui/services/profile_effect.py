"""What a tagging profile would keep and drop, before it is applied."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from grasp_ui.model.conversation import Thread
from grasp_ui.model.effective import Verdict, effective_tags, verdict_of
from grasp_ui.model.selection import Selection, TaggedConversation
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import ConversationId, MessageId
from grasp_ui.services.parts import load_heuristics
from grasp_ui.services.workspace import Workspace
from grasp_ui.store import conversations
from grasp_ui.tagging.arming import tags_of
from grasp_ui.tagging.heuristic import HEURISTICS, Finding
from grasp_ui.tagging.profile import Profile
from grasp_ui.tagging.stages import ArmedRule, armed_rules, tag_conversation

EXAMPLES = 6
STATES = ("keep", "disputed", "drop")


@dataclass(frozen=True, slots=True)
class Firing:
    """One finding of a rule, to be shown: on which message, and what was measured.

    `span` is [start, end) in characters of `text`, the message's.
    """

    conversation_id: ConversationId
    message_id: MessageId
    role: str
    text: str
    span: tuple[int, int]
    measure: str
    number: float
    threshold: float


@dataclass(slots=True)
class RuleEffect:
    """Of how many conversations a rule speaks, and how many it drops.

    `drops` counts conversations that the rule has a part in dropping, `alone` those that would
    be kept without it. `dropped` has the conversations of `drops`.
    """

    fires: int = 0
    drops: int = 0
    alone: int = 0
    dropped: list[ConversationId] = field(default_factory=list)
    examples: list[Firing] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a profile makes of the conversations that were looked at.

    `kept`, `disputed` and `dropped` add up to `looked_at`. `newly_dropped` and `newly_kept`
    compare with what counts for them in the store now.
    """

    looked_at: int
    kept: int
    disputed: int
    dropped: int
    newly_dropped: tuple[ConversationId, ...]
    newly_kept: tuple[ConversationId, ...]
    rules: Mapping[str, RuleEffect]


class EffectMeter:
    """Tries profiles on the same conversations.

    A rule runs again only when its config changes.
    """

    def __init__(self, looked_at: Sequence[TaggedConversation]) -> None:
        load_heuristics()
        self._looked_at = tuple(looked_at)
        self._texts = tuple(one.conversation for one in looked_at)
        self._found: dict[tuple[str, str], tuple[tuple[Finding, ...], ...]] = {}
        self._now = tuple(_state(one.verdicts.values()) for one in self._looked_at)
        self._last: tuple[str, Effect] | None = None

    def __len__(self) -> int:
        return len(self._looked_at)

    def effect(self, profile: Profile) -> Effect:
        """What `profile` keeps and drops.

        People's words, judges' and imported tags count too.

        Raises:
            UnreadableFile: it names an unknown rule, or gives one a wrong config.
        """
        if self._last is None or self._last[0] != profile.version:
            self._last = (profile.version, self._measured(profile))
        return self._last[1]

    def _measured(self, profile: Profile) -> Effect:
        rules = armed_rules(profile)
        findings = {rule.part.name: self._findings(rule) for rule in rules}
        effects = {rule.part.name: RuleEffect() for rule in rules}
        states = [
            _judged(profile, one, _fired(rules, findings, at), effects)
            for at, one in enumerate(self._looked_at)
        ]
        return self._summed(states, effects)

    def _findings(self, rule: ArmedRule) -> tuple[tuple[Finding, ...], ...]:
        key = (rule.part.name, rule.version)
        if key not in self._found:
            self._forget(rule.part.name)
            self._found[key] = tuple(
                tuple(rule.part.deed(rule.config, text)) for text in self._texts
            )
        return self._found[key]

    def _forget(self, name: str) -> None:
        """Of each rule two configs are kept: a threshold is often moved back."""
        kept = [key for key in self._found if key[0] == name]
        for key in kept[:-1]:
            del self._found[key]

    def _summed(self, states: Sequence[str], effects: Mapping[str, RuleEffect]) -> Effect:
        counts = Counter(states)
        changed = [
            (one.conversation.id, before, after)
            for one, before, after in zip(self._looked_at, self._now, states, strict=True)
        ]
        return Effect(
            looked_at=len(states),
            kept=counts["keep"],
            disputed=counts["disputed"],
            dropped=counts["drop"],
            newly_dropped=tuple(i for i, was, now in changed if now == "drop" != was),
            newly_kept=tuple(i for i, was, now in changed if now == "keep" != was),
            rules=effects,
        )


def meter_of(workspace: Workspace, selection: Selection, limit: int) -> EffectMeter:
    """A meter over the first `limit` conversations of `selection`, oldest first."""
    found = conversations.stream(workspace.database, selection)
    return EffectMeter(list(islice(found, limit)))


def _fired(
    rules: Iterable[ArmedRule], findings: Mapping[str, Sequence[Sequence[Finding]]], at: int
) -> list[tuple[ArmedRule, Sequence[Finding]]]:
    return [(rule, findings[rule.part.name][at]) for rule in rules]


def _judged(
    profile: Profile,
    one: TaggedConversation,
    fired: Sequence[tuple[ArmedRule, Sequence[Finding]]],
    effects: Mapping[str, RuleEffect],
) -> str:
    """The conversation's state under the profile; counts it for each rule that speaks."""
    run_id = one.conversation.run_id
    tags = {
        rule.part.name: [tag for _, tag in tags_of(rule, found, run_id)]
        for rule, found in fired
        if found
    }
    others = _others(profile, one)
    threads = list(one.conversation.threads())
    state = _fold(one, threads, [*others, *_joined(tags.values())])
    for rule, found in fired:
        if found:
            effect = effects[rule.part.name]
            effect.fires += 1
            room = EXAMPLES - len(effect.examples)
            effect.examples.extend(islice(_shown(one, found), room))
    if state == "drop":
        _count_drops(one, threads, others, tags, effects)
    return state


def _count_drops(
    one: TaggedConversation,
    threads: Sequence[Thread],
    others: Sequence[Tag],
    tags: Mapping[str, Sequence[Tag]],
    effects: Mapping[str, RuleEffect],
) -> None:
    for name, said in tags.items():
        if any(tag.action == "reject" for tag in said):
            effects[name].drops += 1
            effects[name].dropped.append(one.conversation.id)
            rest = _joined(more for other, more in tags.items() if other != name)
            effects[name].alone += _fold(one, threads, [*others, *rest]) != "drop"


def _others(profile: Profile, one: TaggedConversation) -> list[Tag]:
    """What all but the rules tried here said, as the profile's minimum has it."""
    known = [tag for tag in one.tags if tag.source != "rule" or tag.name not in HEURISTICS]
    bare = profile.model_copy(update={"rules": {}})
    regraded = tag_conversation(bare, one.conversation, known)
    newest = max((tag.seq for tag in known), default=0) + 1
    return [*known, *(tag.model_copy(update={"seq": newest}) for tag in regraded)]


def _joined(tags: Iterable[Sequence[Tag]]) -> list[Tag]:
    return [tag for said in tags for tag in said]


def _fold(one: TaggedConversation, threads: Sequence[Thread], tags: Sequence[Tag]) -> str:
    effective = effective_tags(tags, one.reviews)
    return _state(verdict_of(thread, effective, one.reviews) for thread in threads)


def _state(verdicts: Iterable[Verdict]) -> str:
    """Kept where any thread is, else disputed where any is, else dropped."""
    states = {verdict.state for verdict in verdicts}
    return next((state for state in STATES if state in states), "drop")


def _shown(one: TaggedConversation, found: Iterable[Finding]) -> Iterator[Firing]:
    messages = {message.id: message for message in one.conversation.messages}
    for finding in found:
        message = messages.get(MessageId(finding.target.id)) or next(iter(messages.values()), None)
        if message is not None:
            start, end = finding.evidence.get("span") or (0, len(message.content))
            yield Firing(
                one.conversation.id,
                message.id,
                message.role,
                message.content,
                (int(start), int(end)),
                str(finding.evidence.get("measure", "")),
                float(finding.evidence.get("number", 0) or 0),
                float(finding.evidence.get("threshold", 0) or 0),
            )
