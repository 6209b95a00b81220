"""What a profile would keep and drop, before it is applied."""

from grasp_ui.model.conversation import Conversation
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import ConversationId
from grasp_ui.services.profile_effect import EffectMeter
from grasp_ui.tagging.profile import Profile, RuleSetting
from tests.builders import said, tagged

LOOP = "the same words again and again. " * 12


def named(name: str, *texts: str) -> Conversation:
    """A conversation of that name."""
    ident = ConversationId(name)
    found = said(*texts)
    messages = tuple(
        m.model_copy(update={"conversation_id": ident, "id": f"{name}-{m.id}",
                             "parent_id": m.parent_id and f"{name}-{m.parent_id}"})
        for m in found.messages
    )  # fmt: skip
    return found.model_copy(update={"id": ident, "messages": messages})


def three() -> list[TaggedConversation]:
    """A good one, one that repeats itself, one that repeats itself and does not end."""
    return [
        tagged(named("good", "Which tea is green?", "Sencha is a green tea from Japan.")),
        tagged(named("loop", "Tell me something.", LOOP)),
        tagged(named("open", "Tell me something.", LOOP, "And more?")),
    ]


def profile(**rules: RuleSetting) -> Profile:
    """A profile with these rules."""
    return Profile(name="p", rules=rules)


REJECT = RuleSetting(action="reject")


def test_a_rule_that_rejects_drops_and_is_counted() -> None:
    effect = EffectMeter(three()).effect(profile(repetition=REJECT))
    assert (effect.kept, effect.dropped, effect.looked_at) == (1, 2, 3)
    found = effect.rules["repetition"]
    assert (found.fires, found.drops, found.alone) == (2, 2, 2)


def test_what_two_rules_drop_neither_drops_alone() -> None:
    both = profile(repetition=REJECT, last_not_assistant=REJECT)
    effect = EffectMeter(three()).effect(both)
    assert effect.rules["last_not_assistant"].drops == 1
    assert effect.rules["last_not_assistant"].alone == 0
    assert effect.rules["repetition"].alone == 1


def test_a_rule_that_only_warns_drops_nothing() -> None:
    effect = EffectMeter(three()).effect(profile(repetition=RuleSetting(action="warn")))
    assert (effect.dropped, effect.rules["repetition"].fires) == (0, 2)


def test_a_looser_threshold_drops_less() -> None:
    meter = EffectMeter(three())
    loose = {"maximum_lines": 100, "maximum_compression": 100.0}
    loose |= {f"maximum_{name}": 1.0 for name in ("repeated", "pair", "triple", "quadruple")}
    assert meter.effect(profile(repetition=REJECT)).dropped == 2
    setting = RuleSetting(action="reject", config=loose)
    assert meter.effect(profile(repetition=setting)).dropped == 0


def test_what_changes_is_told_against_the_store() -> None:
    effect = EffectMeter(three()).effect(profile(repetition=REJECT))
    assert effect.newly_dropped == ("loop", "open")
    assert effect.newly_kept == ()


def test_examples_say_where_and_what_was_measured() -> None:
    effect = EffectMeter(three()).effect(profile(repetition=REJECT))
    first = effect.rules["repetition"].examples[0]
    assert first.conversation_id == "loop"
    assert first.number > first.threshold
    assert first.text == LOOP


def test_a_judges_low_score_counts_by_the_profiles_minimum() -> None:
    good = named("good", "Which tea is green?", "Sencha is a green tea from Japan.")
    target = Target(conversation_id=good.id, kind="message", id=good.messages[-1].id)
    tag = Tag(
        target=target, name="helpfulness", value=2, score=0.25, source="judge", author="j", seq=7
    )
    meter = EffectMeter([tagged(good, tags=[tag])])
    strict = profile().model_copy(update={"minimum_judge_score": 0.5})
    assert meter.effect(profile()).dropped == 0
    assert meter.effect(strict).newly_dropped == ("good",)
