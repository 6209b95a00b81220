"""Read-only pictures of trees: a conversation's messages with their branches."""

from textwrap import wrap

import streamlit as st
from streamlit_agraph import Config, Edge, Node, agraph

from grasp_ui.model.conversation import Conversation, Message
from grasp_ui.model.selection import TaggedConversation
from grasp_ui.model.value import MessageId, Role
from grasp_ui.ui import theme
from grasp_ui.ui.neutral import one_line

LIMIT = 150
_FILL: dict[Role, theme.Palette] = {
    "system": "gray",
    "user": "blue",
    "assistant": "primary",
    "tool": "yellow",
}


def conversation_tree(tagged: TaggedConversation, *, look: theme.Ground) -> None:
    """Draw the tree of `tagged`: filled where active, red where a tag rejects."""
    conversation = tagged.conversation
    if len(conversation.messages) > LIMIT:
        st.caption(f"A tree of {len(conversation.messages)} messages is too large for a picture.")
        return
    rejected = {tag.target.id for tag in tagged.effective if tag.action == "reject"}
    nodes = [tree_node(message, rejected, look) for message in conversation.messages]
    agraph(nodes=nodes, edges=tree_edges(conversation), config=_config(len(nodes)))


def tree_node(message: Message, rejected: set[str], look: theme.Ground) -> Node:
    """A message as a node.

    It has no title: the picture would draw it as HTML, and open it as an address on a double
    click. Its label is painted, never parsed.
    """
    color = theme.HEX[look]["red" if message.id in rejected else _FILL[message.role]]
    node = Node(
        id=message.id,
        label="\n".join(wrap(one_line(f"{message.role}: {message.content}", 96), 34)),
        shape="box",
        color={"background": color if message.active else "#00000000", "border": color},
        font={"color": theme.ON_FILL[look] if message.active else theme.INK[look], "size": 13},
        margin=9,
    )
    node.title = ""
    return node


def tree_edges(conversation: Conversation) -> list[Edge]:
    """An arrow from each message to its answers."""
    known: set[MessageId] = {message.id for message in conversation.messages}
    return [
        Edge(source=message.parent_id, target=message.id, color="#8a91a3")
        for message in conversation.messages
        if message.parent_id in known
    ]


def _config(count: int) -> Config:
    config = Config(
        width=1100, height=min(620, 150 + 62 * count), physics=False, hierarchical=True, groups={}
    )
    spread = {"sortMethod": "directed", "levelSeparation": 92, "nodeSpacing": 270}
    config.layout["hierarchical"].update(spread)
    config.interaction = {"dragNodes": False, "hover": True, "zoomView": False}
    return config
