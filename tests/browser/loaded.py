"""What the app's pages load, loaded at once (see `forks`)."""

import importlib
import pkgutil

import grasp_ui.ui
from grasp_ui.services.graph_file import known_graph
from grasp_ui.services.workspace import bundle
from tests.manifests import scan_once

scan_once()
# A script, and what imports streamlit_agraph: that is known to the app which runs at its import.
LEFT_OUT = {f"grasp_ui.ui.{name}" for name in ("main", "trees", "reading")}

for found in pkgutil.walk_packages(grasp_ui.ui.__path__, "grasp_ui.ui."):
    if found.name not in LEFT_OUT:
        importlib.import_module(found.name)
for example in (bundle() / "graphs").rglob("*.yaml"):
    known_graph(example.read_text(encoding="utf-8"))
