"""The messages of one OASST object, whichever layout it has."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from grasp_ui.interchange.imports.oasst_layouts import Part, parts_of
from grasp_ui.interchange.rows import SetAside
from grasp_ui.interchange.text_file import is_text
from grasp_ui.model.value import JsonObject, Role

ROLES: dict[Any, Role] = {
    "prompter": "user", "user": "user", "assistant": "assistant", "system": "system",
}  # fmt: skip


class Node(NamedTuple):
    """A message before it has its place in a tree.

    `tree` is the id of its tree where the file says it, else empty; `said` has all that the
    file says of the message.
    """

    line: int
    id: str
    parent: str | None
    tree: str
    role: Role
    text: str
    said: JsonObject


def nodes_of(item: Any, line: int) -> Iterator[Node | SetAside]:
    """The messages that `item` holds, parents first; the rest of it is set aside."""
    if isinstance(item, SetAside):
        yield item
        return
    found = False
    for part in parts_of(item):
        found = True
        yield _node(part, line)
    if not found:
        yield SetAside(line, "no message: it has neither `message_id`, `thread` nor `prompt`")


def _node(part: Part, line: int) -> Node | SetAside:
    said = part.said
    text, role = said.get("text", said.get("content")), said.get("role")
    if fault := _fault(part.id, text, role):
        return SetAside(line, fault)
    if not _is_sound(part, str(text)):
        return SetAside(line, f"message {part.id!r} holds half of a surrogate pair")
    return Node(line, part.id, part.parent, part.tree, ROLES[role], str(text), said)


def _fault(identifier: str, text: Any, role: Any) -> str:
    """Why this cannot be a message; empty where it can."""
    if not identifier:
        return "a message without an id"
    if text is None:
        return f"message {identifier!r} has no text"
    if not isinstance(text, str):
        return f"the text of message {identifier!r} is of the type {type(text).__name__}"
    if not isinstance(role, str) or role not in ROLES:
        return f"message {identifier!r} has the unknown role {role!r}: not prompter or assistant"
    return ""


def _is_sound(part: Part, text: str) -> bool:
    kept = (part.said.get("lang"), part.said.get("model_name"))
    texts = (text, part.id, part.parent or "", part.tree, *kept)
    return all(is_text(one) for one in texts if isinstance(one, str))
