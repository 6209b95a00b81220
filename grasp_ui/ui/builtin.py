"""The built-in model where it is missing: offered, fetched with progress."""

import streamlit as st

from grasp_ui.errors import GraspError
from grasp_ui.services import models
from grasp_ui.services.settings import Settings
from grasp_ui.ui.press import pressed
from grasp_ui.ui.session import go_to
from grasp_ui.ui.shell import failed_state

WHAT = (
    "The **built-in model** is real and tiny (135 million parameters, 93 MB): it shows the whole "
    "way without a key, on this machine's processor. It is not here yet."
)
UNSUPPORTED = (
    "This machine has no library for the built-in model. Name an endpoint in Settings instead."
)


def uses_builtin(names: set[str], settings: Settings) -> bool:
    """Whether one of `names` is the built-in model without a file of its own."""
    found = (settings.model(name) for name in names)
    return any(model.kind == "builtin" and not model.gguf for model in found if model)


def offer_builtin(key: str) -> bool:
    """Offer to fetch the built-in model where it is missing; False where it is ready."""
    state = models.builtin_state()
    if state == "ready":
        return False
    with st.container(border=True, key=f"builtin-{key}"):
        if state == "unsupported":
            st.markdown(f":material/memory: {UNSUPPORTED}")
            if pressed("Open Settings", key=f"{key}.builtin.settings"):
                go_to("settings")
            return True
        st.markdown(f":material/download: {WHAT}")
        if pressed("Fetch it now (93 MB)", key=f"{key}.builtin.fetch", type="primary"):
            _fetch()
    return True


def _fetch() -> None:
    bar = st.progress(0.0, text="Fetching the built-in model …")

    def progress(done: int, total: int) -> None:
        share = min(1.0, done / total) if total else 0.0
        bar.progress(share, text=f"Fetching the built-in model … {done / 1e6:.0f} MB")

    try:
        models.fetch_builtin(progress)
    except GraspError as error:
        failed_state(str(error), title="The model could not be fetched", key="fetch")
        return
    st.rerun()
