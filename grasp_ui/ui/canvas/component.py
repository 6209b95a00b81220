"""The graph canvas as pages use it, and the pump that brings a run's news to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal, NotRequired, Required, TypedDict, Unpack

import streamlit as st

from grasp_ui.ui.canvas.editing import Receipt
from grasp_ui.ui.component import Component, mount

CANVAS = Component("canvas", Path(__file__).parent)
Message = dict[str, Any]
Listener = Callable[[Message], None]


class Shown(TypedDict, total=False):
    """What a canvas shows and whom it tells; `key` is one for each graph.

    `session`, `acknowledged`, `server_revision` and `renamed` are those of its `Editing`.
    `kinds` is by name: title, help, group, icon (a Material Symbols name), color (hex).
    `run` is the present view of a run or None; `status_pump` brings its changes.
    `height` is in pixels, or "fill" to reach down to the window's end.
    `saved` says whether the graph's file equals the draft. `models` has the model behind each
    alias; `pinned` names the nodes whose calls a kept reply stands in for.
    `marks` are `marks.marks_of` while a version is compared; `compared` is `marks.pair_of` while
    two are, which stand in place of the drawing then. `chosen` asks once to select nodes:
    `{"number": 1, "nodes": […]}`, another number each time.
    """

    key: Required[str]
    kinds: Required[Mapping[str, Mapping[str, str]]]
    session: Required[str]
    acknowledged: Required[int]
    server_revision: Required[int]
    renamed: NotRequired[Sequence[tuple[int, str, str]]]
    problems: NotRequired[Sequence[Mapping[str, Any]]]
    run: NotRequired[Mapping[str, Any] | None]
    height: NotRequired[int | Literal["fill"]]
    saved: NotRequired[bool | None]
    marks: NotRequired[Mapping[str, Any] | None]
    compared: NotRequired[Mapping[str, Any] | None]
    models: NotRequired[Mapping[str, str]]
    pinned: NotRequired[Sequence[str]]
    chosen: NotRequired[Mapping[str, Any]]
    on_edit: Required[Listener]
    on_select: Required[Listener]
    on_command: Required[Listener]


def canvas(document: Mapping[str, Any], **shown: Unpack[Shown]) -> None:
    """Draw the graph editor for `document` (see `protocol.document_of`).

    The three listeners are called before the rerun, with the message: an edit for
    `Editing.take`; a selection `{"nodes": […], "edges": […], "seeds": bool}`; a command
    `{"command": "run", "records": n}`, `stop`, `save`, `open_conversations`, `drawing` (back from
    what is compared), and with the `nodes` that it is about `group`, `ungroup` or `open`.
    """
    key = shown["key"]
    receipt = st.session_state.setdefault(f"{key}.receipt", Receipt())
    payload = {
        "canvas": key,
        "session": shown["session"],
        "receipt": asdict(receipt),
        "document": document,
        "kinds": shown["kinds"],
        "acknowledged": shown["acknowledged"],
        "server_revision": shown["server_revision"],
        "renamed": list(shown.get("renamed") or ()),
        "problems": list(shown.get("problems") or ()),
        "run": shown.get("run"),
        "height": shown.get("height", "fill"),
        "saved": shown.get("saved"),
        "marks": shown.get("marks"),
        "compared": shown.get("compared"),
        "models": dict(shown.get("models") or {}),
        "pinned": list(shown.get("pinned") or ()),
        "chosen": dict(shown.get("chosen") or {}),
    }
    listeners: dict[str, Listener] = {
        "edit": shown["on_edit"],
        "select": shown["on_select"],
        "command": shown["on_command"],
    }

    def unpack(parcel: Message) -> None:
        for topic, value in receipt.news(parcel):
            listeners[topic](value)

    mount(CANVAS, key=key, payload=payload, heard={"parcel": unpack})


def status_pump(canvas_key: str, view: Mapping[str, Any]) -> None:
    """Bring a run's present view to a canvas, without touching what is edited there.

    Call it in a fragment that runs every quarter of a second while the run is alive.
    """
    payload = {"canvas": canvas_key, "pump": True, "run": view}
    mount(CANVAS, key=f"{canvas_key}.pump", payload=payload, height=1)
