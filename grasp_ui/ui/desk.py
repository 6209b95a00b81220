"""The graph on the desk: what is edited, what is selected, which run is watched."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import streamlit as st

from grasp_ui.engine.compile import Findings
from grasp_ui.errors import GraspError, InvalidGraph
from grasp_ui.model.graph import GraphSpec
from grasp_ui.model.problem import Problem
from grasp_ui.model.run import Pin, Recall
from grasp_ui.model.value import GraphId, JsonObject, RunId
from grasp_ui.services import blocks, graphs, models, pins
from grasp_ui.services.graph_disk import WatchedFile, watched_file
from grasp_ui.services.graph_text import GraphFile
from grasp_ui.services.runner import RunRequest
from grasp_ui.services.workspace import Workspace
from grasp_ui.ui.builtin import uses_builtin
from grasp_ui.ui.canvas.editing import Editing
from grasp_ui.ui.canvas.protocol import Edit, renames_of
from grasp_ui.ui.form_names import FormNames
from grasp_ui.ui.session import wishes
from grasp_ui.ui.shell import toast

LEADS = {"open_conversations": "review", "drawing": "drawing"}
"""Where a command of the canvas leads: to another page, or back from what is compared."""
SIDES = ("Selection", "Last run", "Graph", "Versions", "YAML")


@dataclass(slots=True)
class Desk:
    """One graph under edit in one session; kept between reruns.

    `wish` is what a command asks of the page: another page, a full redraw, or a deed of groups.
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
    _checked: tuple[GraphSpec, Findings] | None = None
    _written: GraphFile = field(default_factory=GraphFile)

    @property
    def spec(self) -> GraphSpec:
        """The graph as it is drawn now."""
        return self.editing.spec

    @property
    def findings(self) -> Findings:
        """What is found out about the graph, once for each state of the drawing."""
        if self._checked is None or self._checked[0] is not self.spec:
            found = graphs.findings(self.workspace, self.spec, self.folder)
            self._checked = (self.spec, found)
        return self._checked[1]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops the graph from running."""
        return self.findings.problems

    def variables(self, node: str) -> tuple[str, ...]:
        """The variables that `node` can use."""
        return self.findings.variables.get(node, ())

    def selected(self, family: str) -> list[str]:
        """The selected `nodes` or `edges` that are still there."""
        known = self.spec.nodes if family == "nodes" else {e.name for e in self.spec.edges}
        return [name for name in self.selection.get(family, ()) if name in known]

    def on_edit(self, message: JsonObject) -> None:
        """The canvas changed the drawing."""
        before = self.spec.nodes
        if self.editing.take(message):
            self._keep()
            _move_pins(self, before, message)

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
            "block": lambda: supply_models(self, str(message.get("name"))),
            **{command: partial(self._wish, wish) for command, wish in LEADS.items()},
            **{deed: partial(self._wish, deed, message) for deed in ("group", "ungroup", "open")},
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
        wished = wishes()
        try:
            wished["run"] = self.workspace.runner.start(sample_of(self, records))
        except GraspError as error:
            mend = "Mend what is listed on the right, then run."
            toast(mend if isinstance(error, InvalidGraph) else str(error), good=False)
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
        wished = wishes()
        try:
            saved = graphs.save_graph(self.workspace, self.graph_id, self.spec)
        except GraspError as error:
            toast(str(error), good=False)
            return
        self.is_saved = True
        self.file.accept()
        toast("Saved." if saved == self.graph_id else "Saved as a graph of your own.")
        if saved != self.graph_id:
            wished["graph"] = saved
        self._wish("redraw")

    def _wish(self, what: str, selection: JsonObject | None = None) -> None:
        self.wish, self.selection = what, selection or self.selection

    def _keep(self) -> None:
        self.workspace.drafts.put(self.graph_id, partial(self._write, self.spec))
        self.is_saved = False

    def _write(self, spec: GraphSpec) -> None:
        self.file.remember()
        graphs.keep_draft(self.workspace, self.graph_id, spec, self._written)


def _move_pins(desk: Desk, before: Collection[str], message: JsonObject) -> None:
    """Let pins follow nodes that an undo on the canvas gave another name."""
    for old, new in renames_of(Edit.model_validate(message)).items():
        if old in before and new in desk.spec.nodes and new not in before:
            pins.rename_pins(desk.workspace, desk.graph_id, old, new)


def supply_models(desk: Desk, name: str) -> None:
    """Give the graph the models that a block calls and for which it has no alias."""
    block = blocks.list_blocks(desk.workspace)[0].get(name)
    known = {**(block.models if block else {}), **desk.spec.models}
    # Models are not drawn: the canvas has nothing new to see, and no edit of it is late.
    desk.editing.spec = desk.spec.model_copy(update={"models": known})
    desk._keep()


def discard(desk: Desk) -> None:
    """Go back to the file; the canvas can undo that too."""
    graphs.discard_draft(desk.workspace, desk.graph_id)
    desk.editing.change(graphs.open_graph(desk.workspace, desk.graph_id).spec)
    desk.file.accept()
    desk.is_saved = True


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
