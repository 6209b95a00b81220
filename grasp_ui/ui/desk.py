"""The graph on the desk: what is edited, what is selected, which run is watched."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st
from pydantic import BaseModel

from grasp_ui.errors import GraspError, InvalidGraph
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.run import Pin, Recall
from grasp_ui.model.value import GraphId, JsonObject, RunId
from grasp_ui.services import graphs, models, pins
from grasp_ui.services.graph_disk import WatchedFile, watched_file
from grasp_ui.services.runner import RunRequest
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.builtin import uses_builtin
from grasp_ui.ui.canvas.editing import Editing
from grasp_ui.ui.form_names import FormNames
from grasp_ui.ui.shell import toast

SIDES = ("Selection", "Last run", "Graph", "Versions", "YAML")


@dataclass(slots=True)
class Desk:
    """One graph under edit in one session; kept between reruns.

    `wish` is what a command of the canvas asks of the page: another page, or a full redraw.
    """

    workspace: Workspace
    graph_id: GraphId
    editing: Editing
    file: WatchedFile
    folder: Path
    is_example: bool
    is_saved: bool
    selection: JsonObject = field(default_factory=dict)
    wish: str = ""
    refused: str = ""
    forms: FormNames = field(default_factory=FormNames)
    _checked: tuple[GraphSpec, tuple[Problem, ...], dict[str, tuple[str, ...]]] | None = None

    @property
    def spec(self) -> GraphSpec:
        """The graph as it is drawn now."""
        return self.editing.spec

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops the graph from running; found once for each state of the drawing."""
        return self._check()[1]

    def variables(self, node: str) -> tuple[str, ...]:
        """The variables that `node` can use."""
        return self._check()[2].get(node, ())

    def selected(self, family: str) -> list[str]:
        """The selected `nodes` or `edges` that are still there."""
        known = self.spec.nodes if family == "nodes" else {e.name for e in self.spec.edges}
        return [name for name in self.selection.get(family, ()) if name in known]

    def on_edit(self, message: JsonObject) -> None:
        """The canvas changed the drawing."""
        if self.editing.take(message):
            self._keep()

    def on_select(self, selection: JsonObject) -> None:
        """Something was selected on the canvas: its form is shown."""
        self.selection = selection
        chosen = any(selection.get(family) for family in ("nodes", "edges", "seeds"))
        if chosen and st.session_state.get("design.side") != "Last run":
            st.session_state["design.side"] = "Selection"

    def on_command(self, message: JsonObject) -> None:
        """A button of the canvas's toolbar."""
        commands: dict[str, Callable[[], None]] = {
            "run": lambda: self.run(int(message.get("records", 5))),
            "stop": self.stop,
            "save": self.save,
            "open_conversations": lambda: self._wish("review"),
        }
        commands[str(message["command"])]()

    def change(self, spec: GraphSpec) -> None:
        """The inspector changed the graph."""
        if spec == self.spec:
            return
        self.editing.change(spec)
        self._keep()

    def write(self, text: str, spec: GraphSpec) -> None:
        """Take `spec` as it is written in `text`: comments and order come with it."""
        self.file.remember()
        self.editing.change(spec)
        graphs.keep_draft_text(self.workspace, self.graph_id, text)
        self.is_saved = False

    def rename(self, old: str, new: str) -> None:
        """Give a node another name; says why where that cannot be."""
        try:
            self.editing.rename(old, new)
        except GraspError as error:
            self.refused = str(error)
            return
        self.refused = ""
        self.forms.rename(old, new)
        self.selection = {**self.selection, "nodes": [new]}
        self._keep()
        pins.rename_pins(self.workspace, self.graph_id, old, new)

    def run(self, records: int) -> None:
        """Start a sample of the drawing as it is now."""
        names = {str(alias.get("model")) for alias in self.spec.models.values()}
        if uses_builtin(names, self.workspace.settings) and models.builtin_state() != "ready":
            self._wish("fetch")
            return
        try:
            st.query_params["run"] = self.workspace.runner.start(sample_of(self, records))
        except InvalidGraph:
            toast("Mend what is listed on the right, then run.", good=False)
            return
        except GraspError as error:
            toast(str(error), good=False)
            return
        self._wish("redraw")

    def stop(self) -> None:
        """Stop the run that is watched."""
        run_id = st.query_params.get("run")
        if run_id:
            self.workspace.runner.stop(RunId(run_id))

    def save(self) -> None:
        """Write the file, if nobody else did; an example becomes a copy of one's own."""
        if self.file.look() and not self.is_example:
            toast("The file was changed elsewhere. Choose which one to keep first.", good=False)
            self._wish("redraw")
            return
        try:
            saved = graphs.save_graph(self.workspace, self.graph_id, self.spec)
        except GraspError as error:
            toast(str(error), good=False)
            return
        self.is_saved = True
        self.file.accept()
        toast("Saved." if saved == self.graph_id else "Saved as a graph of your own.")
        if saved != self.graph_id:
            st.query_params["graph"] = saved
        self._wish("redraw")

    def discard(self) -> None:
        """Go back to the file; the canvas can undo that too."""
        graphs.discard_draft(self.workspace, self.graph_id)
        self.editing.change(graphs.open_graph(self.workspace, self.graph_id).spec)
        self.file.accept()
        self.is_saved = True

    def _wish(self, what: str) -> None:
        self.wish = what

    def _keep(self) -> None:
        self.file.remember()
        graphs.keep_draft(self.workspace, self.graph_id, self.spec)
        self.is_saved = False

    def _check(self) -> tuple[GraphSpec, tuple[Problem, ...], dict[str, tuple[str, ...]]]:
        if self._checked is None or self._checked[0] is not self.spec:
            self._checked = (
                self.spec,
                graphs.problems_of_graph(self.workspace, self.spec, self.folder),
                graphs.variables_at(self.workspace, self.spec, self.folder),
            )
        return self._checked


def pins_on(desk: Desk) -> tuple[Pin, ...]:
    """Outputs that stand in for calls in samples, of nodes that are still there."""
    found = pins.pins_of_graph(desk.workspace, desk.graph_id)
    return tuple(pin for pin in found if pin.node.partition("/")[0] in desk.spec.nodes)


def sample_of(desk: Desk, records: int) -> RunRequest:
    """A run of the drawing as it is now, with its pinned outputs."""
    return RunRequest(
        graph_id=desk.graph_id,
        spec=desk.spec,
        records=records,
        folder=desk.folder,
        recall=Recall(pins=pins_on(desk)),
        is_watched=True,
    )


def open_desk(workspace: Workspace, graph_id: GraphId) -> Desk:
    """The desk of `graph_id` in this session; at first its newest draft.

    Raises:
        NotFound: there is no such graph.
    """
    key = f"design.desk.{graph_id}"
    if key not in st.session_state:
        opened = graphs.open_graph(workspace, graph_id)
        st.session_state[key] = Desk(
            workspace=workspace,
            graph_id=graph_id,
            editing=Editing(opened.spec),
            file=watched_file(workspace, graph_id),
            folder=opened.folder,
            is_example=opened.is_example,
            is_saved=not opened.is_draft,
        )
    desk: Desk = st.session_state[key]
    return desk


def canvas_kinds() -> dict[str, Any]:
    """The kinds of nodes as the canvas wants them."""
    return {
        card.name: {
            "title": card.title,
            "help": card.help,
            "group": card.group,
            "icon": card.icon,
            "color": card.color,
            "writes": _written_unsaid(card.config),
        }
        for card in graphs.node_kinds()
    }


def _written_unsaid(config: type[BaseModel]) -> str:
    """The variable that a node of this kind writes where it names none; "" for no such one."""
    field = config.model_fields.get("writes")
    return field.default if field and isinstance(field.default, str) else ""
