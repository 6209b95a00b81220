"""Pinned outputs of drawings: replies that stand in for a node's calls in samples.

They are kept in the workspace's `pins.json`, by graph, and are no part of the graph's file. A file
that cannot be read stops nobody: nothing is pinned until it is mended. Only a new pin takes its
place, and then it is kept aside.
"""

from collections.abc import Iterable
from itertools import count
from pathlib import Path
from threading import RLock

from pydantic import TypeAdapter, ValidationError

from grasp_ui.errors import NotFound, UnreadableFile
from grasp_ui.model.run import Pin
from grasp_ui.model.value import GraphId
from grasp_ui.services import runs
from grasp_ui.services.traces import NodeTrace
from grasp_ui.services.workspace import Workspace

FILE = "pins.json"
_ALL = TypeAdapter(dict[GraphId, tuple[Pin, ...]])
_CHANGING = RLock()
"""Held from reading to writing: each browser tab is a thread of its own."""


def pins_of_graph(workspace: Workspace, graph_id: GraphId) -> tuple[Pin, ...]:
    """The pins of a drawing, in the order in which they were set.

    None where the file of the pins cannot be read.
    """
    try:
        return _read(workspace.home).get(graph_id, ())
    except UnreadableFile:
        return ()


def pins_fault(workspace: Workspace) -> str:
    """Why the file of the pins cannot be read, and what to do; empty where it can."""
    try:
        _read(workspace.home)
    except UnreadableFile as error:
        return str(error)
    return ""


def pin_output(
    workspace: Workspace, graph_id: GraphId, trace: NodeTrace, *, everywhere: bool
) -> None:
    """Let what a node gave at its last visit stand in for its calls from now on.

    Of that record alone, or with `everywhere` of every record; all candidates are pinned. What
    was pinned of the node before gives way. A file of pins that cannot be read is kept beside
    the new one.

    Raises:
        NotFound: the node had no reply there, so there is nothing to pin.
    """
    answered = {
        (call.node, call.candidate): None
        for visit in trace.visits
        for call in visit.calls
        if call.source != "none"
    }
    if not answered:
        raise NotFound(f"Node '{trace.node}' had no reply of a model here: nothing can be pinned.")
    place = None if everywhere else trace.record_index
    pins = [
        runs.pin_of(
            workspace, trace.run_id, node, trace.record_index, candidate=candidate
        ).model_copy(update={"record_index": place})
        for node, candidate in answered
    ]
    with _CHANGING:
        if pins_fault(workspace):
            _put_aside(workspace.home)
        kept = _without(pins_of_graph(workspace, graph_id), trace.node)
        _write(workspace.home, graph_id, (*kept, *pins))


def unpin(workspace: Workspace, graph_id: GraphId, node: str) -> None:
    """Let a node, and what is inside of it, ask its model again."""
    with _CHANGING:
        pins = pins_of_graph(workspace, graph_id)
        kept = _without(pins, node)
        if kept != pins:
            _write(workspace.home, graph_id, kept)


def rename_pins(workspace: Workspace, graph_id: GraphId, old: str, new: str) -> None:
    """Let pins follow a node that has another name now."""
    with _CHANGING:
        pins = pins_of_graph(workspace, graph_id)
        moved = tuple(
            pin.model_copy(update={"node": new + pin.node.removeprefix(old)})
            if is_of(pin, old) else pin
            for pin in pins
        )  # fmt: skip
        if moved != pins:
            _write(workspace.home, graph_id, moved)


def is_of(pin: Pin, node: str) -> bool:
    """Whether a pin belongs to a node or to what is inside of it."""
    return pin.node == node or pin.node.startswith(f"{node}/")


def _without(pins: Iterable[Pin], node: str) -> tuple[Pin, ...]:
    return tuple(pin for pin in pins if not is_of(pin, node))


def _read(home: Path) -> dict[GraphId, tuple[Pin, ...]]:
    path = home / FILE
    if not path.exists():
        return {}
    try:
        return _ALL.validate_json(path.read_bytes())
    except (ValidationError, OSError) as error:
        raise UnreadableFile(
            f"The pinned outputs in {path} cannot be read: {_first_fault(error)}. Mend the file, "
            f"or pin anew: it is then kept as {_aside(home).name}."
        ) from error


def _first_fault(error: ValidationError | OSError) -> str:
    """What is wrong, and where in the file, in one line."""
    if isinstance(error, OSError):
        return str(error)
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]


def _aside(home: Path) -> Path:
    """A free name for a file of pins that cannot be read."""
    names = (home / f"{FILE}.unreadable-{number}" for number in count(1))
    return next(path for path in names if not path.exists())


def _put_aside(home: Path) -> None:
    (home / FILE).replace(_aside(home))


def _write(home: Path, graph_id: GraphId, pins: tuple[Pin, ...]) -> None:
    """Keep the pins of a graph, whole or not at all."""
    everything = {**_read(home), graph_id: pins}
    new = home / f"{FILE}.new"
    new.write_bytes(_ALL.dump_json({name: some for name, some in everything.items() if some}))
    new.replace(home / FILE)
