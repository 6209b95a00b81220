"""Everything that the app's pages load, loaded at once (see `forks`)."""

import importlib
import pkgutil

import grasp_ui.ui
from tests.manifests import scan_once

scan_once()
SCRIPT = "grasp_ui.ui.main"

for found in pkgutil.walk_packages(grasp_ui.ui.__path__, "grasp_ui.ui."):
    if found.name != SCRIPT:
        importlib.import_module(found.name)
