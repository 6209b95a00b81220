"""Applying a profile to what is stored."""

from pathlib import Path

from grasp_ui.model.event import RecordResult
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import ConversationId
from grasp_ui.services import review
from grasp_ui.services.applying import apply_profile
from grasp_ui.services.profiles import copy_profile, list_profiles, save_profile
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations
from grasp_ui.tagging.profile import RuleSetting
from tests.services.rooms import workspace
from tests.services.test_profile_effect import LOOP, named


def filled(opened: Workspace) -> Workspace:
    """A workspace with a good conversation and one that repeats itself."""
    good = named("good", "Which tea is green?", "Sencha is a green tea from Japan.")
    loop = named("loop", "Tell me something.", LOOP)
    add_conversations(opened.database, [RecordResult(conversation=one) for one in (good, loop)])
    return opened


def test_applying_drops_and_tells_what_changed(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        applied = apply_profile(filled(opened), "default", Selection())
        assert (applied.kept_before, applied.kept_after, applied.conversations) == (2, 1, 2)
        assert ("repetition", "reject", 1) in applied.by_name


def test_a_rule_switched_off_is_taken_back(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        copy_profile(filled(opened), "default", "mine")
        apply_profile(opened, "mine", Selection())
        mine = list_profiles(opened)["mine"].profile
        rules = {**mine.rules, "repetition": RuleSetting(enabled=False)}
        save_profile(opened, mine.model_copy(update={"rules": rules}))
        applied = apply_profile(opened, "mine", Selection())
        assert applied.kept_after == 2
        assert ("repetition", "pass", 1) in applied.by_name


def test_what_a_person_kept_stays_kept(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        review.decide(filled(opened), ConversationId("loop"), "keep", person="ann")
        assert apply_profile(opened, "default", Selection()).kept_after == 2
