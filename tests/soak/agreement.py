"""Whether browser, server and file have the same graph, once all is quiet."""

from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

from grasp_ui.services.graph_file import read_graph
from grasp_ui.ui.canvas.protocol import document_of
from tests.browser.canvas_screen import Canvas
from tests.browser.screen import PATIENCE, SECOND

QUIET_LOOKS = 10


def saved_document(file: Path) -> dict[str, Any]:
    """The graph in a file, as the canvas holds it."""
    document = document_of(read_graph(file.read_text(encoding="utf-8")))
    return {"nodes": document["nodes"], "edges": document["edges"]}


def at_rest(canvas: Canvas, graph_id: str) -> dict[str, Any]:
    """The browser's graph once nothing has changed it for a second.

    What was entered in a form a moment ago is on its way to the server still, and back.
    """
    held: dict[str, Any] = {}
    same = 0
    while same < QUIET_LOOKS:
        canvas.kept()
        now = canvas.document(graph_id)
        held, same = now, same + 1 if now == held else 0
        Event().wait(0.1)
    return held


def agree(canvas: Canvas, graph_id: str, file: Path) -> None:
    """Wait until all is quiet, save, and find the browser's graph in the file.

    The file is what the server has: the browser's graph never comes to it by another way.

    Raises:
        AssertionError: they differ, or the page shows a traceback.
    """
    held = at_rest(canvas, graph_id)
    assert canvas.errors.count() == 0, canvas.errors.first.inner_text()
    canvas.focus()
    canvas.keys("Escape", "Control+s")
    late = monotonic() + PATIENCE / SECOND
    while (saved := saved_document(file)) != held and monotonic() < late:
        Event().wait(0.1)
    assert saved == held, f"browser and file differ: {differing(held, saved)}"
    assert canvas.document(graph_id) == held, "the graph changed though nobody touched it"


def differing(held: dict[str, Any], saved: dict[str, Any]) -> dict[str, Any]:
    """Nodes and arrows that are not the same: the browser's and the file's."""
    return {
        name: (held[family].get(name), saved[family].get(name))
        for family in ("nodes", "edges")
        for name in {*held[family], *saved[family]}
        if held[family].get(name) != saved[family].get(name)
    }
