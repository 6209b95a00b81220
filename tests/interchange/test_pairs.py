"""Which pairs a DPO export makes of the answers to one prompt."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.interchange.export_format import Made
from grasp_ui.interchange.pairs import STRATEGIES, Choice, Strategy, candidates
from grasp_ui.model.preference import Preference
from grasp_ui.model.review import ReviewEvent
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import Action, MessageId
from grasp_ui.text.shingles import normal_text
from tests.builders import answered, message, tagged
from tests.interchange.samples import judge_tag, made, on, prefers, review, rule_tag
from tests.tagging.compared import many

every_strategy = pytest.mark.parametrize("strategy", STRATEGIES)
strategies = st.sampled_from(STRATEGIES)
names = st.sampled_from(["m1", "m2", "m3", "m4", "m5", "m6"])
told = st.lists(
    st.tuples(names, names, st.sampled_from([0.0, 0.05, 0.2, 0.5, 0.9])).filter(
        lambda one: one[0] != one[1]
    ),
    max_size=15,
).map(lambda words: [prefers(*word) for word in words])
"""Preferences among six answers, whatever they say together."""
alike = st.lists(
    st.sampled_from(["Yes.", "yes. ", "No.", "Maybe so.", "Maybe  SO."]), min_size=6, max_size=6
)


def ranking(count: int = 4) -> list[Preference]:
    """m1 before m2 and so on, each with all others; wider where the ranks are further apart."""
    pairs = combinations(range(1, count + 1), 2)
    return [prefers(f"m{one}", f"m{other}", 0.15 * (other - one)) for one, other in pairs]


def written(preferences: list[Preference], **settings: object) -> list[tuple[int, int]]:
    """The numbers of the chosen and the rejected answer of each row."""
    return numbers(made("trl-dpo", many(preferences), **settings))


def numbers(result: Made) -> list[tuple[int, int]]:
    """The numbers in the texts of both answers of each row, from 1."""
    return [
        (int(row["chosen"][0]["content"].split()[2]) + 1,
         int(row["rejected"][0]["content"].split()[2]) + 1)
        for row in result.rows
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("strategy", "pairs"),
    [
        ("best_worst", [(1, 4)]),
        ("all", [(1, 4), (1, 3), (2, 4), (1, 2), (2, 3), (3, 4)]),
        ("adjacent", [(1, 2), (2, 3), (3, 4)]),
        ("hard_negatives", [(1, 2), (1, 3), (1, 4)]),
    ],
)
def test_each_strategy_takes_its_pairs(strategy: Strategy, pairs: list[tuple[int, int]]) -> None:
    assert written(ranking(), strategy=strategy, pairs_per_prompt=10) == pairs


def test_best_random_draws_by_its_seed_and_always_has_the_best() -> None:
    drawn = {
        seed: written(ranking(6), strategy="best_random", draw_seed=seed) for seed in range(20)
    }
    assert {pair[0] for [pair] in drawn.values()} == {1}
    assert len({pair[1] for [pair] in drawn.values()}) > 2
    assert drawn[3] == written(ranking(6), strategy="best_random", draw_seed=3)


def test_a_hard_negative_keeps_the_margin() -> None:
    settings = {"strategy": "hard_negatives", "minimum_probability_margin": 0.3}
    assert written(ranking(), **settings) == [(1, 3)]


def test_ranks_of_people_have_neighbours_too() -> None:
    ranks = [
        one.model_copy(update={"source": "imported", "author": "people: x", "margin": 1.0})
        for one in ranking(5)
    ]
    neighbours = [(1, 2), (2, 3), (3, 4), (4, 5)]
    assert written(ranks, strategy="adjacent", pairs_per_prompt=9) == neighbours


COUNTS = {"all": 9, "adjacent": 5, "best_worst": 2, "best_random": 5, "hard_negatives": 5}
"""By a plain script: of two prompts, with four and with three answers, all compared."""


def two_prompts() -> TaggedConversation:
    """Four answers, and three more under the first of them."""
    second = [message(f"Answer {n}.", "assistant", number=n, parent=5) for n in (6, 7, 8)]
    asked = message("Second?", "user", number=5, parent=1)
    tree = answered("First?", "Answer 1.", "Answer 2.", "Answer 3.", "Answer 4.")
    tree = tree.model_copy(update={"messages": (*tree.messages, asked, *second)})
    under = [
        prefers(f"m{a}", f"m{b}").model_copy(update={"prompt_id": MessageId("m5")})
        for a, b in combinations((6, 7, 8), 2)
    ]
    return tagged(tree, preferences=[*ranking(), *under])


@every_strategy
def test_as_many_rows_as_a_plain_script_counts(strategy: Strategy) -> None:
    rows = made("trl-dpo", two_prompts(), strategy=strategy, pairs_per_prompt=9).rows
    assert len(rows) == COUNTS[strategy]


@given(told, alike, strategies, st.integers(1, 4))
def test_no_pair_has_equal_texts_and_the_most_is_kept(
    words: list[Preference], texts: list[str], strategy: Strategy, most: int
) -> None:
    panel = tagged(answered("Is it?", *texts), preferences=words)
    rows = made("trl-dpo", panel, strategy=strategy, pairs_per_prompt=most).rows
    assert len(rows) <= most
    for row in rows:
        one, other = row["chosen"][0]["content"], row["rejected"][0]["content"]
        assert normal_text(one) != normal_text(other)


@given(told, strategies)
def test_the_chosen_answer_ranks_above_the_other_by_all_that_was_said(
    words: list[Preference], strategy: Strategy
) -> None:
    pairs = set(written(words, strategy=strategy, pairs_per_prompt=20))
    reach = {(int(one.better_id[1:]), int(one.worse_id[1:])) for one in newest(words)}
    for middle in range(1, 7):
        reach |= {(a, b) for a, m in reach for n, b in reach if m == n == middle}
    assert pairs <= reach
    assert not {(b, a) for a, b in pairs} & reach


def newest(words: list[Preference]) -> list[Preference]:
    """The last word on each two answers that is not a tie."""
    last = {frozenset((one.better_id, one.worse_id)): one for one in words}
    return [one for one in last.values() if one.margin]


@given(told, strategies, st.randoms())
def test_the_same_words_give_the_same_pairs(
    words: list[Preference], strategy: Strategy, chance: object
) -> None:
    single = newest(words)
    mixed = sorted(single, key=lambda one: str(chance) + one.worse_id + one.better_id)
    settings = {"strategy": strategy, "pairs_per_prompt": 3, "draw_seed": 5}
    assert written(single, **settings) == written(mixed, **settings)


def test_a_ring_is_told_and_never_used() -> None:
    ring = [prefers("m1", "m2"), prefers("m2", "m3"), prefers("m3", "m1")]
    result = made("trl-dpo", many(ring), strategy="all", pairs_per_prompt=9)
    assert (result.rows, result.left_out) == ((), ("ring of preferences",))


def test_a_ring_is_told_beside_the_pairs_that_are_sound() -> None:
    ring = [prefers("m1", "m2"), prefers("m2", "m3"), prefers("m3", "m1"), prefers("m1", "m4")]
    result = made("trl-dpo", many(ring))
    assert (numbers(result), result.left_out) == ([(1, 4)], ("ring of preferences",))


PAIR = prefers("m1", "m2")
ON_PAIR = on("m1").model_copy(update={"kind": "preference", "id": PAIR.id})


def tagged_pair(action: Action, *reviews: ReviewEvent) -> TaggedConversation:
    """A preference of which a rule said something."""
    tag = rule_tag("m1", "cycle", action).model_copy(update={"target": ON_PAIR})
    panel = answered("Is it?", "Yes.", "No.")
    return tagged(panel, tags=[tag], reviews=reviews, preferences=[PAIR])


def test_a_rejected_preference_makes_no_pair() -> None:
    assert made("trl-dpo", tagged_pair("reject")).left_out == ("preference: cycle",)
    assert len(made("trl-dpo", tagged_pair("warn")).rows) == 1


def test_a_person_lets_a_rejected_preference_in() -> None:
    spoken = review("override", "m1", name="cycle", action="pass")
    allowed = spoken.model_copy(update={"target": ON_PAIR})
    assert len(made("trl-dpo", tagged_pair("reject", allowed)).rows) == 1


def judged(*scores: float, points: bool = False) -> TaggedConversation:
    """Answers with scores and no preferences."""
    tags = [
        judge_tag(f"m{n}", 1 + 4 * score if points else score, score)
        for n, score in enumerate(scores, 1)
    ]
    texts = [f"Answer number {n} says its own thing." for n in range(len(scores))]
    return tagged(answered("How deep?", *texts), tags=tags)


def test_scores_make_pairs_only_where_asked() -> None:
    assert made("trl-dpo", judged(0.9, 0.2)).left_out == ("no preference",)
    assert numbers(made("trl-dpo", judged(0.2, 0.9, 0.5), pairs_from_scores=True)) == [(2, 1)]


def test_scores_keep_the_margins_of_their_scale() -> None:
    near = made("trl-dpo", judged(0.5, 0.45), pairs_from_scores=True)
    assert near.left_out == ("margin too small",)
    low = made("trl-dpo", judged(0.5, 0.0, points=True), pairs_from_scores=True)
    assert low.left_out == ("chosen answer scores too low",)
    assert numbers(made("trl-dpo", judged(1, 0.5, points=True), pairs_from_scores=True)) == [(1, 2)]


def test_scores_leave_prompts_with_preferences_alone() -> None:
    told = judged(0.9, 0.2).model_copy(update={"preferences": (prefers("m2", "m1"),)})
    assert numbers(made("trl-dpo", told, pairs_from_scores=True)) == [(2, 1)]


def test_a_named_tag_gives_the_scores() -> None:
    told = judged(0.9, 0.2)
    assert made("trl-dpo", told, pairs_from_scores=True, score_tag="style").rows == ()
    named = made("trl-dpo", told, pairs_from_scores=True, score_tag="helpfulness")
    assert numbers(named) == [(1, 2)]


def test_the_score_of_a_person_counts() -> None:
    told = judged(0.9, 0.2)
    lifted = review("override", "m2", name="helpfulness", value=0.95, score=0.95)
    again = tagged(told.conversation, tags=told.tags, reviews=[lifted])
    assert made("trl-dpo", again, pairs_from_scores=True).rows == ()
    assert numbers(
        made("trl-dpo", again, pairs_from_scores=True, minimum_probability_margin=0.05)
    ) == [(2, 1)]


def test_candidates_without_preferences_are_none() -> None:
    assert candidates([], Choice()) == []
