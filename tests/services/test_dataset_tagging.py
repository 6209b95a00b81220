"""Dataset rules over a store: who is like whom, said once, and taken back when it ends."""

from pathlib import Path

import pytest

from grasp_ui.errors import NotFound, UnreadableFile
from grasp_ui.model.event import RecordResult
from grasp_ui.model.fingerprint import Fingerprints
from grasp_ui.model.selection import Selection
from grasp_ui.model.value import ConversationId, RunId
from grasp_ui.services.exports import ExportRequest, preview
from grasp_ui.services.tagging import tag_again
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations, stream
from grasp_ui.store.fingerprints import fingerprints
from grasp_ui.tagging.known_dataset import RECIPE
from tests.builders import answered
from tests.fake_server import fake_server
from tests.interchange.samples import prefers
from tests.services.rooms import ran, workspace
from tests.store.samples import result

TEXTS = ("How deep do I plant garlic?", "Five centimetres, with the pointed end up, in light soil.")
NEARLY = (TEXTS[0], TEXTS[1].replace("light", "dry"))
OTHER = ("What makes popcorn pop?", "Steam bursts the hard shell of the kernel.")
PROFILE = "rules:\n  exact_duplicate: {}\n  near_duplicate: {}\n"


def stored(opened: Workspace, *threads: tuple[str, str], first: int = 0) -> None:
    """Conversations k0, k1, … in the store."""
    add_conversations(
        opened.database, [result(f"k{n}", *texts) for n, texts in enumerate(threads, start=first)]
    )


def profile(folder: Path, text: str = PROFILE) -> str:
    """A profile of the workspace's own; gives its name."""
    (folder / "profiles").mkdir(exist_ok=True)
    (folder / "profiles" / "mine.yaml").write_text(text)
    return "mine"


def tags(opened: Workspace) -> list[tuple[str, str, str]]:
    """Conversation, name and action of all that was said, in order."""
    return [
        (tagged.conversation.id, tag.name, tag.action)
        for tagged in stream(opened.database, Selection())
        for tag in tagged.tags
    ]


def test_copies_are_found_across_the_store_and_said_once(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        stored(opened, TEXTS, OTHER, NEARLY, TEXTS)
        assert tag_again(opened, Selection(), profile=profile(tmp_path)).new == 2
        assert tag_again(opened, Selection(), profile="mine").all == 0
        assert tags(opened) == [("k2", "near_duplicate", "warn"), ("k3", "exact_duplicate", "warn")]


def test_a_selection_is_held_against_the_whole_store(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        stored(opened, TEXTS, OTHER)
        late = result("new", *TEXTS)
        moved = late.conversation.model_copy(update={"run_id": RunId("late")})
        add_conversations(opened.database, [RecordResult(moved)])
        tag_again(opened, Selection(run_id=RunId("late")), profile=profile(tmp_path))
        assert tags(opened) == [("new", "exact_duplicate", "warn")]


def test_what_a_stricter_profile_no_longer_says_is_taken_back(tmp_path: Path) -> None:
    strict = "rules:\n  near_duplicate: {config: {minimum_likeness: 1}}\n"
    with workspace(tmp_path) as opened:
        stored(opened, TEXTS, NEARLY)
        tag_again(opened, Selection(), profile=profile(tmp_path))
        tag_again(opened, Selection(), profile=profile(tmp_path, strict))
        assert [action for _, _, action in tags(opened)] == ["warn", "pass"]
        assert tag_again(opened, Selection(), profile=profile(tmp_path, "rules: {}\n")).all == 0


def test_a_profile_without_dataset_rules_takes_theirs_back(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        stored(opened, TEXTS, TEXTS)
        tag_again(opened, Selection(), profile=profile(tmp_path))
        tag_again(opened, Selection(), profile=profile(tmp_path, "rules: {}\n"))
        assert [action for _, _, action in tags(opened)] == ["warn", "pass"]


def signed(opened: Workspace) -> Fingerprints:
    """The fingerprints that are kept."""
    return fingerprints(opened.database, RECIPE, until=opened.database.loaded_seq)


def test_a_conversation_is_signed_once(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        stored(opened, TEXTS, OTHER)
        tag_again(opened, Selection(), profile=profile(tmp_path))
        before = signed(opened)
        stored(opened, NEARLY, first=2)
        tag_again(opened, Selection(), profile="mine")
        after = signed(opened)
    assert before.conversations == ["k0", "k1"]
    assert after.conversations == ["k0", "k1", "k2"]
    assert after.minhashes[:2] == before.minhashes


def test_fingerprints_outlive_the_program(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        stored(opened, TEXTS)
        tag_again(opened, Selection(), profile=profile(tmp_path))
        before = signed(opened)
    with workspace(tmp_path) as opened:
        assert signed(opened) == before


def test_a_run_is_compared_at_its_end(tmp_path: Path) -> None:
    with fake_server() as server, workspace(tmp_path) as opened:
        ran(opened, server, records=3)
        first = [name for _, name, _ in tags(opened) if "duplicate" in name]
        ran(opened, server, records=3)
        both = [name for _, name, _ in tags(opened) if "duplicate" in name]
    assert (first, both) == ([], ["exact_duplicate"] * 3)


def test_an_evaluation_set_is_met(tmp_path: Path) -> None:
    sentence = "one two three four five six seven eight nine ten eleven twelve thirteen"
    (tmp_path / "evaluation").mkdir()
    (tmp_path / "evaluation" / "exam.jsonl").write_text(f'\n{{"q": ["{sentence}"]}}\n')
    with workspace(tmp_path) as opened:
        stored(opened, ("Count!", f"Well: {sentence.upper()}!"), OTHER)
        tag_again(opened, Selection(), profile=profile(tmp_path, "rules: {contamination: {}}\n"))
        [found] = [tag for one in stream(opened.database, Selection()) for tag in one.tags]
    assert (found.target.id, found.evidence["other"]) == ("k0.1", "exam.jsonl:2")


@pytest.mark.parametrize(
    ("files", "text", "fault", "message"),
    [
        ("[gsm*.jsonl]", "", NotFound, r"no evaluation set 'gsm\*.jsonl'.*exam.jsonl"),
        ("[]", "{half", UnreadableFile, "exam.jsonl:1, is no JSON"),
    ],
)
def test_an_evaluation_set_that_cannot_be_used_says_why(
    tmp_path: Path, files: str, text: str, fault: type[Exception], message: str
) -> None:
    (tmp_path / "evaluation").mkdir()
    (tmp_path / "evaluation" / "exam.jsonl").write_text(text)
    rules = f"rules: {{contamination: {{config: {{files: {files}}}}}}}\n"
    with workspace(tmp_path) as opened:
        stored(opened, TEXTS)
        with pytest.raises(fault, match=message):
            tag_again(opened, Selection(), profile=profile(tmp_path, rules))


def test_embeddings_are_made_where_diversity_is_asked_for(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        stored(opened, TEXTS, OTHER, TEXTS)
        tag_again(opened, Selection(), profile=profile(tmp_path, "rules: {diversity: {}}\n"))
        values = [tag.value for one in stream(opened.database, Selection()) for tag in one.tags]
    far, copy = values
    assert isinstance(far, float)
    assert far > 0.3
    assert copy == 0.0


def panel(*preferences: tuple[str, str]) -> RecordResult:
    """Three answers, compared."""
    asked = answered("How deep?", "Five centimetres.", "As deep as a hand.", "No idea.")
    named = asked.model_copy(update={"id": ConversationId("c")})
    return RecordResult(named, preferences=tuple(prefers(*one) for one in preferences))


def test_a_ring_is_tagged_and_its_pairs_are_dropped_with_the_reason(tmp_path: Path) -> None:
    ring = panel(("m1", "m2"), ("m2", "m3"), ("m3", "m1"))
    with workspace(tmp_path) as opened:
        add_conversations(opened.database, [ring])
        tag_again(opened, Selection(), profile=profile(tmp_path, "rules: {cycle: {}}\n"))
        assert [name for _, name, _ in tags(opened)] == ["cycle"] * 3
        assert preview(opened, ExportRequest("trl-dpo")).dropped == {"ring of preferences": 1}


def test_the_preview_tells_how_many_chosen_answers_are_longer(tmp_path: Path) -> None:
    with workspace(tmp_path) as opened:
        add_conversations(opened.database, [panel(("m2", "m3"))])
        seen = preview(opened, ExportRequest("trl-dpo"))
    assert seen.remark == "The chosen answer is longer in 100 % of 1 pairs."
