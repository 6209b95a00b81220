"""What is learned from people, how it is kept, and that it says when it cannot learn."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from grasp_ui.model.effective import effective_tags, verdict_of
from grasp_ui.model.tag import Tag
from grasp_ui.tagging.features import message_features
from grasp_ui.tagging.heuristic import HEURISTICS, on_message
from grasp_ui.tagging.learned import AIMS, LearnedModel
from grasp_ui.tagging.ranking import auc
from grasp_ui.tagging.regression import regress
from grasp_ui.tagging.training import TooFewLabels, predict_unseen, train
from tests.tagging.firing import load_rules
from tests.tagging.learning import BAD, GOOD, answer, labelled

load_rules()


@pytest.fixture(scope="module")
def model() -> LearnedModel:
    return train(labelled(90), aim="quality", kind="message")


def chance(model: LearnedModel, text: str) -> float:
    """How good the model finds an answer."""
    tree = answer(text)
    return model.probability(message_features(tree)[tree.messages[1].id])


def tag_of(model: LearnedModel, text: str) -> Tag:
    """The tag that the model gives to an answer."""
    tree = answer(text)
    message = tree.messages[1]
    return model.tag(on_message(message), message_features(tree)[message.id])


def test_what_people_like_scores_above_what_they_do_not(model: LearnedModel) -> None:
    new_good = "Cut the hedge in June, when the birds have flown. Leave some twigs for hedgehogs."
    new_bad = "qwrt lol NO"
    assert chance(model, new_good) > 0.6
    assert chance(model, new_bad) < 0.4


def test_labels_are_learned_over_trees_that_were_not_seen() -> None:
    examples = labelled(90)
    found = predict_unseen(examples)
    assert (auc(found, [example.label > 0.5 for example in examples]) or 0) > 0.95


def test_labels_by_chance_cannot_be_learned() -> None:
    examples = [replace(e, label=float(n % 2)) for n, e in enumerate(labelled(120))]
    found = predict_unseen(examples)
    assert (auc(found, [example.label > 0.5 for example in examples]) or 1) < 0.7


def test_examples_of_one_tree_are_never_on_both_sides() -> None:
    # Each tree has a mark of its own that tells its label: useless for trees not seen.
    marked = [
        replace(e, features={f"mark {n // 10}": 1.0}, label=float(n // 10 % 2), group=str(n // 10))
        for n, e in enumerate(labelled(100))
    ]
    assert len({round(found, 6) for found in predict_unseen(marked)}) <= 5


def test_the_same_examples_give_the_same_model(model: LearnedModel) -> None:
    assert train(labelled(90), aim="quality", kind="message") == model


def test_other_labels_give_another_version(model: LearnedModel) -> None:
    other = train(labelled(93), aim="quality", kind="message")
    assert other.version != model.version


def test_a_model_kept_as_json_says_the_same(model: LearnedModel) -> None:
    again = LearnedModel.model_validate_json(model.model_dump_json())
    assert again == model
    assert chance(again, GOOD[0]) == chance(model, GOOD[0])


def test_the_card_has_what_was_learned_from_and_how_well(model: LearnedModel) -> None:
    card = model.card
    assert (card.labels, card.groups, card.rarer) == (90, 90, 30)
    assert 0.9 < (card.auc_low or 0) <= (card.auc or 0) <= (card.auc_high or 0) <= 1
    assert "not facts" in card.not_for


@pytest.mark.parametrize("count", [12, 48])
def test_too_few_labels_are_refused_with_what_is_missing(count: int) -> None:
    with pytest.raises(TooFewLabels, match="It takes 50 labels, 10 of either kind"):
        train(labelled(count), aim="quality", kind="message")


def test_labels_of_one_kind_are_refused() -> None:
    with pytest.raises(TooFewLabels, match="0 of the rarer kind"):
        train([replace(e, label=1.0) for e in labelled(80)], aim="quality", kind="message")


def test_the_weights_are_those_of_scikit_learn() -> None:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(200, 6))
    labels = (chance.random(200) < 1 / (1 + np.exp(-2 * rows[:, 0]))).astype(float)
    ours = regress(rows, labels, strength=4.0)
    theirs = LogisticRegression(C=0.25, tol=1e-10, max_iter=1000).fit(rows, labels)
    assert ours[:-1] == pytest.approx(theirs.coef_[0], abs=1e-5)
    assert ours[-1] == pytest.approx(theirs.intercept_[0], abs=1e-5)


def test_a_tag_says_what_drove_it(model: LearnedModel) -> None:
    tag = tag_of(model, BAD[1])
    assert (tag.source, tag.name, tag.version, tag.action) == (
        "learned", "quality", model.version, "info",
    )  # fmt: skip
    assert tag.evidence["lowered_by"]
    assert all(part < 0 for part in tag.evidence["lowered_by"].values())


def test_what_drives_a_tag_adds_up_to_its_log_odds(model: LearnedModel) -> None:
    plain = model.model_copy(update={"calibrator": None})
    tree = answer(GOOD[0])
    features = message_features(tree)[tree.messages[1].id]
    odds = plain.intercept + sum(plain.drivers(features).values())
    assert plain.probability(features) == pytest.approx(1 / (1 + np.exp(-odds)))


def test_no_rule_has_the_name_of_a_learned_tag() -> None:
    assert [aim for aim in AIMS if aim in HEURISTICS] == []


def test_a_learned_tag_never_takes_back_what_a_rule_rejects(model: LearnedModel) -> None:
    tree = answer(GOOD[0])
    target = on_message(tree.messages[1])
    rule = Tag(
        target=target, name="repetition", value=0.5, action="reject", source="rule", author="r"
    )
    counted = effective_tags([rule, tag_of(model, GOOD[0])], ())
    [thread] = tree.threads()
    assert verdict_of(thread, counted, ()).reasons == ("repetition",)


def test_a_learned_reject_warns_and_does_not_drop() -> None:
    bad = [replace(example, label=1 - example.label) for example in labelled(90)]
    tag = tag_of(train(bad, aim="reject", kind="message"), BAD[1])
    assert (tag.action, tag.name) == ("warn", "reject")
    [thread] = answer(BAD[1]).threads()
    assert verdict_of(thread, effective_tags([tag], ()), ()).state == "keep"
