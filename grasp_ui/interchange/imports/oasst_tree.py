"""A tree's messages as a conversation: linked, and one of each siblings active."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from grasp_ui.interchange.import_format import Intake
from grasp_ui.interchange.imports.oasst_grouping import Group
from grasp_ui.interchange.imports.oasst_messages import Node
from grasp_ui.interchange.rows import SetAside
from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.value import ConversationId, JsonObject, MessageId, RecordId, identity

NO_RANK = 10**9
OF_TREE = ("message_tree_id", "tree_state", "lang")


class Placed(NamedTuple):
    """A message with the node that it comes from."""

    node: Node
    message: Message


class Tree(NamedTuple):
    """A conversation, and its messages with what the file says of them."""

    conversation: Conversation
    placed: Sequence[Placed]

    def siblings(self) -> Iterator[Sequence[Placed]]:
        """What answers one message, by that message."""
        groups: dict[str | None, list[Placed]] = {}
        for one in self.placed:
            groups.setdefault(one.message.parent_id, []).append(one)
        return iter(groups.values())


def tree_of(group: Group, intake: Intake, number: int) -> Iterator[Tree | SetAside]:
    """The conversation of `group`, and those of its messages that have no place in it.

    A message whose parent is missing keeps the id of that parent, so that it stands at the top
    of a thread of its own, and the rule `orphan` finds it.
    """
    nodes: dict[str, Node] = {}
    for node in group.nodes:
        first = nodes.setdefault(node.id, node)
        if first is node:
            continue
        if (first.text, first.role, first.parent) == (node.text, node.role, node.parent):
            intake.repeated += 1
        else:
            yield SetAside(node.line, f"message {node.id!r} says something else than on "
                           f"line {first.line}")  # fmt: skip
    ordered = _downwards(nodes)
    for node in nodes.values():
        if node.id not in ordered:
            yield SetAside(node.line, f"message {node.id!r} answers itself, over others")
    if ordered:
        yield _grown(group.tree, ordered, number)


def rank_of(node: Node) -> int | None:
    """Its place among its siblings, 0 the best; None where nobody ranked it."""
    rank = node.said.get("rank")
    return rank if isinstance(rank, int) and not isinstance(rank, bool) else None


def is_rejected(node: Node) -> bool:
    """Whether people took it out: by deleting it, or in a review."""
    return node.said.get("deleted") is True or node.said.get("review_result") is False


def _downwards(nodes: Mapping[str, Node]) -> dict[str, Node]:
    """The nodes that hang on a top, parents first, thread by thread."""
    below: dict[str | None, list[Node]] = {}
    for node in nodes.values():
        below.setdefault(node.parent if node.parent in nodes else None, []).append(node)
    found: dict[str, Node] = {}
    waiting = below.get(None, [])[::-1]
    while waiting:
        node = waiting.pop()
        found[node.id] = node
        waiting += below.get(node.id, [])[::-1]
    return found


def _grown(tree: str, nodes: Mapping[str, Node], number: int) -> Tree:
    home = ConversationId(identity("conversation", "import", "oasst", tree))
    chosen = _active(nodes.values())
    placed = [Placed(node, _message(home, node, chosen)) for node in nodes.values()]
    whole = Conversation(
        id=home,
        record_id=RecordId(identity("import", *_content(nodes.values()))),
        record_index=number,
        source="imported",
        seed=_seed(tree, nodes),
        messages=tuple(one.message for one in placed),
    )
    return Tree(whole, placed)


def _message(home: ConversationId, node: Node, chosen: Mapping[str, int]) -> Message:
    model = node.said.get("model_name")
    return Message(
        id=_message_id(home, node.id),
        conversation_id=home,
        parent_id=None if node.parent is None else _message_id(home, node.parent),
        role=node.role,
        content=node.text,
        candidate=chosen[node.id],
        model=model if isinstance(model, str) else None,
        active=chosen[node.id] == 0,
    )


def _message_id(home: ConversationId, name: str) -> MessageId:
    return MessageId(identity("message", home, name))


def _active(nodes: Iterable[Node]) -> dict[str, int]:
    """The number of each message among its siblings; 0 is the active one.

    First are those that nobody took out, among them the best by rank, then the file's order.
    """
    beside: dict[str | None, list[Node]] = {}
    for node in nodes:
        beside.setdefault(node.parent, []).append(node)
    ordered = (sorted(group, key=_worth) for group in beside.values())
    return {node.id: place for group in ordered for place, node in enumerate(group)}


def _worth(node: Node) -> tuple[bool, int]:
    rank = rank_of(node)
    return is_rejected(node), NO_RANK if rank is None else rank


def _content(nodes: Iterable[Node]) -> Iterator[str]:
    """What makes the tree another one: ids, links, roles and texts, in whatever order."""
    for node in sorted(nodes, key=lambda node: node.id):
        yield from (node.id, node.parent or "", node.role, node.text)


def _seed(tree: str, nodes: Mapping[str, Node]) -> JsonObject:
    """What is told of the whole: by its first message, and the ids in the order of messages."""
    said = next(iter(nodes.values())).said
    told = {name: said[name] for name in OF_TREE if isinstance(said.get(name), str)}
    return {**told, "message_tree_id": tree, "message_ids": list(nodes)}
