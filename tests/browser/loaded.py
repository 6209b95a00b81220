"""What the app loads and looks up when it starts, done at once (see `forks`)."""

import importlib
import pkgutil

from streamlit import env_util
from streamlit.components.v2 import manifest_scanner

import grasp_ui.ui
from grasp_ui.services.graph_file import known_graph
from grasp_ui.services.workspace import bundle
from tests.manifests import scan_once

# What Streamlit's server loads when it starts, and with its first page.
SERVER = (
    "anyio._backends._asyncio",
    "grasp_ui.store.migrations",
    "streamlit.material_icon_names",
    "streamlit.web.server.starlette.starlette_agent_routes",
    "streamlit.web.server.starlette.starlette_server",
    "starlette.middleware.sessions",
    "starlette.staticfiles",
    "uvicorn.lifespan.on",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.websockets_sansio_impl",
)
# A script, and what imports streamlit_agraph: that is known to the app which runs at its import.
LEFT_OUT = {f"grasp_ui.ui.{name}" for name in ("main", "trees", "reading")}

scan_once()
manifest_scanner.scan_component_manifests()
for name in SERVER:
    importlib.import_module(name)
for found in pkgutil.walk_packages(grasp_ui.ui.__path__, "grasp_ui.ui."):
    if found.name not in LEFT_OUT:
        importlib.import_module(found.name)
for example in (bundle() / "graphs").rglob("*.yaml"):
    known_graph(example.read_text(encoding="utf-8"))
# Streamlit asks this at its first page, and looks at the path of every module for it.
env_util.is_repl()
