import pytest

from grasp_ui.model.preference import Preference
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Tag
from tests.builders import answered, said, tagged
from tests.interchange.samples import (
    judge_tag,
    made,
    panel,
    prefers,
    review,
    rule_tag,
    scored,
)


def chosen_over(conversation: TaggedConversation, **settings: object) -> tuple[str, str] | str:
    """The texts of the pair that is written, or why there is none."""
    result = made("trl-dpo", conversation, **settings)
    if not result.rows:
        return result.left_out[0]
    [row] = result.rows
    return row["chosen"][0]["content"], row["rejected"][0]["content"]


SUN, SOME, NONE = "Six hours of sun a day.", "Some sun.", "I do not know."


def test_a_row_has_prompt_chosen_and_rejected_and_nothing_else() -> None:
    [row] = made("trl-dpo", panel(prefers("m1", "m2"))).rows
    assert row == {
        "prompt": [{"role": "user", "content": "How much sun do tomatoes need?"}],
        "chosen": [{"role": "assistant", "content": SUN}],
        "rejected": [{"role": "assistant", "content": SOME}],
    }


def test_the_best_stands_against_the_worst() -> None:
    pairs = (prefers("m1", "m2", 0.2), prefers("m1", "m3", 0.6), prefers("m2", "m3", 0.4))
    assert chosen_over(panel(*pairs)) == (SUN, NONE)


def test_among_equal_margins_the_pair_furthest_apart_counts() -> None:
    order = (("m1", "m2"), ("m2", "m3"), ("m1", "m3"))
    pairs = [prefers(one, other, 1.0, source="person", author="Ann") for one, other in order]
    assert chosen_over(panel(*pairs)) == (SUN, NONE)


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        (("person", "Ann"), ("imported", "people: OASST")),
        (("imported", "people: OASST"), ("learned", "model 1")),
        (("learned", "model 1"), ("judge", "critic")),
        (("judge", "critic"), ("imported", "model: GPT")),
        (("imported", "model: GPT"), ("rule", "length")),
    ],
)
def test_the_highest_source_counts(higher: tuple[str, str], lower: tuple[str, str]) -> None:
    over = Preference.model_validate(
        {**prefers("m2", "m1").model_dump(), "source": higher[0], "author": higher[1]}
    )
    under = Preference.model_validate(
        {**prefers("m1", "m2", 0.9).model_dump(), "source": lower[0], "author": lower[1]}
    )
    assert chosen_over(panel(under, over)) == (SOME, SUN)


def test_the_newest_word_of_one_author_counts() -> None:
    old = prefers("m1", "m2", 0.9).model_copy(update={"seq": 1})
    new = prefers("m2", "m1", 0.3).model_copy(update={"seq": 2})
    assert chosen_over(panel(new, old)) == (SOME, SUN)


def test_authors_who_disagree_hold_the_pair_back() -> None:
    pairs = (prefers("m1", "m2"), prefers("m2", "m1", author="second critic"))
    assert chosen_over(panel(*pairs)) == "disputed: preference"


@pytest.mark.parametrize(("margin", "is_kept"), [(0.1, True), (0.0999, False), (0.0, False)])
def test_probabilities_need_a_margin_of_a_tenth(margin: float, *, is_kept: bool) -> None:
    told = panel(prefers("m1", "m2", margin), tags=scored([0.5 + margin, 0.5, 0.1]))
    assert chosen_over(told) == ((SUN, SOME) if is_kept else "margin too small")


@pytest.mark.parametrize(
    ("points", "outcome"),
    [
        ((5, 4), (SUN, SOME)),
        ((4, 3), (SUN, SOME)),
        ((4.5, 4), "margin too small"),
        ((3, 1), "chosen answer scores too low"),
    ],
)
def test_points_need_a_margin_of_one_and_a_chosen_answer_of_four(
    points: tuple[float, float], outcome: tuple[str, str] | str
) -> None:
    told = panel(prefers("m1", "m2", points[0] - points[1]), tags=scored(points, points=True))
    assert chosen_over(told) == outcome


def test_the_margins_can_be_set() -> None:
    told = panel(prefers("m1", "m2", 2), tags=scored([3, 1], points=True))
    assert chosen_over(told, minimum_chosen_points=3) == (SUN, SOME)
    assert chosen_over(told, minimum_chosen_points=3, minimum_points_margin=3) == "margin too small"


def test_what_a_person_prefers_needs_no_margin() -> None:
    told = panel(prefers("m1", "m2", 0.0, source="person", author="Ann"))
    assert chosen_over(told) == (SUN, SOME)


def test_a_conversation_without_preferences_says_so() -> None:
    assert chosen_over(panel()) == "no preference"


@pytest.mark.parametrize(
    ("tags", "reviews", "outcome"),
    [
        ([rule_tag("m1", "repetition")], [], "chosen answer: repetition"),
        ([rule_tag("m0", "orphan")], [], "chosen answer: orphan"),
        ([rule_tag("c", "near_duplicate")], [], "chosen answer: near_duplicate"),
        ([judge_tag("m1", 0.6, 0.6, "reject")], [], "chosen answer: helpfulness"),
        ([rule_tag("m1", "truncated", "warn")], [], (SUN, SOME)),
        ([rule_tag("m2", "repetition")], [], "other answer: repetition"),
        ([judge_tag("m2", 0.1, 0.1, "reject")], [], (SUN, SOME)),
        ([rule_tag("m3", "repetition")], [], (SUN, SOME)),
        ([], [review("reject", "m1")], "chosen answer: rejected by a person"),
        ([], [review("reject", "c")], "chosen answer: rejected by a person"),
        ([], [review("reject", "m2")], "other answer: rejected by a person"),
        ([rule_tag("m1", "repetition")], [review("keep", "c")], (SUN, SOME)),
        ([rule_tag("m1", "repetition")], [review("keep", "m1")], (SUN, SOME)),
        (
            [rule_tag("m1", "repetition")],
            [review("override", "m1", name="repetition", action="pass")],
            (SUN, SOME),
        ),
        (
            [judge_tag("m1", 0.6, 0.6)],
            [review("override", "m1", name="helpfulness", action="reject")],
            "chosen answer: helpfulness",
        ),
        (
            [],
            [review("keep", "m1"), review("reject", "m1", person="Ben")],
            "disputed: reviewers are split",
        ),
    ],
)
def test_a_reject_holds_the_pair_back_and_a_person_lets_it_in(
    tags: list[Tag], reviews: list[ReviewEvent], outcome: tuple[str, str] | str
) -> None:
    assert chosen_over(panel(prefers("m1", "m2"), tags=tags, reviews=reviews)) == outcome


def test_a_broken_loser_can_be_allowed() -> None:
    told = panel(prefers("m1", "m2"), tags=[rule_tag("m2", "repetition")])
    assert chosen_over(told, broken_losers=True) == (SUN, SOME)


def test_the_next_pair_stands_in_for_a_rejected_best_answer() -> None:
    pairs = (prefers("m1", "m3", 0.6), prefers("m1", "m2", 0.2), prefers("m2", "m3", 0.4))
    assert chosen_over(panel(*pairs, reviews=[review("reject", "m1")])) == (SOME, NONE)


def test_a_person_who_lowers_the_chosen_score_holds_the_pair_back() -> None:
    lowered = review("override", "m1", name="helpfulness", action="info", value=0.2, score=0.2)
    told = panel(prefers("m1", "m2"), tags=scored([0.9, 0.4]), reviews=[lowered])
    assert chosen_over(told) == "margin too small"


def test_a_person_may_give_a_value_without_a_score() -> None:
    lowered = review("override", "m1", name="helpfulness", action="info", value=2)
    told = panel(prefers("m1", "m2", 4), tags=scored([5, 1], points=True), reviews=[lowered])
    assert chosen_over(told) == "chosen answer scores too low"


def test_an_undone_override_counts_no_more() -> None:
    lowered = review("override", "m1", name="helpfulness", action="reject")
    undo = review("undo", "m1", undoes=lowered.id).model_copy(update={"seq": 1})
    told = panel(prefers("m1", "m2"), tags=scored([0.9, 0.4]), reviews=[lowered, undo])
    assert chosen_over(told) == (SUN, SOME)


@pytest.mark.parametrize(
    "twins",
    [
        ("Yes.", "Yes."),
        ("Yes. ", "yes."),
        ("a  b", "A\nb"),
        ("caf\u00e9", "cafe\u0301"),
        ("GROSS", "groß"),
    ],
)
def test_answers_that_differ_in_form_only_are_equal(twins: tuple[str, str]) -> None:
    told = tagged(answered("Is it?", *twins), preferences=[prefers("m1", "m2")])
    assert chosen_over(told) == "equal texts"


def test_an_empty_answer_makes_no_pair() -> None:
    told = tagged(answered("Is it?", "Yes.", "  "), preferences=[prefers("m1", "m2")])
    assert chosen_over(told) == "empty message"


def test_answers_are_stripped() -> None:
    told = tagged(answered(" Is it? ", " Yes.\n", "\tNo. "), preferences=[prefers("m1", "m2")])
    assert chosen_over(told) == ("Yes.", "No.")


def test_a_preference_between_questions_makes_no_pair() -> None:
    told = tagged(said("Is it?", "Yes."), preferences=[prefers("m0", "m1")])
    assert chosen_over(told) == "no messages"


def test_a_preference_for_a_message_that_is_gone_makes_no_pair() -> None:
    assert chosen_over(panel(prefers("m1", "m9"))) == "an answer is missing"


def test_each_prompt_of_a_conversation_gives_its_own_pair() -> None:
    first = panel(prefers("m1", "m2"), prefers("m2", "m3").model_copy(update={"prompt_id": None}))
    result = made("trl-dpo", first)
    assert (len(result.rows), result.left_out) == (2, ())


def test_a_prompt_that_is_left_out_is_told_beside_the_rows() -> None:
    other = prefers("m2", "m3", 0.0).model_copy(update={"prompt_id": None})
    result = made("trl-dpo", panel(prefers("m1", "m2"), other))
    assert (len(result.rows), result.left_out) == (1, ("margin too small",))


def rewritten(message: str, *preferences: Preference) -> TaggedConversation:
    """The panel after somebody wrote an answer anew, later than what was compared."""
    edit = review("edit", message, content="It depends.").model_copy(update={"seq": 5})
    return panel(*preferences, tags=scored([0.9, 0.5, 0.2]), reviews=[edit])


@pytest.mark.parametrize("message", ["m1", "m2"])
def test_what_a_machine_said_of_an_old_text_makes_no_pair(message: str) -> None:
    old = rewritten(message, prefers("m1", "m2"))
    assert chosen_over(old) == "an answer was edited since it was compared"


def test_a_pair_of_edited_answers_is_made_where_that_is_allowed() -> None:
    old = rewritten("m2", prefers("m1", "m2"))
    assert chosen_over(old, edited_answers=True) == (SUN, "It depends.")


def test_what_was_compared_after_an_edit_or_by_people_makes_a_pair() -> None:
    later = prefers("m1", "m2").model_copy(update={"seq": 6})
    person = prefers("m1", "m2", source="person", author="Ann")
    assert chosen_over(rewritten("m2", later)) == (SUN, "It depends.")
    assert chosen_over(rewritten("m2", person)) == (SUN, "It depends.")


def test_other_answers_are_paired_as_ever() -> None:
    old = rewritten("m3", prefers("m1", "m2"), prefers("m1", "m3", 0.7))
    assert chosen_over(old) == (SUN, SOME)
