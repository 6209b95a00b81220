"""Where a message stands in its tree: what was said above it."""

from collections.abc import Iterator

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.tagging.wording import says_something


def above(message: Message, conversation: Conversation) -> Iterator[Message]:
    """The messages above `message`, the nearest first; a ring is gone round once.

    Example:
        >>> talk = said("Hi", "Hello!", "Bye")
        >>> [one.content for one in above(talk.messages[2], talk)]
        ['Hello!', 'Hi']
    """
    by_id = {one.id: one for one in conversation.messages}
    seen, parent = {message.id}, message.parent_id
    while parent and parent in by_id and parent not in seen:
        seen.add(parent)
        yield by_id[parent]
        parent = by_id[parent].parent_id


def answers_of(conversation: Conversation) -> Iterator[tuple[Message, Message]]:
    """Each answer of the assistant that says something, after what it answers.

    Example:
        >>> [(one.content, two.content) for one, two in answers_of(said("Hi", "Hello!", "Bye"))]
        [('Hi', 'Hello!')]
    """
    by_id = {one.id: one for one in conversation.messages}
    for message in conversation.messages:
        before = by_id.get(message.parent_id) if message.parent_id else None
        if before is not None and message.role == "assistant" and says_something(message.content):
            yield before, message
