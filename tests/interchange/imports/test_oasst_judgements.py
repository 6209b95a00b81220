"""What people and a classifier said of OASST messages comes in as tags and preferences."""

from pathlib import Path

import pytest

from grasp_ui.model.effective import effective_tags
from grasp_ui.model.tag import Tag
from tests.interchange.imports.forest import (
    FOREST,
    LAYOUTS,
    answer,
    asked,
    labels,
    read,
    read_objects,
    written,
)


def tags_of(folder: Path, text: str, layout: str = "messages") -> dict[str, Tag]:
    """The tags on the message that begins with `text`, by name."""
    whole, _, _ = read(written(folder, LAYOUTS[layout]))
    for one in whole:
        for message in one.result.conversation.messages:
            if message.content.startswith(text):
                return {t.name: t for t in one.result.tags if t.target.id == message.id}
    raise AssertionError(text)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_labels_are_peoples_tags_in_every_layout(tmp_path: Path, layout: str) -> None:
    quality = tags_of(tmp_path, "Tie each", layout)["quality"]
    assert (quality.value, quality.score, quality.action) == (0.9, 0.9, "info")
    assert (quality.source, quality.author, quality.evidence) == (
        "imported", "people", {"count": 3},
    )  # fmt: skip


def test_a_bad_label_scores_low_and_a_neutral_one_not_at_all(tmp_path: Path) -> None:
    tags = tags_of(tmp_path, "Tie each")
    assert (tags["spam"].score, tags["humor"].score) == (1.0, None)
    assert tags_of(tmp_path, "Tomatoes like")["spam"].score == 0.5


def test_what_was_deleted_or_rejected_is_rejected_here(tmp_path: Path) -> None:
    deleted, spam = tags_of(tmp_path, "Tomatoes like"), tags_of(tmp_path, "Buy ropes")
    assert (deleted["deleted"].action, deleted["review_result"].action) == ("reject", "info")
    assert (spam["review_result"].action, spam["review_result"].value) == ("reject", False)


def test_an_unreviewed_message_has_no_tag_of_a_review(tmp_path: Path) -> None:
    whole, _, _ = read_objects(tmp_path, asked("q", "Why?", review_result=None))
    assert whole[0].result.tags == ()


def test_thumbs_and_the_classifier_have_a_tag_each(tmp_path: Path) -> None:
    tags = tags_of(tmp_path, "Tie each")
    assert (tags["emojis"].value, tags["emojis"].evidence["_skip_reply"]) == (2, 2)
    assert (tags["detoxify"].author, tags["detoxify"].value) == ("detoxify", 0.02)


def test_people_count_more_than_a_rule_of_the_same_name(tmp_path: Path) -> None:
    quality = tags_of(tmp_path, "Tie each")["quality"]
    rule = quality.model_copy(update={"source": "rule", "author": "quality", "value": 0.1})
    assert [tag.value for tag in effective_tags([quality, rule], ())] == [0.9]


def test_ranks_become_a_preference_for_each_two_answers(tmp_path: Path) -> None:
    whole, _, _ = read_objects(tmp_path, *FOREST)
    texts = {m.id: m.content[:6] for one in whole for m in one.result.conversation.messages}
    told = [
        (texts[p.better_id], texts[p.worse_id], p.margin)
        for one in whole[:2]
        for p in one.result.preferences
    ]
    assert told == [
        ("Tie ea", "Move t", 1), ("Tie ea", "Tomato", 2), ("Move t", "Tomato", 1),
        ("The sh", "Any kn", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("ranks", [(0, 0), (2, None), (None, None), (True, 0), ("0", 1)])
def test_equal_single_and_unreadable_ranks_prefer_nothing(
    tmp_path: Path, ranks: tuple[object, object]
) -> None:
    first, second = ranks
    tree = asked("q", "Why?", answer("a", "A", rank=first), answer("b", "B", rank=second))
    (found,), _, _ = read_objects(tmp_path, tree)
    assert found.result.preferences == ()


def test_what_cannot_be_understood_beside_the_text_is_counted(tmp_path: Path) -> None:
    odd = asked("q", "Why?", rank="first", labels=["spam"], emojis=3)
    worse = asked("r", "Who?", labels={"spam": {"value": "much", "count": 1}})
    _, aside, intake = read_objects(tmp_path, odd, worse)
    assert (aside, dict(intake.passed_over)) == (
        [],
        {"rank is no whole number": 1, "labels are no object": 1, "emojis are no object": 1,
         "label without a number": 1},
    )  # fmt: skip


def test_a_label_beyond_its_scale_has_no_score(tmp_path: Path) -> None:
    (found,), _, _ = read_objects(tmp_path, asked("q", "Why?", labels=labels(quality=4.0)))
    assert [(t.value, t.score) for t in found.result.tags if t.name == "quality"] == [(4.0, None)]


def test_tags_and_preferences_can_be_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, FOREST)
    whole, _, _ = read(path, with_tags=False, with_preferences=False)
    assert [(one.result.tags, one.result.preferences) for one in whole] == [((), ())] * 4
