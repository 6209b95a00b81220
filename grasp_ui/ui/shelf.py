"""What the palette offers beside kinds: blocks, and what fits where."""

from typing import Any

import streamlit as st
from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from grasp_ui.engine.holding import HoldingConfig
from grasp_ui.engine.kind import NodeConfig, meanings
from grasp_ui.model.value import JsonObject
from grasp_ui.services.blocks import Block, blocks_stamp, list_blocks
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.canvas.protocol import document_of

GROUP = "My blocks"
MARK = "@block/"
"""Begins the names of blocks among the kinds; no kind of node can be called so."""
NAMES_SHOWN = 4
KEPT = "design.shelf"
READS = ("prompt", "reading")


def palette_blocks(workspace: Workspace) -> dict[str, JsonObject]:
    """The workspace's blocks as entries of the palette, after the kinds.

    They are read anew only when one of their files has changed.
    """
    stamp = blocks_stamp(workspace)
    kept: tuple[object, dict[str, JsonObject]] = st.session_state.get(KEPT, (None, {}))
    if kept[0] != stamp:
        blocks, _ = list_blocks(workspace)
        kept = (stamp, {f"{MARK}{name}": _entry(block) for name, block in blocks.items()})
        st.session_state[KEPT] = kept
    return kept[1]


def fit_facts(config: type[BaseModel]) -> JsonObject:
    """What quick-add ranks a kind by: what it gives, takes and cannot do without.

    Example:
        >>> from grasp_ui.services.node_kinds import node_kinds
        >>> fit_facts(next(card.config for card in node_kinds() if card.name == "judge"))
        {'gives': ['variable'], 'takes': ['message', 'variable'], 'needs_message': True}
    """
    node = config()
    if not isinstance(node, NodeConfig):
        return {"gives": [], "takes": [], "needs_message": False}
    is_open = node.chooses_one or isinstance(node, HoldingConfig)
    speaks, alters = node.adds_messages(), node.changes_transcript()
    writes = bool(node.variables_written()) or node.judges
    gives = {"message": alters or is_open, "variable": writes or is_open}
    hears = node.speaker() is not None or node.needs_message() or (alters and not speaks)
    has_texts = any(meaning in READS for _, meaning in meanings(config)) or hasattr(node, "values")
    reads = has_texts or bool(node.variables_read())
    takes = {"message": hears or is_open, "variable": reads or is_open}
    return {
        "gives": [name for name, is_given in gives.items() if is_given],
        "takes": [name for name, is_taken in takes.items() if is_taken],
        "needs_message": node.judges or (alters and not speaks),
    }


def help_of(block: Block) -> str:
    """One line on a block: the first of its notes, else the nodes that it holds.

    Example:
        >>> help_of(Block(title="Talk", notes="Two turns."))
        'Two turns.'
    """
    first = next((line.strip() for line in block.notes.splitlines() if line.strip()), "")
    if first:
        return first
    more = len(block.nodes) - NAMES_SHOWN
    names = ", ".join(list(block.nodes)[:NAMES_SHOWN])
    return f"{names} and {more} more" if more > 0 else names


def _entry(block: Block) -> JsonObject:
    drawn = document_of(block.drawing())
    piece: dict[str, Any] = {"nodes": drawn["nodes"], "edges": drawn["edges"]}
    return {
        "title": block.title,
        "help": help_of(block),
        "group": GROUP,
        "icon": "widgets",
        "color": "#0f766e",
        "block": {
            "parameters": to_jsonable_python(block.parameters, fallback=str),
            "models": list(block.models),
            "piece": piece,
        },
    }
