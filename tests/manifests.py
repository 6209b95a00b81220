"""Streamlit looks for components in every installed package; for tests it does so once."""

from functools import cache

from streamlit.components.v2 import manifest_scanner


def scan_once() -> None:
    """Remember what is installed: each page of a test would read it anew (0.3 s)."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
