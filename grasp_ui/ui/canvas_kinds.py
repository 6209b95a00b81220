"""The kinds of nodes as the canvas wants them."""

from typing import Any

from pydantic import BaseModel

from grasp_ui.services.node_kinds import node_kinds
from grasp_ui.ui.canvas.protocol import NOTE
from grasp_ui.ui.shelf import fit_facts

STICKY = {
    "title": "Sticky note",
    "help": "A text on the canvas, for people.",
    "group": "Notes",
    "icon": "sticky_note_2",
    "color": "#b45309",
    "writes": "",
}


def canvas_kinds() -> dict[str, Any]:
    """The kinds of nodes as the canvas wants them, and the note at their end."""
    kinds: dict[str, Any] = {
        card.name: {
            "title": card.title,
            "help": card.help,
            "group": card.group,
            "icon": card.icon,
            "color": card.color,
            "writes": _written_unsaid(card.config),
            **fit_facts(card.config),
        }
        for card in node_kinds()
    }
    return {**kinds, NOTE: STICKY}


def _written_unsaid(config: type[BaseModel]) -> str:
    """The variable that a node of this kind writes where it names none; "" for no such one."""
    field = config.model_fields.get("writes")
    return field.default if field and isinstance(field.default, str) else ""
