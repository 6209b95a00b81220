"""The Tagging page's judges and rubrics."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from grasp_ui.model.selection import Selection
from grasp_ui.services import review
from grasp_ui.services.profiles import copy_profile, list_profiles, save_profile
from grasp_ui.services.rubrics import copy_rubric, list_rubrics
from grasp_ui.services.stage_two import newest_job
from grasp_ui.services.tagging import tag_again
from grasp_ui.services.workspace import Workspace
from grasp_ui.tagging.profile import JudgeSetting
from tests.fake_server import FakeServer
from tests.services.test_applying import filled
from tests.ui.conftest import Show, words

NAME = "rubric.mine.title.0"


@pytest.fixture
def judged(show: Show, opened: Workspace) -> AppTest:
    """The judges of a profile of one's own that asks `far` by one rubric."""
    mine = copy_profile(filled(opened), "default", "mine")
    judge = JudgeSetting(rubric="helpfulness", models=("far",))
    save_profile(opened, mine.model_copy(update={"judges": (judge,)}))
    tag_again(opened, Selection(), profile="mine")
    return show("tagging", view="judges", profile="mine")


@pytest.fixture
def rubrics(show: Show, opened: Workspace) -> AppTest:
    """The rubric editor with a rubric of one's own."""
    copy_rubric(filled(opened), list_rubrics(opened)["helpfulness"].rubric, "mine")
    return show("tagging", view="rubrics", rubric="mine")


def test_the_forecast_says_what_judging_would_ask(judged: AppTest) -> None:
    judged.button(key="judging.forecast").click().run()
    assert not judged.exception
    assert "**1 of 2 conversations** go to judges" in words(judged)


def test_judges_are_asked_and_their_tags_kept(judged: AppTest, opened: Workspace) -> None:
    assert judged.button(key="judging.start").disabled
    judged.button(key="judging.forecast").click().run()
    judged.button(key="judging.start").click().run()
    job = newest_job(opened)
    assert job is not None
    assert job.wait(60).state == "done"
    opened.database.settle()
    tags = [tag for row in review.find(opened, Selection()).rows for tag in row.tags]
    assert [tag.name for tag in tags if tag.source == "judge"] == ["helpfulness"]


def test_a_judge_is_added_and_saved(judged: AppTest, opened: Workspace) -> None:
    judged.button(key="judging.add").click().run()
    judged.button(key="tagging.save").click().run()
    assert not judged.exception
    assert len(list_profiles(opened)["mine"].profile.judges) == 2


def test_a_setting_that_does_not_fit_is_said_and_not_kept(
    judged: AppTest, opened: Workspace
) -> None:
    judged.selectbox(key="judging.mine.0.1.method").set_value("pairwise").run()
    assert "pairwise compares siblings" in words(judged)
    judged.button(key="judging.add").click().run()
    assert list_profiles(opened)["mine"].profile.judges[0].method == "schema"


def test_a_rubric_is_changed_and_saved(rubrics: AppTest, opened: Workspace) -> None:
    before = list_rubrics(opened)["mine"].rubric.version
    rubrics.text_input(key=NAME).set_value("Kindness").run()
    rubrics.button(key="rubric.save").click().run()
    assert not rubrics.exception
    after = list_rubrics(opened)["mine"].rubric
    assert (after.title, after.version != before) == ("Kindness", True)


def test_a_new_dimension_asks_for_its_sentences(rubrics: AppTest, opened: Workspace) -> None:
    rubrics.button(key="rubric.mine.add").click().run()
    assert any("has no name" in one.value for one in rubrics.warning)
    rubrics.button(key="rubric.discard").click().run()
    assert not rubrics.warning


def test_a_wider_scale_asks_for_the_new_level(rubrics: AppTest) -> None:
    rubrics.number_input(key="rubric.mine.maximum.0").set_value(6).run()
    assert any("no sentence for level 6" in one.value for one in rubrics.warning)


def test_a_rubric_is_tried_and_nothing_is_kept(rubrics: AppTest, opened: Workspace) -> None:
    rubrics.selectbox(key="rubric.model").set_value("far").run()
    rubrics.button(key="rubric.try").click().run()
    assert not rubrics.exception
    assert "tokens" in words(rubrics)
    tags = [tag for row in review.find(opened, Selection()).rows for tag in row.tags]
    assert not [tag for tag in tags if tag.source == "judge"]


def test_a_trial_says_what_the_one_before_found(
    rubrics: AppTest, opened: Workspace, server: FakeServer
) -> None:
    scores = iter([2, 2, 4, 4])
    server.say = lambda body: graded(next(scores))
    rubrics.selectbox(key="rubric.model").set_value("far").run()
    rubrics.button(key="rubric.try").click().run()
    assert "in the trial before" not in words(rubrics)
    rubrics.button(key="rubric.try").click().run()
    assert "**4** :small[:gray[score 0.75, in the trial before 2]]" in words(rubrics)


def graded(score: int) -> str:
    """What a judge says that gives `score` for helpfulness."""
    said = {"evidence": "", "reason": "So.", "score": score}
    return json.dumps({"helpfulness": said})
