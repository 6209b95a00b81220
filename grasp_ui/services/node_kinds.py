"""Every kind of node, as a palette shows it and a form asks for it."""

from dataclasses import dataclass

from pydantic import BaseModel

from grasp_ui.engine.kind import KINDS
from grasp_ui.services.parts import load_parts

GROUPS = ("Dialogue", "Variables", "Text", "Quality", "Flow")
"""The order of the palette; a group that is not named here comes last."""


@dataclass(frozen=True, slots=True)
class KindCard:
    """A node kind as a palette shows it, and the config that a form draws."""

    name: str
    title: str
    help: str
    group: str
    icon: str
    color: str
    config: type[BaseModel]


def node_kinds() -> list[KindCard]:
    """Every kind of node, in the order of the palette."""
    load_parts()
    groups = {name: place for place, name in enumerate(GROUPS)}
    places = {part.name: (groups.get(part.look.group, 99), part.look.order) for part in KINDS}
    return [
        KindCard(
            name=part.name,
            title=part.look.title,
            help=part.look.help,
            group=part.look.group,
            icon=part.look.icon,
            color=part.look.color,
            config=part.config,
        )
        for part in sorted(KINDS, key=lambda part: places[part.name])
    ]
