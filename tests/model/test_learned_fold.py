"""A learned value counts over a judge's while the models are on, and not after."""

from grasp_ui.model.effective import effective_tags
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Action, ConversationId, Source

ABOUT = Target(conversation_id=ConversationId("c"), kind="conversation", id="c")


def tag(source: Source, value: float | None, seq: int, action: Action = "info") -> Tag:
    """What `source` says of the quality."""
    return Tag(
        target=ABOUT, name="quality", value=value, score=value, action=action, source=source,
        author=source, seq=seq,
    )  # fmt: skip


def counts(*tags: Tag) -> tuple[Source, object]:
    """Whose value counts, and which."""
    [counted] = effective_tags(tags, ())
    return counted.source, counted.value


def test_a_learned_value_counts_over_a_judges() -> None:
    assert counts(tag("judge", 0.2, 1), tag("learned", 0.9, 2)) == ("learned", 0.9)


def test_a_learned_value_that_was_taken_back_gives_way_to_the_judges() -> None:
    taken_back = tag("learned", None, 3, "pass")
    assert counts(tag("judge", 0.2, 1), tag("learned", 0.9, 2), taken_back) == ("judge", 0.2)


def test_without_another_value_what_was_taken_back_passes() -> None:
    assert counts(tag("learned", 0.9, 1), tag("learned", None, 2, "pass")) == ("learned", None)
