"""The layouts in which OASST data is found, taken apart into single messages."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from grasp_ui.model.value import JsonObject

TREES = "trees"
THREADS = "threads"
MESSAGES = "messages"
NESTED = "messages with replies"
EARLIER = "messages of the first version"
ROWS = "rows of SyGra"


_SIGNS: dict[str, Callable[[JsonObject], bool]] = {
    TREES: lambda item: "message_tree_id" in item and isinstance(item.get("prompt"), dict),
    THREADS: lambda item: isinstance(item.get("thread"), list),
    NESTED: lambda item: "message_id" in item and bool(_replies(item)),
    ROWS: lambda item: {"message_id", "conversation_id", "content"} <= item.keys(),
    MESSAGES: lambda item: "message_id" in item,
    EARLIER: lambda item: {"user_message_id", "parent_message_id"} <= item.keys(),
}
"""How each layout is known, in the order in which they are tried."""


class Part(NamedTuple):
    """A message as it stands in a file, with its ids as texts; an empty one is none."""

    said: JsonObject
    id: str
    parent: str | None
    tree: str


def layout_of(item: JsonObject) -> str:
    """Which layout `item` has; empty where it is none of OASST's.

    Example:
        >>> layout_of({"message_tree_id": "t", "prompt": {"message_id": "t"}})
        'trees'
        >>> layout_of({"question": "Why?"})
        ''
    """
    return next((name for name, fits in _SIGNS.items() if fits(item)), "")


def parts_of(item: Any) -> Iterator[Part]:
    """The messages in `item`, parents before their replies; none where it holds none."""
    layout = layout_of(item) if isinstance(item, dict) else ""
    if layout == TREES:
        prompt = {**item["prompt"], "tree_state": item.get("tree_state")}
        yield from _nested(prompt, parent=None, tree=id_text(item["message_tree_id"]))
    elif layout == THREADS:
        yield from _thread(item)
    elif layout == EARLIER:
        parent = id_text(item["parent_message_id"]) or None
        yield Part(item, id_text(item["user_message_id"]), parent, "")
    elif layout:
        tree = id_text(item.get("message_tree_id", item.get("conversation_id")))
        yield from _nested(item, parent=id_text(item.get("parent_id")) or None, tree=tree)


def id_text(value: Any) -> str:
    """An id as text; empty where it is none. Whole numbers are ids too, 0 among them.

    Example:
        >>> id_text(0), id_text(None), id_text("a1"), id_text(True)
        ('0', '', 'a1', '')
    """
    is_id = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value) if is_id else ""


def _thread(item: JsonObject) -> Iterator[Part]:
    """The messages of one line from a prompt downwards, each under the one before it."""
    said = [message for message in item["thread"] if isinstance(message, dict)]
    first = said[0] if said else {}
    tree = id_text(item.get("message_tree_id")) or id_text(first.get("message_tree_id"))
    above = id_text(first.get("parent_id")) or None
    for message in item["thread"]:
        part = _part(message, above, tree)
        yield part
        above = part.id or above


def _nested(root: JsonObject, *, parent: str | None, tree: str) -> Iterator[Part]:
    """`root` and all replies below it; by hand, since files may be nested deeper than Python."""
    waiting: list[tuple[Any, str | None]] = [(root, parent)]
    while waiting:
        message, above = waiting.pop()
        part = _part(message, above, tree)
        yield part
        below = part.id or f"a message without an id under {above}"
        waiting += [(reply, below) for reply in reversed(_replies(part.said))]


def _part(message: Any, parent: str | None, tree: str) -> Part:
    said = message if isinstance(message, dict) else {}
    return Part(said, id_text(said.get("message_id")), parent, tree)


def _replies(said: JsonObject) -> list[Any]:
    found = said.get("replies")
    return found if isinstance(found, list) else []
