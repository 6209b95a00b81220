"""What judges are shown of a conversation: texts as people left them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grasp_ui.judging.ask import dialogue_text
from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.edits import edit_mark, newest_edits
from grasp_ui.model.effective import EffectiveTag, verdict_of
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.tag import Target
from grasp_ui.model.value import MessageId
from grasp_ui.tagging.profile import Passing, Scope


@dataclass(frozen=True, slots=True)
class Subject:
    """A text to be judged: `dialogue` ends with it, `prompt` stands before it.

    `mark` names the edits of the target's own text, `is_edited` says whether anything of the
    dialogue is another text than the one that was generated.
    """

    target: Target
    dialogue: str
    prompt: str
    answer: str
    prompt_id: MessageId | None = None
    mark: str | None = None
    is_edited: bool = False


def passes(only: Passing, tagged: TaggedConversation) -> bool:
    """Whether judges are asked about a conversation; what judges said does not count."""
    heard = [tag for tag in tagged.effective if tag.source != "judge"]
    match only:
        case "all":
            return bool(tagged.conversation.messages)
        case "clean":
            return _is_kept(tagged, heard) and not any(tag.action == "warn" for tag in heard)
        case "kept":
            return _is_kept(tagged, heard)


def _is_kept(tagged: TaggedConversation, heard: Sequence[EffectiveTag]) -> bool:
    threads = tagged.conversation.threads()
    return any(verdict_of(thread, heard, tagged.reviews).state != "drop" for thread in threads)


def subjects_of(scope: Scope, tagged: TaggedConversation) -> tuple[tuple[Subject, ...], ...]:
    """What is to be judged, in groups: siblings together, everything else by itself.

    Answers without text are left to the rules. None where the scope finds nothing.
    """
    conversation = tagged.conversation
    thread = conversation.active_thread()
    path = () if thread is None else thread.messages
    answers = [message for message in path if _is_answer(message)]
    match scope:
        case "last_answer":
            return tuple((_subject(tagged, conversation, one),) for one in answers[-1:])
        case "every_answer":
            return tuple((_subject(tagged, conversation, one),) for one in answers)
        case "siblings":
            groups = _siblings(conversation)
            return tuple(
                tuple(_subject(tagged, conversation, o) for o in group) for group in groups
            )
        case "conversation":
            return ((_whole(tagged, path),),) if answers else ()


def task_of(tagged: TaggedConversation) -> Subject | None:
    """The dialogue up to what its last answer answers; None without words."""
    thread = tagged.conversation.active_thread()
    path = [] if thread is None else list(thread.messages)
    answers = [place for place, message in enumerate(path) if _is_answer(message)]
    before = path[: answers[-1]] if answers else path
    return _whole(tagged, before) if _told(before) else None


def _is_answer(message: Message) -> bool:
    return message.role == "assistant" and bool(message.content.strip())


def _siblings(conversation: Conversation) -> list[list[Message]]:
    """The answers under each message that has several, in candidate order."""
    groups: dict[str | None, list[Message]] = {}
    for message in filter(_is_answer, conversation.messages):
        groups.setdefault(message.parent_id, []).append(message)
    return [group for group in groups.values() if len(group) > 1]


def _subject(tagged: TaggedConversation, conversation: Conversation, message: Message) -> Subject:
    path = _path(conversation, message)
    target = Target(conversation_id=conversation.id, kind="message", id=message.id)
    edits = newest_edits(tagged.reviews)
    return Subject(
        target,
        _told(path),
        _told(path[:-1]),
        message.content,
        message.parent_id,
        edit_mark(target, edits),
        any(one.id in edits for one in path),
    )


def _whole(tagged: TaggedConversation, path: Sequence[Message]) -> Subject:
    target = Target(conversation_id=tagged.conversation.id, kind="conversation",
                    id=tagged.conversation.id)  # fmt: skip
    mark = edit_mark(target, newest_edits(tagged.reviews))
    told = _told(path)
    return Subject(target, told, told, "", None, mark, mark is not None)


def _path(conversation: Conversation, message: Message) -> list[Message]:
    """From the root to `message`; each message once, also where parents go round."""
    by_id = {one.id: one for one in conversation.messages}
    path, seen, at = list[Message](), set[MessageId](), message
    while at.id not in seen:
        path.append(at)
        seen.add(at.id)
        at = by_id.get(at.parent_id, at) if at.parent_id else at
    return path[::-1]


def _told(path: Iterable[Message]) -> str:
    """The dialogue as a judge node of a graph shows it, so that its tags can be used again."""
    return dialogue_text(
        (one.name or one.role, one.content) for one in path if one.role != "system"
    )
