"""`GraphSpec`: whatever a person drew; always loadable and showable, maybe wrong."""

from typing import Any, Literal, get_args

from pydantic import Field

from grasp_ui.model.problem import Problem
from grasp_ui.model.value import GraphVersion, JsonObject, Value, identity

TOP_KEYS = (
    "grasp", "title", "notes", "system", "models", "seeds", "nodes", "edges",
    "output", "tagging", "layout", "sticky_notes",
)  # fmt: skip
FORMAT = 1
UNMEANT = {"layout", "title", "notes", "sticky_notes", "unread"}
"""What a graph says to people, or could not be read: it changes no run."""


class NodeSpec(Value):
    """One drawn node: its kind's name and its fields as written."""

    kind: str
    fields: JsonObject = Field(default_factory=dict)


class EdgeSpec(Value):
    """One drawn arrow. `max_visits` bounds how often a record takes an arrow back."""

    source: str
    target: str
    when: str | None = None
    max_visits: int | None = None

    @property
    def name(self) -> str:
        """`source -> target`, as problems name it."""
        return f"{self.source} -> {self.target}"


NoteColor = Literal["yellow", "blue", "green", "pink", "gray"]
NOTE_COLORS: tuple[NoteColor, ...] = get_args(NoteColor)


class StickyNote(Value):
    """A plain text on the drawing, for people; `at` and `size` in the canvas's units."""

    text: str = ""
    at: tuple[float, float] = (0.0, 0.0)
    size: tuple[float, float] = (240.0, 160.0)
    color: NoteColor = "yellow"


class GraphSpec(Value):
    """A graph as written. What could not be read at all stands in `unread`."""

    title: str = ""
    notes: str = ""
    system: str = ""
    models: dict[str, JsonObject] = Field(default_factory=dict)
    seeds: JsonObject = Field(default_factory=dict)
    nodes: dict[str, NodeSpec] = Field(default_factory=dict)
    edges: tuple[EdgeSpec, ...] = ()
    output: JsonObject = Field(default_factory=dict)
    tagging: Any = None
    layout: dict[str, tuple[float, float]] = Field(default_factory=dict)
    sticky_notes: dict[str, StickyNote] = Field(default_factory=dict)
    unread: tuple[Problem, ...] = ()

    @property
    def version(self) -> GraphVersion:
        """Hash of what the graph does: layout, title and notes do not count.

        The order of the arrows out of one node does: a router takes the first that holds.
        """
        meant = self.model_dump(mode="json", exclude=UNMEANT)
        meant["edges"] = sorted(meant["edges"], key=lambda edge: str(edge["source"]))
        return GraphVersion(identity(meant))
