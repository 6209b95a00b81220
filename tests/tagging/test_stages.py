import pytest

from grasp_ui.errors import UnreadableFile
from grasp_ui.model.conversation import Conversation
from grasp_ui.model.effective import effective_tags
from grasp_ui.model.tag import Tag
from grasp_ui.model.value import RunId
from grasp_ui.tagging.heuristic import on_message
from grasp_ui.tagging.profile import Profile, RuleSetting
from grasp_ui.tagging.stages import tag_conversation
from tests.builders import answered, said
from tests.tagging.firing import load_rules

load_rules()
LOOPING = said("Where is my parcel?", "It is on its way. " * 6)
TINY = {"minimum_characters": 1, "minimum_words": 1}
SHORT = said("How do I cook a salmon fillet?", "No idea")


def profile(*rules: str, **settings: RuleSetting) -> Profile:
    """A profile with `rules` as they are and others as `settings` say."""
    return Profile(name="mine", rules={rule: RuleSetting() for rule in rules} | settings)


def judged(score: float) -> Tag:
    """What a judge said of the answer."""
    return Tag(
        target=on_message(SHORT.messages[1]), name="helpfulness", value=score, score=score,
        source="judge", author="critic", evidence={"reason": "vague"}, seq=1,
    )  # fmt: skip


def stored(*tags: Tag) -> list[Tag]:
    """`tags` as they come back from a store: numbered in order."""
    return [tag.model_copy(update={"seq": n}) for n, tag in enumerate(tags, start=1)]


def actions(*tags: Tag) -> list[str]:
    """What each tag means."""
    return [tag.action for tag in tags]


def test_a_tag_says_who_found_what_where_and_in_which_run() -> None:
    conversation = LOOPING.model_copy(update={"run_id": RunId("r")})
    [tag] = tag_conversation(profile("repetition"), conversation)
    assert (tag.source, tag.author, tag.name, tag.target.id) == (
        "rule",
        "repetition",
        "repetition",
        "m1",
    )
    assert (tag.action, tag.run_id, tag.evidence["measure"]) == ("reject", "r", "same line")


def test_the_profile_decides_what_a_firing_means() -> None:
    lenient = profile(repetition=RuleSetting(action="info"))
    assert actions(*tag_conversation(lenient, LOOPING)) == ["info"]


def test_a_rule_that_is_off_or_not_named_does_not_run() -> None:
    assert tag_conversation(profile("truncated"), LOOPING) == ()
    assert tag_conversation(profile(repetition=RuleSetting(enabled=False)), LOOPING) == ()


def test_tagging_again_adds_nothing() -> None:
    known = stored(*tag_conversation(profile("repetition"), LOOPING))
    assert tag_conversation(profile("repetition"), LOOPING, known) == ()


def test_a_changed_action_appends_the_same_value_with_the_new_action() -> None:
    known = stored(*tag_conversation(profile("repetition"), LOOPING))
    [tag] = tag_conversation(profile(repetition=RuleSetting(action="warn")), LOOPING, known)
    assert (tag.value, tag.action, tag.version) == (known[0].value, "warn", known[0].version)


def test_a_changed_threshold_changes_the_version() -> None:
    known = stored(*tag_conversation(profile("repetition"), LOOPING))
    stricter = profile(repetition=RuleSetting(config={"maximum_lines": 3}))
    [tag] = tag_conversation(stricter, LOOPING, known)
    assert tag.version != known[0].version


@pytest.mark.parametrize(
    ("later", "why"),
    [
        (profile(too_short_answer=RuleSetting(config=TINY)), "it no longer fires"),
        (profile(too_short_answer=RuleSetting(enabled=False)), "the rule is switched off"),
    ],
)  # fmt: skip
def test_what_no_longer_fires_is_taken_back(later: Profile, why: str) -> None:
    known = stored(*tag_conversation(profile("too_short_answer"), SHORT))
    added = tag_conversation(later, SHORT, known)
    assert (actions(*added), added[0].evidence) == (["pass"], {"taken_back": why})
    both = stored(*known, *added)
    assert actions(*both) == ["warn", "pass"]
    assert [tag.action for tag in effective_tags(both, ())] == ["pass"]
    assert tag_conversation(later, SHORT, both) == ()


def test_what_fires_again_is_said_again() -> None:
    known = stored(*tag_conversation(profile("too_short_answer"), SHORT))
    known = stored(*known, *tag_conversation(profile(), SHORT, known))
    assert actions(*tag_conversation(profile("too_short_answer"), SHORT, known)) == ["warn"]


def test_tags_of_others_are_left_alone() -> None:
    human = judged(0.2).model_copy(update={"source": "imported", "author": "people: OASST"})
    foreign = judged(0.2).model_copy(
        update={"source": "rule", "author": "elsewhere", "name": "elsewhere"}
    )
    assert tag_conversation(profile(), SHORT, [human, foreign]) == ()


def test_a_shared_message_is_tagged_once() -> None:
    loop = answered("Where is my parcel?\n" * 5, "On its way.", "At the depot.")
    assert [tag.target.id for tag in tag_conversation(profile("repetition"), loop)] == ["m0"]


def test_a_judge_under_the_minimum_rejects_and_the_value_stays() -> None:
    strict = profile().model_copy(update={"minimum_judge_score": 0.5})
    [tag] = tag_conversation(strict, SHORT, [judged(0.2)])
    assert (tag.action, tag.value, tag.author) == ("reject", 0.2, "critic")
    assert tag_conversation(strict, SHORT, stored(judged(0.2), tag)) == ()
    assert tag_conversation(strict, SHORT, [judged(0.5)]) == ()


@pytest.mark.parametrize("before", ["info", "pass", "warn"])
def test_a_minimum_that_is_taken_back_gives_the_old_action_back(before: str) -> None:
    first = judged(0.2).model_copy(update={"action": before})
    strict = profile().model_copy(update={"minimum_judge_score": 0.5})
    known = stored(first, *tag_conversation(strict, SHORT, [first]))
    [tag] = tag_conversation(profile(), SHORT, known)
    assert (tag.action, tag.evidence) == (before, {"reason": "vague"})


def test_an_empty_conversation_has_no_tags() -> None:
    every = profile("orphan", "last_not_assistant", "repetition", "duplicate_id")
    assert tag_conversation(every, Conversation(id=SHORT.id)) == ()


@pytest.mark.parametrize(
    ("faulty", "message"),
    [
        (profile("repetitions"), "names a rule 'repetitions'.*Did you mean 'repetition'"),
        (profile(truncated=RuleSetting(config={"limit": 3})), "rule 'truncated': limit: Extra"),
        (profile(repetition=RuleSetting(config={"maximum_lines": 1})), "maximum_lines: .*greater"),
    ],
)
def test_a_profile_that_cannot_run_says_why(faulty: Profile, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        tag_conversation(faulty, SHORT)
