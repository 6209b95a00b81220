"""Mounts our own components from their built assets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

PACKAGE = "grasp-ui"
Height = int | Literal["content", "stretch"]


@dataclass(frozen=True, slots=True)
class Component:
    """One component: its name and the folder that holds `assets/NAME-<hash>.js`."""

    name: str
    home: Path

    @property
    def full_name(self) -> str:
        """The name under which Streamlit knows it."""
        return f"{PACKAGE}.{self.name}"

    @property
    def bundle(self) -> str:
        """The name of the built file; its hash makes browsers fetch a new one at once.

        Raises:
            FileNotFoundError: the assets were not built, or twice; the message says how to.
        """
        found = sorted((self.home / "assets").glob(f"{self.name}-*.js"))
        if len(found) != 1:
            raise FileNotFoundError(
                f"{self.home / 'assets'} should hold one {self.name}-*.js and holds {len(found)}. "
                "Build it: `npm ci && node build.mjs` in the folder `frontend` beside it."
            )
        return found[0].name


def mount(
    component: Component,
    *,
    key: str,
    payload: Mapping[str, Any],
    height: Height = "content",
    heard: Mapping[str, Callable[[Any], None]] | None = None,
) -> None:
    """Draw `component`; its events call `heard[event](value)` before the rerun.

    With an unchanged `key` it is one and the same component on screen, whatever the payload.
    """
    listeners: dict[str, Any] = {
        f"on_{event}_change": _callback(key, event, listen)
        for event, listen in (heard or {}).items()
    }
    _register(component)
    draw = st.components.v2.component(component.full_name, js=component.bundle)
    draw(key=key, data=dict(payload), height=height, **listeners)


def _callback(key: str, event: str, listen: Callable[[Any], None]) -> Callable[[], None]:
    def heard() -> None:
        # What has left the page, as the form of a deleted node, may still send its last word.
        value = st.session_state.get(key, {}).get(event)
        if value is not None:
            listen(value)

    return heard


def _register(component: Component) -> None:
    """Tell this process's Streamlit where the assets are, if it does not know yet.

    A test run has a fresh Streamlit each time, so an import would be the wrong moment.
    """
    known = get_bidi_component_manager()
    if known.get_component_asset_root(component.full_name) is None:
        config = ComponentConfig(component.name, "assets")
        known.register_from_manifest(ComponentManifest(PACKAGE, "1", [config]), component.home)
