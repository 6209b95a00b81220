"""Imports every part package once, and so fills the registries."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from grasp_ui.engine import kinds
from grasp_ui.interchange import exports, imports, sources, transforms


@cache
def load_parts() -> None:
    """Fill the registries that a run needs: node kinds, seeds, exports, imports.

    Rules are filled by `load_heuristics`, so that a run without tagging loads none of them.
    """
    for package in (kinds, transforms, sources, exports, imports):
        _import_all(package)


@cache
def load_heuristics() -> None:
    """Fill the registries of all rules: of conversations, datasets, preferences."""
    for name in ("heuristics", "dataset_rules", "preferences"):
        _import_all(import_module(f"grasp_ui.tagging.{name}"))


def _import_all(package: ModuleType) -> None:
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
