"""Workspaces with judged and reviewed conversations, for calibration and learning."""

from datetime import datetime
from random import Random

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.event import RecordResult
from grasp_ui.model.review import ReviewEvent, ReviewKind
from grasp_ui.model.tag import Tag, Target
from grasp_ui.model.value import Action, ConversationId, MessageId
from grasp_ui.services.workspace import Workspace
from grasp_ui.store.conversations import add_conversations
from grasp_ui.store.reviews import add_review
from tests.tagging.learning import ASKED, BAD, GOOD

NOON = datetime.fromisoformat("2026-05-01T12:00")


def target(name: str) -> Target:
    """The conversation `name` as a whole."""
    return Target(conversation_id=ConversationId(name), kind="conversation", id=name)


def talk(name: str, text: str, *tags: Tag) -> RecordResult:
    """A question and its answer, with tags."""
    own = ConversationId(name)
    asked = Message(id=MessageId(f"{name}.0"), conversation_id=own, role="user", content=ASKED[0])
    said = Message(
        id=MessageId(f"{name}.1"), conversation_id=own, role="assistant", content=text,
        parent_id=asked.id,
    )  # fmt: skip
    return RecordResult(Conversation(id=own, messages=(asked, said)), tags=tags)


def judged(name: str, value: int, judge: str = "critic") -> Tag:
    """What a judge said of the conversation, from 1 to 5."""
    return Tag(
        target=target(name), name="help", value=value, score=(value - 1) / 4, action="info",
        source="judge", author=judge,
    )  # fmt: skip


def found_by_rule(name: str, action: Action = "reject") -> Tag:
    """What the rule `loop` found in the conversation."""
    return Tag(target=target(name), name="loop", value=1, score=0.0, action=action,
               source="rule", author="loop")  # fmt: skip


def deed(
    workspace: Workspace, kind: ReviewKind, about: str, /, *, person: str = "ada", **payload: object
) -> None:
    """What a person does about the conversation `about`."""
    event = ReviewEvent(
        id=f"{kind} {about} {person}", kind=kind, target=target(about), payload=dict(payload),
        person=person, at=NOON,
    )  # fmt: skip
    add_review(workspace.database, event)


def scored(workspace: Workspace, name: str, value: int, *, person: str = "ada") -> None:
    """A person's own value for what the judge said."""
    deed(
        workspace, "override", name, person=person,
        name="help", value=value, score=(value - 1) / 4, action="info",
    )  # fmt: skip


def with_judgements(workspace: Workspace, count: int = 60) -> None:
    """So many conversations that two judges and Ada scored; the judge is right most of the time."""
    chance = Random(4)
    truth = {f"c{number}": chance.randint(1, 5) for number in range(count)}
    tags = {
        name: [judged(name, _near(value, chance)), judged(name, _near(value, chance), "other")]
        for name, value in truth.items()
    }
    add_conversations(
        workspace.database, [talk(name, GOOD[0], *said) for name, said in tags.items()]
    )
    for name, value in truth.items():
        scored(workspace, name, value)
    workspace.database.settle()


def with_decisions(workspace: Workspace, count: int = 60) -> None:
    """So many conversations that Ada kept or rejected: every third has a bad answer."""
    chance = Random(5)
    bad = {f"d{number}": number % 3 == 0 for number in range(count)}
    texts = {
        name: " ".join(chance.sample(BAD if is_bad else GOOD, 2)) for name, is_bad in bad.items()
    }
    add_conversations(workspace.database, [talk(name, text) for name, text in texts.items()])
    for name, is_bad in bad.items():
        deed(workspace, "reject" if is_bad else "keep", name)
    workspace.database.settle()


def _near(value: int, chance: Random) -> int:
    return min(5, max(1, value + chance.choice((-1, 0, 0, 0, 1))))
