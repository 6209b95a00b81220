"""Messages as chat trainers want them: stripped, alternating, refused by none."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated, Literal, TypedDict

from pydantic import Field

from grasp_ui.interchange.export_format import ExportConfig
from grasp_ui.model.conversation import Message
from grasp_ui.model.value import Role

SPOKEN = ("user", "assistant")


class ChatConfig(ExportConfig):
    """What the chat formats share."""

    keep_system: Annotated[
        bool,
        Field(title="Keep the system message", description="Where a conversation has one."),
    ] = True
    join_neighbours: Annotated[
        bool,
        Field(
            title="Join neighbours of one role",
            description="With an empty line between them. Several speakers of one role would "
            "else be dropped: templates refuse roles that do not alternate.",
        ),
    ] = True


class ChatMessage(TypedDict):
    """One message of a row."""

    role: Role
    content: str


def chat_of(messages: Iterable[Message], config: ChatConfig) -> list[ChatMessage]:
    """`messages` with stripped contents: a space at an edge breaks some templates."""
    chat: list[ChatMessage] = []
    for message in messages:
        if message.role == "system" and not config.keep_system:
            continue
        content = message.content.strip()
        joins = config.join_neighbours and message.role in SPOKEN
        if joins and chat and chat[-1]["role"] == message.role:
            both = (chat[-1]["content"], content)
            chat[-1]["content"] = "\n\n".join(part for part in both if part)
        else:
            chat.append({"role": message.role, "content": content})
    return chat


def fault_of(chat: Sequence[ChatMessage], *, last: Literal["user", "assistant"]) -> str:
    """Why a trainer would refuse or silently empty `chat`; empty where it would not."""
    spoken = [message for message in chat if message["role"] != "system"]
    if not spoken:
        return "no messages"
    if any(not message["content"] for message in chat):
        return "empty message"
    if any(message["role"] == "system" for message in chat[1:]):
        return "system message is not first"
    if spoken[0]["role"] != "user":
        return "user does not begin"
    if spoken[-1]["role"] != last:
        return f"{last} does not end"
    pairs = ((one["role"], other["role"]) for one, other in pairwise(spoken))
    return "roles do not alternate" if any(a == b and a in SPOKEN for a, b in pairs) else ""
